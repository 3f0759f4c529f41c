"""まとめて交付の申請と承認 — an order for certificates of many people; over the city's threshold it waits for another officer. F-2-17; decision 0052.

Nothing is issued here: that is the job's (commands/bulk_work.py). Orders are entered one after another, so that two of them together are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, city, clock, rows
from daicho.audit.actor import Actor
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.jobs import commands as jobs
from daicho.jobs.models import Reservation
from daicho.jobs.permissions import JobPermission
from daicho.jobs.wanted import Wanted as WantedJob
from daicho.residents.commands.application_decisions import hold
from daicho.residents.commands.disposals import dispose
from daicho.residents.commands.held_copies import let_go
from daicho.residents.errors import CannotDo
from daicho.residents.models import BulkIssue, BulkLine, Visit
from daicho.residents.models.bulk_issue import BulkState
from daicho.residents.permissions import Permission
from daicho.residents.queries.application_rows import ApplicationRows
from daicho.residents.queries.asking_rights import asked_for, objections_to_order
from daicho.residents.queries.bulk_issue import listed_people, people_within
from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.bulk_issue import Limits, reasons_for_approval
from daicho.residents.rules.visits import check_asking

JOB = "bulk_issue"
PERSONAL, HOUSEHOLD = "juminhyo_personal", "juminhyo_household"
NEVER = frozenset({Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE})
"""What no certificate of an order bears: both go to the person alone, across the counter or by mail to the residence (domain §4.3)."""


class NotOrdered(CannotDo):
    """Why the order cannot be taken: all reasons as (entry, message)."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__("この内容では申請できません。")
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Order:
    """`people`: 宛名番号 in the order of the list. `source`: "list" or "search"."""

    people: Sequence[str]
    purpose: str
    by_household: bool = False
    shown: frozenset[Omissible] = frozenset()
    official: bool = False
    source: str = "list"


@transaction.atomic
def order(actor: Actor, visit: Visit, asked: Order) -> BulkIssue:
    """Take it: it begins at once, or waits for approval. NotOrdered with every reason; a number that nobody has is named by its place in the list.

    For a 交付請求 within what was approved of it, delivered and free as it asks (decision 0051).
    """
    audit.require(actor, Permission.BULK_ISSUE)
    _one_at_a_time()
    people, households, problems = listed_people(asked.people, by_household=asked.by_household)
    reasons = [*check_asking(visit.identity_check, asked.purpose), *(("people", problem) for problem in problems)]
    if asked.shown & NEVER:
        reasons.append(
            ("shown", "個人番号と住民票コードは、まとめて交付する写しには記載できません。窓口で個別に交付してください（法第12条第5項、番号法第19条）。")
        )
    held = hold(visit)
    kind, requested = HOUSEHOLD if asked.by_household else PERSONAL, _requested(visit, asked, held)
    reasons += objections_to_order(visit, kind, people, requested, held)
    if reasons:
        raise NotOrdered(reasons)
    now, limits = clock.now(), _limits()
    own, whole = people_within(now - timedelta(days=limits.days), actor.account_id or 0)
    why = reasons_for_approval(households, own, whole, limits)
    row = BulkIssue(
        municipality_code=settings.INSTALLATION.municipality_code, visit=visit, kind=kind, by_household=asked.by_household,
        request={
            "shown": sorted(each.value for each in asked.shown), "official": asked.official, "delivery": requested.delivery, "exemption": requested.exemption,
        },
        purpose=asked.purpose.strip(), source=asked.source, state=BulkState.WAITING if why else BulkState.READY, people=households, counted_officer=own,
        counted_city=whole, why_approval=why, entered_by=actor.name, entered_login=actor.login, entered_by_id_no=actor.account_id or 0,
        office_code=actor.office_code, terminal=actor.terminal, entered_at=now,
    )  # fmt: skip
    rows.insert([row])
    rows.insert([_line(row, place, person) for place, person in enumerate(people, 1)])
    _record(actor, Permission.BULK_ISSUE, row, "order", [person.public_id for person in people])
    if not why:
        _begin(actor)
    return row


def _requested(visit: Visit, asked: Order, held: ApplicationRows | None) -> CertificateRequest:
    """What each copy shall be."""
    request, said = CertificateRequest(clock.today(), Requester(visit.standing), asked.shown, for_official_use=asked.official), asked_for(visit, held)
    return request if said is None else replace(request, delivery=said.delivery, exemption=said.exemption)


def _line(row: BulkIssue, place: int, person: CurrentRow) -> BulkLine:
    return BulkLine(municipality_code=row.municipality_code, bulk=row, place=place, person_id=person.person_id)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"daicho.bulk_issue:{settings.INSTALLATION.municipality_code}"])


def _limits() -> Limits:
    found = city.settings_on(["bulk_days", "bulk_people_officer", "bulk_people_city"], clock.today())
    return Limits(*(int(found[key]) for key in ("bulk_days", "bulk_people_officer", "bulk_people_city")))


@transaction.atomic
def approve(actor: Actor, bulk_id: UUID, people: int) -> BulkIssue:
    """承認, for so many people as were shown. CannotDo for the one who ordered, and when it was decided meanwhile."""
    row = _waiting(actor, bulk_id)
    if people != row.people:
        raise CannotDo("画面を開いた後に、申請の内容が変わりました。画面を開き直して確認してください。")
    days = int(city.setting("bulk_approval_days", clock.today()))
    row.state, row.approved_until = BulkState.READY, clock.now() + timedelta(days=days)
    _decided(actor, row, "approve")
    _begin(actor)
    return row


@transaction.atomic
def decline(actor: Actor, bulk_id: UUID, reason: str) -> BulkIssue:
    """却下, with the reason. CannotDo for the one who ordered: they withdraw."""
    row = _waiting(actor, bulk_id)
    if not reason.strip():
        raise CannotDo("却下の理由を入力してください。")
    row.state, row.ended_reason = BulkState.DECLINED, reason.strip()
    _decided(actor, row, "decline")
    return row


def _waiting(actor: Actor, bulk_id: UUID) -> BulkIssue:
    audit.require(actor, Permission.BULK_APPROVE)
    row = locked(bulk_id, BulkState.WAITING)
    if row.entered_by_id_no == actor.account_id:
        raise CannotDo("自分が申請したものは、承認も却下もできません。ほかの職員が行ってください。")
    return row


def _decided(actor: Actor, row: BulkIssue, step: str) -> None:
    row.decided_by, row.decided_by_id_no, row.decided_at = actor.name, actor.account_id, clock.now()
    rows.update(row, "state", "approved_until", "ended_reason", "decided_by", "decided_by_id_no", "decided_at")
    _record(actor, Permission.BULK_APPROVE, row, step)


@transaction.atomic
def withdraw(actor: Actor, bulk_id: UUID, reason: str) -> BulkIssue:
    """取下げ by the one who ordered: what is not made yet is not made; what was made holds no more, and stays in 交付履歴."""
    audit.require(actor, Permission.BULK_ISSUE)
    row = locked(bulk_id, BulkState.WAITING, BulkState.READY)
    if row.entered_by_id_no != actor.account_id:
        raise CannotDo("取り下げられるのは、申請した職員だけです。ほかの職員は却下してください。")
    if not reason.strip():
        raise CannotDo("取下げの理由を入力してください。")
    row.state, row.ended_reason = BulkState.WITHDRAWN, reason.strip()
    rows.update(row, "state", "ended_reason")
    made = [line.certificate for line in row.lines.filter(certificate__isnull=False).select_related("certificate") if line.certificate is not None]
    for issue in made:  # nobody has them in hand, and nobody shall
        dispose(actor.with_right(Permission.ISSUE_DISPOSE), issue, "withdrawn", reason)
    let_go(actor, made)
    _record(actor, Permission.BULK_ISSUE, row, "withdraw")
    return row


def locked(bulk_id: UUID, *states: str) -> BulkIssue:
    """The order, for change. CannotDo when it is in another state."""
    row = BulkIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=bulk_id).select_for_update(of=("self",)).first()
    if row is None or row.state not in states:
        raise CannotDo("この申請は、いまその処理ができません。一覧を開き直して確認してください。")
    return row


def _begin(actor: Actor) -> None:
    """The job starts with the worker's next look."""
    jobs.reserve(actor.with_right(JobPermission.RUN), WantedJob(JOB, Reservation.When.NOW))


def _record(actor: Actor, permission: Permission, row: BulkIssue, step: str, people: Sequence[UUID] = ()) -> None:
    detail = {"bulk": str(row.public_id), "step": step, "people": row.people, "counted": [row.counted_officer, row.counted_city]}
    audit.record(actor, permission, people, purpose=row.purpose, detail=detail)
