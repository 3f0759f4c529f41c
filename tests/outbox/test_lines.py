"""回線と繰り返し — one that fails waits longer and longer, one that is unknown stops, and nobody else is held up. F-2-21, design §5."""

from datetime import timedelta

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.outbox import commands, lines, queries, relay
from daicho.outbox.errors import Unauthorized, Unavailable
from daicho.outbox.models import Delivery, Line
from tests.outbox.sending import HANAKO, TARO, fail, post, state_of


def test_一件だけの障害は間隔を延ばして繰り返す(committed_db, there):
    notice_id = post(1, HANAKO)
    other = post(2, TARO)
    there.before = fail(Unavailable("http_500", whole_line=False), only=1)
    now, waited = clock.now(), []
    for _ in range(8):
        with clock.at(now):
            relay.run_once()
        next_at = Delivery.objects.get(notice__notice_id=notice_id).next_at
        waited.append(int((next_at - now).total_seconds()))
        with clock.at(next_at - timedelta(seconds=1)):
            assert relay.run_once() == {}
        now = next_at
    assert waited == [5, 15, 60, 300, 900, 3600, 3600, 3600]
    assert state_of(other) == "acknowledged"


def test_何度送っても処理されなければ職員の一覧へ移る(committed_db, there, officer):
    notice_id = post(1, HANAKO)
    there.before = fail(Unavailable("http_500", whole_line=False))
    now = clock.now()
    for _ in range(relay.MAX_ATTEMPTS):
        now += timedelta(hours=2)
        with clock.at(now):
            relay.run_once()
    assert state_of(notice_id) == "dead"
    (row,) = queries.notices(officer, states=queries.STUCK)
    assert row.notice_id == notice_id
    assert "再送してください" in row.reply_reason_ja


def test_相手方が止まっている間は一件も古くならない(committed_db, there):
    """A counterpart that is away over a weekend makes no notice dead."""
    ids = [post(no, [f"{no:032x}"]) for no in range(5)]
    there.before = fail(Unavailable("connection"))
    now = clock.now()
    for _ in range(40):
        now += timedelta(hours=2)
        with clock.at(now):
            relay.run_once()
    assert len(there.seen) == 40  # one attempt a round, not one for each notice
    assert set(Delivery.objects.values_list("state", "attempts")) == {("pending", 0)}
    there.before = lambda envelope: None
    with clock.at(now + timedelta(hours=2)):
        relay.run_until_idle()
    assert [state_of(n) for n in ids] == ["acknowledged"] * 5
    assert Line.objects.get(destination="there").failures == 0


def test_止まった相手方は他の相手方を止めない(committed_db, there, elsewhere):
    post(1, HANAKO)
    post(2, HANAKO, to="elsewhere")
    there.before = fail(Unavailable("connection"))
    assert relay.run_once() == {"pending": 1, "acknowledged": 1}
    assert elsewhere.numbers() == [2]


def test_認証できなければ回線を止め再開を待つ(committed_db, there, elsewhere, officer, caplog):
    """F-2-21: no provision to a party that cannot be authenticated; the operator is called."""
    ids = [post(1, HANAKO), post(2, TARO)]
    there.before = fail(Unauthorized("bad_signature", "署名を確認できません。"))
    relay.run_once()
    assert [state_of(n) for n in ids] == ["pending", "pending"]
    assert len(there.seen) == 1
    assert [record.levelname for record in caplog.records if "stopped" in record.message] == ["CRITICAL"]
    assert AuditEntry.objects.filter(action="outbox:line:stop", outcome="refused").count() == 1
    there.before = lambda envelope: None
    with clock.at(clock.now() + timedelta(days=3)):
        assert relay.run_once() == {}
        assert [line.code for line in queries.lines(officer)] == ["bad_signature"]
        commands.reopen_line("there", officer, "鍵を入れ替えた")
        relay.run_until_idle()
    assert [state_of(n) for n in ids] == ["acknowledged"] * 2


def test_使者の不具合は一件だけを待たせる(committed_db, there, caplog):
    post(1, HANAKO)
    post(2, TARO)
    there.before = fail(RuntimeError("小樽花子"), only=1)
    assert relay.run_once() == {"pending": 1, "acknowledged": 1}
    assert "花子" not in caplog.text


def test_回線の間隔は決まっている():
    assert [lines.back_off(n).total_seconds() for n in (1, 2, 6, 7, 100)] == [5, 15, 3600, 3600, 3600]
