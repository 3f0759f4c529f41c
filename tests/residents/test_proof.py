"""自己検査と再構築 — `daicho prove` finds what is wrong, and nothing else; `daicho rebuild` gives the same tables again. design §4."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock
from daicho.jobs.models import Run
from daicho.jobs.queries import due as due_jobs
from daicho.residents.models import Person, SearchTerm, SheetCurrent
from daicho.residents.queries.proof import prove
from daicho.values.closed_days import ClosedDays
from tests.cast import SATO
from tests.residents.counter import move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_lives():
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form(family[:2], ["世帯主", "妻"], household_choice="new"))
        yield


def test_何も壊れていなければ証明される():
    proof = prove()
    assert (proof.proven, proof.persons, proof.households) == (True, 5, 3), proof.findings


@pytest.mark.parametrize(
    ("break_it", "what"),
    [
        (lambda: SheetCurrent.objects.filter(name_kanji="花園　花子").update(name_kanji="花園　華子"), "current is not row"),
        (lambda: SheetCurrent.objects.filter(name_kanji="花園　花子").update(history_no=1), "current is not row"),
        (lambda: SearchTerm.objects.filter(kind="nk", is_past=False).update(is_past=True), "search terms"),
    ],
)
def test_一つでも食い違えば見つかる(break_it, what):
    assert break_it()
    assert any(what in found for _, found in prove().findings)


def test_時点の世帯も規則に合う():
    assert prove(date(2026, 4, 30)).households == 2
    assert prove(date(2026, 5, 1)).households == 3
    assert prove(date(2026, 3, 31)).households == 0
    assert Person.objects.count() == 5


def test_止まっていた間の自己検査は明けに一度だけ():
    """N-9.1-02: each night proves what is there then, so that the nights that were missed need no run of their own."""
    now = clock.now()
    Run.objects.create(
        municipality_code="012033", job="prove", for_date=date(2026, 5, 2), started_by="system:job", started_at=now, finished_at=now, outcome="done"
    )
    with clock.at(date(2026, 5, 22)):
        assert [due.for_date for due in due_jobs(ClosedDays()) if due.job.name == "prove"] == [date(2026, 5, 22)]
