"""引越しワンストップの申請の受信 — one item for one application, however often, late or out of order it comes; changed and withdrawn by its applicant. domain §9.

住民基本台帳法第22条–第24条. A 転出届 is entered by a clerk without a visitor; a 予約 when the visitor comes. What is withdrawn after 本登録 is a
clerk's 異動の取消し (std 4.6).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingWithdrawalV1
from daicho.residents.commands.moving_answers import answer_completed, answer_withdrawn
from daicho.residents.commands.receiving import NO_EVENT, done, find_event, keep, undone
from daicho.residents.errors import CannotDo
from daicho.residents.models import Person, ReceivedNotice, SheetVersion
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.permissions import IntakePermission, Permission
from daicho.residents.queries.received import UNDONE, city_with_prefecture, is_under_way, ours, town_of, whom
from daicho.residents.rules.received import moving as rules
from daicho.residents.rules.received.reading import Role

PORTAL = replace(Actor.system("residents.intake", IntakePermission.MOVING_RECEIVE), name="マイナポータル（自動）")
_AGAIN = frozenset({ReceivedState.WAITING, ReceivedState.HELD, ReceivedState.SET_ASIDE, ReceivedState.ACCEPTED})


def receive_application(message: MovingApplicationV1, notice_id: UUID) -> ReceivedNotice:
    """Keep one application, or what its applicant changed. In the caller's transaction, which holds the receipt.

    The same again, or an older one that comes late, changes nothing. One that was withdrawn before it came is done at once.
    """
    row = _find(ReceivedKind.MOVING, message.application_no)
    if row is not None:
        if message.revision_no > row.revision_no:
            _change(row, message)
        return row
    row = keep(
        message, notice_id, ReceivedKind.MOVING, matter=message.matter[:40], control_no=message.application_no, revision_no=message.revision_no,
        effective_on=message.moving_on, told_on=clock.jst(message.applied_at).date(), visit_on=message.visit_on,
    )  # fmt: skip
    _judge(row, message)
    settle(message.application_no, PORTAL.name)
    row.refresh_from_db()
    return row


def receive_withdrawal(message: MovingWithdrawalV1, notice_id: UUID) -> ReceivedNotice:
    """転出取消, 予約取消: done at once while nobody has begun, else a clerk's; before its application it waits. The same again changes nothing."""
    row = _find(ReceivedKind.MOVING_WITHDRAWAL, message.application_no)
    if row is None:
        row = keep(
            message, notice_id, ReceivedKind.MOVING_WITHDRAWAL, control_no=message.application_no, told_on=clock.jst(message.withdrawn_at).date(),
        )  # fmt: skip
        settle(message.application_no, PORTAL.name)
        row.refresh_from_db()
    return row


def settle(application_no: str, by: str) -> None:
    """Bring an application and its withdrawal together, when there are both and the withdrawal still waits. In the caller's transaction."""
    withdrawal = _find(ReceivedKind.MOVING_WITHDRAWAL, application_no)
    if withdrawal is None or withdrawal.state not in UNDONE:
        return
    application = _find(ReceivedKind.MOVING, application_no)
    withdrawal.why = hindrance(application)
    withdrawal.person = application.person if application else None
    withdrawal.save(update_fields=["why", "person"])
    if application is not None and not withdrawal.why:
        _withdraw(application, withdrawal, by)


def hindrance(application: ReceivedNotice | None) -> str:
    """Why a withdrawal cannot be done by itself; "" when nothing stands in its way."""
    if application is None:
        return "取り消す申請が、まだ届いていません。届いたときに自動で取り消されます。"
    if application.event_id is not None and _stands(application.event_id):
        return "この申請による異動は本登録されています。異動の取消しを入力してください（標準仕様4.6）。"
    if is_under_way(application):
        assert application.filing is not None
        return f"この申請は、届出番号{application.filing.filing_no}で入力されています。その届出を取り下げてから、取消しを完了してください。"
    return ""


@transaction.atomic
def finish_withdrawal(actor: Actor, notice: UUID) -> None:
    """The clerk has cleared the way. CannotDo with what is still in it."""
    audit.require(actor, Permission.FILING_ENTER)
    row = undone(notice)
    settle(row.control_no, actor.name)
    row.refresh_from_db()
    if row.state in UNDONE:
        raise CannotDo(row.why)
    audit.record(actor, Permission.FILING_ENTER, [row.person.public_id] if row.person else [], detail={"received": str(row.public_id), "step": "withdrawn"})


def completed(row: ReceivedNotice, by: str) -> None:
    """本登録 of the 異動 that an application asked for: 処理完了通知. A withdrawal that waits for it is now about the event. In the caller's transaction."""
    answer_completed(row)
    settle(row.control_no, by)


def event_cancelled(event_no: int, by: str) -> None:
    """本登録 of a 取消し: the withdrawal of the application behind the event is done, once nothing of the event stands. In the caller's transaction."""
    application = ours().filter(kind=ReceivedKind.MOVING, event_id=event_no).select_for_update(of=("self",)).first()
    if application is None or _stands(event_no):
        return
    withdrawal = _find(ReceivedKind.MOVING_WITHDRAWAL, application.control_no)
    if withdrawal is not None and withdrawal.state in UNDONE:
        _withdraw(application, withdrawal, by)


def _stands(event_no: int) -> bool:
    """Whether anything of an event still counts. One statement."""
    return SheetVersion.objects.filter(event_id=event_no, annulment__isnull=True).exists()


def _withdraw(application: ReceivedNotice, withdrawal: ReceivedNotice, by: str) -> None:
    withdrawal.why = ""
    withdrawal.save(update_fields=["why"])
    done(withdrawal, ReceivedState.ACCEPTED, by, application.event_id)
    done(application, ReceivedState.WITHDRAWN, by, application.event_id)
    answer_withdrawn(application)


def _change(row: ReceivedNotice, message: MovingApplicationV1) -> None:
    """What the applicant says now; a clerk looks at it again, whatever was done (a withdrawn one stays withdrawn)."""
    old, was = row.payload_ref, ReceivedState(row.state)
    row.payload_ref, row.revision_no = vault.seal_payload(base.encode(message)), message.revision_no
    row.effective_on, row.visit_on, row.told_on = message.moving_on, message.visit_on, clock.jst(message.applied_at).date()
    row.save(update_fields=["payload_ref", "revision_no", "effective_on", "visit_on", "told_on"])
    vault.erase_payloads([old], reason="引越しの申請が変更された", actor=PORTAL)
    if was in _AGAIN:
        changed = rules.CHANGED_WHILE_ENTERED if is_under_way(row) else rules.CHANGED_AFTER if was is ReceivedState.ACCEPTED else rules.CHANGED
        row.state = ReceivedState.WAITING
        _judge(row, message, changed)


def _judge(row: ReceivedNotice, message: MovingApplicationV1, *why: str) -> None:
    """Whom it is about, and what a clerk should look at first."""
    city_code, reading = settings.INSTALLATION.municipality_code, rules.read_moving(message, city_with_prefecture(), "")
    found = [people for named, people in zip(reading.people, whom(reading), strict=True) if named.role is Role.RESIDENT]
    first = next((people[0] for people in found if len(people) == 1), None)
    row.person = Person.objects.get(municipality_code=city_code, atena_no=first.atena_no) if first and row.event_id is None else row.person
    doubts = rules.doubts(message, city_with_prefecture(), city_code, has_town=town_of(message) is not None, received_on=clock.today())
    unknown = [rules.UNKNOWN] if any(not people for people in found) else []
    no_event = [NO_EVENT] if find_event(reading) is None else []
    row.why = "\n".join([*why, *no_event, *doubts, *unknown, *([rules.ANOTHER] if _has_another(row) else [])])
    row.save(update_fields=["person", "state", "why"])


def _has_another(row: ReceivedNotice) -> bool:
    """Whether the same person applied for the same under another number, and nobody set it aside."""
    others = ours().filter(kind=ReceivedKind.MOVING, matter=row.matter, person=row.person, state__in=(*UNDONE, ReceivedState.ACCEPTED))
    return row.person is not None and others.exclude(pk=row.pk).filter(effective_on=row.effective_on).exists()


def _find(kind: ReceivedKind, application_no: str) -> ReceivedNotice | None:
    found: ReceivedNotice | None = ours().filter(kind=kind, control_no=application_no).select_for_update(of=("self",)).first()
    return found
