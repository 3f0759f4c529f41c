"""再同期 — a receiver restored alone gets again what it lost, in the old order, and takes nothing newer before. design §5; decision 0019."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, transaction

from daicho import audit, clock
from daicho.contracts import base
from daicho.contracts.receipts_v1 import ReceiptLine
from daicho.contracts.resynced_v1 import ResyncedAnswerV1, ResyncedQuestionV1
from daicho.outbox import intake, relay, resync
from daicho.outbox.books import compare, sent_to
from daicho.outbox.models import ClosedDoor, Delivery, Receipt
from tests import harness
from tests.contracts.golden import assert_golden
from tests.outbox.horizon import wait_until_visible
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of
from tests.outbox.sending import BOTH, HANAKO, TARO, post, state_of

LOST = ResyncedQuestionV1("6f1c1d4e-0000-4000-8000-000000000002", "復元", datetime(2026, 4, 1, tzinfo=UTC), 2)


def receipt_lines(*notice_ids):
    """What the receiver still holds: the sender's own lines of these."""
    kept = {str(one) for one in notice_ids}
    return [ReceiptLine(line.epoch, line.notice_id, line.digest, line.kind, line.subjects) for line in sent_to("there") if line.notice_id in kept]


def close(clone, sender="peer_system"):
    """As the owner's restore leaves it: the web role may not close doors itself."""
    with harness.cluster().connect(clone.name) as owner:
        owner.execute("INSERT INTO outbox_closeddoor (municipality_code, sender, closed_at) VALUES ('012033', %s, now())", [sender])


def test_電文は最初に送った形のままである():
    assert_golden(LOST)
    assert_golden(ResyncedAnswerV1(LOST.question_id, True))


def test_失われた通知だけが元の順番で送り直され後の通知はその後に行く(committed_db, there, officer):
    """One person's 1, 2, 3 were acknowledged, the receiver lost 2 and 3; meanwhile 4 was posted. It gets 2, 3, 4, and never 1."""
    first, second, third = (post(no, HANAKO) for no in (1, 2, 3))
    other = post(9, TARO)
    relay.run_until_idle()
    fourth = post(4, BOTH)
    found = compare(sent_to("there"), receipt_lines(first, other))
    assert [key[1] for key in found.not_received] == [str(second), str(third)]
    there.seen.clear()
    there.received.clear()
    assert resync.send_again("there", found, officer, "復元") == 2
    assert [state_of(one) for one in (first, second, third, fourth, other)] == ["acknowledged", "pending", "pending", "pending", "acknowledged"]
    wait_until_visible()
    relay.run_until_idle()
    assert [envelope.message().no for envelope in there.seen] == [2, 3, 4]


def test_権限がなければ送り直せず拒否が残る(committed_db, there, nobody):
    post(1, HANAKO)
    relay.run_until_idle()
    with pytest.raises(audit.Refused):
        resync.send_again("there", compare(sent_to("there"), []), nobody, "復元")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"acknowledged"}


def test_閉じた受け口は通知を待たせ何も残さず照会には答える(committed_db, juki, effects):
    close(committed_db)
    envelope = envelope_of(OutboxSampleV1(1, ""), "peer_system")
    reply = intake.receive("peer_system", envelope.to_bytes(), "t")
    assert (reply.status, reply.code) == ("unavailable", "receiver_busy")
    assert (effects, Receipt.objects.count()) == ([], 0)
    intake.register("peer_system", "resynced_question", resync.handle_resynced)
    answer = intake.receive("peer_system", envelope_of(LOST, "peer_system", notice_id=LOST.question_id).to_bytes(), "t").answer
    assert base.decode("resynced_answer", 1, answer.encode()) == ResyncedAnswerV1(LOST.question_id, True)
    assert intake.receive("peer_system", envelope.to_bytes(), "t").status == "acknowledged"
    assert len(effects) == 1


def test_受け口は相手ごとに閉じる(committed_db, juki, effects):
    close(committed_db, "other_system")
    assert intake.receive("peer_system", envelope_of(OutboxSampleV1(1, ""), "peer_system").to_bytes(), "t").status == "acknowledged"


def test_閉じるのは所有者だけ(committed_db):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ClosedDoor.objects.create(sender="peer_system", closed_at=clock.now())
