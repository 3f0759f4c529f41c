"""転入通知の受信 — what comes from another municipality is kept, taken in where nothing speaks against it, else a clerk's work. 法第9条第1項; std 4.1.3.1.

Nothing is lost: unknown, contradictory, repeated or premature, it stays in the list until somebody says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock, vault
from daicho.audit.actor import Actor
from daicho.city.queries import find_town_of
from daicho.contracts import base
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.residents.commands import filings
from daicho.residents.commands.by_system import record_by_system
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing, Person, ReceivedMoveIn, SheetCurrent, Visit
from daicho.residents.models.received import ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.received import ENDED, UNDONE, open_notice
from daicho.residents.queries.situations import gather
from daicho.residents.rules import received as rules
from daicho.residents.rules.events.move_in_notice import MOVE_IN_NOTICE_RECEIVED, was_taken_in
from daicho.values.numbers import JuminhyoCode

NETWORK = replace(Actor.system("juki_net", Permission.FILING_REGISTER), name="住基ネット（自動）", terminal="CS")


def receive_move_in(message: MoveInReceivedV1, notice_id: UUID) -> ReceivedMoveIn:
    """Keep one notice and take it in, if it can be. In the caller's transaction, which holds the receipt."""
    row = ReceivedMoveIn(
        municipality_code=settings.INSTALLATION.municipality_code, notice_id=notice_id, control_no=message.request_control_no,
        from_municipality_code=message.municipality_code, move_in_date=message.move_in_date, notice_date=message.notice_date, received_at=clock.now(),
        payload_ref=vault.seal_payload(base.encode(message)), person=_person(message.juminhyo_code),
    )  # fmt: skip
    row.save(force_insert=True)
    _take_in(row, message)
    return row


def retry(atena_nos: Iterable[str]) -> None:
    """What waited for a 転出 of these: try it again, now that there is one. In the caller's transaction.

    Of several about one person from one municipality (再送) the one made last is taken in, and the others with it (N-4.1.3.1.2-03).
    """
    waiting = _ours().filter(state__in=UNDONE, person__atena_no__in=list(atena_nos), filing__isnull=True)
    taken: dict[tuple[int | None, str], ReceivedMoveIn] = {}
    for row in waiting.order_by("-notice_date", "-control_no", "-received_at").select_for_update(of=("self",)):
        of = (row.person_id, row.from_municipality_code)
        if of in taken:
            _supersede(row, taken[of])
            continue
        _take_in(row, open_notice(row))
        if row.state == ReceivedState.ACCEPTED:
            taken[of] = row


def _supersede(row: ReceivedMoveIn, by: ReceivedMoveIn) -> None:
    """A notice that a newer one of the same municipality stands for: done by the same 受理, and nothing of it is written."""
    row.state, row.why, row.event_id, row.handled_by, row.handled_at = ReceivedState.SUPERSEDED, "", by.event_id, by.handled_by, by.handled_at
    row.save(update_fields=["state", "why", "event", "handled_by", "handled_at"])


def _take_in(row: ReceivedMoveIn, message: MoveInReceivedV1) -> None:
    """Accepted, repeated, or waiting with every reason for it."""
    row.state, row.why = ReceivedState.WAITING, ""
    if row.person is None:
        row.why = rules.UNKNOWN
    else:
        _judge(row, message, row.person.atena_no)
    row.save(update_fields=["state", "why", "event", "handled_by", "handled_at"])


def _judge(row: ReceivedMoveIn, message: MoveInReceivedV1, atena_no: str) -> None:
    filing = rules.filing_of(message, atena_no, _postal_code(message))
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


def _postal_code(message: MoveInReceivedV1) -> str:
    """郵便番号 of the new address by the dictionary (N-4.1.3.1.2-07); "" where it does not know the 町字. One statement."""
    town = find_town_of(message.new_address, clock.today())
    return town.postal_code if town else ""


def _texts(message: MoveInReceivedV1) -> dict[str, str]:
    return rules.texts_of(message, _postal_code(message))


def _person(juminhyo_code: str) -> Person | None:
    """Who bears the code, or bore it last here."""
    ref = vault.find(vault.NumberKind.JUMINHYO_CODE, juminhyo_code) if JuminhyoCode.is_valid(juminhyo_code) else None
    found = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, juminhyo_code=ref) if ref is not None else None
    row = found.select_related("person").order_by("-recorded_at").first() if found is not None else None
    return row.person if row else None


@transaction.atomic
def begin_acceptance(actor: Actor, visit: Visit, notice: UUID, person: UUID) -> Filing:
    """受理 by a clerk: a filing about this person that says what the notice says, to be looked at and mended (N-4.1.3.1.2-02).

    CannotDo when another is under way, or the notice was dealt with.
    """
    row = _undone(notice)
    if row.filing is not None and row.filing.state not in ENDED:
        raise CannotDo(f"この転入通知の受理は、届出番号{row.filing.filing_no}で入力されています。")
    form = TypedForm(_texts(open_notice(row)), (TypedPerson(str(person), {}),))
    row.filing = filings.start(actor, visit, MOVE_IN_NOTICE_RECEIVED.code, form)
    row.save(update_fields=["filing"])
    return row.filing


def accepted(filing: Filing, atena_nos: Iterable[str], event_id: int, by: str) -> None:
    """本登録 of a 受理: the notice that it was begun from is done, about this person. None is found for what came on paper."""
    for row in _ours().filter(filing=filing, state__in=UNDONE).select_for_update(of=("self",)):
        row.person = Person.objects.filter(municipality_code=row.municipality_code, atena_no__in=list(atena_nos)).order_by("pk").first()
        row.state, row.event_id, row.handled_by, row.handled_at = ReceivedState.ACCEPTED, event_id, by, clock.now()
        row.save(update_fields=["person", "state", "event", "handled_by", "handled_at"])


@transaction.atomic
def put_aside(actor: Actor, notice: UUID, state: ReceivedState, reason: str) -> None:
    """保留, 対象なし, or back to 未処理. The reason is kept; CannotDo without one, or once it was taken in."""
    audit.require(actor, Permission.FILING_ENTER)
    if state not in (ReceivedState.HELD, ReceivedState.SET_ASIDE, ReceivedState.WAITING):
        raise CannotDo("この処理はできません。")
    if not reason.strip():
        raise CannotDo("理由を入力してください。")
    row = _undone(notice, ReceivedState.SET_ASIDE)
    row.state, row.note, row.handled_by, row.handled_at = state, reason.strip(), actor.name, clock.now()
    row.save(update_fields=["state", "note", "handled_by", "handled_at"])
    people = [row.person.public_id] if row.person else []
    audit.record(actor, Permission.FILING_ENTER, people, detail={"received": str(row.public_id), "step": str(state)})


def _undone(notice: UUID, *also: ReceivedState) -> ReceivedMoveIn:
    row = _ours().filter(public_id=notice).select_for_update(of=("self",)).first()
    if row is None or row.state not in (*UNDONE, *also):
        raise CannotDo("この転入通知は、もう処理されています。一覧を開き直してください。")
    return row


def _ours():  # type: ignore[no-untyped-def]  # Django's queryset
    return ReceivedMoveIn.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "filing")
