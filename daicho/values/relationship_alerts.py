"""続柄のアラート — what looks wrong between 続柄, sex and birth, though it may be lawful. spec/domain.md 3.2 and 11 (A).

These are facts for the clerk, never refusals. What is refused (語彙外, 5世代) is refused by Relationship.parse; two heads are
the business of the household's law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from daicho.values.relationship import PARENTS, Relationship, Sex


@dataclass(frozen=True, slots=True)
class RelationshipAlert:
    """One doubt. `members` are positions in the sequence that was given."""

    code: str
    """sex | sex_of_head | spouses | parent_younger | child_older."""
    members: tuple[int, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    """What it is about: the 続柄 and the 性別 as they are written."""


@dataclass(frozen=True, slots=True)
class Related:
    """A member as far as these alerts look."""

    relationship: Relationship | None
    sex: Sex | None = None
    born_on: date | None = None


def relationship_alerts(members: Sequence[Related]) -> tuple[RelationshipAlert, ...]:
    """All doubts about one household. Blank relationships, sexes and births raise none."""
    head = next((m for m in members if m.relationship and m.relationship.is_head), None)
    found: list[RelationshipAlert] = []
    for place, member in enumerate(members):
        if member.relationship:
            found += _about_sex(place, member, member.relationship, head)
            found += _about_birth(place, member, member.relationship, head)
    spouses = tuple(place for place, m in enumerate(members) if m.relationship and m.relationship.is_spouse)
    if len(spouses) > 1:
        found.append(RelationshipAlert("spouses", spouses))
    return tuple(found)


def _about_sex(place: int, member: Related, relationship: Relationship, head: Related | None) -> list[RelationshipAlert]:
    found = []
    implied = relationship.implied_sex
    if implied and member.sex and implied is not member.sex:
        found.append(RelationshipAlert("sex", (place,), {"relationship": relationship, "sex": member.sex.ja}))
    implied = relationship.implied_sex_of_head
    if implied and head and head.sex and implied is not head.sex:
        found.append(RelationshipAlert("sex_of_head", (place,), {"relationship": relationship, "sex": head.sex.ja}))
    return found


def _about_birth(place: int, member: Related, relationship: Relationship, head: Related | None) -> list[RelationshipAlert]:
    if not (head and head.born_on and member.born_on):
        return []
    if relationship in PARENTS and member.born_on >= head.born_on:
        return [RelationshipAlert("parent_younger", (place,), {"relationship": relationship})]
    if relationship.is_child and member.born_on <= head.born_on:
        return [RelationshipAlert("child_older", (place,), {"relationship": relationship})]
    return []
