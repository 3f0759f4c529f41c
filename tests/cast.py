"""登場人物 — the made-up people of the tests. No real person; numbers are marked as made up (values/made_up.py)."""

from __future__ import annotations

from dataclasses import dataclass, field

from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.values import made_up

ALL = frozenset(p.value for p in Permission)


def officer(account_id: int, name: str, grants: frozenset[str] = ALL) -> Actor:
    return Actor(account_id, f"officer{account_id}", name, "koseki", "戸籍住民課", "main", "窓口1番", grants)


CLERK = officer(1, "小林　窓子")
EXAMINER = officer(2, "高橋　照合")
STRANGER = officer(3, "他課　職員", frozenset())


@dataclass(frozen=True)
class Role:
    """One made-up person as they would be typed in at the counter."""

    index: int
    name: str
    kana: str
    birth: str
    sex: str
    relationship: str
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def juminhyo_code(self) -> str:
        return str(made_up.made_up_juminhyo_code(self.index))

    @property
    def individual_number(self) -> str:
        return str(made_up.made_up_individual_number(self.index))

    def typed(self, **more: str) -> dict[str, str]:
        """The fields of a 転入 form for this person."""
        return {
            "resident_kind": "1",
            "name_kanji": self.name,
            "name_kana": self.kana,
            "kana_notarised": "both",
            "birth_date": self.birth,
            "sex_code": self.sex,
            "relationship": self.relationship,
            "registered_domicile": "北海道札幌市中央区南一条西一丁目1番地",
            "family_register_head_name": "花園　太郎",
            "juminhyo_code": self.juminhyo_code,
            "individual_number": self.individual_number,
            **self.texts,
            **more,
        }


TARO = Role(1, "花園　太郎", "ハナゾノ　タロウ", "昭和55年3月9日", "1", "世帯主")
HANAKO = Role(2, "花園　花子", "ハナゾノ　ハナコ", "昭和57年7月1日", "2", "妻")
ICHIRO = Role(3, "花園　一郎", "ハナゾノ　イチロウ", "平成22年4月2日", "1", "子")
JIRO = Role(4, "花園　二郎", "ハナゾノ　ジロウ", "平成25年2月29日", "1", "子")
FAMILY = (TARO, HANAKO, ICHIRO, JIRO)
SATO = Role(11, "佐藤　葛󠄂子", "サトウ　クズコ", "令和元年5月1日", "2", "世帯主", {"family_register_head_name": "佐藤　一"})
TRAN = Role(
    21, "", "", "1990年1月2日", "1", "世帯主",
    {
        "resident_kind": "2", "kana_notarised": "", "registered_domicile": "", "family_register_head_name": "", "foreign_name_alphabet": "TRAN VAN MINH",
        "article_30_45_class_code": "1", "residence_card_no": "AB12345678CD",
    },
)  # fmt: skip
"""A foreign resident with an alphabet name alone."""
_NO_REGISTER = {"kana_notarised": "", "registered_domicile": "", "family_register_head_name": ""}
NGUYEN = Role(
    12, "", "", "1985年3月9日", "1", "世帯主",
    {"resident_kind": "2", "foreign_name_alphabet": "NGUYEN VAN AN", "foreign_name_katakana": "グエン　ヴァン　アン", "article_30_45_class_code": "1",
     "nationality_code": "VNM", "residence_status_code": "技術・人文知識・国際業務", "residence_period": "3年", "residence_expiry_date": "2028-04-30",
     "residence_card_no": "AB12345678CD", **_NO_REGISTER},
)  # fmt: skip
