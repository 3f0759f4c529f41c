"""在留期間の満了の予告の一覧 — those who were listed and whose 在留期間 still ends on that day. 法30条の50; every reading is on record first.

経過滞在者 are on no list (std 9.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, ResidenceTerm
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.letters_put_out import letters_of, term_case
from daicho.residents.queries.sheet_view import SheetView, sheet_view

PAGE = 200
PURPOSE = "在留期間の満了の予告"
_STANDING = """
    SELECT t.id, t.person_id FROM residents_residenceterm t
      JOIN residents_sheetcurrent c ON c.person_id = t.person_id AND c.residence_expiry_date = t.ends_on AND c.opened_on <= %s
       AND (c.closed_on IS NULL OR c.closed_on > %s)
     WHERE t.municipality_code = %s AND t.person_id <> ALL(%s) ORDER BY t.ends_on, t.id LIMIT %s
"""


@dataclass(frozen=True)
class Term:
    row: ResidenceTerm
    sheet: SheetView
    letters: tuple[CertificateIssue, ...] = ()  # that were put out about this day

    @property
    def days_left(self) -> int:
        """Negative once it has ended."""
        return (self.row.ends_on - clock.today()).days


def residence_terms(actor: Actor) -> tuple[list[Term], bool]:
    """Whose day comes first, first; whether there are more than a page. Who got another term, or left, is not among them. Four statements and the record."""
    with audit.reading(actor, Permission.PERSON_READ, purpose=PURPOSE) as seen:
        today = clock.today()
        found = standing_terms(hidden_from(actor))
        rows = ResidenceTerm.objects.in_bulk([pk for pk, _ in found[:PAGE]])
        people = newest_rows(BY_PERSON_ID, [person for _, person in found[:PAGE]])
        told = letters_of({term_case(pk) for pk, _ in found[:PAGE]})
        terms = [Term(rows[pk], sheet_view(people[person], today), told.get(term_case(pk), ())) for pk, person in found[:PAGE]]
        seen.add(*(people[person].public_id for _, person in found[:PAGE]))
        return terms, len(found) > PAGE


def standing_terms(hidden: Sequence[int]) -> list[tuple[int, int]]:
    """(id of the line, person id) of those who stand on the list, whose day comes first, first; at most a page and one. One statement."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [today, today, settings.INSTALLATION.municipality_code, list(hidden), PAGE + 1])
        return cursor.fetchall()
