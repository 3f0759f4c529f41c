"""採番 — in order, without gaps, never back. 標準1.1.13, 5.5."""

from datetime import datetime
from threading import Thread

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import BigIntegerField, Func, QuerySet, Value
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from daicho import clock, numbering
from daicho.numbering import queries, registry
from daicho.numbering.models import Counter
from daicho.numbering.ranges import missing


def in_use(*serials: int) -> QuerySet[Counter, tuple[int, ...]]:
    """Rows of one number, as a room gives them."""
    return Counter.objects.annotate(serial=Func(Value(list(serials), ArrayField(BigIntegerField())), function="unnest")).values_list("serial")


@pytest.mark.django_db
def test_続けて付番すると飛びなく並び系列は別々() -> None:
    """N-1.1.13-03"""
    assert [numbering.take("atena_no")[0] for _ in range(3)] == [1, 2, 3]
    assert numbering.take("household_no", 2) == [1, 2]
    assert numbering.take("atena_no", 4) == [4, 5, 6, 7]
    assert queries.last_taken("atena_no") == 7
    assert queries.last_taken("filing_no") == 0
    assert numbering.take("atena_no", 0) == []


@pytest.mark.django_db
def test_何件でも1回の問合せで付番する(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert len(numbering.take("juminhyo_no", 100_000)) == 100_000


@pytest.mark.django_db
def test_取り消した処理の番号は次の人が使う() -> None:
    """No gap: what is rolled back gives its numbers back."""
    with transaction.atomic():
        assert numbering.take("visit_no", 5) == [1, 2, 3, 4, 5]
        transaction.set_rollback(True)
    assert numbering.take("visit_no") == [1]


@pytest.mark.django_db
def test_発行番号の連番は日ごとに1から始まる() -> None:
    """N-5.5-03"""
    with clock.at(datetime(2026, 4, 1, 12, tzinfo=clock.JST)):
        assert numbering.take("certificate_no", 2) == [1, 2]
    with clock.at(datetime(2026, 4, 2, 9, tzinfo=clock.JST)):
        assert numbering.take("certificate_no") == [1]
        assert queries.last_taken("certificate_no", on=datetime(2026, 4, 1).date()) == 2


@pytest.mark.django_db
def test_移行した番号より後から付番し間の欠番は理由が残る() -> None:
    """N-1.1.13-06: migrated numbers keep their place; what was skipped is explained."""
    assert numbering.never_below("atena_no", 123_455, "旧システムからの移行", by="migration") == 123_455
    assert numbering.take("atena_no") == [123_456]
    [gap] = queries.gaps("atena_no")
    assert (gap.first_no, gap.last_no, gap.reason, gap.recorded_by) == (1, 123_455, "旧システムからの移行", "migration")
    assert numbering.never_below("atena_no", 1000, "復元の点検") == 123_456  # never back
    assert len(queries.gaps("atena_no")) == 1
    assert numbering.take("atena_no") == [123_457]


@pytest.mark.django_db
def test_使わなかった番号は帳簿に書き説明のない番号は見つかる(monkeypatch: pytest.MonkeyPatch) -> None:
    numbering.take("visit_no", 6)
    numbering.leave_out("visit_no", 3, 4, "受付を取りやめた")
    monkeypatch.setattr(registry, "_drawn", {"visit_no": lambda on: in_use(1, 2, 6)})
    assert queries.unexplained("visit_no") == [(5, 5)]
    with pytest.raises(ValueError, match="have not been taken"):
        numbering.leave_out("visit_no", 6, 7, "未付番")
    with pytest.raises(ValueError, match="needs its reason"):
        numbering.leave_out("visit_no", 5, 5, "  ")


@pytest.mark.django_db
def test_番号は誰にも戻せない() -> None:
    """The database itself refuses, also the web role's plain UPDATE."""
    numbering.take("atena_no", 10)
    for statement in ("UPDATE numbering_counter SET last_no = 9", "UPDATE numbering_counter SET series = 'other'"):
        with pytest.raises(IntegrityError, match="never goes back"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for statement in ("DELETE FROM numbering_counter", "DELETE FROM numbering_gap", "UPDATE numbering_gap SET reason = ''"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_知らない系列と負の件数は断る() -> None:
    with pytest.raises(KeyError, match="no such series"):
        numbering.take("lottery_no")
    with pytest.raises(ValueError, match="not negative"):
        numbering.take("atena_no", -1)


def test_取引の外では付番しない(committed_db: object) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        numbering.take("atena_no")


def test_同時に付番しても重ならず欠けない(committed_db: object) -> None:
    """Four at once, every third rolled back: the numbers that stay are 1 to n."""
    kept: list[int] = []

    def work(worker: int) -> None:
        for turn in range(15):
            try:
                with transaction.atomic():
                    numbers = numbering.take("filing_no", 2)
                    if (turn + worker) % 3 == 0:
                        raise ZeroDivisionError
                    connection.cursor().execute("SELECT pg_sleep(0.001)")
                kept.extend(numbers)
            except ZeroDivisionError:
                continue
        connections.close_all()

    threads = [Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == list(range(1, 4 * 10 * 2 + 1))
    assert queries.last_taken("filing_no") == 80


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(1, 45), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8))
def test_説明のない範囲は一つずつ数えたものと等しい(last_no: int, accounted: list[tuple[int, int]]) -> None:
    known = {number for first, last in accounted for number in range(first, last + 1)}
    found = [number for first, last in missing(last_no, accounted) for number in range(first, last + 1)]
    assert found == [number for number in range(1, last_no + 1) if number not in known]
