"""自動応答不可の設定 — an officer lets no answer about a person go by itself, from a day on; and ends that again. F-1-52."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from daicho import audit, clock
from daicho.chukan.commands.refusal import CannotDo
from daicho.chukan.models import Person, Withholding
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission


def set_withholding(actor: audit.Actor, person_id: UUID, *, since: date, until: date | None, reason: str) -> Withholding:
    """From `since` on, and until before `until`, inquiries about the person wait for an officer. CannotDo, audit.Refused (recorded)."""
    audit.require(actor, ChukanPermission.WITHHOLDING_SET, [person_id])
    if not reason.strip():
        raise CannotDo("自動応答をしない理由を入力してください。")
    if until is not None and until <= since:
        raise CannotDo("終了日は開始日より後の日にしてください。終わりを決めないときは空欄にします。")
    with transaction.atomic():
        person = _held(person_id)
        made = Withholding.objects.create(
            person=person, withheld_from=since, withheld_until=until, reason=reason.strip(), set_by=actor.login, set_at=clock.now()
        )
        audit.record(actor, ChukanPermission.WITHHOLDING_SET, subjects=[person.pk], detail={"withholding": str(made.pk), "step": "set"})
    return made


def end_withholding(actor: audit.Actor, person_id: UUID, withholding_id: UUID) -> Withholding:
    """Let answers about the person go by themselves again from today. What the register told is not ended here. CannotDo, audit.Refused."""
    audit.require(actor, ChukanPermission.WITHHOLDING_SET, [person_id])
    with transaction.atomic():
        person, today = _held(person_id), clock.today()
        row = Withholding.objects.filter(municipality_code=municipality_code(), person=person, pk=withholding_id).first()
        if row is None or row.ended_at is not None or (row.withheld_until is not None and row.withheld_until <= today):
            raise CannotDo("解除する設定が見つかりません。既に終わっていないか確認してください。")
        row.withheld_until, row.ended_by, row.ended_at = max(today, row.withheld_from), actor.login, clock.now()
        row.save(update_fields=["withheld_until", "ended_by", "ended_at"])
        audit.record(actor, ChukanPermission.WITHHOLDING_SET, subjects=[person.pk], detail={"withholding": str(row.pk), "step": "ended"})
    return row


def _held(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(municipality_code=municipality_code(), pk=person_id).first()
    if person is None:
        raise CannotDo("この人の副本が見つかりません。番号を確認してください。")
    return person
