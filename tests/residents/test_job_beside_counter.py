"""窓口の横の一括処理 — while a job reads the whole city, the counter searches and registers as ever, and the job is not misled. 標準9.1."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from daicho.jobs import commands
from daicho.residents.models import SheetCurrent
from daicho.residents.queries import proof
from daicho.residents.queries.search import search
from daicho.residents.rules.search_keys import SearchForm, read_search
from tests.cast import CLERK, HANAKO, SATO
from tests.residents.counter import household_form, move_in_form, register, relocation_form

AT_COUNTER = replace(CLERK, visit_no="1")


@pytest.fixture
def town(committed_db):
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def at_the_counter(family) -> list[str]:
    """One visitor moves in, a family moves house and another is found; whoever waits for a lock fails at once."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))
        dates = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
        register("relocation", relocation_form(family, address="稲穂3丁目9番1号", **dates))
        register("head_change", household_form(family, ["夫", "世帯主", "子", "子"]))
        keys, _ = read_search(SearchForm(name="花園　花子"))
        return [hit.entries.name_kanji for hit in search(AT_COUNTER, keys).hits]
    finally:
        connection.close()


def test_全住民を読む処理の最中も窓口は待たずに登録し検索できる(town, monkeypatch):
    """N-9.1-09: no wait, no error, and what was registered meanwhile is no finding of the job's."""
    histories, found = proof._histories, []

    def histories_of_a_busy_day() -> Iterator[Any]:
        with ThreadPoolExecutor(1) as counter:
            found.extend(counter.submit(at_the_counter, town).result())
        yield from histories()

    monkeypatch.setattr(proof, "_histories", histories_of_a_busy_day)
    assert commands.run("prove").outcome == "done"
    assert found == [HANAKO.name]
    assert set(SheetCurrent.objects.values_list("householder_name", flat=True)) == {HANAKO.name, SATO.name}
