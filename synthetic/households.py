"""架空の世帯 — made-up households by the sizes and ages of an ageing city: who lives together, since when, and what happened since.

A household is made from its number and the seed alone, so that a city of any size streams in constant memory and the first
households of a larger city are those of a smaller one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from daicho.values.dates import JapaneseDate
from daicho.values.numbers import AtenaNo, HouseholdNo
from synthetic import names, places
from synthetic.people import END, FIRST_INDEX, Person, Row, at_place, event, opening, some_day, work_day

DIGITS = 10  # the city's setting number_digits
_PEOPLE_PER_HOUSEHOLD = 12  # room for the indices of the largest; a city of a million needs 8.4 of the ten million that there are
_SIZES, _SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6, 7), (576, 276, 92, 40, 11, 4, 1)
_KINDS = {  # by size: (weight, ages of the head, the others: relationship, sex or "" for either, years younger than the head)
    1: ((50, (68, 94), ()), (38, (30, 67), ()), (12, (18, 29), ())),
    2: ((55, (64, 88), (("妻", "2", 3),)), (18, (28, 60), (("妻", "2", 2),)), (15, (72, 92), (("子", "", 30),)), (10, (28, 48), (("子", "", 27),)), (2, (30, 60), (("妻（未届）", "2", 1),))),
    3: ((62, (32, 58), (("妻", "2", 2), ("子", "", 29))), (26, (66, 85), (("妻", "2", 3), ("子", "", 31))), (12, (48, 62), (("妻", "2", 2), ("母", "2", -27)))),
    4: ((76, (34, 54), (("妻", "2", 2), ("子", "", 29), ("子", "", 32))), (24, (40, 56), (("妻", "2", 2), ("子", "", 30), ("妻の母", "2", -25)))),
    5: ((1, (38, 54), (("妻", "2", 2), ("子", "", 28), ("子", "", 30), ("子", "", 33))),),
    6: ((1, (60, 74), (("妻", "2", 2), ("子", "1", 28), ("子の妻", "2", 30), ("子の子", "", 56), ("子の子", "", 58))),),
    7: ((1, (42, 54), (("妻", "2", 2), ("子", "", 24), ("子", "", 27), ("子", "", 30), ("父", "1", -28), ("母", "2", -25))),),
}  # fmt: skip
_LARGE = (
    ("妻", "2", 3),
    ("子", "", 24),
    ("子", "", 25),
    ("子", "", 27),
    ("子", "", 29),
    ("子", "", 32),
    ("子", "", 34),
    ("子", "", 36),
    ("母", "2", -24),
    ("同居人", "1", 5),
    ("縁故者", "2", 8),
)


def households(seed: int, residents: int) -> Iterator[tuple[list[Person], bool]]:
    """The households of a city of `residents`, and among them those of its former residents (marked False), three to twenty."""
    count, number = 0, 0
    while count < residents:
        number += 1
        people = _household(Random(f"{seed}/{number}"), number, current=True)[: max(1, residents - count)]
        count += len(people)
        yield people, True
        if number % 8 == 0:  # households that are gone: 15 % as many people as live here
            number += 1
            yield _household(Random(f"{seed}/{number}"), number, current=False), False


def _household(rng: Random, number: int, *, current: bool) -> list[Person]:
    large = number % 2500 == 17
    size = 12 if large else rng.choices(_SIZES, _SIZE_WEIGHTS)[0]
    _, ages, others = (1, (44, 54), _LARGE) if large else rng.choices(_KINDS[size], [kind[0] for kind in _KINDS[size]])[0]
    foreign = not large and size <= 2 and rng.random() < 0.028
    people = _members(rng, number, (20, 45) if foreign else ages, others, foreign)
    headless = current and size > 1 and rng.random() < 0.003
    if headless:
        for person in people:
            person.relationship = None
    head = None if headless else people[0]
    since = _since(rng, people[0], current)
    place = places.in_tower(number // 8) if current and number % 8 == 5 and number // 8 < places.TOWER_HOUSEHOLDS else places.place(rng)
    household_no = str(HouseholdNo.from_serial(number, DIGITS))
    filed: dict[date, date] = {}
    for order, person in enumerate(people, 1):
        came = max(person.birth, since)
        filed.setdefault(came, work_day(came + timedelta(rng.randrange(0, 12))))
        group = f"{number}-{'born' if came == person.birth else 'in'}-{came.isoformat()}"
        person.rows.append(opening(rng, person, household_no, order, place, came, filed[came], head, group))
    last = max(person.rows[0].recorded_on for person in people)
    if not current:
        if number % 4000 == 9:  # a sheet that outlived its person by a century: born in the old calendar, removed ex officio
            people[0].uncertain_birth = people[0].rows[0].entries["birth_date"] = "M4-i10-05" if number % 8000 == 9 else "M4-10-05"
        _remove(rng, number, people, last)
        return people
    _changes(rng, number, people, last, place)
    if rng.random() < 0.007:
        _returned(rng, people[0])
    return people


def _since(rng: Random, head: Person, current: bool) -> date:
    """The day the household began here."""
    last = END - timedelta(20) if current else date(2024, 12, 31)
    if rng.random() < 0.35 and head.birth < date(2008, 1, 1):
        return max(head.birth, date(1927, 1, 1))
    return some_day(rng, max(date(1970, 1, 1), date(head.birth.year + 18, 1, 1) if head.birth.year + 18 <= 2020 else date(2019, 6, 1)), last)


def _members(rng: Random, number: int, ages: tuple[int, int], others: tuple[tuple[str, str, int], ...], foreign: bool) -> list[Person]:
    head_age = rng.randint(*ages)
    head_sex = (
        "1"
        if (others and others[0][0].startswith("妻")) or (others and rng.random() < 0.7)
        else ("2" if rng.random() < (0.7 if head_age > 67 else 0.45) else "1")
    )
    family = names.surname(rng)
    people = []
    for at, (relationship, sex, younger) in enumerate((("世帯主", head_sex, 0), *others)):
        age = max(0, min(104, head_age - younger + (rng.randint(-2, 2) if at and younger > 0 else 0)))
        birth = some_day(rng, date(END.year - age - 1, 4, 1), date(END.year - age, 3, 1))
        sex = sex or rng.choice("12")
        index = FIRST_INDEX + number * _PEOPLE_PER_HOUSEHOLD + at
        own = family if relationship in ("世帯主", "妻", "夫", "子", "子の妻", "子の子", "父", "母") else names.surname(rng)
        stranger = foreign and (at == 0 or rng.random() < 0.5)
        person = Person(
            index,
            _atena_no(index),
            sex,
            birth,
            None if stranger else names.full_name(rng, own, sex, birth.year),
            names.foreign_name(rng) if stranger else None,
            relationship,
        )
        person.uncertain_birth = _odd_birth(rng, person)
        people.append(person)
    return people


def _atena_no(index: int) -> str:
    """By the rule; one in 400 came from the system before, with its eight digits and no check digit (N-1.1.13-06)."""
    serial = index - FIRST_INDEX
    return f"{40_000_000 + serial}" if index % 401 == 0 else str(AtenaNo.from_serial(serial, DIGITS))


def _odd_birth(rng: Random, person: Person) -> str:
    """Days that are not known, or that no calendar has."""
    year = JapaneseDate.of(person.birth, western=person.foreign is not None).encode().split("-")[0]
    if person.foreign is not None:
        return f"year_only:{year}" if rng.random() < 0.01 else ""
    if person.birth.month == 2 and person.birth.day > 26 and rng.random() < 0.12:  # 平成25年2月29日, 平成24年2月30日
        return f"{year}-02-{29 if person.birth.year % 4 else 30}"
    if person.birth.year < 1946 and rng.random() < 0.004:
        return rng.choice((f"year_only:{year}", f"month_only:{year}-{person.birth.month:02}", f"season:{year}/spring", f"year_about:{year}"))
    return ""


def _changes(rng: Random, number: int, people: list[Person], last: date, place: places.Place) -> None:
    """What happened to a household since: moves inside the city, a 旧氏, a 振り仮名, some of it told late."""
    moves = rng.choices((0, 1, 2, 3), (84, 11, 4, 1))[0]
    for turn in range(moves):
        if (END - last).days < 90:
            break
        moved = some_day(rng, last + timedelta(1), END - timedelta(60))
        filed = work_day(moved + timedelta(rng.randrange(0, 14)))
        late = rng.random() < 0.08 and (END - moved).days > 400
        recorded = work_day(filed + timedelta(rng.randrange(100, 300))) if late else filed
        if late:  # something else was recorded meanwhile, so that the move stands before it in 効力順
            _kana_entry(number, people[0], work_day(moved + timedelta(40)), f"{number}-kana-{turn}")
        place = places.place(rng)
        cells = {
            **at_place(place), "address_changed_date": JapaneseDate.of(moved).encode(), "address_notified_date": recorded, "address_reason_code": "relocation", "moved_within_city": True,
        }  # fmt: skip
        for person in people:
            person.rows.append(Row(dict(cells), event("relocation", "転居", "届出", "修正", moved, recorded, f"{number}-move-{turn}"), recorded))
        last = recorded
    if people[-1].name is not None and people[-1].sex == "2" and people[-1].age_on(END) > 20 and rng.random() < 0.012 and (END - last).days > 30:
        old, filed = names.surname(rng), work_day(some_day(rng, max(last, date(2019, 11, 5)) + timedelta(1), END))
        cells = {"former_surname": old.kanji, "former_surname_kana": old.kana}
        people[-1].rows.append(Row(dict(cells), event("former_surname_entry", "旧氏の記載", "請求", "修正", filed, filed, f"{number}-former"), filed))


def _kana_entry(number: int, person: Person, day: date, group: str) -> None:
    if person.name is not None:
        cells = {"name_kana": person.name.kana, "surname_kana_notarised": True, "given_kana_notarised": True}
        person.rows.append(Row(dict(cells), event("kana_entry", "氏名の振り仮名の記載", "職権", "修正", day, None, group), day))


def _remove(rng: Random, number: int, people: list[Person], last: date) -> None:
    """転出, 死亡 or 職権消除 of a whole household."""
    day = min(END, some_day(rng, last + timedelta(1), END))
    filed = work_day(day + timedelta(rng.randrange(0, 7)))
    how = rng.choices(("move_out", "death", "ex_officio"), (58, 37, 5) if len(people) == 1 else (94, 0, 6))[0]
    told = {"move_out": ("move_out", "国内転出", "届出"), "death": ("death", "死亡", "届出"), "ex_officio": ("ex_officio_removal", "職権消除", "職権")}[how]
    city = places.elsewhere(rng)
    cells: dict[str, object] = {"closed_on": day, "removal_reason_code": told[0], "removal_date": JapaneseDate.of(day).encode()}
    if how == "move_out":
        cells |= {
            "planned_move_out_address": city.address, "planned_move_out_date": day, "planned_move_out_notified_date": filed, "planned_move_out_reason_code": "move_out",
        }  # fmt: skip
    for person in people:
        person.rows.append(Row(dict(cells), event(told[0], told[1], told[2], "消除", day, filed, f"{number}-out"), filed))


def _returned(rng: Random, person: Person) -> None:
    """Someone who lived here before, left, and came back with the same numbers: an earlier spell under the one of today."""
    first = person.rows[0]
    began = first.entries["opened_on"]
    assert isinstance(began, date)
    if began == person.birth or began < date(1990, 1, 1):
        return
    left = began - timedelta(rng.randrange(200, 2000))
    came = left - timedelta(rng.randrange(200, 2000))
    if came <= person.birth:
        return
    place, city, group = places.place(rng), places.elsewhere(rng), f"{person.index}-before"
    household_no = str(HouseholdNo.from_serial(5_000_000 + (person.index - FIRST_INDEX) // _PEOPLE_PER_HOUSEHOLD, DIGITS))
    before = opening(rng, replace(person, relationship="世帯主", rows=[]), household_no, 1, place, came, work_day(came + timedelta(3)), person, f"{group}-in")
    filed = work_day(left)
    out = {
        "closed_on": left,
        "removal_reason_code": "move_out",
        "removal_date": JapaneseDate.of(left).encode(),
        "planned_move_out_address": city.address,
        "planned_move_out_date": left,
    }
    person.rows[:0] = [before, Row(dict(out), event("move_out", "国内転出", "届出", "消除", left, filed, f"{group}-out"), filed)]
    person.spells = [2]
