"""番号・在留・表示の届書 — filings of numbers, of what 入管庁 decides and what foreigners file there, and of places that are renamed. See forms.py."""

from __future__ import annotations

from datetime import timedelta

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.filing import CLEARED, Member
from daicho.residents.rules.vocabulary import ENDINGS
from tests.law.ruling import CITY
from tests.law.townspeople import Paper, Townspeople

CODES, NUMBERS = 7_500_000, 8_000_000
OF_NUMBERS = (
    "juminhyo_code_change", "juminhyo_code_correction", "individual_number_assigned", "individual_number_change", "individual_number_change_ex_officio",
    "individual_number_correction",
)  # fmt: skip
CLASS = "article_30_45_class_code"


class FormsOfNumbers(Townspeople):
    def number_of(self, definition: EventDefinition) -> Paper | None:
        """Of somebody who has a number, or has none where one is given; mostly a number that nobody has."""
        code = definition.code
        name = "juminhyo_code" if code.startswith("juminhyo") else "individual_number"
        if code.startswith("individual_number_change"):
            people = self.residents(lambda items: items[name] is not None)
        elif code == "individual_number_assigned":
            people = self.residents(lambda items: items[name] is None)
        else:
            people = self.residents()
        if not people:
            return None
        number = self.number() + (CODES if name == "juminhyo_code" else NUMBERS)
        taken = [last[1][name] for p in self.city.people.values() if (last := p.last()) and last[1][name] is not None]
        said = {} if code == "juminhyo_code_change" else {name: self.dice.choice(taken) if taken and self.now_and_then(0.1) else number}
        chosen = self.dice.sample(people, min(len(people), 2 if self.now_and_then(0.03) and not definition.by_system else 1))
        return [Member(no, said) for no in chosen], {"reason": "漏えい"}

    def foreigner(self, special: bool = False) -> str | None:
        people = self.residents(lambda items: items["resident_kind"] == "2" and (not special or items[CLASS] == "2"))
        if self.now_and_then(0.05):
            people = self.residents()
        return self.dice.choice(people) if people else None

    def change_status(self, definition: EventDefinition) -> Paper | None:
        no = self.foreigner()
        if no is None:
            return None
        now = self.items(self.city.people[no])
        becomes = self.dice.choice("1122345") if self.now_and_then(0.4) else None
        of, number = becomes or str(now.get(CLASS)), self.number()
        said: dict[str, object] = {CLASS: becomes} if becomes else {}
        said |= {"foreign_name_alphabet": f"NAME {number}"} if self.now_and_then(0.2) else {}
        said |= {"nationality_code": "KOR"} if self.now_and_then(0.1) else {}
        for name, value, fits in (
            ("residence_card_no", 5_000_000 + number, of in {"1", "2"}),
            ("residence_period", f"{number}日", of in {"1", "3", "4"}),
            ("residence_status_code", self.dice.choice("RS"), of == "1"),
            ("residence_expiry_date", self.city.today + timedelta(days=self.dice.choice((-10, 90, 1000))), of == "1"),
        ):
            if (fits and self.now_and_then(0.9 if becomes else 0.4)) or (not fits and name != "residence_expiry_date" and self.now_and_then(0.08)):
                said[name] = CLEARED if name in {"residence_period", "residence_status_code"} and self.now_and_then(0.05) else value
        return [Member(no, {CLASS: CLEARED, **said} if self.now_and_then(0.01) else said)], {}

    def of_foreigner(self, definition: EventDefinition) -> Paper | None:
        """在留資格の喪失等, 住居地の届出, 特別永住者証明書の交付."""
        no = self.foreigner(special=definition.code == "special_permanent_certificate")
        if no is None:
            return None
        said = {"residence_card_no": 5_000_000 + self.number()} if definition.member_fields else {}
        others = [self.dice.choice(self.anybody())] if self.now_and_then(0.03) else []
        return [Member(one, said) for one in (no, *others)], {"ending": self.dice.choice([code for code, _ in ENDINGS])}

    def rename(self, definition: EventDefinition) -> Paper | None:
        """住居表示 of a household, mostly whole; 本籍 of those who have one."""
        if (home := self.home()) is None:
            return None
        people, number = self.household(home) if not self.now_and_then(0.1) else self.some(home), self.number()
        if self.now_and_then(0.4):
            people = [no for no in people if self.items(self.city.people[no]).get("registered_domicile") is not None]
            return ([Member(no, {"registered_domicile": f"本籍新町{number}番"}) for no in people], {}) if people else None
        as_it_was = str(self.items(self.city.people[people[0]]).get("address"))
        said = {"address": as_it_was if self.now_and_then(0.05) else f"{CITY}新町{number}番"}
        said |= {"address_building": f"新方書{number}"} if self.now_and_then(0.2) else {}
        return [Member(no, said) for no in people], {}
