"""一括変更の取りやめと取消し — before 本処理 nothing was recorded; after it every event is annulled, and on whom something rests is named. 標準4.6, 9.7."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands import renaming
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, EXAMINER, FAMILY, SATO
from tests.residents.cancelling import cancel
from tests.residents.counter import register, relocation_form
from tests.residents.renaming import HANAZONO, RENAMED, cancelled, moved_in, prepared, sheet, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return moved_in(*FAMILY)


@pytest.fixture
def neighbour():
    return moved_in(SATO, address="花園3丁目1番1号")[0]


def test_本処理の前なら取りやめられ何も残らない(family):
    row = prepared()
    renaming.drop(CLERK, row.public_id, "告示の延期")
    row.refresh_from_db()
    assert row.state == "dropped" and not CivilEvent.objects.filter(code="address_renamed").exists()
    with pytest.raises(CannotDo):
        renaming.examine(EXAMINER, row.public_id, renaming.mark(row))


def test_本処理の後の取消しで全員が元に戻る(family, neighbour):
    """標準4.6: every event annulled; the history keeps both."""
    row = prepared(old="花園", new="新花園")
    worked(row)
    done = cancelled(row)
    assert (row.state, done["取消し済み"]) == ("cancelled", 5)
    assert {sheet(p).address for p in family} == {HANAZONO}
    assert sheet(neighbour).address == "北海道小樽市花園3丁目1番1号"
    cancels = CivilEvent.objects.filter(cancels__code="address_renamed")
    assert {(c.standard_code, c.basis, c.entered_by, c.examined_by) for c in cancels} == {("異動の取消し（修正）", "職権", CLERK.name, EXAMINER.name)}
    assert prove().proven, prove().findings


def test_後の異動が乗っている者は取り消されず名指しされる(family, neighbour):
    """design §4: what rests on it is named, to be cancelled first; then it can be asked again."""
    row = prepared(old="花園", new="新花園")
    worked(row)
    with clock.at(date(2026, 4, 15)):
        register("relocation", relocation_form([neighbour], effective_on="令和8年4月12日", filed_on="令和8年4月14日", address="色内1丁目1番"))
        cancelled(row)
        [stands] = row.lines.filter(state="stands")
        assert stands.person.public_id == neighbour and "先に取り消す異動" in stands.why
        assert {sheet(p).address for p in family} == {HANAZONO} and sheet(neighbour).address == "北海道小樽市色内1丁目1番"
        assert cancelled(row)["取消し不可"] == 1
        assert prove().proven, prove().findings


def test_取消しは求めた職員とは別の職員が照合しやめることもできる(family):
    row = prepared()
    worked(row)
    renaming.ask_to_cancel(CLERK, row.public_id, "告示の取消し")
    with pytest.raises(CannotDo, match="自分が求めた"):
        renaming.examine_cancel(CLERK, row.public_id)
    renaming.keep(EXAMINER, row.public_id)
    row.refresh_from_db()
    assert row.state == "done" and sheet(family[0]).address == RENAMED


def test_履歴から個別に取り消した世帯はそのまま残る(family, neighbour):
    """標準4.6: one household cancelled from the history by a clerk; the 取消し of the case takes the others and says so."""
    row = prepared(old="花園", new="新花園")
    worked(row)
    event = CivilEvent.objects.filter(code="address_renamed", versions__person__public_id=neighbour).get()
    cancel(event)
    assert sheet(neighbour).address == "北海道小樽市花園3丁目1番1号" and sheet(family[0]).address == RENAMED
    cancelled(row)
    assert {sheet(p).address for p in family} == {HANAZONO}
    assert {line.state for line in row.lines.all()} == {"cancelled"} and row.lines.filter(why="個別に取り消されています。").count() == 1
    assert prove().proven, prove().findings
