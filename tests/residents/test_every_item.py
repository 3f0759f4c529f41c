"""管理項目のすべて — every item of std 1.1.1, 1.1.2 and of file (1) is set, kept and put right by an event, and the history has both values. N-1.1.1-*, N-1.1.2-*."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from daicho import clock, vault
from daicho.audit.actor import Actor
from daicho.contracts.department_items_v1 import DepartmentItemsV1, WrittenItem
from daicho.residents.commands.departments import write_department_items
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import SheetCurrent, SheetVersion
from daicho.residents.permissions import IntakePermission
from daicho.residents.queries.proof import prove
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries, to_json
from daicho.residents.rules.nationality import OF_FOREIGNERS, OF_JAPANESE
from daicho.residents.rules.register_layout import items
from tests.cast import NGUYEN, TARO, Role
from tests.residents.cancelling import cancel, event_of, of_person
from tests.residents.counter import move_in_form, register
from tests.residents.every_item import BY_THE_SYSTEM, FOREIGN, JAPANESE, MERGED, OF_OTHER_PARTS, Step
from tests.residents.item_rows import ELSEWHERE, ROWS
from tests.residents.recording import newest, recorded_form
from tests.residents.register_files import person, take_in
from tests.residents.test_import_export import comes_back_the_same

pytestmark = pytest.mark.django_db
DEPARTMENT = Actor.system("residents.intake", IntakePermission.DEPARTMENT_WRITE)
SECOND = Role(62, "小樽　次郎", "オタル　ジロウ", "昭和60年1月1日", "1", "世帯主")
FOR_JAPANESE_ALONE = frozenset({"name_kanji", "electoral_roll_flag"})
"""漢字氏名 of a foreign resident is another item, and they have no vote."""
KINDS = {"日本人住民": JAPANESE, "外国人住民": FOREIGN}


@dataclass(frozen=True)
class Left:
    """A step and what the newest record said before and after it, told as the table tells it."""

    step: Step
    before: dict[str, object]
    after: dict[str, object]


def told(entries: SheetEntries) -> dict[str, object]:
    """The items of a sheet: numbers in digits, days as they are encoded."""
    refs = [ref for name in ENTRIES if ENTRIES[name].kind is Kind.NUMBER and (ref := getattr(entries, name)) is not None]
    digits = vault.reveal_many(refs, because="試験")
    return {
        name: digits.get(value, value) if ENTRIES[name].kind is Kind.NUMBER else to_json(name, value) if value is not None else None
        for name, value in entries.__dict__.items()
    }


def tell(atena_no: str, step: Step) -> None:
    items = tuple(WrittenItem(name, text or None) for name, text in step.member.items())
    written = write_department_items(DEPARTMENT, DepartmentItemsV1(str(uuid4()), "福祉保険部　保険年金課", atena_no, items))
    assert written is not None


def take(person: UUID, step: Step, home: str) -> None:
    """One step, through two officers where a clerk makes it."""
    if step.event == "department_entry":
        tell(newest(person).person.atena_no, step)
    elif step.event == "cancellation":
        cancel(event_of("move_out"))
    else:
        filing = step.filing | ({"household_no": home} if step is MERGED else {})
        on = {"effective_on": "令和8年4月10日", "filed_on": "令和8年4月10日"}
        wrong = {"wrong_history_no": "1"} if step.event == "mend" else {}
        register(step.event, recorded_form(step.event, {person: step.member | wrong}, **(on | filing)))


def walk(steps: Sequence[Step]) -> Iterator[Left]:
    """All steps of one resident, in their order."""
    second = move_in_form([SECOND], address="色内1丁目3番5号", address_building="")
    home = register("domestic_move_in", second)[0].entries.household_no
    first, *rest = steps
    [opened] = register("domestic_move_in", TypedForm(first.filing, (TypedPerson(None, dict(first.member)),)))
    after = told(newest(opened.person.public_id).to_entries())
    yield Left(first, told(SheetEntries()), after)
    for step in rest:
        before = after
        take(opened.person.public_id, step, home)
        after = told(newest(opened.person.public_id).to_entries())
        yield Left(step, before, after)


def moved(left: Left) -> set[str]:
    return {name for name in left.before if left.before[name] != left.after[name]}


@pytest.mark.parametrize("steps", KINDS.values(), ids=KINDS)
def test_どの項目も設定し保持し修正できて履歴に両方の値が残る(steps: Sequence[Step]):
    """N-1.1.1-02…-53, N-1.1.2-02…-62 (ROWS): the sheet says what was typed, nothing else moved, the history has every value with its 異動事由."""
    walked = list(walk(steps))
    for left in walked:
        named = dict(left.step.leaves)
        assert {name: left.after[name] for name in named} == named, left.step.event
        if left.step.is_exact:
            assert moved(left) - {"household_no"} == {name for name, value in named.items() if left.before[name] != value}, left.step.event
    own = SheetCurrent.objects.get(address_town_code="01203002000").person
    rows = SheetVersion.objects.filter(person=own).select_related("event").order_by("history_no")
    assert [(row.event.code, row.event.standard_code) for row in rows] == [(left.step.event, left.step.reason) for left in walked]
    assert [told(row.to_entries()) for row in rows] == [left.after for left in walked]
    [joined] = [left for left in walked if left.step is MERGED]
    home = SheetCurrent.objects.get(name_kanji=SECOND.name).household_no
    assert (joined.after["household_no"], joined.before["household_no"] != home) == (home, True)
    assert prove().findings == []


def belongs(name: str, kind: str) -> bool:
    return name not in (OF_FOREIGNERS if kind == "日本人住民" else OF_JAPANESE) or name in ("name_kana", "name_kana_confirmed")


@pytest.mark.parametrize("kind", KINDS)
def test_表にはその住民の持つ項目がすべて二つの値とともにある(kind: str):
    """N-1.1.1-01. A new item without its line fails: each is set by one event and put right by another."""
    values: dict[str, list[object]] = {}
    for step in KINDS[kind]:
        for name, value in step.leaves.items():
            if not values.get(name) or values[name][-1] != value:
                values.setdefault(name, []).append(value)
    values["household_no"] = ["from the 転入", "of the 世帯 they join"]
    expected = {name for name in ENTRIES if belongs(name, kind)} - OF_OTHER_PARTS.keys() - BY_THE_SYSTEM.keys()
    if kind == "外国人住民":
        expected -= FOR_JAPANESE_ALONE
    lacking = {name for name in expected if len([value for value in values.get(name, ()) if value is not None]) < 2}
    assert lacking == set()
    assert not [name for name in values if not belongs(name, kind)]


def test_百三十二項目と標準の項目のすべてが表にある():
    """layouts/resident_register.csv has the 132 items; docs/requirements.csv the rows of 1.1.1 and 1.1.2."""
    named = {name for steps in KINDS.values() for step in steps for name in step.leaves} | {"household_no"}
    in_file = {item.name for item in items().values() if item.lives_in == "entry"}
    assert in_file == named | OF_OTHER_PARTS.keys() | BY_THE_SYSTEM.keys()
    with (Path(__file__).resolve().parents[2] / "docs" / "requirements.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"] for row in csv.DictReader(file) if row["id"].startswith(("N-1.1.1-", "N-1.1.2-"))}
    assert rows == ROWS.keys() | ELSEWHERE.keys()
    assert {name for names in ROWS.values() for name in names.split()} <= in_file


def test_記載を取り消して入れ直すと在住の始まりも改まる():
    """What follows from a day is put right with it: the day is cancelled and entered again (design §4)."""
    form = move_in_form([TARO])
    taro = register("domestic_move_in", form)[0].person.public_id
    cancel(event_of("domestic_move_in"))
    later = TypedForm({**form.filing, "effective_on": "令和8年4月2日"}, of_person(form, taro).members)
    register("domestic_move_in", later)
    began = SheetVersion.objects.filter(person__public_id=taro, asserts__isnull=True).order_by("history_no").values_list("opened_on", flat=True)
    assert list(began) == [date(2026, 4, 1), date(2026, 4, 2)]


def test_改製や帰化で住民票作成日と住民種別も改まる():
    """N-1.1.1-29, N-1.1.2-40: the kind before and after stands in the history; N-1.2.1-16: a row more, of the same content."""
    nguyen = register("domestic_move_in", move_in_form([NGUYEN]))[0].person.public_id
    with clock.at(date(2026, 4, 20)):
        register("sheet_renewal", recorded_form("sheet_renewal", {nguyen: {}}, effective_on="令和8年4月20日"))
    with clock.at(date(2026, 4, 21)):
        typed = {"name_kanji": "小樽　安", "registered_domicile": "北海道小樽市花園二丁目1番", "family_register_head_name": "小樽　安"}
        register("naturalisation", recorded_form("naturalisation", {nguyen: typed}, effective_on="令和8年4月21日", filed_on="令和8年4月21日"))
    rows = [row for row in SheetVersion.objects.filter(person__public_id=nguyen).order_by("history_no") if row.closed_on is None]
    assert [(row.juminhyo_created_date.day, row.resident_kind) for row in rows] == [(10, "2"), (20, "2"), (21, "1")]
    same = [row.to_entries().but(juminhyo_created_date=None) for row in rows[:2]]
    assert same[0] == same[1] and rows[1].history_no > rows[0].history_no


_OF_KIND = {
    Kind.TEXT: "文", Kind.CODE: "1", Kind.FLAG: "1", Kind.DATE: "20260401", Kind.UNCERTAIN_DATE: "S55-03-09", Kind.KANA: "カナ", Kind.GROUP: '{"文":"字"}',
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_すべての項目を書き出し空の市に取り込むと同じになる(kind: str, tmp_path: Path):
    """C-07: every item that this kind of resident can have has a value; what the events of other parts write comes by a file itself."""

    def fill() -> None:
        others = {name: _OF_KIND[ENTRIES[name].kind] for name in OF_OTHER_PARTS}
        take_in(tmp_path, person(7, closed_on="20260401", **others))
        list(walk(KINDS[kind]))

    rows = comes_back_the_same(fill, tmp_path)
    filled = {item.name for item in items().values() if item.lives_in == "entry" and any(row[item.identifier] for row in rows)}
    assert {name for name in ENTRIES if belongs(name, kind)} - filled - FOR_JAPANESE_ALONE == set()
