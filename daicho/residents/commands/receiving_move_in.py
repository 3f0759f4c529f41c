"""転入通知の受信 — what comes from another municipality is kept, taken in where nothing speaks against it, else a clerk's work. 法第9条第1項; std 4.1.3.1.

Nothing is lost: unknown, contradictory, repeated or premature, it stays in the list until somebody says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings

from daicho import city, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.residents.commands.by_system import record_by_system
from daicho.residents.commands.receiving import keep
from daicho.residents.models import Person, ReceivedNotice, SheetCurrent
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.received import UNDONE, message_of, ours, postal_code_of
from daicho.residents.queries.situations import gather
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED, was_taken_in
from daicho.residents.rules.received import move_in as rules
from daicho.values.numbers import JuminhyoCode

NETWORK = replace(Actor.system("juki_net", Permission.FILING_REGISTER), name="住基ネット（自動）", terminal="CS")


def receive_move_in(message: MoveInReceivedV1, notice_id: UUID) -> ReceivedNotice:
    """Keep one notice and take it in, if it can be. In the caller's transaction, which holds the receipt."""
    row = keep(
        message, notice_id, ReceivedKind.MOVE_IN, control_no=message.request_control_no, sender_code=message.municipality_code,
        effective_on=message.move_in_date, told_on=message.notice_date, person=_person(message.juminhyo_code),
    )  # fmt: skip
    _take_in(row, message)
    return row


def retry(atena_nos: Iterable[str]) -> None:
    """What waited for a 転出 of these: try it again, now that there is one. In the caller's transaction.

    Of several about one person from one municipality (再送) the one made last is taken in, and the others with it (N-4.1.3.1.2-03).
    """
    waiting = ours().filter(kind=ReceivedKind.MOVE_IN, state__in=UNDONE, person__atena_no__in=list(atena_nos), filing__isnull=True)
    taken: dict[tuple[int | None, str], ReceivedNotice] = {}
    for row in waiting.order_by("-told_on", "-control_no", "-received_at").select_for_update(of=("self",)):
        of = (row.person_id, row.sender_code)
        if of in taken:
            _supersede(row, taken[of])
            continue
        message = message_of(row)
        assert isinstance(message, MoveInReceivedV1)
        _take_in(row, message)
        if row.state == ReceivedState.ACCEPTED:
            taken[of] = row


def _supersede(row: ReceivedNotice, by: ReceivedNotice) -> None:
    """A notice that a newer one of the same municipality stands for: done by the same 受理, and nothing of it is written."""
    row.state, row.why, row.event_id, row.handled_by, row.handled_at = ReceivedState.SUPERSEDED, "", by.event_id, by.handled_by, by.handled_at
    row.save(update_fields=["state", "why", "event", "handled_by", "handled_at"])


def _take_in(row: ReceivedNotice, message: MoveInReceivedV1) -> None:
    """Accepted, repeated, or waiting with every reason for it."""
    row.state, row.why = ReceivedState.WAITING, ""
    if row.person is None:
        row.why = rules.UNKNOWN
    else:
        _judge(row, message, row.person.atena_no)
    row.save(update_fields=["state", "why", "event", "handled_by", "handled_at"])


def _judge(row: ReceivedNotice, message: MoveInReceivedV1, atena_no: str) -> None:
    filing = rules.filing_of(message, atena_no, postal_code_of(message.new_address))
    situation = gather(MOVE_IN_NOTICE_RECEIVED, filing, lock=True)
    why = rules.doubts(message, situation.person(atena_no).entries)
    if not why and was_taken_in(situation, filing):
        row.state, row.handled_by, row.handled_at = ReceivedState.REPEATED, NETWORK.name, clock.now()
        return
    why += [problem.message for problem in MOVE_IN_NOTICE_RECEIVED.check(situation, filing)]
    if not why and not city.setting("move_in_notice_automatic", clock.today()):
        why.append(rules.AUTOMATIC_OFF)
    if why:
        row.why = "\n".join(why)
        return
    written = record_by_system(NETWORK, MOVE_IN_NOTICE_RECEIVED, situation, filing, MOVE_IN_NOTICE_RECEIVED.apply(situation, filing), source="juki_net")
    row.state, row.event_id, row.handled_by, row.handled_at = ReceivedState.ACCEPTED, written[0].version.event_id, NETWORK.name, clock.now()


def _person(juminhyo_code: str) -> Person | None:
    """Who bears the code, or bore it last here."""
    ref = vault.find(vault.NumberKind.JUMINHYO_CODE, juminhyo_code) if JuminhyoCode.is_valid(juminhyo_code) else None
    found = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, juminhyo_code=ref) if ref is not None else None
    row = found.select_related("person").order_by("-recorded_at").first() if found is not None else None
    return row.person if row else None
