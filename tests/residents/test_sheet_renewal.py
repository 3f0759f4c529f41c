"""改製・再製 — a new sheet that says the same; the one before is kept as 改製原 or 除票. 令第16条; std 1.1.4, 1.2.2."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.residents.models import SheetCurrent
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import ALL_EVENTS
from tests.cast import HANAKO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import problems, register, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "ja"), [("sheet_renewal", "改製"), ("sheet_remaking", "再製")])
def test_記載は変わらず元の票は除票になり誰にも知らせない(code: str, ja: str, monkeypatch):
    """N-1.1.4, N-1.1.5-02, std 1.2.2; domain §2.1: 改製日 is the day the new sheet was made; no notice."""
    taro = family_of(TARO, HANAKO)[0]
    before = newest(taro).to_entries()
    sent = [told(monkeypatch, room) for room in ("juki_net", "atena", "konbini", "transfers")][-1]
    with clock.at(date(2026, 5, 7)):
        register(code, recorded_form(code, {taro: {}}, effective_on="令和8年5月7日"))
        old, new = SheetCurrent.objects.filter(person__public_id=taro).order_by("history_no")
        assert (old.removal_reason_code, old.closed_on) == (code, date(2026, 5, 7))
        assert new.to_entries() == before.but(juminhyo_created_date=date(2026, 5, 7))
        assert (event_of(code).standard_code, sent) == (ja, [])
        assert prove().proven
        cancel(event_of(code))
        assert newest(taro).to_entries() == before
        assert prove().proven


def test_改製は職員が選んだときだけで自動では起きない():
    """N-1.1.4: no job and no overflow makes one."""
    assert [event.by_system for event in ALL_EVENTS if event.code in ("sheet_renewal", "sheet_remaking")] == [False, False]


def test_改製した日より前に遡る改製や対象者のない改製は断る():
    taro = family_of(TARO)[0]
    register("sheet_renewal", recorded_form("sheet_renewal", {taro: {}}, effective_on="令和8年4月9日"))
    assert ("P002", "effective_on", True) in problems("sheet_remaking", recorded_form("sheet_remaking", {taro: {}}, effective_on="令和8年4月8日"))
    assert ("X001", "members", True) in problems("sheet_renewal", recorded_form("sheet_renewal", {}))
