"""除票用データベース — old 除票 move to their own store once a year, are found and shown as before, and nothing is lost. 標準1.1.5, 9.3; decision 0033."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.city.defaults import DEFAULTS
from daicho.residents.commands.archiving import archive_removed
from daicho.residents.jobs import archive_removed_job
from daicho.residents.models.archive import TABLES as ARCHIVED
from daicho.residents.permissions import JobPermission
from daicho.residents.queries.history import history
from daicho.residents.queries.persons import card
from daicho.residents.queries.proof import prove
from daicho.residents.queries.search import search
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.values.closed_days import ClosedDays
from tests.cast import CLERK, HANAKO, ICHIRO, TARO
from tests.residents.cancelling import cancel, event_of, of_person
from tests.residents.counter import city_decides, death_form, move_in_form, move_out_form, notice_form, register, removed, turn_to
from tests.residents.recording import family_of

pytestmark = pytest.mark.django_db
READER = replace(CLERK, visit_no="1")
JOB = Actor.system("job.archive_removed", JobPermission.REMOVED_ARCHIVE)
LEFT = date(2026, 4, 9)
TABLES = ("residents_sheetversion", "residents_sheetcurrent", "residents_searchterm")


def stores(person: UUID) -> set[tuple[str, str]]:
    """(table, "living" or "archive") of every row of a person's sheets."""
    found = set()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT DISTINCT t.tableoid = '{table}'::regclass FROM {table} t JOIN residents_person p ON p.id = t.person_id WHERE p.public_id = %s",
                [person],
            )
            found |= {(table, "living" if living else "archive") for (living,) in cursor.fetchall()}
    return found


def wholly(store: str) -> set[tuple[str, str]]:
    return {(table, store) for table in TABLES}


def names(**form: str) -> list[tuple[str, bool]]:
    """By one search: whom it finds, and whether in the store of old 除票."""
    keys, problems = read_search(SearchForm(**form))
    assert not problems, problems
    return [(hit.entries.name_kanji, hit.is_archived) for hit in search(READER, keys).hits]


def test_五年を過ぎた除票だけが移り一回の検索で双方から見つかる():
    """N-1.1.5-07, -09, -10; N-9.3-01: 4年364日 stays, 5年1日 moves, who lives here stays; each lies in one store alone, and the card says in which."""
    taro, hanako, ichiro = family_of(TARO, HANAKO, ICHIRO)
    removed(ichiro, date(2026, 4, 8))
    removed(hanako, date(2026, 4, 10))
    with clock.at(date(2031, 4, 9)):
        before = {person: [line.history_no for line in history(READER, person).lines] for person in (hanako, ichiro)}
        assert archive_removed(JOB, clock.today()) == 1
        assert (stores(ichiro), stores(hanako), stores(taro)) == (wholly("archive"), wholly("living"), wholly("living"))
        assert sorted(names(name="花園")) == [(ICHIRO.name, True), (TARO.name, False), (HANAKO.name, False)]
        assert names(name="イチロウ", birth=ICHIRO.birth) == [(ICHIRO.name, True)]
        assert (card(READER, ichiro).sheet.is_archived, card(READER, hanako).sheet.is_archived) == (True, False)
        assert {person: [line.history_no for line in history(READER, person).lines] for person in (hanako, ichiro)} == before
        assert prove().proven
        assert archive_removed(JOB, clock.today()) == 0
    assert [row.subjects for row in AuditEntry.objects.filter(action="residents:removed:archive")] == [[ichiro]]


def test_途中で失敗しても除票は失われず次の回に移る(monkeypatch):
    """N-9.3-01: what was moved is undone with what failed."""
    [person] = family_of(TARO)
    removed(person, LEFT)
    with clock.at(date(2032, 4, 9)):

        def fails(*args: object, **more: object) -> None:
            raise OSError("cut off")

        with monkeypatch.context() as cut:
            cut.setattr(audit, "record", fails)
            with pytest.raises(OSError, match="cut off"):
                archive_removed(JOB, clock.today())
        assert stores(person) == wholly("living")
        assert archive_removed(JOB, clock.today()) == 1
        assert stores(person) == wholly("archive") and prove().proven


@pytest.mark.parametrize("years", [149, 151])
def test_百五十年が過ぎても除票は消えず照会できる(years: int):
    """N-1.1.5-08; 令34条: no run deletes, and the role that works the database has no right to."""
    [person] = family_of(TARO)
    removed(person, LEFT)
    with clock.at(LEFT.replace(year=LEFT.year + years)):
        archive_removed(JOB, clock.today())
        archive_removed(JOB, clock.today())
        assert names(name=TARO.name) == [(TARO.name, True)] and card(READER, person).sheet.entries.name_kanji == TARO.name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND (n.nspname = 'removed_sheets' AND"
            " has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') OR c.relname LIKE 'residents_sheet%' AND has_table_privilege(c.oid, 'DELETE, TRUNCATE'))"
        )
        assert cursor.fetchall() == []


def test_移った除票の人が戻れば同じ宛名番号で記載され元の除票は移ったまま残る():
    """N-4.1.1.2: 再転入 finds the 除票 by its number."""
    [person] = family_of(TARO)
    removed(person, LEFT)
    with clock.at(date(2031, 5, 7)):
        archive_removed(JOB, clock.today())
        form = of_person(move_in_form([TARO], effective_on="令和13年5月1日", filed_on="令和13年5月7日"), person)
        written = register("domestic_move_in", form)
        assert written[0].person.public_id == person
        found = card(READER, person)
        assert (found.sheet.is_open, found.sheet.is_archived, [old.is_archived for old in found.older]) == (True, False, [True])
        assert prove().proven


def test_移った除票に書くときは現行に戻り次の回にまた移る():
    """消除の取消し, years later; a late 転入通知 (法9条1項): the living store takes the sheet back, whole."""
    taro, hanako = family_of(TARO, HANAKO)
    register("death", death_form(taro, "令和8年4月8日"))
    register("move_out", move_out_form([hanako], on="令和8年4月9日"))
    turn_to(LEFT)
    with clock.at(date(2031, 5, 7)):
        assert archive_removed(JOB, clock.today()) == 2
        register("move_in_notice_received", notice_form(hanako, filed_on="令和13年5月2日"))
        assert (stores(hanako), stores(taro)) == (wholly("living"), wholly("archive"))
        assert prove().proven and archive_removed(JOB, clock.today()) == 1 and stores(hanako) == wholly("archive")
        cancel(event_of("death"), [taro])
        assert stores(taro) == wholly("living") and card(READER, taro).sheet.is_open and prove().proven


def test_移行は市が選んだ繁忙期でない日に年一回行われる():
    """N-1.1.5-10, N-9.3-02: the next run lies within a year of every day; a busy month cannot be chosen."""
    schedule, tomorrow = archive_removed_job().schedule, date(2026, 4, 11)
    assert schedule is not None

    def runs(days: int) -> list[date]:
        return [day for day in (tomorrow + timedelta(n) for n in range(days)) if schedule.falls_on(day, ClosedDays())]

    assert runs(731) == [date(2026, 11, 10), date(2027, 11, 10)]
    city_decides("removed_archive_month", 6)
    assert runs(366) == [date(2026, 6, 10)]
    assert not any(DEFAULTS["removed_archive_month"].accepts(month) for month in (3, 4))


def test_除票用データベースの表は現行の表と同じ列と索引をもつ():
    """decision 0033: a column comes by itself, an index does not."""
    said = "SELECT indexdef FROM pg_indexes WHERE schemaname = %s AND tablename = %s"
    with connection.cursor() as cursor:
        for table in ARCHIVED:
            kinds = []
            for schema in ("public", "removed_sheets"):
                cursor.execute(said, [schema, table])
                kinds.append(sorted(text.split(" USING ")[1] for (text,) in cursor.fetchall()))
            assert kinds[0] == kinds[1] != [], table
