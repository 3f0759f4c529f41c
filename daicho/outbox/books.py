"""帳簿の照合 — sender and receiver compared: every notice acknowledged here was received there, with the same content. design §10 `daicho books A B`.

Runs on A, which asks B over the signed wire for the receipts it holds from A. Reading both databases would need one process that
holds the passwords of two systems, which exists nowhere outside a demo, and for 市町村CS must not exist at all (F-2-31).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from daicho import audit, clock
from daicho.contracts import base
from daicho.contracts.receipts_v1 import ReceiptLine, ReceiptsAnswerV1, ReceiptsQuestionV1
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import Refused
from daicho.outbox.models import Delivery, Epoch, Notice, Receipt, municipality_code
from daicho.outbox.questions import ask

PAGE = 5000
Key = tuple[str, str]  # epoch, notice id


@dataclass(frozen=True)
class SentLine:
    epoch: str
    notice_id: str
    digest: str
    state: str
    kind: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What two books say of each other. Keys are (epoch, notice id)."""

    sent: int
    received: int
    not_received: tuple[Key, ...]  # acknowledged here, not there: lost, or the receiver was restored
    not_sent: tuple[Key, ...]  # there, not here, and of no epoch of ours: it is not ours
    forgotten: tuple[Key, ...]  # there, not here, of an earlier epoch of ours: we were restored, and have not told anew what it told
    told_anew: int  # forgotten as well, but made good by later notices of the same kind about the same persons
    differing: tuple[Key, ...]  # another content under the same id
    received_unsettled: tuple[Key, ...]  # there, and here not acknowledged yet: the reply was lost, the next attempt settles it
    waiting: int  # pending or sent, not there yet
    stuck: int  # refused or dead: a clerk's
    withdrawn: int

    @property
    def consistent(self) -> bool:
        """Nothing lost, nothing foreign, nothing altered; some may still be on the way."""
        return not (self.not_received or self.not_sent or self.differing or self.forgotten)

    @property
    def equal(self) -> bool:
        """Sender and receiver hold the same, and nothing is on the way or stuck."""
        return self.consistent and not (self.received_unsettled or self.waiting or self.stuck)


def compare(sent: Iterable[SentLine], received: Iterable[ReceiptLine], epochs: Sequence[str] = ()) -> Comparison:
    """Compare the sender's notices to one destination with that destination's receipts; `epochs`: the sender's own, oldest first. Pure."""
    ours: Mapping[Key, SentLine] = {(line.epoch, line.notice_id): line for line in sent}
    theirs: Mapping[Key, ReceiptLine] = {(line.epoch, line.notice_id): line for line in received}
    absent = [line for key, line in ours.items() if key not in theirs]
    unknown = {key: line for key, line in theirs.items() if key not in ours}
    earlier = {key: line for key, line in unknown.items() if key[0] in epochs[:-1]}
    forgotten = _not_told_anew(earlier, ours.values(), epochs)
    return Comparison(
        sent=len(ours),
        received=len(theirs),
        not_received=tuple((line.epoch, line.notice_id) for line in absent if line.state == "acknowledged"),
        not_sent=tuple(key for key in unknown if key not in earlier),
        forgotten=forgotten,
        told_anew=len(earlier) - len(forgotten),
        differing=tuple(key for key, line in theirs.items() if key in ours and ours[key].digest != line.digest),
        received_unsettled=tuple(key for key in theirs if key in ours and ours[key].state != "acknowledged"),
        waiting=sum(line.state in ("pending", "sent") for line in absent),
        stuck=sum(line.state in ("refused", "dead") for line in absent),
        withdrawn=sum(line.state == "withdrawn" for line in absent),
    )


def _not_told_anew(forgotten: Mapping[Key, ReceiptLine], ours: Iterable[SentLine], epochs: Sequence[str]) -> tuple[Key, ...]:
    """Those of whose persons (of nobody: at all) nothing of the same kind was told in a later epoch."""
    if not forgotten:
        return ()
    place = {epoch: number for number, epoch in enumerate(epochs)}
    last: dict[tuple[str, str], int] = {}  # kind and subject → the last epoch in which it was told
    for line in ours:
        for subject in line.subjects or ("",):
            last[line.kind, subject] = max(last.get((line.kind, subject), -1), place.get(line.epoch, -1))
    return tuple(key for key, line in forgotten.items() if any(last.get((line.kind, subject), -1) <= place[line.epoch] for subject in line.subjects or ("",)))


def sent_to(destination: str) -> list[SentLine]:
    """The sender's side: every notice ever posted to `destination`. One query."""
    rows = (
        Notice.objects.filter(municipality_code=municipality_code(), destination=destination)
        .order_by("order_no")
        .values_list("epoch__uuid", "notice_id", "digest", "delivery__state", "kind", "subjects")
    )
    return [
        SentLine(str(epoch), str(notice_id), digest, state or Delivery.State.PENDING, kind, tuple(subjects))
        for epoch, notice_id, digest, state, kind, subjects in rows
    ]


def own_epochs() -> list[str]:
    """This system's, oldest first: more than one after a restore. One query."""
    return [str(epoch) for epoch in Epoch.objects.filter(municipality_code=municipality_code()).order_by("number").values_list("uuid", flat=True)]


def received_from(sender: str, after: int, limit: int) -> tuple[list[ReceiptLine], int | None]:
    """The receiver's side: a page of what came from `sender`, and where the next one begins. Questions are no entries of the books."""
    questions = {definition.kind for definition in base.definitions() if definition.category == "question"}
    rows = list(
        Receipt.objects.filter(municipality_code=municipality_code(), sender=sender, id__gt=after)
        .exclude(kind__in=questions)
        .order_by("id")
        .values_list("id", "epoch", "notice_id", "digest", "kind", "subjects")[: limit + 1]
    )
    page = rows[:limit]
    lines = [ReceiptLine(str(epoch), str(notice_id), digest, kind, tuple(subjects)) for _, epoch, notice_id, digest, kind, subjects in page]
    return lines, page[-1][0] if len(rows) > limit else None


def answer(message: object, envelope: Envelope) -> ReceiptsAnswerV1:
    """Intake handler of `receipts_question`: what we hold from the asker, and from nobody else."""
    assert isinstance(message, ReceiptsQuestionV1)
    if not 1 <= message.limit <= PAGE:
        raise Refused("limit", f"一度に照会できるのは{PAGE}件までです。")
    receipts, next_after = received_from(envelope.sender, message.after, message.limit)
    return ReceiptsAnswerV1(message.question_id, tuple(receipts), next_after)


def compare_with(destination: str, actor: audit.Actor) -> Comparison:
    """Ask `destination` for all its receipts of ours, and compare. For `daicho books`; raises what `ask` raises.

    Our side is read last: what is acknowledged meanwhile is then in both, and what is posted meanwhile is still waiting.
    """
    received: list[ReceiptLine] = []
    after: int | None = 0
    while after is not None:
        question = ReceiptsQuestionV1(str(uuid.uuid4()), "帳簿の照合", clock.now() + timedelta(minutes=1), after, PAGE)
        page = ask(question, to=destination, actor=actor, answer_kind="receipts_answer")
        assert isinstance(page, ReceiptsAnswerV1)
        received += page.receipts
        after = page.next_after
    return compare(sent_to(destination), received, own_epochs())
