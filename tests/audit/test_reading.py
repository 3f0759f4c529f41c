"""閲覧の記録 — a reading is on record before anything of it leaves. F-1-13, F-1-16, F-0-12, N-10.2-03, N-10.2-10."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock
from daicho.audit.models import AuditEntry
from tests.audit.cast import CLERK, READ, VISITOR

pytestmark = pytest.mark.django_db


def only_row():
    return AuditEntry.objects.get()


def test_照会すると見た全員が一行に残る():
    """N-10.2-03: A list shows two persons, one of them twice: one row names both, in their order."""
    hanako, taro = uuid4(), uuid4()
    noon = clock.at(datetime(2026, 4, 16, 1, 2, 3, tzinfo=UTC))
    with noon, audit.acting(screen="residents:person"), audit.reading(CLERK, READ, purpose="住民票の写しの交付") as seen:
        seen.add(hanako, taro)
        seen.add(hanako)
        seen.note(hits=2)
    row = only_row()
    assert row.id == seen.entry_id
    assert (row.subjects, row.subject_count, row.outcome, row.purpose) == ([hanako, taro], 2, "done", "住民票の写しの交付")
    assert (row.action, row.screen, row.system, row.municipality_code) == (READ, "residents:person", settings.DAICHO.name, "012033")
    assert (row.account_id, row.login, row.actor_name, row.unit_code, row.unit_name, row.office_code, row.terminal) == (
        7, "otaru.hanako", "小樽花子", "0101", "戸籍住民課", "main", "window-3",
    )  # fmt: skip
    assert (row.at, row.detail, row.shows_numbers) == (datetime(2026, 4, 16, 1, 2, 3, tzinfo=UTC), {"hits": 2}, False)


def test_受付中の職員は目的を書かなくてよい():
    with audit.reading(VISITOR, READ):
        pass
    assert only_row().visit_no == "R08-000123"


def test_受付も目的もない照会はできない():
    """F-1-16: purpose is required on each search."""
    with pytest.raises(ValueError, match="purpose"), audit.reading(CLERK, READ):
        pytest.fail("the block must not run")
    assert not AuditEntry.objects.exists()


def look_for(person):
    """A view that names whom it shows, and then does not find them."""
    with audit.reading(CLERK, READ, purpose="照会") as seen:
        seen.add(person)
        audit.note_numbers("individual_number", "照会")
        raise Http404("小樽花子は見つかりません")


def test_照会が失敗しても一行残る():
    """404 is a failure too; of the error only its kind is kept, and a number that was opened stays noted."""
    hanako = uuid4()
    with audit.acting() as context, pytest.raises(Http404):
        look_for(hanako)
    row = only_row()
    assert (row.outcome, row.subjects, row.shows_numbers) == ("failed", [hanako], True)
    assert row.detail == {"error": "Http404", "numbers": {"individual_number": "照会"}}
    assert (context.open_readings, context.written) == (0, 1)


def test_データベースの誤りで照会が倒れても一行残る():
    with pytest.raises(Exception, match="division"), audit.reading(CLERK, READ, purpose="照会"), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert only_row().detail == {"error": "DataError"}


def test_権限がないと拒否が一行残り中身は動かない():
    hanako = uuid4()
    stranger = audit.Actor(9, "otaru.jiro", "小樽次郎", "0200", "税務課", "main", "tax-1", frozenset())
    with pytest.raises(audit.Refused) as refusal, audit.reading(stranger, READ, purpose="照会", subjects=(hanako,)):
        pytest.fail("the block must not run")
    row = only_row()
    assert (row.outcome, row.login, row.action, row.subjects) == ("refused", "otaru.jiro", READ, [hanako])
    assert refusal.value.permission == READ


def test_閉じた照会に人を足すことはできない():
    with audit.reading(CLERK, READ, purpose="照会") as seen:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        seen.add(uuid4())
    with pytest.raises(RuntimeError, match="closed"):
        seen.note(hits=1)


@pytest.mark.parametrize("wrong", ["0000000001", 12345678901, None])
def test_対象者は公開IDだけ(wrong):
    """宛名番号 and other numbers never go into the trail as a subject."""
    with pytest.raises(TypeError), audit.reading(CLERK, READ, purpose="照会") as seen:
        seen.add(wrong)


def test_照会は一件のINSERTだけを足す():
    """Pinned: the record of a reading costs one statement, whoever and how many it shows."""
    for people in (1, 500):
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            audit.reading(CLERK, READ, purpose="照会") as seen,
        ):
            seen.add(*(uuid4() for _ in range(people)))
        statements = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert statements == ["INSERT"]


def test_個人番号を開くとその照会の行に残る():
    """N-10.2-10: two readings differ in 個人番号へのアクセス有無."""
    with audit.acting():
        with audit.reading(CLERK, READ, purpose="照会"):
            audit.note_numbers("individual_number", "本人請求の写しに記載")
        with audit.reading(CLERK, READ, purpose="照会"):
            audit.note_numbers("juminhyo_code", "本人確認情報の送信")
        with audit.reading(CLERK, READ, purpose="照会"):
            pass
    rows = AuditEntry.objects.order_by("id").values_list("shows_numbers", "detail")
    assert list(rows) == [
        (True, {"numbers": {"individual_number": "本人請求の写しに記載"}}),
        (False, {"numbers": {"juminhyo_code": "本人確認情報の送信"}}),
        (False, {}),
    ]


def test_異動の記録は版の要約値を持つ():
    with transaction.atomic():
        entry_id = audit.record(CLERK, "residents:event:accept", [uuid4()], digests={"sheet_version:1": "ab" * 32}, detail={"event": "move_in"})
    row = only_row()
    assert (row.id, row.digests, row.detail, row.outcome) == (entry_id, {"sheet_version:1": "ab" * 32}, {"event": "move_in"}, "done")


def record_and_fail():
    audit.record(CLERK, "residents:event:accept")
    raise RuntimeError


def test_異動が取り消されれば記録も残らない():
    with pytest.raises(RuntimeError), transaction.atomic():
        record_and_fail()
    assert not AuditEntry.objects.exists()


def test_知らない結果は書けない():
    with pytest.raises(ValueError, match="perhaps"):
        audit.record(CLERK, "residents:event:accept", outcome="perhaps")


def test_システムの操作者は与えられたことだけできる():
    relay = audit.Actor.system("relay", READ)
    assert relay.may(READ)
    assert not relay.may("residents:event:accept")
    assert (relay.login, relay.account_id, relay.visit_no) == ("system:relay", None, None)


@pytest.mark.parametrize("name", ["read", "residents:person", "Residents:person:read", "residents:person:read:all", ""])
def test_権限の名は三つの部分からなる(name):
    with pytest.raises(ValueError, match="room:thing:action"):
        CLERK.may(name)
