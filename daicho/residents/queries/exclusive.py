"""排他 — whom another officer is entering an 異動 of at this moment: others may look, not enter. 標準仕様3.1 (N-3.1-02), 10.3.

A draft is being entered as long as its visitor is being served; of two, the one begun first goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import clock
from daicho.residents.models import Filing
from daicho.residents.rules.problems import Problem, problem

_OTHERS = """
    SELECT DISTINCT ON (m.value ->> 'person') m.value ->> 'person', f.entered_by, f.started_at
      FROM residents_filing f JOIN residents_visit v ON v.id = f.visit_id, jsonb_array_elements(f.typed -> 'members') m
     WHERE f.municipality_code = %s AND f.state = 'draft' AND v.closed_at IS NULL AND f.entered_by_id_no <> %s AND f.id < %s
       AND m.value ->> 'person' = ANY(%s) ORDER BY 1, f.id
"""


def entered_by_others(row: Filing, people: Sequence[UUID]) -> tuple[Problem, ...]:
    """One finding for each person of this filing. One statement, none for newcomers alone."""
    if not people:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [settings.INSTALLATION.municipality_code, row.entered_by_id_no, row.pk, [str(one) for one in people]])
        found = {UUID(person): (officer, since) for person, officer, since in cursor.fetchall()}
    return tuple(
        problem("U502", "person", index, officer=found[person][0], since=f"{clock.jst(found[person][1]):%H:%M}")
        for index, person in enumerate(people)
        if person in found
    )
