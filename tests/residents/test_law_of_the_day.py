"""その日の法 — a filing is judged and recorded under the definition in force when it was begun; a new law stands beside the old. design §3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.models import CivilEvent, Filing
from daicho.residents.rules import events
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.reading import UnknownField
from tests.cast import CLERK, EXAMINER, TARO
from tests.residents.counter import enter, move_in_form, visit

OLD = replace(events.MOVE_IN, in_force=(date(2025, 5, 26), date(2026, 4, 9)))
NEW = replace(events.MOVE_IN, in_force=(date(2026, 4, 10), None), fields=events.MOVE_IN.fields[:-1])


@pytest.fixture
def changed_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "ALL_EVENTS", (OLD, NEW))


def test_改正の日から新しい定義になる(changed_law):
    assert [events.event_on(NEW.code, date(2026, 4, day)).recorded_as for day in (9, 10)] == [OLD.recorded_as, NEW.recorded_as]
    assert [event.recorded_as for event in events.events_on(date(2026, 4, 9))] == [OLD.recorded_as]
    assert events.event_recorded_as(OLD.recorded_as) is OLD
    with pytest.raises(KeyError):
        events.event_on(NEW.code, date(2025, 5, 25))


@pytest.mark.django_db
def test_改正の前に受けた届出は前の定義で本登録する(changed_law):
    with clock.at(date(2026, 4, 9)):
        filing = enter("domestic_move_in", move_in_form([TARO]))
    row = Filing.objects.get(public_id=filing)
    assert filings.law_of(row) is OLD and filings.definition_of(row.code) is NEW
    filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)
    assert CivilEvent.objects.get().definition == OLD.recorded_as


@pytest.mark.django_db
def test_改正の前に始めた届書は前の定義の項目を保存する(changed_law):
    """The field that the new law no longer asks is still on the form that was begun under the old."""
    last = OLD.fields[-1].name
    with clock.at(date(2026, 4, 9)):
        old = filings.start(CLERK, visit(), OLD.code, move_in_form([TARO]))
    filings.save_field(CLERK, old, None, last, "コーポ見本")
    assert Filing.objects.get(pk=old.pk).typed["filing"][last] == "コーポ見本"
    with pytest.raises(UnknownField):
        filings.save_field(CLERK, filings.start(CLERK, visit(), NEW.code, move_in_form([TARO])), None, last, "x")


def test_同じ異動の定義の期間は重ならない():
    for one, other in combinations(events.ALL_EVENTS, 2):
        if one.code == other.code:
            first, second = sorted((one, other), key=lambda event: event.in_force[0])
            assert first.in_force[1] is not None and first.in_force[1] < second.in_force[0]


def test_本人確認情報を知らせる異動は更新事由を述べる():
    for event in events.ALL_EVENTS:
        tells = any(notice.kind is NoticeKind.IDENTITY_INFO for notice in event.notices)
        reasons = [turn.identity_reason for turn in event.turns.values()] or [event.identity_reason]
        assert tells == all(reason is not None for reason in reasons), event.code
