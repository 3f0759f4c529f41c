"""交付請求の審査 — an officer approves exactly so much, or refuses with a reason; and each copy is counted against it. 住民基本台帳法第12条の3第1項, 第2項; domain §7."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.commands.applications import NotReceived, locked, settle
from daicho.residents.errors import CannotDo
from daicho.residents.models import ApplicationDecision, Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.application_rows import ApplicationRows
from daicho.residents.queries.applications import Named, named_in, strict_reasons
from daicho.residents.rules.application_allowed import BY_LIST, Allowed, check_approval, must_be_another
from daicho.residents.rules.application_states import State


@dataclass(frozen=True)
class Decision:
    """審査の結果 as an officer decides. `given`: what may be issued, None = 不交付. `is_safe`: made sure that no address reaches the other side."""

    given: Allowed | None
    reason: str
    is_safe: bool = False


def may_decide(actor: Actor, rows: ApplicationRows, named: Iterable[Named]) -> str:
    """Why this officer may not decide, "" when they may."""
    named = tuple(named)
    strict = strict_reasons(rows, named)
    if strict and not actor.may(Permission.APPLICATION_EXAMINE):
        return "この請求は、交付請求を審査する権限のある、別の職員が審査します。"
    if any(each.is_supported for each in named) and not actor.may(Permission.SUPPORT_READ):
        return "支援措置の対象者についての請求は、支援措置責任者が審査します。"
    return must_be_another(rows.row.entered_by_id_no, actor.account_id, strict)


@transaction.atomic
def decide(actor: Actor, application_id: UUID, decision: Decision) -> ApplicationDecision:
    """Approve or refuse. CannotDo for who may not, and of what is not to be examined now; NotReceived with every reason for what goes beyond the request."""
    permission = Permission.APPLICATION_EXAMINE if actor.may(Permission.APPLICATION_EXAMINE) else Permission.CERTIFICATE_ISSUE
    audit.require(actor, permission)
    rows = locked(application_id)
    named = named_in(rows)
    if why := may_decide(actor, rows, named):
        raise CannotDo(why)
    state = rows.standing(clock.today()).state
    if decision.given is not None and state not in (State.EXAMINING, State.EXPIRED):
        raise CannotDo("不足があるか、対象者の住民票を確かめていないか、審査の済んだ請求です。交付を認めることはできません。")
    if decision.given is None and state not in (State.RECEIVED, State.LACKING, State.ASKING, State.EXAMINING, State.EXPIRED):
        raise CannotDo("審査の済んだ請求です。")
    if reasons := tuple(_problems(rows, named, decision)):
        raise NotReceived(reasons)
    given = decision.given
    row = ApplicationDecision.objects.create(
        municipality_code=rows.row.municipality_code, application=rows.row, approved=given is not None, allowed=given.to_json() if given else {},
        valid_until=given.until if given else None, reason=decision.reason.strip(), decided_by=actor.name, decided_by_id_no=actor.account_id or 0,
        decided_at=clock.now(),
    )  # fmt: skip
    settle(rows.row)
    people = [each.row.public_id for each in named]
    audit.record(actor, permission, people, detail={"application_no": rows.row.application_no, "approved": given is not None})
    return row


def _problems(rows: ApplicationRows, named: tuple[Named, ...], decision: Decision) -> Iterable[tuple[str, str]]:
    if not decision.reason.strip():
        yield "reason", "審査の理由を入力してください（認める理由、又は認めない理由）。"
    if decision.given is None:
        return
    yield from check_approval(asked_of(rows, named, decision.given), decision.given, clock.today())
    if any(each.blocks for each in named) and not decision.is_safe:
        yield (
            "is_safe",
            "抑止（支援措置など）のある人が対象です。請求者が本人であること、又は住所が相手方に伝わらないことを確かめ、「確かめた」を選んでください。",
        )


def asked_of(rows: ApplicationRows, named: Iterable[Named], given: Allowed) -> Allowed:
    """All that the request asks for, in the shape of an approval with the same last day."""
    people = frozenset(str(one.public_id) for each in named for one in (each.row, *each.household)) | ({BY_LIST} if rows.stated.names_by_list else set())
    copies: dict[str, int] = {}
    for line in rows.stated.lines:
        copies[line.kind] = copies.get(line.kind, 0) + line.copies
    return Allowed(people, copies, frozenset(rows.stated.shown), given.until)


def hold(visit: Visit) -> ApplicationRows | None:
    """Before a copy is counted: nobody else issues for the same request until this transaction has ended. None where there is no request."""
    return None if visit.application_id is None else locked(visit.application.public_id)


def count(visit: Visit) -> None:
    """After a copy was put on record: the request may be used up."""
    if visit.application_id is not None:
        settle(visit.application)
