"""書戻しの記載 — what a department tells becomes a row of the history that says just this; nobody else writes it, and departments write nothing else. D-R6, G-26, F-1-04."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1, DepartmentItemsV1, WrittenItem
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, registering
from daicho.residents.commands.departments import write_department_items
from daicho.residents.commands.writing import ForeignEntriesError, Recording, write_changes
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, Person, SheetCurrent, SheetVersion
from daicho.residents.permissions import WORDS, IntakePermission
from daicho.residents.queries.proof import prove
from daicho.residents.rules.changes import Changes, Opening, Revision
from daicho.residents.rules.department_items import DEPARTMENTS_ENTRIES, ENTRY_FIELDS, written_by_others
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.events.department_entry import DEPARTMENT_ENTRY
from daicho.residents.rules.events.relocation import RELOCATION
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, EXAMINER, STRANGER, TARO
from tests.residents.counter import enter, move_in_form, register, relocation_form, removed, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
ACQUIRED = (WrittenItem("nhi_qualified_flag", "1"), WrittenItem("nhi_acquired_date", "2026-04-01"), WrittenItem("nhi_retiree_class_code", "0"))
LOST = (WrittenItem("nhi_qualified_flag", "0"), WrittenItem("nhi_lost_date", "2026-04-08"))


@pytest.fixture
def taro() -> Person:
    return register("domestic_move_in", move_in_form([TARO]))[0].person


def tell(atena_no: str, items: tuple[WrittenItem, ...] = ACQUIRED, *, sender: str = "transfers") -> str:
    """The message as transfers sends it, through the post room; the status of the reply."""
    message = DepartmentItemsV1(str(uuid.uuid4()), "福祉保険部　保険年金課", atena_no, items)
    envelope = Envelope(
        sender, "residents", str(uuid.uuid4()), str(uuid.uuid4()), "department_items", 1, (), clock.now(), "0" * 32, base.encode(message).decode()
    )
    return intake.receive(sender, envelope.to_bytes(), "127.0.0.1").status


def answers() -> list[DepartmentItemsOutcomeV1]:
    found = []
    for notice in Notice.objects.filter(kind="department_items_outcome").order_by("order_no"):
        body = json.loads(vault.open_payload(notice.payload_ref))
        found.append(base.decode(body["kind"], 1, body["body"].encode()))
    return found  # type: ignore[return-value]


def test_項目30から34が書かれその項目だけを主張する版になる(taro: Person):
    """G-26: 職権修正 on the basis of the notice itself (design §5)."""
    assert tell(taro.atena_no) == "acknowledged"
    current = SheetCurrent.objects.get()
    assert (current.nhi_qualified_flag, current.nhi_acquired_date, current.nhi_retiree_class_code) == (True, date(2026, 4, 1), "0")
    version = SheetVersion.objects.get(history_no=2)
    assert version.asserts == {"nhi_qualified_flag": True, "nhi_acquired_date": "2026-04-01", "nhi_retiree_class_code": "0"}
    event = version.event
    assert (event.code, event.standard_code, event.basis, event.effect) == ("department_entry", "職権修正", "通知", "修正")
    assert (event.entered_by, event.source, event.effective_on) == ("福祉保険部　保険年金課", "transfers", JapaneseDate.of(TODAY))
    assert (current.address, current.name_kanji) == ("北海道小樽市花園2丁目12番1号", TARO.name)


def test_後の書戻しは前の項目を残して言った項目だけを変える(taro: Person):
    tell(taro.atena_no)
    tell(taro.atena_no, LOST)
    current = SheetCurrent.objects.get()
    assert (current.nhi_qualified_flag, current.nhi_acquired_date, current.nhi_lost_date) == (False, date(2026, 4, 1), date(2026, 4, 8))
    assert [answer.history_no for answer in answers()] == [2, 3]


def test_記載の結果は履歴番号とともに返る(taro: Person):
    tell(taro.atena_no)
    [answer] = answers()
    assert (answer.history_no, answer.reasons) == (2, ())


def test_書き戻した事項はどの部屋にも知らされない(taro: Person):
    """No echo: what a department wrote changes nothing that 庁内連携 or 市町村CS is told."""
    before = Notice.objects.count()
    tell(taro.atena_no)
    assert [n.kind for n in Notice.objects.order_by("order_no")[before:]] == ["department_items_outcome"]


def test_畳込みと現在の行は一致する(taro: Person):
    """design §4: newest row = fold."""
    tell(taro.atena_no)
    tell(taro.atena_no, LOST)
    assert prove().findings == []


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "記載する項目がありません"),
        ((WrittenItem("address", "x"),), "庁内連携では書けない項目"),
        ((WrittenItem("basic_pension_number", "12345"),), "基礎年金番号を読み取れません"),
        ((WrittenItem("nhi_qualified_flag", "yes"),), "読み取れません"),
        ((WrittenItem("nhi_acquired_date", "4月1日"),), "読み取れません"),
        ((WrittenItem("nhi_retiree_class_code", "9"),), "読み取れません"),
        ((*ACQUIRED, ACQUIRED[0]), "2度"),
        ((WrittenItem("nhi_qualified_flag", "1"),), "取得日がありません"),
        ((*ACQUIRED, WrittenItem("nhi_lost_date", "2026-04-02")), "喪失日があります"),
        ((WrittenItem("nhi_acquired_date", "2026-04-02"), WrittenItem("nhi_lost_date", "2026-04-01")), "取得日より前"),
        ((WrittenItem("nhi_qualified_flag", "1"), WrittenItem("nhi_acquired_date", "2026-04-11")), "処理日（本日）より後"),
        ((*ACQUIRED, WrittenItem("nhi_not_applicable_flag", "1")), "非該当"),
        ((WrittenItem("child_allowance_end_date", "2026-04-01"),), "児童手当"),
        ((WrittenItem("late_elderly_qualified_flag", "1"),), "後期高齢の資格"),
    ],
)
def test_書けないものは理由を返し何も書かない(taro: Person, items: tuple[WrittenItem, ...], said: str):
    """Refusals travel back with reasons; they hold up nobody's other notices."""
    assert tell(taro.atena_no, items) == "acknowledged"
    [answer] = answers()
    assert answer.history_no is None
    assert any(said in reason for reason in answer.reasons), answer.reasons
    assert SheetVersion.objects.count() == 1


def test_知らない者と消除された者には書けない(taro: Person):
    removed(taro.public_id, TODAY)
    tell(taro.atena_no)
    tell("9999")
    assert ["消除されています" in answers()[0].reasons[0], "住民基本台帳にありません" in answers()[1].reasons[0]] == [True, True]


def test_同じ書戻しは一度しか書けない(taro: Person):
    message = DepartmentItemsV1(str(uuid.uuid4()), "保険年金課", taro.atena_no, ACQUIRED)
    actor = Actor.system("residents.intake", IntakePermission.DEPARTMENT_WRITE)
    write_department_items(actor, message)
    with pytest.raises(Exception, match="request_key"), transaction.atomic():
        write_department_items(actor, message)


def test_仮登録中の者にも書けて仮登録は生きている(taro: Person):
    """A department's entries and a filing's never meet: neither waits for the other."""
    filing = enter("relocation", relocation_form([taro.public_id], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    tell(taro.atena_no)
    filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)
    current = SheetCurrent.objects.get()
    assert (current.nhi_qualified_flag, current.address, current.history_no) == (True, "北海道小樽市色内1丁目3番5号", 3)


def test_書戻しの後の届出は遡及と言われない(taro: Person):
    """The day of a department's row is the day of recording: it says nothing of what is filed."""
    tell(taro.atena_no)
    form = relocation_form([taro.public_id], effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    found = filings.judge(filings.definition_of("relocation"), form, visit()).problems
    assert not [problem.code for problem in found if problem.code == "P101"]


@pytest.mark.parametrize("sender", ["juki_net", "atena", "konbini", "chukan", "departments"])
def test_庁内連携のほかは書き戻せない(taro: Person, sender: str):
    """D-R6: who is no department's way in is turned away at the door."""
    assert tell(taro.atena_no, sender=sender) == "refused"
    assert SheetVersion.objects.count() == 1


def test_職員には書く権限を与えられない(taro: Person):
    assert IntakePermission.DEPARTMENT_WRITE not in WORDS
    with pytest.raises(audit.Refused):
        write_department_items(STRANGER, DepartmentItemsV1(str(uuid.uuid4()), "課", taro.atena_no, ACQUIRED))


def test_窓口では届け出られずメニューにも出ない(taro: Person):
    with pytest.raises(CannotDo):
        filings.start(CLERK, visit(), "department_entry", move_in_form([TARO]))
    assert [event.code for event in ALL_EVENTS if event.of_departments and not event.by_system] == []


def test_届書の欄には個別記載事項がない():
    """F-1-04: what is not on the form cannot be entered; 30–49 are the departments'."""
    for event in ALL_EVENTS:
        names = {field.name for field in (*event.fields, *event.member_fields)}
        assert names & DEPARTMENTS_ENTRIES == (names if event.of_departments else set()), event.code


def test_基礎年金番号は金庫に入り版には参照だけが残る(taro: Person):
    """Item 38, design §6: numbers lie in the vault alone; a refused one is not kept."""
    tell(taro.atena_no, (WrittenItem("basic_pension_number", "1234567890"), WrittenItem("nhi_qualified_flag", "1")))
    assert SheetVersion.objects.count() == 1 and vault.find(vault.NumberKind.BASIC_PENSION_NUMBER, "1234567890") is None
    tell(taro.atena_no, (WrittenItem("basic_pension_number", "1234567890"),))
    [row] = SheetVersion.objects.filter(history_no=2)
    assert row.asserts == {"basic_pension_number": vault.find(vault.NumberKind.BASIC_PENSION_NUMBER, "1234567890")}
    assert vault.reveal(row.basic_pension_number, because="試験") == "1234567890"


def test_児童手当は年月で記載され日は残らない(taro: Person):
    """N-1.1.1-19: 法7条11号の2 says 年月."""
    tell(taro.atena_no, (WrittenItem("child_allowance_start_date", "2018-04"), WrittenItem("child_allowance_end_date", "2020-03-31")))
    current = SheetCurrent.objects.get()
    assert [entry_text(name, current.to_entries()) for name in ("child_allowance_start_date", "child_allowance_end_date")] == ["平成30年4月", "令和2年3月"]
    assert current.child_allowance_end_date == date(2020, 3, 1)


def test_書ける事項は30から49である():
    assert {field.name for field in ENTRY_FIELDS} == DEPARTMENTS_ENTRIES
    assert sorted(entry.item for name in DEPARTMENTS_ENTRIES if (entry := ENTRIES[name]).item) == list(range(30, 50))


STATE = PersonState("1", SheetEntries(opened_on=TODAY, nhi_qualified_flag=True), True, 1, 1)
SITUATION = Situation(TODAY, "012033", "", persons={"1": STATE})


@pytest.mark.parametrize(
    ("definition", "changes", "foreign"),
    [
        (RELOCATION, Changes(revisions=(Revision(0, "1", {"address": "x"}),)), set()),
        (RELOCATION, Changes(revisions=(Revision(0, "1", {"address": "x", "nhi_qualified_flag": True}),)), {"nhi_qualified_flag"}),
        (DEPARTMENT_ENTRY, Changes(revisions=(Revision(0, "1", {"nhi_qualified_flag": False}),)), set()),
        (DEPARTMENT_ENTRY, Changes(revisions=(Revision(0, "1", {"address": "x"}),)), {"address"}),
        (RELOCATION, Changes(openings=(Opening(0, "1", SheetEntries(nhi_qualified_flag=True)),)), set()),
        (RELOCATION, Changes(openings=(Opening(0, "1", SheetEntries(nhi_qualified_flag=False)),)), {"nhi_qualified_flag"}),
        (RELOCATION, Changes(openings=(Opening(0, None, SheetEntries(ltc_qualified_flag=True)),)), {"ltc_qualified_flag"}),
        (DEPARTMENT_ENTRY, Changes(openings=(Opening(0, "1", SheetEntries(name_kanji="x")),)), {"name_kanji"}),
    ],
)
def test_誰の事項かは一つの関数が決める(definition: object, changes: Changes, foreign: set[str]):
    """F-1-04, D-R6: who may write what."""
    assert written_by_others(definition, SITUATION, changes) == foreign  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "asserts"), [("relocation", {"nhi_qualified_flag": True}), ("department_entry", {"address": "x"})])
def test_他の者の事項を主張する異動は書き込めない(taro: Person, code: str, asserts: dict[str, object]):
    """Enforced where every event is written, whatever its own rules say."""
    definition = next(event for event in ALL_EVENTS if event.code == code)
    row = SheetCurrent.objects.get()
    event = CivilEvent(
        municipality_code="012033", code=code, standard_code="x", definition=definition.recorded_as, basis="x", effect="x",
        effective_on=JapaneseDate.of(TODAY), recorded_at=clock.now(), source="test", request_key=uuid.uuid4(),
    )  # fmt: skip
    state = PersonState(taro.atena_no, row.to_entries(), True, row.spell_id, row.history_no, public_id=str(taro.public_id))
    with pytest.raises(ForeignEntriesError):
        write_changes(
            Recording(event, clock.now(), JapaneseDate.of(TODAY)),
            replace(SITUATION, persons={taro.atena_no: state}),
            Changes(revisions=(Revision(0, taro.atena_no, asserts),)),
        )
    assert SheetVersion.objects.count() == 1


def test_記載も拒否も操作履歴に残る(taro: Person):
    """F-1-13."""
    tell(taro.atena_no)
    tell(taro.atena_no, ())
    rows = AuditEntry.objects.filter(action="residents:department:write").order_by("id")
    assert [(row.outcome, row.subjects) for row in rows] == [("done", [taro.public_id]), ("refused", [])]
    assert list(rows[0].digests) == [f"{taro.public_id}:2"]
