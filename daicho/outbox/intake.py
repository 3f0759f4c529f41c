"""受信 — the one door for messages from peers: judged, then receipt, effects and trail in one transaction. requirements F-2-20/21, design §5.

A room registers what it takes, from whom, in site/wiring:

    intake.register("residents", "identity_info", juki_net.intake.handle)

Whatever else comes is turned away, and that is recorded without its content.

A question whose answer must be fetched from elsewhere is registered with `waits=True`: its receipt and trail are committed first, and its
handler runs outside of any transaction. It is not answered twice: who got no answer asks anew. Few wait at a time, so that the outside world,
when it hangs, does not stop what else comes in.
"""

import logging
import re
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection, transaction

from daicho import audit, clock
from daicho.contracts import base
from daicho.outbox.envelope import Envelope, Reply, digest_of
from daicho.outbox.errors import Refused, Unavailable
from daicho.outbox.models import RefusedMessage, municipality_code

logger = logging.getLogger(__name__)

# Takes the decoded contract and its envelope, inside the receiver's transaction; raises `Refused` to undo everything and say no.
# A question's handler returns the answer, an instance of a contract of category "answer"; the others return None. A sign's handler keeps
# what is newest by the sign's own `at`: of signs there is no receipt.
Handler = Callable[[object, Envelope], object]

_handlers: dict[tuple[str, str], Handler] = {}
_waiting: set[tuple[str, str]] = set()
MOST_AT_ONCE = 2
"""Of one process: half of the four threads that serve a system's wire."""
_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_HANDLE = re.compile(r"[0-9a-f]{32}")
RECEIVED = "outbox:message:receive"

_RECEIPT = """
INSERT INTO outbox_receipt (municipality_code, sender, epoch, notice_id, kind, version, digest, subjects, posted_at, received_at)
SELECT %s, %s, %s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s
 WHERE %s OR NOT EXISTS (SELECT 1 FROM outbox_closeddoor WHERE municipality_code = %s AND sender = %s AND opened_at IS NULL)
ON CONFLICT (municipality_code, sender, epoch, notice_id) DO NOTHING
"""


@dataclass(frozen=True)
class Turned:
    """Why a message is turned away before any handler sees it. `place` names a field or component, never a value."""

    status: str  # refused | unauthorized
    code: str
    reason_ja: str
    place: str = ""


def register(sender: str, kind: str, handler: Handler, *, waits: bool = False) -> None:
    """Take messages of `kind` from `sender`. Called by site/wiring. `waits`: a question whose handler asks somebody else."""
    _handlers[sender, kind] = handler
    (_waiting.add if waits else _waiting.discard)((sender, kind))


def registered() -> list[tuple[str, str]]:
    """Every (sender, kind) that this system takes: for the tests of the forbidden pairs."""
    return sorted(_handlers)


def receive(peer: str, data: bytes, terminal: str) -> Reply:
    """Judge and take in the envelope `data`, whose signature by `peer` has been verified.

    Never raises for what is in the message. A refusal is recorded on its own, after the effects have been undone.
    """
    envelope: Envelope | None = None
    try:
        envelope = base.read(Envelope, data)
        turned = _check_envelope(peer, envelope)
        if turned is not None:
            return turn_away(turned, data, peer, envelope, terminal, authenticated=True)
        message = envelope.message()
    except base.ContractError as error:
        turned = Turned("refused", "contract", "通知の形式が取決めと異なるため受け付けられません。送信元で形式を確認してください。", str(error))
        return turn_away(turned, data, peer, envelope, terminal, authenticated=True)
    try:
        return _take(peer, envelope, message, digest_of(data))
    except Refused as error:
        return turn_away(Turned("refused", error.code, error.reason_ja), data, peer, envelope, terminal, authenticated=True)
    except (OperationalError, Unavailable) as error:
        logger.warning("notice %s from %s: %s", envelope.notice_id, peer, type(error).__name__)
        return Reply("unavailable", "receiver_busy", "")
    except Exception as error:  # noqa: BLE001 — nothing was kept; the sender tries this one again, and the operator is told
        logger.error("notice %s of kind %s from %s: handler failed with %s", envelope.notice_id, envelope.kind, peer, _where(error))
        return Reply("unavailable", "handler_failed", "")


def _check_envelope(peer: str, envelope: Envelope) -> Turned | None:
    if envelope.sender != peer or envelope.receiver != settings.DAICHO.name:
        return Turned("unauthorized", "credential", "署名した者と送信元又は宛先が一致しないため受け付けられません。", "sender")
    if (envelope.sender, envelope.kind) not in _handlers:
        return Turned("refused", "not_allowed", "この相手方からこの種類の通知は受け付けていません。", "kind")
    if _uuid(envelope.epoch) is None or _uuid(envelope.notice_id) is None:
        return Turned("refused", "contract", "通知の番号の形式が正しくありません。", "notice_id")
    if not all(_HANDLE.fullmatch(handle) for handle in envelope.subjects):
        return Turned("refused", "contract", "対象者の符丁の形式が正しくありません。", "subjects")
    return None


def _take(peer: str, envelope: Envelope, message: object, digest: str) -> Reply:
    """Receipt, effects and trail, or nothing; of a sign the effects alone; of a question that waits, its answer afterwards."""
    category = base.definition_of(message).category
    if category == "sign":  # every few seconds, for ever: its handler keeps the newest, so that an old one sent again changes nothing
        with transaction.atomic(durable=True):
            _handlers[peer, envelope.kind](message, envelope)
        return Reply("acknowledged", "ok", "")
    waits = category == "question" and (peer, envelope.kind) in _waiting
    with transaction.atomic(durable=True):
        if not _keep_receipt(envelope, digest, is_question=category == "question"):
            return _seen_before(envelope, digest, category)
        answer = None if waits else _handlers[peer, envelope.kind](message, envelope)
        subjects = [uuid.UUID(hex=handle) for handle in envelope.subjects]
        detail = {"kind": envelope.kind, "version": envelope.version, "notice_id": envelope.notice_id}
        audit.record(audit.Actor.system(f"wire.{peer}"), RECEIVED, subjects, detail=detail)
    if waits:
        answer = _waited_for(_handlers[peer, envelope.kind], message, envelope)
    return Reply("acknowledged", "ok", "", None if answer is None else base.encode(answer).decode("utf-8"))


def _waited_for(handler: Handler, message: object, envelope: Envelope) -> object:
    if not _places.acquire(blocking=False):
        raise Unavailable("busy", whole_line=False)
    try:
        return handler(message, envelope)
    finally:
        _places.release()


def _keep_receipt(envelope: Envelope, digest: str, *, is_question: bool) -> bool:
    """Whether this id came for the first time, through an open door. One that comes twice at once waits here for the other to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            _RECEIPT,
            [
                municipality_code(),
                envelope.sender,
                envelope.epoch,
                envelope.notice_id,
                envelope.kind,
                envelope.version,
                digest,
                list(envelope.subjects),
                envelope.posted_at,
                clock.now(),
                is_question,
                municipality_code(),
                envelope.sender,
            ],
        )
        return cursor.rowcount == 1


def _seen_before(envelope: Envelope, digest: str, category: str) -> Reply:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM outbox_receipt WHERE municipality_code = %s AND sender = %s AND epoch = %s AND notice_id = %s",
            [municipality_code(), envelope.sender, envelope.epoch, envelope.notice_id],
        )
        found = cursor.fetchone()
    if found is None:  # the door is closed: this system was restored and waits for `daicho resync`
        raise Unavailable("restored", whole_line=False)
    if found[0] != digest:
        raise Refused("different_content", "同じ番号で内容の異なる通知を既に受け取っています。送信元で確認してください。")
    if category == "question":  # an answer is given once: a recorded question cannot be asked again by whoever recorded it
        raise Refused("replayed", "この照会には既に回答しています。新しい番号で照会し直してください。")
    return Reply("duplicate", "duplicate", "")


def turn_away(turned: Turned, data: bytes, claimed: str, envelope: Envelope | None, terminal: str, *, authenticated: bool) -> Reply:
    """Record that a message was turned away, without its content, and say so."""
    about = (_plain(envelope.kind, 60), _uuid(envelope.notice_id)) if envelope else ("", None)
    _keep_refused(turned, digest_of(data), claimed, about, terminal, authenticated=authenticated)
    return Reply(turned.status, turned.code, turned.reason_ja)


def refuse_answer(peer: str, kind: str, question_id: str, answer: bytes, code: str, place: str = "") -> None:
    """Record, beside the messages turned away at the door, that what `peer` answered to a question of ours was not taken in; without its content."""
    _keep_refused(Turned("refused", code, "", place), digest_of(answer), peer, (kind, _uuid(question_id)), "", authenticated=True)


def _keep_refused(turned: Turned, digest: str, claimed: str, about: tuple[str, uuid.UUID | None], terminal: str, *, authenticated: bool) -> None:
    with transaction.atomic(durable=True):
        RefusedMessage.objects.create(
            refused_at=clock.now(),
            claimed_sender=_plain(claimed, 60),
            authenticated=authenticated,
            code=turned.code[:60],
            place=_plain(turned.place, 200),
            kind=about[0],
            notice_id=about[1],
            digest=digest,
            terminal=_plain(terminal, 60),
        )
        name = claimed if authenticated else "unknown"
        audit.record(audit.Actor.system(f"wire.{name}"), RECEIVED, outcome="refused", detail={"code": turned.code, "place": _plain(turned.place, 200)})


def _uuid(text: str) -> uuid.UUID | None:
    """The uuid in its one canonical spelling, else None."""
    try:
        value = uuid.UUID(text)
    except ValueError:
        return None
    return value if str(value) == text else None


def _plain(text: str, length: int) -> str:
    """A stranger's text, fit for a log: printable ASCII, cut short."""
    return re.sub(r"[^ -~]", "?", text)[:length]


def _where(error: BaseException) -> str:
    """Type and place of an error; its text may quote the message, and stays out of the log."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return type(error).__name__ + (f" at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "")
