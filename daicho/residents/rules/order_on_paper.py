"""証明書の並び順 — in which order those who live in a household stand on a certificate. std 5.2 (N-5.2-01 to -05), 1.1.1; domain §3.3.

The order that is kept with each sheet (世帯内順序) stands: set by the rules when the household was founded, lengthened by those who joined it,
changed by an officer who saw fit. Nothing is put in another order in silence, whatever has happened to the household since. The rules decide
only where the record says nothing: between members without a place or with the same one, as a migration may leave them.
"""

from __future__ import annotations

from collections.abc import Sequence

from daicho.residents.rules.destination import Arriving, ordered
from daicho.values.household_order import HouseholdOrder
from daicho.values.relationship import BadRelationship, Relationship


def order_on_paper(people: Sequence[Arriving]) -> tuple[int, ...]:
    """Their positions as given, in the order of the paper. Those without a place stand last."""
    kept = [entries.order_in_household for _, entries in people]
    if None not in kept and len(set(kept)) == len(kept):
        return tuple(sorted(range(len(people)), key=lambda at: kept[at] or 0))
    by_rule = order_by_rule(people).order
    return tuple(sorted(range(len(people)), key=lambda at: (kept[at] is None, kept[at] or 0, by_rule.index(at))))


def order_by_rule(people: Sequence[Arriving]) -> HouseholdOrder:
    """Their positions in the order of std 5.2, whatever the record says. A word that is no 続柄 counts as 空欄: it stands last."""
    return ordered([(number, entries if _is_word(entries.relationship) else entries.but(relationship=None)) for number, entries in people])


def _is_word(text: str | None) -> bool:
    try:
        return text is None or bool(Relationship.parse(text))
    except BadRelationship:
        return False
