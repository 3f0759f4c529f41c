"""附票の通知先がない者の照会 — whose 附票 could not be told, for a clerk to settle. 住民基本台帳法第19条第1項; S1-09. Every reading is on record first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, FuhyoWithoutSeat
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.letters_put_out import fuhyo_case, letters_of
from daicho.residents.queries.sheet_view import SheetView, sheet_view

PAGE = 100
PURPOSE = "附票の通知先がない者の処理"


@dataclass(frozen=True)
class WithoutSeat:
    """One notice that went to nobody, with the person's newest sheet."""

    row: FuhyoWithoutSeat
    sheet: SheetView
    letters: tuple[CertificateIssue, ...] = ()


def without_seat_count(actor: Actor) -> int:
    """How many are still to be settled. Nobody is named. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    return FuhyoWithoutSeat.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, handled_at=None).count()


def list_without_seat(actor: Actor) -> tuple[list[WithoutSeat], bool]:
    """Those still to be settled, oldest first, at most a page; and whether there are more. Three statements and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        found = FuhyoWithoutSeat.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, handled_at=None)
        rows = list(found.select_related("event").order_by("noted_at", "pk")[: PAGE + 1])
        people = newest_rows(BY_PERSON_ID, [row.person_id for row in rows[:PAGE]])
        told = letters_of({fuhyo_case(row.public_id) for row in rows[:PAGE]})
        listed = [WithoutSeat(row, sheet_view(people[row.person_id], clock.today()), told.get(fuhyo_case(row.public_id), ())) for row in rows[:PAGE]]
        seen.add(*(UUID(one.sheet.public_id) for one in listed))
    return listed, len(rows) > PAGE
