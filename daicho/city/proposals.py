"""変更案の読み — what waits for another officer, what was decided, and how a thing stands before and after. 標準1.3; spec/domain.md §13.

None of this is personal data but the names of mayor and deputy, which stand on every certificate; nothing is recorded as a reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from daicho import clock
from daicho.city import models
from daicho.city.kinds import Value
from daicho.city.queries import offices, setting
from daicho.city.rules import ENTRIES, About, Change, Known
from daicho.city.taking_effect import rows_of
from daicho.values.municipalities import is_designated_city

PAGE = 50


@dataclass(frozen=True)
class ProposalView:
    """A proposal as recorded. `outcome` "" = it waits."""

    no: int
    change: Change
    proposed_by: str
    proposed_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None
    decision_reason: str
    before: Mapping[str, Value] | None  # how it stood when it was decided


def waiting() -> list[ProposalView]:
    """What nobody has decided, oldest first. One query."""
    return [_view(row) for row in _ours().filter(outcome="").order_by("id")]


def decided() -> list[ProposalView]:
    """The last that were decided, newest first. One query."""
    return [_view(row) for row in _ours().exclude(outcome="").order_by("-decided_at", "-id")[:PAGE]]


def proposals_of(about: About, key: str) -> list[ProposalView]:
    """Every proposal about one thing, newest first. One query."""
    return [_view(row) for row in _ours().filter(about=about, key=key).order_by("-id")[:PAGE]]


def find_proposal(no: int) -> ProposalView | None:
    """One query."""
    row = _ours().filter(pk=no).first()
    return None if row is None else _view(row)


def standing_before(change: Change) -> dict[str, Value] | None:
    """What holds on the change's first day without it, None for nothing: the left side of the comparison. One query."""
    if change.about is About.SETTING:
        return {"value": setting(change.key, change.valid_from)}
    day = change.valid_from
    row = rows_of(change.about, change.key).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day).order_by("-valid_from").first()
    return None if row is None else {entry.name: getattr(row, entry.name) for entry in ENTRIES[change.about]}


def known_on(change: Change) -> Known:
    """What a change is judged against. No query for a setting, one to three for the others."""
    prefecture, day = settings.INSTALLATION.prefecture_name, change.valid_from
    if change.about is About.SETTING:
        city = is_designated_city(prefecture + settings.INSTALLATION.municipality_name)
        return Known(clock.today(), prefecture, frozenset(), is_there=True, is_designated_city=city)
    known_offices = frozenset(office.code for office in offices(day)) if change.about is About.TERMINAL and change.given else frozenset()
    if change.given is not None:
        return Known(clock.today(), prefecture, known_offices, is_there=False)
    periods = list(rows_of(change.about, change.key).order_by("valid_from").values_list("valid_from", "valid_to"))
    is_there = any(first < day and (last is None or last >= day) for first, last in periods)
    return Known(clock.today(), prefecture, known_offices, is_there, next((first + timedelta(days=1) for first, _ in periods if first >= day), None))


def change_of(row: models.Proposal) -> Change:
    """The change that a row proposes."""
    return Change(About(row.about), row.key, row.given, row.valid_from, row.valid_to, row.reason)


def _ours() -> QuerySet[models.Proposal]:
    return models.Proposal.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)


def _view(row: models.Proposal) -> ProposalView:
    return ProposalView(row.pk, change_of(row), row.proposed_by, row.proposed_at, row.outcome, row.decided_by, row.decided_at, row.decision_reason, row.before)
