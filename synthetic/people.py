"""架空の個人 — one made-up person as the rows of the register's file: 記載, what changed since, and for former residents the 消除."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from daicho.values.characters import gaiji_count, substitute
from daicho.values.dates import JapaneseDate
from daicho.values.made_up import (
    made_up_basic_pension_no,
    made_up_individual_number,
    made_up_juminhyo_code,
    made_up_residence_card_no,
    made_up_user_certificate_serial,
)
from daicho.values.numbers import IntegratedAtenaNo
from synthetic.names import ForeignName, Name
from synthetic.places import Place, elsewhere

END = date(2026, 3, 31)
"""The city as it was on the last day of the fiscal year; nothing in it is later."""
FIRST_INDEX = 100_000
"""Made-up numbers below belong to the people of tests and scenarios."""

_CARD_AGE = 15
"""From here on three of four have a card with 利用者証明用電子証明書."""

Cells = dict[str, object]


@dataclass
class Row:
    """One row of the file: what the event asserted, and the event. `entries` of the first row are all; of others, what changes."""

    entries: Cells
    event: Cells
    recorded_on: date


@dataclass
class Person:
    """Somebody of the city: who they are, and their rows in 記載順."""

    index: int
    atena_no: str
    sex: str
    birth: date
    name: Name | None
    foreign: ForeignName | None
    relationship: str | None
    rows: list[Row] = field(default_factory=list)
    uncertain_birth: str = ""
    spells: list[int] = field(default_factory=list)  # number of rows of each spell before the last

    @property
    def shown_name(self) -> str:
        """As names_shown of the register has it."""
        if self.name is not None:
            return self.name.kanji
        assert self.foreign is not None
        return f"{self.foreign.alphabet}\u3000{self.foreign.kanji}" if self.foreign.kanji else self.foreign.alphabet

    @property
    def integrated_atena_no(self) -> str:
        """団体内統合宛名番号: the same in the files of atena and chukan."""
        return str(IntegratedAtenaNo.of_serial(self.index - FIRST_INDEX + 1))

    @property
    def birth_code(self) -> str:
        return self.uncertain_birth or JapaneseDate.of(self.birth, western=self.foreign is not None).encode()

    def age_on(self, day: date) -> int:
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


def some_day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(rng.randrange(max(1, (last - first).days)))


def work_day(day: date) -> date:
    """That day or the Monday after, but never after the end."""
    return min(END, day + timedelta((7 - day.weekday()) if day.weekday() > 4 else 0))


def event(code: str, standard: str, basis: str, effect: str, effective: date | str, filed: date | None, group: str) -> Cells:
    effective_code = effective if isinstance(effective, str) else JapaneseDate.of(effective).encode()
    return {
        "event_reason_code": code, "event_standard_code": standard, "event_cause_code": basis, "event_class_code": effect, "event_date": effective_code,
        "event_notified_date": filed, "event_group": group,
    }  # fmt: skip


def opening(rng: Random, person: Person, household_no: str, order: int, place: Place, since: date, filed: date, head: Person | None, group: str) -> Row:
    """記載: born here, or moved in, and filed that day."""
    born_here = since == person.birth
    reason = "birth" if born_here else "domestic_move_in"
    entries: Cells = {
        "birth_date": person.birth_code, "sex_code": person.sex, "relationship_code": person.relationship, "household_no": household_no, "order_in_household": order,
        "householder_name": head.shown_name if head else None, "juminhyo_created_date": filed, "opened_on": since,
        "juminhyo_code": str(made_up_juminhyo_code(person.index)), "individual_number": str(made_up_individual_number(person.index)),
        **at_place(place), "address_changed_date": JapaneseDate.of(since).encode(), "address_notified_date": filed, "address_reason_code": reason,
        **(_foreign(rng, person, since, filed, reason) if person.foreign else _japanese(rng, person, since, filed, reason, head)),
        **_departments(person, since),
    }  # fmt: skip
    if person.age_on(END) >= _CARD_AGE and person.index % 4:
        entries["user_certificate_serial"] = str(made_up_user_certificate_serial(person.index))
    if not born_here:
        city = elsewhere(rng)
        entries |= {"previous_municipality_code": city.code, "previous_address": city.address}
    told = event(reason, "出生" if born_here else "国内転入", "届出", "記載", since, filed, group)
    return Row(entries, told, filed)


def at_place(place: Place) -> Cells:
    return {
        "address": place.address, "address_building": place.building, "address_postal_code": place.postal_code, "address_town_code": place.town_code,
        "address_jurisdiction_code": place.office,
    }  # fmt: skip


def _japanese(rng: Random, person: Person, since: date, filed: date, reason: str, head: Person | None) -> Cells:
    assert person.name is not None
    domicile = f"北海道小樽市花園{rng.randint(1, 5)}丁目{rng.randint(1, 300)}番地" if rng.random() < 0.6 else elsewhere(rng).address
    of_family = head.name.kanji if head is not None and head.name is not None else person.name.kanji
    return {
        "resident_kind": "1", "name_kanji": person.name.kanji, "name_kana": person.name.kana, "surname_kana_notarised": True, "given_kana_notarised": True,
        "name_substitute": substitute(person.name.kanji).text if gaiji_count(person.name.kanji) else None,
        "became_resident_date": JapaneseDate.of(since).encode(), "became_resident_notified_date": filed, "became_resident_reason_code": reason,
        "registered_domicile": domicile, "family_register_head_name": of_family,
    }  # fmt: skip


_STATUSES = (
    ("技能実習2号ロ", "1年"),
    ("技術・人文知識・国際業務", "3年"),
    ("留学", "2年"),
    ("永住者", ""),
    ("日本人の配偶者等", "3年"),
    ("特定技能1号", "1年"),
)


def _foreign(rng: Random, person: Person, since: date, filed: date, reason: str) -> Cells:
    names = person.foreign
    assert names is not None
    special = names.nationality == "KOR" and rng.random() < 0.6
    status, period = ("特別永住者", "") if special else rng.choice(_STATUSES)
    return {
        "resident_kind": "2", "foreign_name_alphabet": names.alphabet, "foreign_name_kanji": names.kanji, "foreign_name_katakana": names.katakana,
        "foreign_alias": names.alias.kanji if names.alias else None, "foreign_alias_kana": names.alias.kana if names.alias else None,
        "nationality_code": names.nationality, "article_30_45_class_code": "2" if special else "1", "residence_status_code": status,
        "residence_period": period or None, "residence_expiry_date": some_day(rng, date(2026, 6, 1), date(2029, 3, 31)) if period else None,
        "residence_card_no": str(made_up_residence_card_no(person.index)), "foreign_resident_since_date": JapaneseDate.of(since).encode(),
        "foreign_resident_notified_date": filed, "foreign_resident_reason_code": reason, "residence_notified_date": filed,
    }  # fmt: skip


def _departments(person: Person, since: date) -> Cells:
    """個別記載事項, as the departments would have written them (法7条9号–11号の2)."""
    age, cells = person.age_on(END), Cells()
    if age >= 18 and person.foreign is None:
        cells["electoral_roll_flag"] = True
    if age >= 75:
        since_75 = max(since, _birthday(person.birth, 75))
        return {**cells, "late_elderly_qualified_flag": True, "late_elderly_acquired_date": since_75, "ltc_qualified_flag": True, "ltc_acquired_date": since_75}
    if age >= 65:
        cells |= {"ltc_qualified_flag": True, "ltc_acquired_date": max(since, _birthday(person.birth, 65))}
    if person.index % 3 == 0:
        cells |= {"nhi_qualified_flag": True, "nhi_acquired_date": since}
        if 20 <= age < 60:
            cells |= {"np_qualified_flag": True, "np_category_code": "1", "np_acquired_date": max(since, _birthday(person.birth, 20))}
            cells["basic_pension_number"] = str(made_up_basic_pension_no(person.index))
    return cells


def _birthday(birth: date, age: int) -> date:
    return date(birth.year + age, birth.month, min(birth.day, 28))
