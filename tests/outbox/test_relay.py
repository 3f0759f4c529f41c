"""中継 — at least once, in order for those who share a subject, everybody else passes freely. 住基法30条の6, G-05, design §5."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from daicho import audit, clock, outbox, vault
from daicho.audit.models import AuditEntry
from daicho.outbox import claims, commands, queries, relay
from daicho.outbox.errors import NotToBeSent, Refused, Unauthorized, Unavailable
from daicho.outbox.models import Delivery, Line, Notice
from tests.outbox.horizon import wait_until_visible
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.sending import BOTH, HANAKO, TARO, fail, post, state_of, states

MORNING = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)


def test_一度の中継で届き帳簿に受領と残る(committed_db, there):
    notice_id = post(1, HANAKO)
    assert relay.run_once() == {"acknowledged": 1}
    delivery = Delivery.objects.get(notice__notice_id=notice_id)
    assert (delivery.state, delivery.attempts, delivery.reply_code, delivery.lease_by) == ("acknowledged", 1, "ok", None)
    assert relay.run_once() == {}


def test_同じ人の通知は登録順に一つずつ送る(committed_db, there):
    for no, subjects in enumerate([HANAKO, HANAKO, TARO, BOTH, HANAKO, ()]):
        post(no, subjects)
    relay.run_once()
    assert there.numbers() == [0, 2, 5]  # the first of each person, and the one that concerns nobody
    relay.run_until_idle()
    assert there.numbers() == [0, 2, 5, 1, 3, 4]
    assert set(states().values()) == {"acknowledged"}


def test_拒否された通知はその人だけを止める(committed_db, there):
    """design §5: a refused one holds its people, never the city."""
    refused = post(1, HANAKO)
    held = post(2, BOTH)
    held_too = post(3, TARO)  # shares TARO with the held one
    free = post(4, ["c" * 32])
    there.before = fail(Refused("E12", "更新順番号が正しくありません。"), only=1)
    relay.run_until_idle()
    assert [state_of(n) for n in (refused, held, held_too, free)] == ["refused", "pending", "pending", "acknowledged"]
    delivery = Delivery.objects.get(notice__notice_id=refused)
    assert (delivery.reply_code, delivery.reply_reason_ja) == ("E12", "更新順番号が正しくありません。")


def test_署名が一度古いだけなら送り直し続けて古ければ回線を止める(committed_db, there):
    """A machine that stood still between signing and judging needs no operator; two clocks that differ do."""
    began, notice_id = clock.now(), post(1, HANAKO)
    there.before = fail(Unauthorized("stale", "署名が古いため受け付けません。"))
    relay.run_once()
    assert not Line.objects.filter(stopped_at__isnull=False).exists()
    with clock.at(began + timedelta(minutes=1)):
        there.before = lambda envelope: None
        assert relay.run_once() == {"acknowledged": 1}
        assert state_of(notice_id) == "acknowledged"
        post(2, HANAKO)
        there.before = fail(Unauthorized("stale", "署名が古いため受け付けません。"))
        relay.run_once()
        assert not Line.objects.filter(stopped_at__isnull=False).exists()
    with clock.at(began + timedelta(minutes=2)):
        relay.run_once()
        assert Line.objects.get(stopped_at__isnull=False).code == "stale"


def test_もう送ってはならない通知は取り下げられ誰も待たせない(committed_db, there):
    """D-R1: a grant that has ended meanwhile; nothing leaves, and the person's next notice goes."""
    ended, after = post(1, HANAKO), post(2, HANAKO)
    there.before = fail(NotToBeSent("grant_ended", "移転許可が終わったため、送信しませんでした。"), only=1)
    relay.run_until_idle()
    delivery = Delivery.objects.get(notice__notice_id=ended)
    assert (state_of(ended), state_of(after), there.numbers()) == ("withdrawn", "acknowledged", [2])
    assert (delivery.reply_code, delivery.settled_at is not None) == ("grant_ended", True)


def test_直したあと再送すると元の順に届く(committed_db, there, officer):
    refused = post(1, HANAKO)
    post(2, HANAKO)
    there.before = fail(Refused("E12", "拒否"), only=1)
    relay.run_until_idle()
    there.before = lambda envelope: None
    commands.resend(refused, officer, "相手方で訂正済み")
    relay.run_until_idle()
    assert there.numbers() == [1, 2]
    entry = AuditEntry.objects.get(action="outbox:notice:resend", outcome="done")
    assert (entry.login, entry.purpose, entry.detail["was"]) == ("outbox-officer", "相手方で訂正済み", "refused")


def test_取り下げると後の通知が進む(committed_db, there, officer):
    refused = post(1, HANAKO)
    post(2, HANAKO)
    there.before = fail(Refused("E12", "拒否"), only=1)
    relay.run_until_idle()
    commands.withdraw(refused, officer, "文書で通知済み")
    relay.run_until_idle()
    assert there.numbers() == [2]
    assert state_of(refused) == "withdrawn"
    with pytest.raises(commands.NotResendableError, match="取下げ"):
        commands.resend(refused, officer, "もう一度")


def test_権限がなければ再送できず記録に残る(committed_db, there, nobody):
    """F-2-20: refusals are recorded too."""
    refused = post(1, HANAKO)
    there.before = fail(Refused("E12", "拒否"))
    relay.run_once()
    for command in (commands.resend, commands.withdraw):
        with pytest.raises(audit.Refused):
            command(refused, nobody, "理由")
    assert state_of(refused) == "refused"
    assert AuditEntry.objects.filter(outcome="refused", login="nobody").count() == 2


def test_応答が失われても二度目は重複として受領になる(committed_db, there):
    notice_id = post(1, HANAKO)
    there.after = fail(Unavailable("timeout", whole_line=False))
    relay.run_once()
    assert state_of(notice_id) == "pending"
    there.after = lambda envelope: None
    with clock.at(clock.now() + timedelta(seconds=6)):
        relay.run_once()
    assert state_of(notice_id) == "acknowledged"
    assert there.seen[0].digest == there.seen[1].digest  # byte for byte the same envelope
    assert len(there.received) == 1


def test_送信中に倒れても貸出期限が過ぎれば別の中継が送る(committed_db, there):
    """Lease: what a killed relay held is taken by the next one, and not before."""
    with clock.at(MORNING):
        notice_id = post(1, HANAKO)
        post(2, HANAKO)
        assert len(claims.claim("there", 10)) == 1  # claimed, and then killed
        assert relay.run_once() == {}
    with clock.at(MORNING + claims.LEASE - timedelta(seconds=1)):
        assert relay.run_once() == {}
    with clock.at(MORNING + claims.LEASE):
        relay.run_once()
    assert state_of(notice_id) == "acknowledged"
    assert Delivery.objects.get(notice__notice_id=notice_id).attempts == 2


def test_貸出を失った中継の結果は書かれない(committed_db, there):
    with clock.at(MORNING):
        notice_id = post(1, HANAKO)
        (slow,) = claims.claim("there", 10)
    with clock.at(MORNING + claims.LEASE):
        (quick,) = claims.claim("there", 10)
        late = claims.Outcome(slow.order_no, Delivery.State.REFUSED, "E1", "拒否")
        assert claims.settle(slow.lease_by, [late]) == 0
        assert claims.settle(quick.lease_by, [claims.Outcome(quick.order_no, Delivery.State.ACKNOWLEDGED, "ok")]) == 1
        assert claims.settle(quick.lease_by, [late]) == 0
    assert state_of(notice_id) == "acknowledged"


def test_消去された内容は送られず他を止めない(committed_db, there, officer):
    erased = post(1, HANAKO)
    post(2, TARO)
    with transaction.atomic():
        vault.erase_payloads([Notice.objects.get(notice_id=erased).payload_ref], reason="保存期間満了", actor=officer)
    relay.run_once()
    assert state_of(erased) == "refused"
    assert there.numbers() == [2]


def test_終わっていない取引より後の通知は追い越さない(committed_db, there):
    """Polling by xid8 below the snapshot's xmin: an id that is higher, but visible earlier, waits."""
    post(0)  # the first of all makes epoch and key, for which a second would wait
    relay.run_once()
    inside, go_on = threading.Event(), threading.Event()

    def early():
        with transaction.atomic():
            outbox.post(OutboxSampleV1(1, ""), to="there", subjects=HANAKO)
            inside.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=early)
    thread.start()
    try:
        assert inside.wait(10)
        post(2, HANAKO, wait=False)
        assert relay.run_once() == {}
    finally:
        go_on.set()
        thread.join()
    wait_until_visible()
    relay.run_until_idle()
    assert there.numbers() == [0, 1, 2]


def test_二つの中継が同じ通知を同時に持つことはない(committed_db, there):
    """SKIP LOCKED: the rows that one relay is about to claim are passed over by the other, which does not wait."""
    for no in range(4):
        post(no, [f"{no:032x}"])
    taken: list[list[int]] = []
    start = threading.Barrier(4)

    def take():
        start.wait()
        taken.append([c.order_no for c in claims.claim("there", 2)])
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [order_no for one in taken for order_no in one]
    assert len(everything) == len(set(everything))


def test_半分の貸出時間が過ぎたら残りは戻す(committed_db, there):
    with clock.at(MORNING):
        for no in range(3):
            post(no, [f"{no:032x}"])
    now = MORNING

    def slow(envelope):
        nonlocal now
        now += timedelta(seconds=50)
        moved.__exit__(None, None, None)
        enter(now)

    def enter(at):
        nonlocal moved
        moved = clock.at(at)
        moved.__enter__()

    moved = clock.at(now)
    moved.__enter__()
    there.before = slow
    try:
        assert relay.run_once() == {"acknowledged": 1, "pending": 2}
    finally:
        moved.__exit__(None, None, None)
    assert sorted(Delivery.objects.values_list("state", "attempts")) == [("acknowledged", 1), ("pending", 0), ("pending", 0)]


def test_送る間は取引を持たない(committed_db, there):
    """design §5: nothing is sent inside a transaction."""
    held = []
    there.before = lambda envelope: held.append(connection.in_atomic_block)
    post(1)
    relay.run_once()
    assert held == [False]


def test_取引の中では中継しない(committed_db, there):
    post(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        relay.run_once()
    assert there.seen == []


def test_中継の問合せの数は通知の数によらない(committed_db, there):
    counted = []
    for k in (1, 20):
        for no in range(k):
            post(no, [f"{no:032x}"])
        with CaptureQueriesContext(connection) as captured:
            relay.run_once()
        counted.append([q["sql"].split()[0] for q in captured])
    assert counted[0] == counted[1]
    assert len(counted[0]) <= 9, counted[0]


def test_送る物のない回線は文一つで休み借りたままの物は期限に送り直す(committed_db, there):
    """A worker asks for each line several times a second; what a killed one had claimed is found all the same. G-05."""
    with clock.at(MORNING):
        post(1, HANAKO)
        assert len(claims.claim("there", 10)) == 1  # claimed, and then killed
    for later in (timedelta(0), claims.LEASE - timedelta(seconds=1)):
        with clock.at(MORNING + later), CaptureQueriesContext(connection) as captured:
            assert relay.run_line("there") == {}
        assert len(captured) == 1, captured.captured_queries
    with clock.at(MORNING + claims.LEASE):
        assert relay.run_line("there") == {"acknowledged": 1}
    post(2, HANAKO)
    assert relay.run_line("there") == {"acknowledged": 1}


def test_一覧は止められている件数を示し問合せは増えない(committed_db, there, officer, nobody):
    for no in range(3):
        post(no, [f"{no:032x}"])
    there.before = fail(Refused("E1", "拒否"))
    relay.run_once()
    post(9, [f"{0:032x}"])
    with CaptureQueriesContext(connection) as captured:
        rows = queries.notices(officer, states=queries.STUCK)
    assert [row.holds for row in rows] == [0, 0, 1]
    assert len(captured) == 2
    assert queries.counts(officer) == {"there": {"refused": 3, "pending": 1}}
    assert [row.state_ja for row in queries.notices(officer, limit=1)] == ["送信待ち"]
    with pytest.raises(audit.Refused):
        queries.notices(nobody)
