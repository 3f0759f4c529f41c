"""運転の状況 — whether the service runs, when the register was last heard of, and what waits. Nobody is named. S5-01, S5-02."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from daicho import audit, city, clock
from daicho.konbini.models import LifeSign, ServiceTurn, municipality_code
from daicho.konbini.permissions import KonbiniPermission

TURNS = 20


@dataclass(frozen=True)
class ServiceState:
    """`sign` is None before the first. `turns` newest first: the first says whether the service is stopped, and who may reopen it."""

    turns: tuple[ServiceTurn, ...]
    sign: LifeSign | None
    silent_after: timedelta

    @property
    def is_stopped(self) -> bool:
        return bool(self.turns) and self.turns[0].kind != ServiceTurn.Kind.REOPENED

    @property
    def proposed_by(self) -> ServiceTurn | None:
        """Who asked that it be reopened; None when nobody did."""
        return self.turns[0] if self.turns and self.turns[0].kind == ServiceTurn.Kind.PROPOSED else None

    @property
    def is_silent(self) -> bool:
        return self.sign is None or self.sign.to_value().is_silent(clock.now(), self.silent_after)


def service_state(actor: audit.Actor) -> ServiceState:
    """How the service stands. Three queries. Raises audit.Refused (recorded)."""
    audit.require(actor, KonbiniPermission.SERVICE_READ)
    turns = tuple(ServiceTurn.objects.filter(municipality_code=municipality_code()).order_by("-pk")[:TURNS])
    sign = LifeSign.objects.filter(municipality_code=municipality_code()).first()
    return ServiceState(turns, sign, timedelta(seconds=city.setting("konbini_silent_after_seconds", clock.today())))
