"""情報提供等の記録の照会 — the records of a day, of an asker, with a result; and those that wait for an officer. 番号法第23条; S3-05, S3-10; recorded first (F-1-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any  # Django's querysets
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404

from daicho import audit, clock
from daicho.chukan.models import Inquirer, Inquiry, ListEdition
from daicho.chukan.models.columns import municipality_code
from daicho.chukan.permissions import ChukanPermission
from daicho.chukan.queries.protection import inquiries_for

PAGE = 50
PURPOSE = "情報提供等の記録の確認"


@dataclass(frozen=True)
class Wanted:
    """Which records: of one day, of one institution, of one result; None means any."""

    day: date | None = None
    inquirer_code: str | None = None
    result: str | None = None


@dataclass(frozen=True)
class Listed:
    """One page, newest first; how many there are by result; and where the next page begins (None: this is the last)."""

    rows: Sequence[Inquiry]
    counts: Mapping[str, int]
    next_before: UUID | None


def listed(actor: audit.Actor, wanted: Wanted, before: UUID | None = None) -> Listed:
    """Three queries, four when it goes on from a row. Raises audit.Refused (recorded)."""
    with audit.reading(actor, ChukanPermission.INQUIRY_READ, purpose=PURPOSE) as seen:
        found = _matching(actor, wanted)
        counts = {row["result"]: row["n"] for row in found.values("result").annotate(n=Count("pk"))}
        rows = list(_after(actor, found, before).select_related("decision").order_by("-received_at", "-pk")[: PAGE + 1])
        shown = rows[:PAGE]
        seen.add(*{row.person_id for row in shown if row.person_id})
        seen.note(shown=len(shown))
    return Listed(shown, counts, shown[-1].pk if len(rows) > PAGE else None)


def waiting(actor: audit.Actor) -> Sequence[Inquiry]:
    """Held and not decided, oldest first. One query. Raises audit.Refused (recorded)."""
    with audit.reading(actor, ChukanPermission.INQUIRY_DECIDE, purpose="確認待ちの照会の一覧") as seen:
        rows = list(inquiries_for(actor).filter(result=Inquiry.Result.HELD, decision__isnull=True).order_by("received_at", "pk"))
        seen.add(*{row.person_id for row in rows if row.person_id})
        seen.note(shown=len(rows))
    return rows


def one(actor: audit.Actor, inquiry_id: UUID) -> Inquiry:
    """One record. Http404, audit.Refused (both recorded)."""
    with audit.reading(actor, ChukanPermission.INQUIRY_READ, purpose=PURPOSE) as seen:
        row = inquiries_for(actor).filter(pk=inquiry_id).select_related("decision", "replica", "person").first()
        if row is None:
            raise Http404
        seen.add(*([row.person_id] if row.person_id else []))
        seen.note(inquiry=str(inquiry_id))
    return row


def inquirers(day: date) -> Sequence[tuple[str, str]]:
    """(code, name) of the institutions registered on that day. One query; nobody is in it."""
    edition = ListEdition.objects.filter(municipality_code=municipality_code(), kind=ListEdition.Kind.INQUIRERS).order_by("-edition_no").values("pk")[:1]
    rows = Inquirer.objects.filter(municipality_code=municipality_code(), edition__in=edition, valid_from__lte=day)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).order_by("institution_code").values_list("institution_code", "name_ja"))


def _matching(actor: audit.Actor, wanted: Wanted) -> Any:  # Any: a queryset
    found = inquiries_for(actor)
    if wanted.day is not None:
        begins = datetime.combine(wanted.day, time(), clock.JST)
        found = found.filter(received_at__gte=begins, received_at__lt=begins + timedelta(days=1))
    if wanted.inquirer_code is not None:
        found = found.filter(inquirer_code=wanted.inquirer_code)
    return found.filter(result=wanted.result) if wanted.result is not None else found


def _after(actor: audit.Actor, found: Any, before: UUID | None) -> Any:  # Any: as above
    last = inquiries_for(actor).filter(pk=before).values_list("received_at", flat=True).first() if before is not None else None
    return found if last is None else found.filter(Q(received_at__lt=last) | Q(received_at=last, pk__lt=before))
