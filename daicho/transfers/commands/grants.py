"""移転許可の申請・承認・却下・取消し — by two officers, dated, and never overwritten: a change is a new row. F-1-41; D-R1, D-R3, H-16."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.commands.errors import TransferRefused, refuse
from daicho.transfers.commands.positions import begin_position
from daicho.transfers.models import Department, TransferGrant, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import departments_on
from daicho.transfers.rules.grants import Direction, Method, Proposal
from daicho.transfers.rules.proposals import proposal_problems


@transaction.atomic
def propose(actor: Actor, proposal: Proposal) -> TransferGrant:
    """利用依頼を申請する. Nothing is in force by it. TransferRefused with all problems."""
    audit.require(actor, TransfersPermission.GRANT_PROPOSE)
    known = {department.code for department in departments_on(proposal.valid_from)}
    if problems := proposal_problems(proposal, known, clock.today()):
        raise TransferRefused(problems)
    assert actor.account_id is not None, "a grant is proposed by an officer"
    row = TransferGrant.objects.create(
        department_code=proposal.department_code, purpose_code=proposal.purpose_code, purpose_ja=proposal.purpose_ja.strip(), direction=proposal.direction,
        basis_code=proposal.basis_code, items=list(proposal.items), scope=proposal.scope, method=proposal.method, valid_from=proposal.valid_from,
        valid_to=proposal.valid_to, requested_on=proposal.requested_on, request_reference=proposal.request_reference.strip(),
        proposed_by_id_no=actor.account_id, proposed_by=actor.name, proposed_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, TransfersPermission.GRANT_PROPOSE, detail=_detail(row))
    return row


@transaction.atomic
def approve(actor: Actor, grant_no: int) -> TransferGrant:
    """移転元管理者の承認. In force from its first day; the grant of the same purpose before it ends on the day before. TransferRefused."""
    audit.require(actor, TransfersPermission.GRANT_APPROVE)
    row = _waiting(grant_no)
    if actor.account_id is None or actor.account_id == row.proposed_by_id_no:
        raise refuse("自分が申請した移転許可は承認できません。ほかの職員が承認してください（評価書III(1)5）。")
    if row.valid_from < clock.today():
        raise refuse("開始日が過ぎています。却下して、本日以後の開始日で申請し直してください。過去の移転を後から許可することはできません。")
    _one_after_another(row)
    _end_those_before(row)
    row.approved_by_id_no, row.approved_by, row.approved_at = actor.account_id, actor.name, clock.now()
    row.save(update_fields=["approved_by_id_no", "approved_by", "approved_at"])
    if row.direction == Direction.READ and row.method == Method.WITHIN_TEN_MINUTES:
        begin_position(row)
    audit.record(actor, TransfersPermission.GRANT_APPROVE, detail=_detail(row))
    return row


@transaction.atomic
def decline(actor: Actor, grant_no: int, reason: str) -> TransferGrant:
    """却下: the proposal ends without ever being in force."""
    audit.require(actor, TransfersPermission.GRANT_APPROVE)
    row = _waiting(grant_no)
    row.declined_by, row.declined_at, row.end_reason = actor.name, clock.now(), _reason(reason)
    row.save(update_fields=["declined_by", "declined_at", "end_reason"])
    audit.record(actor, TransfersPermission.GRANT_APPROVE, detail={**_detail(row), "step": "decline"})
    return row


@transaction.atomic
def revoke(actor: Actor, grant_no: int, reason: str, last_day: date | None = None) -> TransferGrant:
    """取消し: at once, or with the end of `last_day`. What is posted and not sent yet does not leave any more (adapters/couriers.py)."""
    audit.require(actor, TransfersPermission.GRANT_APPROVE)
    row = _locked(grant_no)
    if row.approved_at is None or row.revoked_at is not None or (row.valid_to is not None and row.valid_to < clock.today()):
        raise refuse("この移転許可は、承認されていないか、すでに終わっています。一覧を開き直してください。")
    if last_day is not None and last_day < max(row.valid_from, clock.today()):
        raise refuse("最終日は、開始日と本日より前にできません。日付を確認してください。", "last_day")
    if last_day is not None and row.valid_to is not None and last_day > row.valid_to:
        raise refuse("最終日が、承認された終了日より後です。延ばすときは、新しく申請してください。", "last_day")
    row.end_reason = _reason(reason)
    if last_day is None:
        row.revoked_by, row.revoked_at = actor.name, clock.now()
    else:
        row.valid_to = last_day
    row.save(update_fields=["revoked_by", "revoked_at", "valid_to", "end_reason"])
    audit.record(actor, TransfersPermission.GRANT_APPROVE, detail={**_detail(row), "step": "revoke"})
    return row


@transaction.atomic
def register_department(actor: Actor, code: str, name: str, valid_from: date, transfer_no: str = "") -> None:
    """移転先の登録, or its new name and number from a day on (H-16). A row of the same day is corrected; earlier ones stay as they were."""
    audit.require(actor, TransfersPermission.DEPARTMENT_REGISTER)
    if len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise refuse("移転先コードは4桁の数字で入力してください。", "code")
    if not name.strip():
        raise refuse("移転先の名称を入力してください。", "name")
    rows = Department.objects.select_for_update().filter(municipality_code=municipality_code(), code=code)
    if rows.filter(valid_from__gt=valid_from).exists():
        raise refuse("その日より後から始まる名称が登録されています。開始日を確認してください。", "valid_from")
    rows.filter(_reaching(valid_from), valid_from__lt=valid_from).update(valid_to=valid_from - timedelta(days=1))
    given = {"name": name.strip(), "transfer_no": transfer_no.strip(), "valid_to": None}
    Department.objects.update_or_create(municipality_code=municipality_code(), code=code, valid_from=valid_from, defaults=given)
    audit.record(actor, TransfersPermission.DEPARTMENT_REGISTER, detail={"department": code, "valid_from": valid_from.isoformat()})


def _locked(grant_no: int) -> TransferGrant:
    row = TransferGrant.objects.select_for_update().filter(municipality_code=municipality_code(), pk=grant_no).first()
    if row is None:
        raise refuse("この移転許可は見つかりません。一覧から選び直してください。")
    return row


def _waiting(grant_no: int) -> TransferGrant:
    row = _locked(grant_no)
    if row.approved_at is not None or row.declined_at is not None:
        raise refuse("この申請は、すでに承認又は却下されています。一覧を開き直してください。")
    return row


def _one_after_another(row: TransferGrant) -> None:
    """Of two grants for one purpose that are approved at once, the second sees the first."""
    line = f"transfers grant {municipality_code()} {row.department_code} {row.purpose_code} {row.direction}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [line])


def _end_those_before(row: TransferGrant) -> None:
    """One grant at a time for a purpose of a department. Raises TransferRefused when another begins on the same day or later."""
    line = _line_of(row).filter(approved_at__isnull=False, revoked_at__isnull=True).filter(_reaching(row.valid_from))
    if line.filter(valid_from__gte=row.valid_from).exists():
        raise refuse("同じ事務の移転許可が、同じ日か後の日から承認されています。先にそれを取り消すか、開始日をその後にしてください。")
    line.update(valid_to=row.valid_from - timedelta(days=1))


def _line_of(row: TransferGrant) -> QuerySet[TransferGrant]:
    return TransferGrant.objects.select_for_update().filter(
        municipality_code=municipality_code(), department_code=row.department_code, purpose_code=row.purpose_code, direction=row.direction
    )


def _reaching(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def _reason(text: str) -> str:
    if not text.strip():
        raise refuse("理由を入力してください。", "reason")
    return text.strip()


def _detail(row: TransferGrant) -> dict[str, str]:
    return {"grant": str(row.pk), "department": row.department_code, "purpose": row.purpose_code, "direction": row.direction}
