"""辞書の差分 — what an edition or a row adds, changes and ends in a dictionary from a day on, and how that becomes dated rows. 標準1.3.3, 1.3.4.

What ends stays readable (N-1.3.3-03): a new row ends the one before it on the day before; nothing is deleted. A constant number of
statements, whatever the size. Writing is inside the transaction of the command that calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from daicho.city.dictionaries import Dictionary, Row
from daicho.city.errors import CityProblem

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Difference:
    """One row before and after; None where there is none."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Compared:
    """What differs, in the order of the edition, what it ends last; and how many rows are as they are."""

    differences: tuple[Difference, ...]
    unchanged: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """(added, changed, ended)."""
        return (
            sum(1 for one in self.differences if one.before is None),
            sum(1 for one in self.differences if one.before is not None and one.after is not None),
            sum(1 for one in self.differences if one.after is None),
        )


def compare(of: Dictionary, edition: Sequence[Row], valid_from: date) -> Compared:
    """A whole edition against what is in force on that day: what it lacks, ends. CityProblem when a later edition is in force. Two statements."""
    within = of.replaces(edition)
    _no_later_one(of, within, valid_from)
    stands = _standing(of, _in_force(of, within, valid_from), valid_from)
    found, unchanged = [], 0
    for at, row in enumerate(edition, 1):
        before = stands.pop(of.key_of(row), None)
        after = kept(of, {**row, "order": str(at)} if of.is_ordered else row, before)
        if before == after:
            unchanged += 1
        else:
            found.append(Difference(before, after))
    found += [Difference(before, None) for before in stands.values()]
    return Compared(tuple(found), unchanged)


def standing_of(of: Dictionary, rows: Iterable[Row], valid_from: date) -> dict[tuple[str, ...], Row]:
    """How the rows with these keys stand on that day, those that are there."""
    within = _known_by(of, rows)
    _no_later_one(of, within, valid_from)
    return _standing(of, _in_force(of, within, valid_from), valid_from)


def put(of: Dictionary, differences: Sequence[Difference], valid_from: date) -> None:
    """Make the dated rows."""
    if not differences:
        return
    rows = _in_force(of, _known_by(of, (one.row for one in differences)), valid_from)
    present = {_key(of, row): row for row in rows}
    wanted = {of.key_of(one.after): of.stored(one.after) for one in differences if one.after is not None}
    again = {key: row for key, row in present.items() if row.valid_from == valid_from}  # what this very day's change said is replaced in place
    older = [row.pk for key, row in present.items() if key not in again]
    ours = _ours(of)
    ours.filter(pk__in=older).update(valid_to=valid_from - _ONE_DAY)
    if ended := [row.pk for key, row in again.items() if key not in wanted]:
        ours.filter(pk__in=ended).update(valid_to=valid_from - _ONE_DAY)  # it never held
    corrected = []
    for key, row in again.items():
        if key in wanted:
            for name, value in {**wanted[key], "valid_to": None}.items():
                setattr(row, name, value)
            corrected.append(row)
    if corrected:
        names = [*dict.fromkeys(name for key in again.keys() & wanted.keys() for name in wanted[key]), "valid_to"]
        of.model._default_manager.bulk_update(corrected, names, batch_size=1000)
    code = str(settings.INSTALLATION.municipality_code)
    fresh = [of.model(municipality_code=code, valid_from=valid_from, **values) for key, values in wanted.items() if key not in again]
    of.model._default_manager.bulk_create(fresh, batch_size=1000)


def kept(of: Dictionary, row: Row, before: Row | None) -> dict[str, str | None]:
    """The row with what it leaves as it is."""
    stored = of.stored(row)
    order = {"order": str(stored["order"])} if of.is_ordered else {}
    return {c.name: before[c.name] if c.keeps and stored[c.name] is None and before else stored[c.name] for c in of.columns} | order


def _standing(of: Dictionary, rows: Iterable[Any], valid_from: date) -> dict[tuple[str, ...], Row]:
    """Rows in force that a change of this very day has not taken back."""
    return {_key(of, row): of.row_of(row) for row in rows if row.valid_to is None or row.valid_to >= row.valid_from}


def _no_later_one(of: Dictionary, within: Q, valid_from: date) -> None:
    if _ours(of).filter(within, valid_from__gt=valid_from).exists():
        raise CityProblem(f"{valid_from.isoformat()}より後の版が既に取り込まれています。適用日を確認してください。")


def _in_force(of: Dictionary, within: Q, valid_from: date) -> list[Any]:  # Any: rows of the dictionary's model
    return list(_ours(of).filter(within).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from) | Q(valid_from=valid_from)))


def _known_by(of: Dictionary, rows: Iterable[Row]) -> Q:
    """Rows with the keys of these, whatever their period."""
    keys = {of.key_of(row) for row in rows}
    if len(of.known_by) == 1:
        return Q(**{f"{of.known_by[0]}__in": [key[0] for key in keys]})
    by_first: dict[str, set[str]] = {}
    for first, second in keys:
        by_first.setdefault(first, set()).add(second)
    each = [Q(**{of.known_by[0]: first, f"{of.known_by[1]}__in": seconds}) for first, seconds in by_first.items()]
    return reduce(or_, each, Q(pk__in=[]))


def _key(of: Dictionary, row: Any) -> tuple[str, ...]:  # Any: as above
    return tuple(str(getattr(row, name)) for name in of.known_by)


def _ours(of: Dictionary) -> QuerySet[Any]:
    return of.model._default_manager.filter(municipality_code=settings.INSTALLATION.municipality_code, **of.fixed)
