"""個人番号の重複の一覧 — what waits for a clerk, and one of them with both persons side by side. S4-01; recorded before it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from daicho import audit
from daicho.atena.models import AffairAtena, NumberDouble
from daicho.atena.permissions import AtenaPermission
from daicho.atena.queries.legal_uses import affair_names
from daicho.atena.queries.persons import PersonView, view
from daicho.atena.queries.protection import blocked_among, doubles_for
from daicho.atena.rules.vocabulary import REGISTER, REGISTER_JA

PURPOSE = "個人番号の重複の確認"
SHOWN = 200


@dataclass(frozen=True)
class DoubleRow:
    """One line of the work list; it names nobody."""

    public_id: UUID
    holder_no: str
    claimant_no: str
    affair: str
    found_at: datetime
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True)
class Party:
    """One of the two persons, and by which number each affair knows them."""

    person: PersonView
    affairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Double:
    row: DoubleRow
    holder: Party
    claimant: Party
    reason: str | None


def list_doubles(actor: audit.Actor) -> list[DoubleRow]:
    """Those that wait first, oldest first; then the newest that were decided. Two queries and the record. Raises audit.Refused."""
    with audit.reading(actor, AtenaPermission.DOUBLE_READ, purpose=PURPOSE) as seen:
        mine = doubles_for(actor).select_related("holder", "claimant")
        rows = [*mine.filter(decided_at__isnull=True).order_by("pk")[:SHOWN], *mine.filter(decided_at__isnull=False).order_by("-pk")[:SHOWN]]
        seen.add(*(person.public_id for row in rows for person in (row.holder, row.claimant)))
        names = _names()
    return [_row(row, names) for row in rows]


def get_double(actor: audit.Actor, public_id: UUID) -> Double:
    """One of them with both persons. Http404 when there is none (the attempt stays on record). Four queries and the record."""
    with audit.reading(actor, AtenaPermission.DOUBLE_READ, purpose=PURPOSE) as seen:
        row = doubles_for(actor).select_related("holder", "claimant").filter(public_id=public_id).first()
        if row is None:
            raise Http404
        seen.add(row.holder.public_id, row.claimant.public_id)
        names = _names()
        links: dict[int, list[tuple[str, str]]] = {row.holder_id: [], row.claimant_id: []}
        found = AffairAtena.objects.filter(person__in=links).order_by("affair_code", "atena_no").values_list("person_id", "affair_code", "atena_no")
        for person_id, affair_code, number in found:
            links[person_id].append((names.get(affair_code, affair_code), number))
        blocked = blocked_among(list(links))
        holder, claimant = (Party(view(person, person.pk in blocked), tuple(links[person.pk])) for person in (row.holder, row.claimant))
    return Double(_row(row, names), holder, claimant, row.reason)


def _names() -> dict[str, str]:
    return {**affair_names(), REGISTER: REGISTER_JA}


def _row(row: NumberDouble, names: dict[str, str]) -> DoubleRow:
    return DoubleRow(
        row.public_id, row.holder.integrated_atena_no, row.claimant.integrated_atena_no, names.get(row.affair_code, row.affair_code), row.found_at,
        row.decision, row.decided_by, row.decided_at,
    )  # fmt: skip
