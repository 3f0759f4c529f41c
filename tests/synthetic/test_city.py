"""架空の市 — made up, the same for the same seed, shaped like an ageing city, and taken in by the import without a fault. design §1, §10."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from daicho import clock
from daicho.audit.actor import Actor
from daicho.paper.glyphs import repertoire
from daicho.residents.commands.importing import import_register
from daicho.residents.models import SheetCurrent, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.proof import prove
from daicho.values.dates import JapaneseDate
from daicho.values.made_up import is_made_up
from daicho.values.relationship import Relationship
from synthetic import city, names, places, register_file
from synthetic.households import households
from synthetic.people import END, FIRST_INDEX, Person
from tests.paper import tools

SIZE = 5000


@pytest.fixture(scope="module")
def town() -> list[tuple[list[Person], bool]]:
    return list(households(1, SIZE))


@pytest.fixture(scope="module")
def residents(town: list[tuple[list[Person], bool]]) -> list[Person]:
    return [person for household, current in town if current for person in household]


@pytest.fixture(scope="module")
def former(town: list[tuple[list[Person], bool]]) -> list[Person]:
    return [person for household, current in town if not current for person in household]


def test_同じ種からは同じ市ができ大きい市は小さい市を含む(tmp_path: Path) -> None:
    one, again = ([list(register_file.rows_of(p)) for p in city.people(7, 300)] for _ in range(2))
    assert one == again != [list(register_file.rows_of(p)) for p in city.people(8, 300)]
    larger = [list(register_file.rows_of(p)) for p in islice(city.people(7, 5000), 250)]
    assert larger == one[:250]
    files = city.write_files(tmp_path, 7, 300, ("residents", "juki_net"))
    assert [file.stat().st_mode & 0o077 for file in files.values()] == [0, 0]


def test_人数と世帯と年齢は小樽市らしい(town: list[tuple[list[Person], bool]], residents: list[Person], former: list[Person]) -> None:
    """About 105,000 people in 64,000 households, four in ten over 64; one former resident to seven residents."""
    sizes = [len(household) for household, current in town if current]
    assert len(residents) == SIZE
    assert 1.55 < SIZE / len(sizes) < 1.75
    assert max(sizes) == 12
    assert 0.36 < sum(p.age_on(END) >= 65 for p in residents) / SIZE < 0.45
    assert 0.12 < len(former) / SIZE < 0.17
    assert 0.01 < sum(p.foreign is not None for p in residents) / SIZE < 0.025


def test_めずらしいものがそろっている(residents: list[Person], former: list[Person]) -> None:
    """What the counter must bear: no head, moves told late, who came back, 旧氏, 通称, odd days, variation sequences."""
    rows = [row for person in residents for row in person.rows]
    codes = Counter(str(row.event["event_reason_code"]) for row in rows)
    assert all(codes[code] for code in ("domestic_move_in", "birth", "relocation", "kana_entry", "former_surname_entry"))
    assert {row.event["event_reason_code"] for person in former for row in person.rows} >= {"move_out", "death", "ex_officio_removal"}
    assert any(person.relationship is None for person in residents)
    assert any(person.spells for person in residents)
    assert any(person.foreign and person.foreign.alias for person in residents)
    assert any("\U000e0100" <= c <= "\U000e01ef" for person in residents for c in person.shown_name)
    odd = [JapaneseDate.decode(p.uncertain_birth) for p in (*residents, *former) if p.uncertain_birth]
    assert any(not d.is_certain for d in odd)
    assert any(d.is_certain and not d.is_calendar and not d.is_old_calendar for d in odd)
    assert any(d.is_old_calendar for d in odd)
    assert any(
        any(later.recorded_on > row.recorded_on and str(later.event["event_date"]) < str(row.event["event_date"]) for later in p.rows)
        for p in residents
        for row in p.rows
    )


def test_八百世帯の建物がある() -> None:
    flats = {row.entries.get("address_building") for household, current in households(1, 11_500) if current for row in household[0].rows[:1]}
    tower = [flat for flat in flats if flat and str(flat).startswith(places.TOWER[1])]
    assert len(tower) == len({places.in_tower(n).building for n in range(places.TOWER_HOUSEHOLDS)} & set(tower)) > 750


def test_実在の番号も未来の日もない(residents: list[Person], former: list[Person]) -> None:
    seen: Counter[str] = Counter()
    for person in (*residents, *former):
        assert person.index >= FIRST_INDEX
        first = person.rows[0].entries
        assert is_made_up(str(first["juminhyo_code"])) and is_made_up(str(first["individual_number"]))
        assert person.relationship is None or Relationship.parse(person.relationship)
        assert [row.recorded_on for row in person.rows] == sorted(row.recorded_on for row in person.rows)
        assert person.rows[-1].recorded_on <= END
        seen[person.atena_no] += 1
    assert max(seen.values()) == 1


def test_氏の字形は証明書用フォントにある() -> None:
    """Each sequence of the made-up surnames prints as itself."""
    font = repertoire(tools.fonts())
    assert [name for name, _ in names.IVS_SURNAMES if font.missing(name)] == []


@pytest.mark.django_db
def test_取り込んだ市は証明できる(tmp_path: Path) -> None:
    """`daicho prove` finds nothing in the city that was loaded (step 3)."""
    file = city.write_files(tmp_path, 3, 400, ("residents",))["residents"]
    with clock.at(date(2026, 4, 10)):
        done = import_register(Actor.system("import", Permission.REGISTER_IMPORT), file, processes=0)
        proof = prove()
    assert proof.findings == []
    assert proof.persons == done.persons >= 440
    assert SheetCurrent.objects.filter(closed_on__isnull=True).count() == 400
    assert SheetVersion.objects.count() == proof.versions == done.versions
