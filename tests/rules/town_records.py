"""乱数の町の職権と請求 — what the 戸籍 tells, what is put right, removed and restored, who changes nationality or name. See random_town.py."""

from __future__ import annotations

import random
from collections.abc import Sequence

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events import event_on
from daicho.residents.rules.filing import CLEARED, Member
from daicho.residents.rules.vocabulary import MINOR_CORRECTIONS, REMOVALS_EX_OFFICIO
from daicho.values.dates import JapaneseDate
from tests.rules.small_city import City, on

TOLD_BY_REGISTER = (
    "marriage", "divorce", "adoption", "adoption_dissolved", "special_adoption", "recognition", "register_entry", "register_branch", "register_transfer",
    "surname_change", "given_name_change", "register_correction", "sex_change", "furigana",
)  # fmt: skip
ENTRIES_BY_OFFICE = ("ex_officio_entry", "register_founding", "address_setting")
ENTRIES_FILED = ("entry_30_46", "entry_30_47")
NUMBERS = (
    "juminhyo_code_change", "juminhyo_code_correction", "individual_number_assigned", "individual_number_change", "individual_number_change_ex_officio",
    "individual_number_correction",
)  # fmt: skip


def event(code: str) -> EventDefinition:
    return event_on(code, on(0))


class RecordActs:
    """Acts of a Town (random_town.py) that need its dice, its city and its `file`."""

    dice: random.Random
    city: City

    def file(self, definition: EventDefinition, members: Sequence[Member], **values: object) -> bool:
        raise NotImplementedError

    def home(self) -> str | None:
        raise NotImplementedError

    def some(self, household_no: str) -> list[str]:
        raise NotImplementedError

    def value_of(self, name: str) -> object:
        """Anything that such a field may hold, now and then 「空欄」."""
        if self.dice.random() < 0.05:
            return CLEARED
        step = self.city.step
        return {
            "name_kanji": f"新　名{step}", "name_kana": "アタラシイ\u3000ナ", "kana_notarised": self.dice.choice(("both", "given", "none")),
            "registered_domicile": f"本籍{step}番", "family_register_head_name": f"筆頭　者{step}", "relationship": self.dice.choice(("世帯主", "妻", "子", "同居人")),
            "sex_code": self.dice.choice("12"), "birth_date": JapaneseDate.of(on(-8000 - step)), "address_building": f"方書{step}", "remarks": f"備考{step}",
            "previous_address": f"前の住所{step}", "former_surname": f"旧{step}", "foreign_name_alphabet": f"NAME {step}", "foreign_alias": f"通称{step}",
        }[name]  # fmt: skip

    def said(self, no: str, definition: EventDefinition, least: int = 1) -> Member:
        """Some of the fields that the form has, mostly those that suit the person."""
        strange = ("registered_domicile", "family_register_head_name", "former_surname") if self.is_foreign(no) else ("foreign_name_alphabet", "foreign_alias")
        never = {"name_kanji"} if self.is_foreign(no) else set()  # a foreigner's 漢字 name would be shown beside the other, which the painter does not know
        fields = [f.name for f in definition.member_fields if f.name in _KNOWN - never]
        known = [name for name in fields if name not in strange or self.dice.random() < 0.03]
        names = self.dice.sample(known, self.dice.randint(min(least, len(known)), min(3, len(known))))
        return Member(no, {name: self.value_of(name) for name in names})

    def is_foreign(self, no: str) -> bool:
        return self.city.newest(no).entries.resident_kind == "2"

    def write_number(self) -> bool:
        """A 住民票コード or 個人番号 of a resident: given by 機構, changed or put right, and never somebody else's."""
        residents = sorted(self.city.residents())
        if not residents:
            return False
        code, number = self.dice.choice(NUMBERS), 500_000 + self.city.step
        said = {} if code == "juminhyo_code_change" else {"juminhyo_code" if "juminhyo_code" in code else "individual_number": number}
        return self.file(event(code), [Member(self.dice.choice(residents), said)], day=self.city.today, reason="調査")

    def register_tells(self) -> bool:
        """婚姻 … 戸籍訂正 of some of a household."""
        home = self.home()
        if home is None:
            return False
        definition = event(self.dice.choice(TOLD_BY_REGISTER))
        required = {"kana_notarised": "both", "name_kana": "ヨミ\u3000カタ"} if definition.code == "furigana" else {}
        members = [self.said(no, definition) for no in self.some(home)]
        return self.file(definition, [Member(m.atena_no, {**m.values, **required}) for m in members], ground="family_register")

    def correct(self) -> bool:
        """職権修正 or 軽微な修正; of the whole household when its address is written anew."""
        home = self.home()
        if home is None:
            return False
        if self.dice.random() < 0.5:
            definition = event("ex_officio_correction")
            return self.file(definition, [self.said(no, definition) for no in self.some(home)], reason="届出による")
        address = f"北海道小樽市町{self.city.step}番"
        people = self.city.members(home) if self.dice.random() < 0.9 else self.some(home)
        kind = self.dice.choice([code for code, _ in MINOR_CORRECTIONS])
        return self.file(event("minor_correction"), [Member(no, {"address": address}) for no in people], ground=kind, reason="住居表示")

    def rename(self) -> bool:
        """住居表示 of a household, or of a part of it, which is refused."""
        home = self.home()
        if home is None:
            return False
        people = self.city.members(home) if self.dice.random() < 0.8 else self.some(home)
        said = (
            {"address": f"北海道小樽市新町{self.city.step}番"} if self.dice.random() < 0.7 else {"registered_domicile": f"北海道小樽市新町{self.city.step}番地"}
        )
        return self.file(event("address_renamed"), [Member(no, said) for no in people])

    def mend(self) -> bool:
        """誤記修正 of an entry that some version made, or now and then of one that it did not."""
        home = self.home()
        if home is None:
            return False
        no = self.some(home)[0]
        wrong = self.dice.choice(self.city.versions[no])
        never = {"name_kanji"} if self.is_foreign(no) else {"foreign_name_alphabet"}
        names = sorted((set(wrong.asserted()) & _KNOWN & {f.name for f in event("mend").member_fields}) - never) or ["remarks"]
        name = self.dice.choice(names)
        return self.file(event("mend"), [Member(no, {"wrong_history_no": str(wrong.history_no), name: self.value_of(name)})], reason="転記の誤り")

    def remove(self) -> bool:
        home = self.home()
        if home is None or self.dice.random() < 0.5:
            return False
        if self.dice.random() < 0.4:
            return self.file(event("disappearance"), [Member(self.some(home)[0])], ground="article_9_2")
        why = self.dice.choice([code for code, _ in REMOVALS_EX_OFFICIO])
        return self.file(event("ex_officio_removal"), [Member(no) for no in self.some(home)], ground=why, reason="実態調査")

    def restore(self) -> bool:
        """回復 of somebody removed, into a household of their own or one of their address."""
        gone = [no for no in self.city.versions if not self.city.state(no).is_open]
        if not gone:
            return False
        no = self.dice.choice(gone)
        there = [n for n in self.city.residents() if self.city.newest(n).entries.address == self.city.newest(no).entries.address]
        if there and self.dice.random() < 0.6:
            into = self.city.newest(self.dice.choice(there)).entries.household_no
            word = {"relationship": "同居人"} if self.dice.random() < 0.8 else {}
            return self.file(event("restoration"), [Member(no, word)], household_choice="existing", household_no=into, reason="生存")
        return self.file(event("restoration"), [Member(no, {"relationship": "世帯主"})], household_choice="new", reason="生存")

    def change_nationality(self) -> bool:
        """帰化, 国籍取得 or 国籍喪失, mostly of those who can."""
        residents = self.city.residents()
        if not residents:
            return False
        code = self.dice.choice(("naturalisation", "nationality_acquisition", "nationality_loss"))
        fit = [no for no in residents if self.is_foreign(no) == (code != "nationality_loss")]
        no = self.dice.choice(fit if fit and self.dice.random() < 0.95 else residents)
        as_foreign = {"foreign_name_alphabet": f"LOST {self.city.step}", "nationality_code": "USA"}
        as_japanese = {"name_kanji": f"帰　化{self.city.step}", "name_kana": "キ\u3000カ", "registered_domicile": "不明", "family_register_head_name": "不明"}
        return self.file(event(code), [Member(no, as_foreign if code == "nationality_loss" else as_japanese)], ground="family_register")

    def write_anew(self) -> bool:
        """改製, 再製."""
        home = self.home()
        return home is not None and self.file(
            event(self.dice.choice(("sheet_renewal", "sheet_remaking"))), [Member(no) for no in self.some(home)], reason="改製"
        )

    def ask_for_name(self) -> bool:
        """旧氏 and 通称: entered, changed, deleted, mostly of those who can."""
        residents = self.city.residents()
        code = self.dice.choice(("former_surname_entry", "former_surname_entry", "former_surname_change", "former_surname_deletion", "alias_entry", "alias_entry", "alias_deletion"))  # fmt: skip
        entry = "foreign_alias" if code.startswith("alias") else "former_surname"
        there = not code.endswith("entry")
        fit = [
            no for no in residents if self.is_foreign(no) == (entry == "foreign_alias") and (getattr(self.city.newest(no).entries, entry) is not None) == there
        ]
        if not residents:
            return False
        no = self.dice.choice(fit if fit and self.dice.random() < 0.9 else residents)
        values = {entry: f"名{self.city.step}", f"{entry}_kana": "ナ"} if not code.endswith("deletion") else {}
        return self.file(event(code), [Member(no, values)], **({"papers_seen": True} if code == "alias_entry" else {}))

    def immigration_decides(self) -> bool:
        """在留資格等の変更 and 喪失, 住居地の届出, 特別永住者証明書の交付, mostly of foreigners (法30条の50)."""
        residents = self.city.residents()
        if not residents:
            return False
        fit = [no for no in residents if self.is_foreign(no)]
        no = self.dice.choice(fit if fit and self.dice.random() < 0.95 else residents)
        card, is_special = {"residence_card_no": 1000 + 10 * self.city.step}, self.city.newest(no).entries.article_30_45_class_code == "2"
        code = self.dice.choice(("residence_status_changed", "residence_ended", "residence_notification", "special_permanent_certificate"))
        if is_special and self.dice.random() < 0.5:
            code = "special_permanent_certificate"
        said: dict[str, object] = {
            "residence_status_changed": {**card, "article_30_45_class_code": self.dice.choice("12"), "foreign_name_alphabet": f"NAME {self.city.step}"},
            "special_permanent_certificate": card,
        }.get(code, {})  # fmt: skip
        return self.file(event(code), [Member(no, said)], **({"ending": "cancelled"} if code == "residence_ended" else {}))

    def related(self) -> bool:
        """法30条の48: of foreigners under a foreign 世帯主, mostly."""
        foreign = [no for no in self.city.residents() if self.is_foreign(no) and self.city.newest(no).entries.relationship != "世帯主"]
        if not foreign:
            return False
        member = Member(self.dice.choice(foreign), {"relationship": self.dice.choice(("妻", "子", "同居人", "縁故者"))})
        return self.file(event("relationship_30_48"), [member], papers_seen=True)


_KNOWN = frozenset(
    ["name_kanji", "name_kana", "kana_notarised", "registered_domicile", "family_register_head_name", "relationship", "sex_code", "birth_date",
     "address_building", "remarks", "previous_address", "former_surname", "foreign_name_alphabet", "foreign_alias"]
)  # fmt: skip
