"""変更の反映 — how an approved change becomes dated rows. 標準1.3.1, 1.3.9.

A new row ends the one before it on the day before its own begins; nothing is overwritten except a row of the same day, and nothing is
deleted. Inside the transaction of the command that calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from daicho.city.models import Certifier, Office, Proposal, Setting, Terminal
from daicho.city.rules import ENTRIES, About, Change

_TABLES: Mapping[About, tuple[type[Model], str]] = MappingProxyType(
    {About.OFFICE: (Office, "code"), About.TERMINAL: (Terminal, "code"), About.CERTIFIER: (Certifier, "kind")}
)
_ONE_DAY = timedelta(days=1)


def put_setting(change: Change, proposal: Proposal) -> Setting:
    """The setting's new row; older ones stay below it."""
    assert change.given is not None  # rules: a setting is never ended
    return Setting.objects.create(
        municipality_code=proposal.municipality_code, key=change.key, value=change.given["value"], valid_from=change.valid_from, valid_to=change.valid_to,
        reason=proposal.reason, entered_by=proposal.proposed_by, entered_at=proposal.proposed_at, approved_by=proposal.decided_by,
        approved_at=proposal.decided_at,
    )  # fmt: skip


def put(change: Change) -> None:
    """The new row of an office, a terminal or a certifier; or the end of it, and of the terminals of an office that ends."""
    rows = rows_of(change.about, change.key)
    _end(rows, change)
    if change.given is None:
        if change.about is About.OFFICE:
            _end(_ours(Terminal).filter(office_code=change.key), change)
        return
    model, natural = _TABLES[change.about]
    valid_to, later = change.valid_to, rows.filter(valid_from__gt=change.valid_from).order_by("valid_from").first()
    if valid_to is None and later is not None:
        valid_to = later.valid_from - _ONE_DAY
    given = {entry.name: change.given.get(entry.name, 0 if entry.is_order else "") for entry in ENTRIES[change.about]}
    model._default_manager.update_or_create(
        municipality_code=settings.INSTALLATION.municipality_code,
        **{natural: change.key},
        valid_from=change.valid_from,
        defaults={"valid_to": valid_to, **given},
    )


def rows_of(about: About, key: str) -> QuerySet[Model]:
    """Every period of one office, terminal or kind of certifier."""
    model, natural = _TABLES[about]
    return _ours(model).filter(**{natural: key})


def _end(rows: QuerySet[Model], change: Change) -> None:
    """End what reaches into the change's period."""
    reaching = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=change.valid_from), valid_from__lt=change.valid_from)
    reaching.update(valid_to=change.valid_from - _ONE_DAY)


def _ours(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code)
