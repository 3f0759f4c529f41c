"""在留期間の満了の予告 — those whose 在留期間 ends soon are listed, each once for each day of ending. 入管法21条; 法30条の50; std 4.5.6.

Nothing of the register changes by it. 経過滞在者 are not among them (std 9.8): how many days are left stands on their card.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.permissions import Permission
from daicho.residents.rules.residence import TRANSITIONAL
from daicho.residents.rules.vocabulary import FOREIGN

_LIST = """
    INSERT INTO residents_residenceterm (municipality_code, person_id, ends_on, listed_at)
    SELECT c.municipality_code, c.person_id, c.residence_expiry_date, %s FROM residents_sheetcurrent c
     WHERE c.municipality_code = %s AND c.resident_kind = %s AND c.residence_expiry_date <= %s AND c.opened_on <= %s
       AND (c.closed_on IS NULL OR c.closed_on > %s) AND NOT (c.article_30_45_class_code = ANY(%s))
    ON CONFLICT DO NOTHING RETURNING (SELECT p.public_id FROM residents_person p WHERE p.id = person_id)
"""


@transaction.atomic
def list_ending(actor: Actor) -> int:
    """List whose 在留期間 ends within the city's days, or has ended; returns how many are new. One statement and the record."""
    audit.require(actor, Permission.PERSON_READ)
    today = clock.today()
    last = today + timedelta(days=int(city.setting("residence_term_days", today)))
    with connection.cursor() as cursor:
        cursor.execute(_LIST, [clock.now(), settings.INSTALLATION.municipality_code, FOREIGN, last, today, today, list(TRANSITIONAL)])
        people = [public_id for (public_id,) in cursor.fetchall()]
    audit.record(actor, Permission.PERSON_READ, people, detail={"step": "residence_terms"})
    return len(people)
