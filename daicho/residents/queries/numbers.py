"""番号の表示 — one number of one person in the clear, by right, on record. F-0-18, F-1-13; design §6."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, vault
from daicho.audit.actor import Actor
from daicho.residents.models import SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.rules.entries import NUMBER_ENTRIES


def reveal_number(actor: Actor, public_id: UUID, entry: str) -> str:
    """The number that the newest sheet bears in `entry`. Http404 when there is no such person, entry or number. Two statements and the record."""
    with audit.reading(actor, Permission.NUMBER_REVEAL, subjects=(public_id,)) as seen:
        if entry not in NUMBER_ENTRIES:
            raise Http404
        seen.note(entry=entry)
        rows = SheetCurrent.objects.filter(person__public_id=public_id, municipality_code=settings.INSTALLATION.municipality_code)
        ref = rows.exclude(person_id__in=hidden_from(actor)).order_by("-history_no").values_list(entry, flat=True).first()
        if ref is None:
            raise Http404
        return vault.reveal(ref, because="窓口での番号の確認")
