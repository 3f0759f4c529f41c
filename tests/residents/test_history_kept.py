"""異動履歴の持ち方 — what each row of the history says, alone, and how rows are numbered. 標準1.2.1; design §4."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from daicho.audit.actor import Actor
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.rules.entries import ENTRIES
from tests.cast import CLERK, EXAMINER, FAMILY, HANAKO, SATO, TARO
from tests.residents.cancelling import event_of, told_by
from tests.residents.counter import household_form, move_in_form, register, relocation_form, visit

pytestmark = pytest.mark.django_db
MOVED = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


@pytest.fixture
def family() -> list[UUID]:
    return [written.person.public_id for written in register("domestic_move_in", move_in_form(FAMILY))]


def history(person: UUID) -> list[tuple[int, str, str]]:
    """履歴番号, 異動事由 and 住所 of each row, in 記載順."""
    rows = SheetVersion.objects.filter(person__public_id=person).select_related("event").order_by("history_no")
    return [(row.history_no, row.event.standard_code, row.address) for row in rows]


def registered_by(actor: Actor, code: str, form: TypedForm) -> CivilEvent:
    row = filings.start(actor, visit(actor), code, form)
    overrides = {p.key: "確認" for p in filings.judge(filings.definition_of(code), form, row.visit).problems}
    filings.enter(actor, row.public_id, form, overrides)
    filings.examine(EXAMINER, row.public_id)
    registering.register(EXAMINER, row.public_id)
    return event_of(code)


def test_異動者はその異動をした人だけである(family):
    """N-1.2.1-01, -02: two of four move, and another becomes 世帯主."""
    register("relocation", relocation_form(family[2:], ["世帯主", "弟"], household_choice="new", **MOVED))
    assert told_by(event_of("relocation")) == family[2:]
    register("head_change", household_form(family[:2], ["夫", "世帯主"]))
    assert [reason for _, reason, _ in history(family[0])] == ["国内転入", "世帯主変更"]
    assert [reason for _, reason, _ in history(family[2])] == ["国内転入", "転居"]


def test_入力した場所と端末が異動ごとに残る():
    """N-1.2.1-09, -10: of the clerk who entered, at 本庁 and at a branch."""
    branch = replace(CLERK, office_code="ekimae", terminal="駅前1")
    events = [registered_by(CLERK, "domestic_move_in", move_in_form([TARO]))]
    events.append(registered_by(branch, "domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号")))
    assert [(event.office_code, event.terminal) for event in events] == [(CLERK.office_code, CLERK.terminal), ("ekimae", "駅前1")]


def test_一行だけから世帯で共通のものも含む全ての項目が得られる(family):
    """N-1.2.1-12, -13: the row of a 転居, read from no other table."""
    register("relocation", relocation_form(family, **MOVED))
    [row] = SheetVersion.objects.filter(person__public_id=family[1], history_no=2).values(*ENTRIES)
    assert (row["name_kanji"], str(row["birth_date"]), row["relationship"]) == (HANAKO.name, HANAKO.birth, "妻")
    assert (row["address"], row["householder_name"]) == ("北海道小樽市色内1丁目3番5号", TARO.name)
    assert row["household_no"] == SheetCurrent.objects.get(person__public_id=family[0]).household_no


def test_宛名番号と履歴番号の組は一つしかない(family):
    """N-1.2.1-14: the database itself says so."""
    row = SheetVersion.objects.get(person__public_id=family[0])
    row.pk = None
    with pytest.raises(IntegrityError, match="history_no"), transaction.atomic():
        row.save(force_insert=True)


def test_履歴番号は個人ごとに1から始まる():
    """N-1.2.1-15: the standard's example of 太郎 and 花子."""
    [taro] = [w.person.public_id for w in register("domestic_move_in", move_in_form([TARO], address="松町1番地"))]
    register("relocation", relocation_form([taro], address="松町8番地", **MOVED))
    number = SheetCurrent.objects.get(person__public_id=taro).household_no
    joining = move_in_form([HANAKO], household_choice="existing", household_no=number, address="松町8番地", **MOVED)
    [hanako] = [w.person.public_id for w in register("domestic_move_in", joining)]
    assert history(taro) == [(1, "国内転入", "北海道小樽市松町1番地"), (2, "転居", "北海道小樽市松町8番地")]
    assert history(hanako) == [(1, "国内転入", "北海道小樽市松町8番地")]


def test_履歴番号の最も大きい行が直近の記録である(family):
    """N-1.2.1-17: also when the later 異動 is of an earlier day."""
    register("relocation", relocation_form(family, **MOVED))
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"], effective_on="令和8年4月5日"))
    for person in family:
        newest = SheetVersion.objects.filter(person__public_id=person).order_by("-history_no").values(*ENTRIES).first()
        assert newest == SheetCurrent.objects.filter(person__public_id=person).values(*ENTRIES).get()
        assert (newest["householder_name"], newest["address"]) == (HANAKO.name, "北海道小樽市色内1丁目3番5号")
