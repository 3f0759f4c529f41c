"""附票の通知先がない者の処理 — a clerk says what was done about a notice that went to nobody. 住民基本台帳法第19条第1項; S1-09."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import FuhyoWithoutSeat
from daicho.residents.permissions import Permission


@transaction.atomic
def settle_without_seat(actor: Actor, public_id: UUID, note: str) -> None:
    """処理済みにする. CannotDo without a word of what was done, or when another clerk was faster."""
    audit.require(actor, Permission.FILING_ENTER)
    if not note.strip():
        raise CannotDo("処理の内容が入力されていません。本籍地に書面で通知した、通知は不要と確かめた、など、行ったことを入力してください。")
    rows = FuhyoWithoutSeat.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=public_id, handled_at=None)
    row = rows.select_related("person").select_for_update(of=("self",)).first()
    if row is None:
        raise CannotDo("この人は、すでに処理済みです。一覧を開き直してください。")
    row.note, row.handled_by, row.handled_at = note.strip(), actor.name, clock.now()
    row.save(update_fields=["note", "handled_by", "handled_at"])
    audit.record(actor, Permission.FILING_ENTER, [row.person.public_id], detail={"step": "fuhyo_without_seat", "event": row.event_id})
