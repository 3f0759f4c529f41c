"""帳簿の照合と照会 — sender and receiver compared; a question is recorded at both ends. design §5, §10, F-2-20."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from daicho import audit, clock, outbox
from daicho.audit.models import AuditEntry
from daicho.contracts.base import ContractError
from daicho.contracts.receipts_v1 import ReceiptLine
from daicho.outbox import books, commands, courier, intake, questions, relay
from daicho.outbox.books import SentLine, compare
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import NotAllowed, Refused, Unavailable
from daicho.outbox.models import Receipt, RefusedMessage
from tests.outbox.couriers import MemoryCourier
from tests.outbox.horizon import wait_until_visible
from tests.outbox.messages import OutboxSampleAnswerV1, OutboxSampleQuestionV1, OutboxSampleV1

E = "epoch-1"


def sent(*lines):
    return [SentLine(E, notice_id, digest, state) for notice_id, digest, state in lines]


def received(*lines):
    return [ReceiptLine(E, notice_id, digest, "sample", ()) for notice_id, digest in lines]


def test_同じなら等しい():
    found = compare(sent(("1", "x", "acknowledged"), ("2", "y", "acknowledged")), received(("2", "y"), ("1", "x")))
    assert (found.equal, found.consistent, found.sent, found.received) == (True, True, 2, 2)


@pytest.mark.parametrize(
    ("ours", "theirs", "field", "value"),
    [
        ([("1", "x", "acknowledged")], [], "not_received", ((E, "1"),)),
        ([], [("1", "x")], "not_sent", ((E, "1"),)),
        ([("1", "x", "acknowledged")], [("1", "z")], "differing", ((E, "1"),)),
    ],
)
def test_失われた物や余分な物や違う物は食い違い(ours, theirs, field, value):
    found = compare(sent(*ours), received(*theirs))
    assert (found.consistent, found.equal, getattr(found, field)) == (False, False, value)


@pytest.mark.parametrize(
    ("ours", "theirs", "field", "value"),
    [
        ([("1", "x", "sent")], [("1", "x")], "received_unsettled", ((E, "1"),)),
        ([("1", "x", "pending")], [], "waiting", 1),
        ([("1", "x", "refused")], [], "stuck", 1),
        ([("1", "x", "dead")], [], "stuck", 1),
    ],
)
def test_途中の物は食い違いではないが等しくもない(ours, theirs, field, value):
    found = compare(sent(*ours), received(*theirs))
    assert (found.consistent, found.equal, getattr(found, field)) == (True, False, value)


def test_取り下げた通知は無くてよい():
    found = compare(sent(("1", "x", "withdrawn")), [])
    assert (found.equal, found.withdrawn) == (True, 1)


def test_世代が違えば同じ番号も別の物():
    found = compare(sent(("1", "x", "acknowledged")), [ReceiptLine("epoch-2", "1", "x", "sample", ())])
    assert (found.not_received, found.not_sent) == (((E, "1"),), (("epoch-2", "1"),))


FIRST, SECOND, THIRD = "epoch-1", "epoch-2", "epoch-3"


def lost(kind="told", *subjects, epoch=FIRST):
    """What the receiver still holds of a sender that was put back to a time before it."""
    return [ReceiptLine(epoch, "lost", "x", kind, subjects)]


def later(kind="told", *subjects, epoch=SECOND):
    return [SentLine(epoch, "later", "y", "acknowledged", kind, subjects)]


@pytest.mark.parametrize(
    ("told_since", "is_made_good"),
    [
        ([], False),
        (later("told", "a"), False),  # b is told of too
        (later("told", "a", "b"), True),
        ([*later("told", "a"), SentLine(THIRD, "more", "z", "pending", "told", ("b",))], True),  # in two notices; what waits is counted as waiting
        (later("other", "a", "b"), False),  # another kind says something else
        (later("told", "a", "b", epoch=FIRST), False),  # of before the restore
    ],
)
def test_復元した送り手が忘れた通知は同じ人の同じ種類を改めて知らせるまで残る(told_since, is_made_good):
    """A sender restored alone: decision 0019."""
    there = [
        *lost("told", "a", "b"),
        *(ReceiptLine(line.epoch, line.notice_id, line.digest, line.kind, line.subjects) for line in told_since if line.state != "pending"),
    ]
    found = compare(told_since, there, [FIRST, SECOND, THIRD])
    assert (found.forgotten, found.told_anew) == (((), 1) if is_made_good else (((FIRST, "lost"),), 0))
    assert (found.consistent, found.not_sent) == (is_made_good, ())


def test_誰のものでもない通知は後の世代の同じ種類で足りる():
    there = [*lost(), ReceiptLine(SECOND, "later", "y", "told", ())]
    assert compare(later(), there, [FIRST, SECOND]).equal
    assert not compare([], lost(), [FIRST, SECOND]).consistent


def test_今の世代や他人の世代の知らない通知は忘れた物ではない():
    assert [compare([], lost(epoch=epoch), [FIRST, SECOND]).not_sent for epoch in (SECOND, "another's")] == [((SECOND, "lost"),), (("another's", "lost"),)]


class Mirror:
    """A destination that is this very system under another name: what it takes in goes through the real intake."""

    def deliver(self, envelope):
        reply = intake.receive(settings.DAICHO.name, envelope.to_bytes(), "")
        if reply.status == "refused":
            raise Refused(reply.code, reply.reason_ja)
        assert reply.status == "acknowledged"
        return reply

    def ask(self, envelope, within):
        return self.deliver(envelope)


@pytest.fixture
def mirror(routes):
    me = settings.DAICHO.name
    routes.allow(me, "outbox_sample", "receipts_question", courier=Mirror)
    intake.register(me, "outbox_sample", lambda message, envelope: None)
    intake.register(me, "receipts_question", books.answer)
    return me


def test_送り手が受け手に尋ねて帳簿を照合する(committed_db, mirror, officer, monkeypatch):
    """`daicho books A B`: over the wire, in pages, with credentials that exist."""
    monkeypatch.setattr(books, "PAGE", 2)
    for no in range(5):
        with transaction.atomic():
            outbox.post(OutboxSampleV1(no, ""), to=mirror)
    wait_until_visible()
    relay.run_until_idle()
    found = books.compare_with(mirror, officer)
    assert (found.equal, found.sent, found.received) == (True, 5, 5)
    with transaction.atomic():
        outbox.post(OutboxSampleV1(5, ""), to=mirror)
    found = books.compare_with(mirror, officer)
    assert (found.consistent, found.equal, found.waiting) == (True, False, 1)
    asked = AuditEntry.objects.filter(action="outbox:question:ask")
    assert {entry.purpose for entry in asked} == {"帳簿の照合"}
    assert asked.filter(login="outbox-officer").count() == 2 * Receipt.objects.filter(kind="receipts_question").count()


def test_受け手だけが復元されると失われた物が名指される(committed_db, mirror, officer):
    with transaction.atomic():
        notice_id = outbox.post(OutboxSampleV1(1, ""), to=mirror)
    wait_until_visible()
    relay.run_until_idle()
    ours = books.sent_to(mirror)
    assert compare(ours, []).not_received == ((str(commands.current_epoch().uuid), str(notice_id)),)


class Answering:
    def __init__(self, answer):
        self.answer = answer

    def deliver(self, envelope):
        if isinstance(self.answer, Exception):
            raise self.answer
        return Reply("acknowledged", "ok", "", self.answer)

    def ask(self, envelope, within):
        assert 0 < within <= 60
        return self.deliver(envelope)


def question(deadline=timedelta(minutes=1)):
    return OutboxSampleQuestionV1("6f1c1d4e-0000-4000-8000-000000000009", "転入の確認", clock.now() + deadline)


def ask(actor, answer, routes, **more):
    routes.allow("there", "outbox_sample_question", courier=lambda: Answering(answer))
    return outbox.ask(question(**more), to="there", actor=actor, answer_kind="outbox_sample_answer")


def test_照会は答えと共に両端で記録される(committed_db, routes, officer):
    answer = ask(officer, '{"no":7,"question_id":"6f1c1d4e-0000-4000-8000-000000000009"}', routes)
    assert answer == OutboxSampleAnswerV1(question().question_id, 7)
    kept = AuditEntry.objects.filter(action="outbox:question:ask").order_by("id")
    assert [(entry.detail["stage"], entry.outcome, entry.purpose) for entry in kept] == [
        ("asked", "done", "転入の確認"),
        ("answered", "done", "転入の確認"),
    ]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Unavailable("connection"), Unavailable),
        (Refused("E1", "拒否"), Refused),
        (None, ContractError),
        ('{"no":7}', ContractError),
        ('{"no":7,"question_id":"another"}', ContractError),
    ],
)
def test_答えが得られなければ記録して知らせる(committed_db, routes, officer, answer, error):
    with pytest.raises(error):
        ask(officer, answer, routes)
    assert [e.outcome for e in AuditEntry.objects.filter(action="outbox:question:ask").order_by("id")] == ["done", "failed"]
    wrong = [(refused.claimed_sender, refused.kind, refused.code) for refused in RefusedMessage.objects.all()]
    assert wrong == ([("there", "outbox_sample_answer", "contract")] if error is ContractError else [])


def test_期限を過ぎた照会は送らない(committed_db, routes, officer):
    with pytest.raises(Unavailable, match="deadline"):
        ask(officer, AssertionError("must not be sent"), routes, deadline=timedelta(seconds=-1))


def test_待つ照会が多ければ次の照会は待たずに断る(committed_db, routes, officer, monkeypatch):
    """A neighbour who hangs takes no more than a few threads from the screens."""
    monkeypatch.setattr(questions, "_places", threading.BoundedSemaphore(1))
    good = '{"no":7,"question_id":"6f1c1d4e-0000-4000-8000-000000000009"}'
    with questions._places, pytest.raises(Unavailable, match="busy"):
        ask(officer, good, routes)
    assert ask(officer, good, routes).no == 7


def test_照会を運べない使者の先には照会しない(committed_db, routes, officer):
    routes.allow("there", "outbox_sample_question", courier=MemoryCourier)
    with pytest.raises(NotAllowed):
        outbox.ask(question(), to="there", actor=officer, answer_kind="outbox_sample_answer")


def test_権限がなければ照会できない(committed_db, routes, nobody):
    with pytest.raises(audit.Refused):
        ask(nobody, "{}", routes)


def test_取引を持ったまま照会しない(committed_db, routes, officer):
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        ask(officer, "{}", routes)
    assert courier.destinations() == ["there"]
