"""交付請求 — what a request for certificates by mail, by an office, a third party or a professional must state and show. 住民基本台帳法第12条, 第12条の2, 第12条の3, 第15条の4.

A visitor who asks for their own at the counter needs no more than a 受付 (rules/visits.py). A paper that lacks something is taken in all the same: what it
lacks is said, all at once, and asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any  # JSON values

from daicho.certificates.request import OWN, REQUESTER_JA, Omissible, Requester
from daicho.residents.rules.representation import check_authority
from daicho.residents.rules.visits import ASSISTANT_CARD, BY_COPIES, BY_MEMBERSHIP, BY_OFFICE, MEMBER_CARD, NOT_NEEDED, STAFF_ID


class Ground(StrEnum):
    """By which article it is asked."""

    OWN = "own"  # 法12条1項
    OFFICIAL = "official"  # 法12条の2
    THIRD_PARTY = "third_party"  # 法12条の3第1項
    PROFESSIONAL = "professional"  # 法12条の3第2項


class Way(StrEnum):
    COUNTER = "counter"
    MAIL = "mail"


GROUND_JA = {
    Ground.OWN: "本人等の請求（法第12条）", Ground.OFFICIAL: "公用請求（法第12条の2）", Ground.THIRD_PARTY: "第三者の申出（法第12条の3第1項）",
    Ground.PROFESSIONAL: "職務上請求（法第12条の3第2項）",
}  # fmt: skip
WAY_JA = {Way.COUNTER: "窓口", Way.MAIL: "郵送"}
EXAMINED_BY_ANOTHER = frozenset({Ground.THIRD_PARTY, Ground.PROFESSIONAL})
"""「相当と認めるとき」(法12条の3第1項, 第2項): an officer judges, and not the one who took it in."""
STANDING_OF = {Ground.OFFICIAL: Requester.PUBLIC_OFFICE, Ground.THIRD_PARTY: Requester.THIRD_PARTY, Ground.PROFESSIONAL: Requester.THIRD_PARTY}
OWN_STANDINGS = tuple((each.value, ja) for each, ja in REQUESTER_JA.items() if each in OWN)
PROFESSIONS = (
    ("attorney", "弁護士"), ("judicial_scrivener", "司法書士"), ("land_surveyor", "土地家屋調査士"), ("tax_accountant", "税理士"),
    ("labour_consultant", "社会保険労務士"), ("patent_attorney", "弁理士"), ("marine_agent", "海事代理士"), ("gyosei_shoshi", "行政書士"),
)  # fmt: skip
"""特定事務受任者 (法12条の3第3項), each with its 法人."""
CLAIMS = (
    ("right_or_duty", "自己の権利を行使し、又は義務を履行するため（第1号）"),
    ("for_an_office", "国又は地方公共団体の機関に提出するため（第2号）"),
    ("other", "ほかに正当な理由がある（第3号）"),
)
_SHOWS_PROFESSION = frozenset({MEMBER_CARD, ASSISTANT_CARD})
BEARER_LINKS = (("employee", "社員証・在籍証明書"), ("mandate", "委任状・代表者からの指示書"), ("staff", "職員証"), ("assistant", "補助者証"))
RESIDENCE, CHECKED = "residence", "checked"
RETURN_CHECKS = (
    (RESIDENCE, "請求者の住民票の住所（又は主たる事務所の所在地）"),
    (CHECKED, "ほかの場所（確かめた内容を記録する）"),
)
BASIC = frozenset({"name", "furigana", "birth_date", "sex", "address", "became_resident", "address_fixed_on", "filed_on", "previous_address", "removal"})
"""基礎証明事項 (法12条の3第1項: 法7条1号から3号まで及び6号から8号まで), by the codes of a 記載事項証明書; of a 除票 also its removal."""
NUMBERS = frozenset({Omissible.INDIVIDUAL_NUMBER.value, Omissible.JUMINHYO_CODE.value})
MOST_SUBJECTS = 4
MOST_LINES = 3


@dataclass(frozen=True)
class StatedSubject:
    """対象とする者, as the paper names them."""

    name: str
    address: str = ""
    birth: str = ""


@dataclass(frozen=True)
class StatedLine:
    """A certificate (its code) and how many copies of it."""

    kind: str
    copies: int


@dataclass(frozen=True)
class Stated:
    """What the paper says, as written. "" is what it does not say."""

    ground: str
    way: str
    standing: str = ""
    requester_name: str = ""
    requester_address: str = ""
    telephone: str = ""
    organisation: str = ""
    representative: str = ""
    bearer_name: str = ""
    bearer_address: str = ""
    bearer_title: str = ""
    bearer_link: str = ""
    identity: tuple[str, ...] = ()
    authority: str = ""
    authority_note: str = ""
    purpose: str = ""
    law: str = ""
    is_withheld: str = ""
    claim: str = ""
    evidence: str = ""
    beyond_basic: str = ""
    profession: str = ""
    form_no: str = ""
    task: str = ""
    is_dispute: str = ""
    client: str = ""
    subjects: tuple[StatedSubject, ...] = ()
    lines: tuple[StatedLine, ...] = ()
    shown: tuple[str, ...] = ()
    whole_household: str = ""
    exemption: str = ""
    return_to: str = ""
    return_check: str = ""
    return_note: str = ""
    has_envelope: str = ""
    by_list: str = ""  # a public office names them in a list that is attached: for まとめて交付

    @property
    def requester(self) -> Requester:
        """As 受付 and 交付履歴 class it."""
        return STANDING_OF[Ground(self.ground)] if self.ground != Ground.OWN else Requester(self.standing)

    @property
    def names_by_list(self) -> bool:
        """Whether the people stand in a list beside the paper: of a public office alone."""
        return bool(self.by_list) and self.ground == Ground.OFFICIAL

    @property
    def asks_by(self) -> str:
        """Who asks, in one line."""
        return self.organisation if self.organisation and self.ground != Ground.OWN else self.requester_name

    @property
    def identity_check(self) -> str:
        """How who asks was identified, as 受付 says it; NOT_NEEDED where nothing was shown, and then nothing is handed out."""
        if not self.identity:
            return NOT_NEEDED
        by = {Ground.OFFICIAL: BY_OFFICE, Ground.PROFESSIONAL: BY_MEMBERSHIP}
        return by.get(Ground(self.ground), BY_COPIES if self.way == Way.MAIL else "one_document")

    def to_json(self) -> dict[str, Any]:
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**said, "subjects": [vars(one) for one in self.subjects], "lines": [vars(one) for one in self.lines]}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Stated:
        """What `to_json` gave; a field of a later version that is not there is ""."""
        known = {each.name for each in fields(cls)}
        plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items() if key in known}
        subjects = tuple(StatedSubject(**one) for one in said.get("subjects", ()))
        plain |= {"subjects": subjects, "lines": tuple(StatedLine(**one) for one in said.get("lines", ()))}
        return cls(**plain)


Problems = tuple[tuple[str, str], ...]


def what_is_missing(stated: Stated) -> Problems:
    """All that the paper lacks as (field, message), in the order of the form. Money is judged apart (rules/money_orders.py)."""
    ground, mail = Ground(stated.ground), stated.way == Way.MAIL
    rules = {Ground.OWN: _own, Ground.OFFICIAL: _official, Ground.THIRD_PARTY: _third_party, Ground.PROFESSIONAL: _professional}
    return (*rules[ground](stated), *_about_whom(stated, ground), *_asked_for(stated, ground), *(_by_mail(stated) if mail else ()))


def _own(stated: Stated) -> Iterator[tuple[str, str]]:
    article = "法第12条第2項"
    if stated.standing not in OWN:
        yield "standing", f"請求者の資格が分かりません。本人、同一世帯の者、法定代理人、任意代理人のどれかを確認してください（{article}）。"
    yield from _name_and_address(stated, "請求者", article)
    if not stated.identity:
        yield "identity", "請求者の本人確認書類がありません。写しの送付を求めてください（法第12条第3項）。"
    yield from check_authority(stated.standing, stated.authority, stated.authority_note)


def _official(stated: Stated) -> Iterator[tuple[str, str]]:
    if not stated.organisation:
        yield "organisation", "請求する機関の名称がありません（法第12条の2第2項第1号）。"
    if not stated.bearer_title or not stated.bearer_name:
        yield "bearer_name", "請求の任に当たっている者の職名及び氏名がありません（法第12条の2第2項第2号）。"
    if STAFF_ID not in stated.identity:
        yield "identity", "職員であることを示す書類（職員証又は公印のある文書）がありません（法第12条の2第3項）。"
    if not stated.law:
        yield "law", "事務の根拠となる法令の名称がありません（法第12条の2第1項）。"
    if not stated.purpose and not stated.is_withheld:
        yield "purpose", "請求事由がありません。明らかにすることが難しい事務のときは、その旨と根拠の法令を確認してください（法第12条の2第2項第4号）。"


def _third_party(stated: Stated) -> Iterator[tuple[str, str]]:
    article = "法第12条の3第4項"
    yield from _name_and_address(stated, "申出者", f"{article}第1号")
    if stated.organisation:
        if not stated.representative:
            yield "representative", f"法人の代表者又は管理人の氏名がありません（{article}第1号）。"
        if not stated.bearer_name:
            yield "bearer_name", f"法人のため申出の任に当たっている者の氏名がありません（{article}第2号）。"
    if stated.bearer_name:
        if not stated.bearer_address:
            yield "bearer_address", f"申出の任に当たっている者の住所がありません（{article}第2号）。法人の担当者は、所属する事務所の所在地でも構いません。"
        if not stated.bearer_link:
            yield "bearer_link", "申出の任に当たっている者の権限を示す書類（社員証、在籍証明書、委任状など）がありません（法第12条の3第6項）。"
    if not stated.identity:
        yield "identity", "申出の任に当たっている者の本人確認書類がありません（法第12条の3第5項）。"
    if stated.claim not in dict(CLAIMS):
        yield "claim", "申出の理由が、法第12条の3第1項各号のどれに当たるかが分かりません。申出者に確認してください。"
    if not stated.purpose:
        yield "purpose", f"利用の目的がありません。具体的な内容を確認してください（{article}第4号）。"
    if not stated.evidence:
        yield "evidence", "申出の理由を示す資料（契約書、債権の証明、裁判所の文書など）がありません（法第12条の3第1項）。"


def _professional(stated: Stated) -> Iterator[tuple[str, str]]:
    article = "法第12条の3第4項第5号"
    if stated.profession not in dict(PROFESSIONS):
        yield "profession", f"特定事務受任者の資格が分かりません（法第12条の3第3項、{article}）。"
    if not stated.form_no:
        yield "form_no", "職務上請求書（統一用紙）の番号がありません。統一用紙による申出かどうかを確認してください（法第12条の3第2項）。"
    if not stated.requester_name or not stated.organisation or not stated.requester_address:
        yield "requester_name", "特定事務受任者の氏名、事務所の名称及び所在地のどれかがありません（法第12条の3第4項第1号）。"
    if not _SHOWS_PROFESSION & set(stated.identity):
        yield "identity", "資格者であることを示す書類（身分証明書、補助者証）がありません（法第12条の3第5項）。"
    if stated.bearer_name and stated.bearer_link not in ("assistant", "mandate", "employee"):
        yield "bearer_link", "補助者・事務職員であることを示す書類がありません（法第12条の3第6項）。"
    if not stated.task:
        yield "task", f"受任している事件又は事務の業務の種類がありません（{article}）。"
    if not stated.client and not stated.is_dispute:
        yield "client", f"依頼者の氏名又は名称がありません。紛争処理の手続の代理業務のときだけ、省くことができます（{article}）。"
    if not stated.purpose:
        yield "purpose", "利用の目的がありません。具体的な内容を確認してください（法第12条の3第4項第4号）。"


def _name_and_address(stated: Stated, who: str, article: str) -> Iterator[tuple[str, str]]:
    if not stated.requester_name and not stated.organisation:
        yield "requester_name", f"{who}の氏名（法人は名称）がありません（{article}）。"
    if not stated.requester_address:
        yield "requester_address", f"{who}の住所（法人は主たる事務所の所在地）がありません（{article}）。"


def _about_whom(stated: Stated, ground: Ground) -> Iterator[tuple[str, str]]:
    article = {Ground.OWN: "法第12条第2項第3号", Ground.OFFICIAL: "法第12条の2第2項第3号"}.get(ground, "法第12条の3第4項第3号")
    if not stated.subjects and not stated.names_by_list:
        yield "subject1_name", f"対象とする者の氏名がありません（{article}）。"
    for place, subject in enumerate(stated.subjects, 1):
        if not subject.name:
            yield f"subject{place}_name", f"{place}人目の対象者の氏名がありません（{article}）。"
        if not subject.address and ground is not Ground.OWN:
            yield f"subject{place}_address", f"{place}人目の対象者の住所がありません（{article}）。"


def _asked_for(stated: Stated, ground: Ground) -> Iterator[tuple[str, str]]:
    if not stated.lines or any(line.copies < 1 for line in stated.lines):
        yield "kind1", "証明書の種類と通数が分かりません。請求書を確認してください。"
    if ground is Ground.OWN:
        return
    article = "法第12条の2第1項" if ground is Ground.OFFICIAL else "法第12条の3第1項、第7項"
    if NUMBERS & set(stated.shown):
        yield "shown", f"個人番号と住民票コードは、この請求では記載できません（{article}）。請求者に伝え、記載しない証明書でよいかを確認してください。"
    if ground is not Ground.OFFICIAL and set(stated.shown) - NUMBERS - BASIC and not stated.beyond_basic:
        yield "beyond_basic", "基礎証明事項のほかの事項（本籍、続柄など）が必要な理由がありません（法第12条の3第7項）。"


def _by_mail(stated: Stated) -> Iterator[tuple[str, str]]:
    if not stated.return_to:
        yield "return_to", "返送先がありません（法第12条第7項）。"
    elif stated.return_check not in dict(RETURN_CHECKS):
        yield "return_check", "返送先が、請求者の住所（又は事務所の所在地）であるかを確かめてください。"
    elif stated.return_check == CHECKED and not stated.return_note:
        yield "return_note", "住所のほかの場所へ返送するときは、その場所を確かめた書類と理由を記録してください。"
    if not stated.has_envelope:
        yield "has_envelope", "返信用の封筒又は切手がありません（法第12条第7項）。"
