"""個人番号の要求 — asks 機構 for a 個人番号 by way of 市町村CS, again, or no longer. 番号法第7条, 第8条; std 4.4, 7.1.2.1; domain §1.1.14.

No number is made here. Who asks holds the locks of the person, so that what is told of one person keeps its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, outbox, rows, vault
from daicho.audit.actor import Actor
from daicho.contracts.number_request_v1 import NumberRequestV1
from daicho.residents.commands.code_stock import new_control_no
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models import NumberRequest, Person
from daicho.residents.models.number_request import UNDONE, RequestState
from daicho.residents.permissions import Permission
from daicho.residents.queries.situations import lock_current, newest_states
from daicho.residents.rules.entries import SheetEntries

JUKI_NET = "juki_net"


def ask(people: Sequence[tuple[Person, SheetEntries]], reason: str, *, filing: FilingRow | None = None, because: int | None = None) -> list[outbox.Outgoing]:
    """Note the requests and return what is to be posted. Three statements, none for nobody.

    `entries`: with the 住民票コード, and the 個人番号 that another shall take the place of.
    """
    made = [
        NumberRequest(
            municipality_code=settings.INSTALLATION.municipality_code, request_control_no=new_control_no(), person=person, reason=reason,
            code_ref=entries.juminhyo_code, old_number_ref=entries.individual_number, filing=filing, asked_at=clock.now(),
        )
        for person, entries in people
    ]  # fmt: skip
    rows.insert(made)
    return _outgoing(made, because)


def ask_for_change(definition_reason: str, row: FilingRow, atena_nos: Sequence[str]) -> list[UUID]:
    """本登録 of a 変更: 機構 is asked, and the event is recorded when the answer comes. In the caller's transaction, which holds the locks."""
    code = settings.INSTALLATION.municipality_code
    entries = {state.atena_no: state.entries for state in newest_states(atena_nos)}
    people = [(person, entries[person.atena_no]) for person in Person.objects.filter(municipality_code=code, atena_no__in=list(atena_nos))]
    outbox.post_many(ask(people, definition_reason, filing=row))
    return [person.public_id for person, _ in people]


@transaction.atomic
def ask_again(actor: Actor, request: UUID) -> None:
    """もう一度求める: the same request, which 機構 answers as before; after a refusal or with another 住民票コード a new one. CannotDo once it is done."""
    audit.require(actor, Permission.FILING_ENTER)
    row = _locked(request)
    [state] = newest_states([row.person.atena_no])
    if not state.is_open:
        raise CannotDo("この人は消除されているので、個人番号を求められません。要求を取り下げてください。")
    if row.state == RequestState.WAITING and row.code_ref == state.entries.juminhyo_code:
        row.asked_again_at = clock.now()
        row.save(update_fields=["asked_again_at"])
        outbox.post_many(_outgoing([row]))
    else:
        _end(row, RequestState.WITHDRAWN, actor, "新しい要求で求め直した")
        outbox.post_many(ask([(row.person, state.entries)], row.reason, filing=row.filing))
    audit.record(actor, Permission.FILING_ENTER, [row.person.public_id], detail={"number_request": row.request_control_no, "step": "ask_again"})


@transaction.atomic
def withdraw(actor: Actor, request: UUID, reason: str) -> None:
    """取下げ: nobody waits for it any more. A number that 機構 gives all the same is the person's, and is written. CannotDo without a reason."""
    audit.require(actor, Permission.FILING_ENTER)
    if not reason.strip():
        raise CannotDo("取下げの理由を入力してください。")
    row = _locked(request)
    _end(row, RequestState.WITHDRAWN, actor, reason.strip())
    audit.record(actor, Permission.FILING_ENTER, [row.person.public_id], detail={"number_request": row.request_control_no, "step": "withdraw"})


def _end(row: NumberRequest, state: RequestState, actor: Actor, note: str) -> None:
    row.state, row.note, row.handled_by, row.handled_at = state, note, actor.name, clock.now()
    row.save(update_fields=["state", "note", "handled_by", "handled_at"])


def _locked(request: UUID) -> NumberRequest:
    """The person, then the request: in the order of whoever records an event."""
    ours = NumberRequest.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=request).select_related("person", "filing")
    row = ours.first()
    if row is not None:
        lock_current([], [row.person.atena_no])
        row = ours.filter(state__in=UNDONE).select_for_update(of=("self",)).first()
    if row is None:
        raise CannotDo("この要求は、もう処理されています。一覧を開き直してください。")
    return row


def _outgoing(requests: Sequence[NumberRequest], because: int | None = None) -> list[outbox.Outgoing]:
    """The messages, each made from its row alone: asked again it is the same."""
    if not requests:
        return []
    refs = {ref for row in requests for ref in (row.code_ref, row.old_number_ref) if ref is not None}
    clear = vault.reveal_many(refs, because="個人番号の要求")
    handles = outbox.subject_handles(JUKI_NET, [row.person.public_id for row in requests])
    return [outbox.Outgoing(_message(row, clear), JUKI_NET, (handle,), because) for row, handle in zip(requests, handles, strict=True)]


def _message(row: NumberRequest, clear: dict[int, str]) -> NumberRequestV1:
    old = clear[row.old_number_ref] if row.old_number_ref is not None else None
    return NumberRequestV1(row.request_control_no, row.municipality_code, row.reason, clear[row.code_ref], old)
