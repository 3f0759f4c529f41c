"""記載の届書 — filings of what is written otherwise: by the 戸籍, ex officio, on request, by departments. See forms.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import CLEARED, Member
from daicho.residents.rules.vocabulary import MINOR_CORRECTIONS
from daicho.values.dates import JapaneseDate
from tests.law.diary import Items
from tests.law.ruling import CITY, HEAD
from tests.law.townspeople import ADDRESSES, SURNAMES, Paper, Townspeople


class FormsOfRecords(Townspeople):
    def value_of(self, name: str) -> object:
        number, day = self.number(), self.city.today - timedelta(days=self.dice.randint(1, 3000))
        return {
            "name_kanji": f"{self.dice.choice(SURNAMES)}　{number}", "name_kana": "アタラシイ　ナ", "kana_notarised": self.dice.choice(("both", "given", "none")),
            "registered_domicile": f"本籍{number}番", "family_register_head_name": f"筆頭　者{number}", "relationship": HEAD if self.now_and_then(0.1) else self.word() or "子",
            "sex_code": self.dice.choice("12"), "address_building": f"方書{number}", "remarks": f"備考{number}", "previous_address": f"前の住所{number}",
            "former_surname": f"旧{number}", "foreign_name_alphabet": f"NAME {number}", "foreign_alias": f"通称{number}", "nationality_code": "KOR",
            "address": CITY + self.dice.choice(ADDRESSES), "became_resident_date": JapaneseDate.of(day), "foreign_resident_since_date": JapaneseDate.of(day),
            "address_changed_date": JapaneseDate.of(day),
        }.get(name)  # fmt: skip

    def said(self, no: str, definition: EventDefinition, names: Sequence[str] | None = None) -> Member:
        """Some fields of the form that suit the person."""
        person = self.city.people[no]
        foreign = self.items(person).get("resident_kind") == "2"
        strange = {"registered_domicile", "family_register_head_name", "former_surname", "became_resident_date", "name_kanji", "name_kana", "kana_notarised"}
        strange = strange if foreign else {"foreign_name_alphabet", "foreign_alias", "nationality_code", "foreign_resident_since_date"}
        if not self.now_and_then(0.04):
            strange |= {"address"}
        fields = [f.name for f in definition.member_fields] if names is None else names
        known = [name for name in fields if self.value_of(name) is not None and (name not in strange or self.now_and_then(0.03))]
        chosen = self.dice.sample(known, self.dice.randint(min(0 if self.now_and_then(0.03) else 1, len(known)), min(3, len(known))))
        clearable = {f.name for f in definition.member_fields if f.clearable and f.name != "kana_notarised"}  # of 公証 「空欄」 says nothing
        return Member(no, {name: CLEARED if name in clearable and self.now_and_then(0.05) else self.value_of(name) for name in chosen})

    def by_register(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        members = [self.said(no, definition) for no in self.some(home)]
        if definition.code == "furigana":
            members = [Member(m.atena_no, {"kana_notarised": "both", **({} if self.now_and_then(0.1) else {"name_kana": "ヨミ　カタ"})}) for m in members]
        return members, {"ground": "family_register", "reason": "届出"}

    def correct(self, definition: EventDefinition) -> Paper | None:
        """職権修正; 軽微な修正 mostly of the address of the whole household."""
        if (home := self.home()) is None:
            return None
        if definition.code == "ex_officio_correction" or self.now_and_then(0.3):
            members = [self.said(no, definition) for no in self.some(home)]
        else:
            people, address = self.household(home) if not self.now_and_then(0.1) else self.some(home), f"{CITY}町{self.number()}番"
            members = [Member(no, {"address": address}) for no in people]
        return members, {"ground": self.dice.choice([code for code, _ in MINOR_CORRECTIONS]), "reason": "住居表示"}

    def mend(self, definition: EventDefinition) -> Paper | None:
        people = self.residents()
        if not people:
            return None
        person = self.city.people[self.dice.choice(people)]
        facts = [f for f in person.facts if f.number]
        if not facts:
            return None
        wrong = self.dice.choice(facts)
        said = self.said(person.no, definition, [f.name for f in definition.member_fields if f.name in wrong.says] if not self.now_and_then() else None)
        return [Member(person.no, {"wrong_history_no": wrong.number, **said.values})], {"reason": "転記の誤り"}

    def caution(self, definition: EventDefinition) -> Paper | None:
        if not self.city.people:
            return None
        person = self.city.people[self.dice.choice(sorted(self.city.people))]
        numbers = [f.number for f in person.facts if f.number]
        said = {"on_history_no": self.dice.choice(numbers) if numbers and not self.now_and_then() else "9999", "way": "add", "caution": "確認済み"}
        return [Member(person.no, said)], {"reason": "留意事項"}

    def wrong_on_removed_sheet(self, definition: EventDefinition) -> Paper | None:
        left = [no for no, person in self.city.people.items() if person.now(self.city.today) is None]
        people = left if left and not self.now_and_then() else sorted(self.city.people)
        if not people:
            return None
        said = {"found_on": self.city.today, "place": "name_kanji", "reason_code": "checked", "correct_text": "正しい氏名"}
        return [Member(self.dice.choice(people), said)], {"reason": "点検"}

    def nationality(self, definition: EventDefinition) -> Paper | None:
        loses, number = definition.code == "nationality_loss", self.number()
        people = self.residents(lambda items: items["resident_kind"] == ("1" if loses else "2"))
        if self.now_and_then(0.05):
            people = self.residents()
        if not people:
            return None
        as_foreign = {"foreign_name_alphabet": f"LOST {number}", "nationality_code": "USA"}
        as_japanese = {"name_kanji": f"帰化　{number}", "name_kana": "キカ　ナ", "registered_domicile": "不明", "family_register_head_name": "不明"}
        said = as_foreign if loses else as_japanese
        if self.now_and_then(0.05):
            said.pop(self.dice.choice(sorted(said)))
        return [Member(self.dice.choice(people), said)], {"ground": "family_register"}

    def anew(self, definition: EventDefinition) -> Paper | None:
        home = self.home()
        return ([Member(no) for no in self.some(home)], {"reason": "改製"}) if home else None

    def name_on_request(self, definition: EventDefinition) -> Paper | None:
        entry = "foreign_alias" if definition.code.startswith("alias") else "former_surname"
        enters, foreign = definition.code.endswith("entry"), entry == "foreign_alias"
        people = self.residents(lambda items: (items["resident_kind"] == "2") == foreign and (items[entry] is None) == enters)
        people = people or self.residents()
        if not people:
            return None
        name = self.dice.choice(SURNAMES) if entry == "former_surname" else f"通称{self.number()}"
        values = {} if definition.code.endswith("deletion") else {entry: name, f"{entry}_kana": "ナ"}
        return [Member(self.dice.choice(people), values)], {"papers_seen": not self.now_and_then()} if definition.code == "alias_entry" else {}

    def related(self, definition: EventDefinition) -> Paper | None:
        def fits(items: Items) -> bool:
            heads = [self.items(p) for p in self.city.members(items["household_no"]) if self.items(p)["relationship"] == HEAD]
            return items["resident_kind"] == "2" and items["relationship"] != HEAD and any(h["resident_kind"] == "2" for h in heads)

        people = self.residents(fits) or (self.residents() if self.now_and_then(0.3) else [])
        return ([Member(self.dice.choice(people), {"relationship": self.word()})], {"papers_seen": not self.now_and_then()}) if people else None

    def insured(self, definition: EventDefinition) -> Paper | None:
        people = self.residents()
        if not people:
            return None
        since, has = self.day_before(), self.now_and_then(0.6)
        said: dict[str, object] = {
            "nhi_qualified_flag": has,
            "nhi_acquired_date": since,
            "nhi_lost_date": None if has else since + timedelta(days=self.dice.randint(-5, 40)),
        }
        if self.now_and_then(0.2):
            said.pop(self.dice.choice(sorted(said)))
        if self.now_and_then(0.1):
            said["nhi_not_applicable_flag"] = True
        return [Member(self.dice.choice(people), said)], {}

    def manage(self, definition: EventDefinition) -> Paper | None:
        if (home := self.home()) is None:
            return None
        values = {"adult_ward": self.dice.choice((True, False, CLEARED)), "summary_note": f"摘要{self.number()}"}
        said = {name: values[name] for name in self.dice.sample(sorted(values), 0 if self.now_and_then() else self.dice.randint(1, 2))}
        return [Member(no, said) for no in self.some(home)], {"reason": "登記所の通知"}

    def correct_removed(self, definition: EventDefinition) -> Paper | None:
        left = [p.no for p in self.city.people.values() if (last := p.last()) and last[1]["closed_on"]]
        people = left if left and not self.now_and_then(0.2) else self.anybody()
        said = {} if self.now_and_then() else {"confirmed_move_out_address": f"北海道旭川市{self.number()}番の2"}
        return ([Member(self.dice.choice(people), said)], {"reason": "転入通知の写し間違い"}) if people else None

    def day_before(self) -> date:
        return self.city.today - timedelta(days=self.dice.choice((0, 1, 30, 400, -3)))
