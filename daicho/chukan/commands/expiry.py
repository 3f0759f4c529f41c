"""保管期限切れ情報の削除 — erases replicas of those long removed, and deletes records whose years are over. 番号法第20条, 第23条; S3-10, F-0-15.

A replica's content goes by the destruction of its data keys, with a purge record; its empty row stays. A record of provision is
deleted when its last day is past, and the database refuses any earlier (models/inquiries.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from daicho import audit, city, clock, vault
from daicho.chukan.models import HeldDecision, Inquiry, Person, Replica
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission

AT_ONCE = 500
REASON = "保管期限の経過"


def erase_expired(actor: audit.Actor, today: date) -> Mapping[str, int]:
    """Everything whose time is over on `today`; how many of each. Some at a time, a transaction each: it may be cut off and run again."""
    audit.require(actor, ChukanPermission.EXPIRED_ERASE)
    years = int(city.setting("replica_years_after_removal", today))
    return {"副本": _erase_replicas(actor, _years_before(today, years)), "情報提供等の記録": _delete_records(actor, today)}


def _erase_replicas(actor: audit.Actor, removed_before: date) -> int:
    done = 0
    while True:
        with transaction.atomic():
            people = [row.person for row in _expired(removed_before)]
            if not people:
                return done
            refs = Replica.objects.filter(municipality_code=municipality_code(), person__in=people).values_list("payload_ref", flat=True)
            vault.erase_payloads(list(refs), reason=REASON, actor=actor, subjects=[person.pk for person in people])
            Person.objects.filter(municipality_code=municipality_code(), pk__in=[person.pk for person in people]).update(erased_at=clock.now())
        done += len(people)


def _expired(removed_before: date) -> list[Replica]:
    """The newest replicas of those removed before that day and not erased yet, their people locked."""
    newest = Replica.objects.raw(
        """
        SELECT r.* FROM chukan_replica r JOIN chukan_person p ON p.id = r.person_id
         WHERE r.municipality_code = %s AND p.erased_at IS NULL AND r.state = 'removed' AND r.removed_on < %s
           AND NOT EXISTS (SELECT 1 FROM chukan_replica n WHERE n.person_id = r.person_id AND n.version_no > r.version_no)
         ORDER BY r.person_id LIMIT %s FOR UPDATE OF p
        """,
        [municipality_code(), removed_before, AT_ONCE],
    )
    return list(newest.prefetch_related("person"))


def _delete_records(actor: audit.Actor, today: date) -> int:
    done = 0
    while True:
        with transaction.atomic():
            past = list(_past(today)[:AT_ONCE])
            HeldDecision.objects.filter(municipality_code=municipality_code(), inquiry__in=past).delete()
            deleted, _ = Inquiry.objects.filter(municipality_code=municipality_code(), pk__in=[row.pk for row in past]).delete()
            if not deleted:
                return done
            audit.record(actor, ChukanPermission.EXPIRED_ERASE, subjects={row.person_id for row in past if row.person_id}, detail={"records": deleted})
        done += deleted


def _past(today: date):  # type: ignore[no-untyped-def]  # Django's queryset
    """Records past their keeping, and with them what was decided about them (a decision is the younger of the two)."""
    rows = Inquiry.objects.filter(municipality_code=municipality_code(), keep_until__lt=today)
    return rows.exclude(decision__keep_until__gte=today).order_by("received_at")


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)
