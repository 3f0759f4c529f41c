"""付番待ちの照会 — who waits for a 個人番号 of 機構, since when, and what came back that somebody must look at. 番号法第7条; std 4.4; domain §1.1.14."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import NumberRequest
from daicho.residents.models.number_request import UNDONE
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, newest_rows
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open

PAGE = 100


@dataclass(frozen=True)
class Awaited:
    """One request of the list, with the newest sheet of the person."""

    row: NumberRequest
    entries: SheetEntries
    is_open: bool
    days: int  # since it was asked


def list_awaited(actor: Actor) -> list[Awaited]:
    """Whatever is not done, longest waiting first, at most a page. Two statements and the record, however many wait."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose="付番待ちの確認") as seen:
        rows = list(_undone().order_by("asked_at")[:PAGE])
        people = {row.person_id: row for row in newest_rows(BY_PERSON, [row.person.public_id for row in rows]).values()}
        seen.add(*(row.person.public_id for row in rows))
        today = clock.today()
        return [
            Awaited(row, found.entries, is_open(found.entries, today), (today - clock.jst(row.asked_at).date()).days)
            for row in rows
            if (found := people.get(row.person_id))
        ]


def undone_request(public_id: UUID) -> NumberRequest | None:
    """What is asked for one person and not done; for a card, whose reading is on record. One statement."""
    return _undone().filter(person__public_id=public_id).first()


def awaited(atena_nos: Iterable[str]) -> frozenset[str]:
    """Those of these people for whom something is asked and not done. One statement."""
    return frozenset(_undone().filter(person__atena_no__in=list(atena_nos)).values_list("person__atena_no", flat=True))


def _undone() -> QuerySet[NumberRequest]:
    rows = NumberRequest.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, state__in=UNDONE)
    return rows.select_related("person")
