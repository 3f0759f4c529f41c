"""移転許可の照会 — the grants as of a day, what waits for approval, what the assessment still offers. D-R1, H-16. Nothing of a person is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.models import TransferGrant, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.in_force import in_force_on
from daicho.transfers.rules.grants import Offered, offered


@dataclass(frozen=True)
class GrantView:
    """A grant, and its department under the name it has on the day asked."""

    row: TransferGrant
    department: str

    def state_on(self, day: date) -> str:
        """waiting, declined, later, in_force, ended or revoked."""
        row = self.row
        if row.declined_at is not None:
            return "declined"
        if row.approved_at is None:
            return "waiting"
        if row.revoked_at is not None:
            return "revoked"
        if day < row.valid_from:
            return "later"
        return "ended" if row.valid_to is not None and row.valid_to < day else "in_force"


@dataclass(frozen=True)
class GrantsOfDay:
    """Those in force on the day; those that wait for approval; what the assessment offers and nobody proposed or holds."""

    in_force: tuple[GrantView, ...]
    waiting: tuple[GrantView, ...]
    offered: tuple[tuple[int, Offered, str], ...]  # its place in the list, the department's name


def grants_of(actor: Actor, day: date) -> GrantsOfDay:
    """Four queries. Raises audit.Refused."""
    audit.require(actor, TransfersPermission.GRANT_READ)
    names, today = names_on(day), clock.today()
    in_force = in_force_on(day).order_by("department_code", "purpose_code")
    mine = TransferGrant.objects.filter(municipality_code=municipality_code(), declined_at__isnull=True, revoked_at__isnull=True)
    waiting = mine.filter(approved_at__isnull=True).order_by("pk")
    lines = mine.exclude(valid_to__lt=today).values_list("department_code", "purpose_code", "direction")
    taken = set(lines)
    open_offers = tuple((no, one, names.get(one.department_code, one.department_code)) for no, one in enumerate(offered()) if one.line not in taken)
    return GrantsOfDay(_views(in_force, names), _views(waiting, names), open_offers)


def get_grant(actor: Actor, grant_no: int) -> tuple[GrantView, tuple[GrantView, ...]]:
    """One grant, and every other of the same purpose of the same department, newest first. Three queries. Http404, audit.Refused."""
    audit.require(actor, TransfersPermission.GRANT_READ)
    row = TransferGrant.objects.filter(municipality_code=municipality_code(), pk=grant_no).first()
    if row is None:
        raise Http404
    line = TransferGrant.objects.filter(
        municipality_code=municipality_code(), department_code=row.department_code, purpose_code=row.purpose_code, direction=row.direction
    )
    names = names_on(clock.today())
    return GrantView(row, names.get(row.department_code, row.department_code)), _views(line.exclude(pk=row.pk).order_by("-valid_from", "-pk"), names)


def _views(rows: Iterable[TransferGrant], names: Mapping[str, str]) -> tuple[GrantView, ...]:
    return tuple(GrantView(row, names.get(row.department_code, row.department_code)) for row in rows)
