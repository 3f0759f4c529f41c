"""市の設定の連携 — approved settings, offices, terminals and certifiers, from the system where they are entered to the others. G-29; 標準1.3."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from django.conf import settings
from django.db import models as db
from django.db import transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.city import models
from daicho.city.permissions import CityPermission
from daicho.contracts.city_places_v1 import CertifierPeriod, CityPlacesV1, OfficePeriod, TerminalPeriod
from daicho.contracts.city_setting_v1 import CitySettingV1
from daicho.outbox.leading import tell_followers

# The natural key of each row beside the municipality; all else of a period may change.
_PLACES: tuple[tuple[type[db.Model], type[Any], str], ...] = (
    (models.Office, OfficePeriod, "code"),
    (models.Terminal, TerminalPeriod, "code"),
    (models.Certifier, CertifierPeriod, "kind"),
)


def tell_setting(actor: Actor, row: models.Setting) -> None:
    """Post an approved setting to every system that follows. Inside the transaction that approved it."""
    assert row.approved_at is not None
    told = CitySettingV1(
        row.key, json.dumps(row.value, ensure_ascii=False, sort_keys=True), row.valid_from, row.valid_to, row.reason, row.entered_by, row.entered_at,
        row.approved_by, row.approved_at,
    )  # fmt: skip
    tell_followers(actor, [(told, f"city:setting:{row.key}")])


def tell_places(actor: Actor) -> None:
    """Post every period of offices, terminals and certifiers. Inside the transaction that changed one."""
    offices, terminals, certifiers = (
        tuple(period(**{f.name: getattr(row, f.name) for f in fields(period)}) for row in _ours(model).order_by(key, "valid_from"))
        for model, period, key in _PLACES
    )
    tell_followers(actor, [(CityPlacesV1(offices, terminals, certifiers), "city:places")])


@transaction.atomic
def take_over_setting(actor: Actor, told: CitySettingV1) -> None:
    """Put an approved setting beside the earlier ones, as the leader has it. Taken over twice it stands once."""
    audit.require(actor, CityPermission.SETTING_APPROVE)
    values = {**asdict(told), "value": json.loads(told.value)}
    models.Setting.objects.get_or_create(
        municipality_code=settings.INSTALLATION.municipality_code, key=values.pop("key"), approved_at=values.pop("approved_at"), defaults=values
    )
    audit.record(actor, "city:setting:take_over", detail={"setting": told.key, "valid_from": told.valid_from.isoformat()})


@transaction.atomic
def take_over_places(actor: Actor, told: CityPlacesV1) -> None:
    """Make offices, terminals and certifiers equal to the leader's."""
    audit.require(actor, CityPermission.OFFICE_REGISTER)
    for (model, _, key), periods in zip(_PLACES, (told.offices, told.terminals, told.certifiers), strict=True):
        for period in periods:
            values = asdict(period)
            natural = {key: values.pop(key), "valid_from": values.pop("valid_from")}
            model._default_manager.update_or_create(municipality_code=settings.INSTALLATION.municipality_code, **natural, defaults=values)
    audit.record(actor, "city:places:take_over")


def _ours(model: type[db.Model]) -> db.QuerySet[Any]:  # Any: any of our models
    return model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code)
