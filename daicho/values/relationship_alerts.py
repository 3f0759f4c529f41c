"""続柄のアラート — what looks wrong between 続柄, sex and birth, though it may be lawful. spec/domain.md 3.2 and 11 (A).

These are facts for the clerk, never refusals. What is refused (語彙外, 5世代) is refused by Relationship.parse; two heads are
the business of the household's law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.values.relationship import PARENTS, Relationship, Sex


@dataclass(frozen=True, slots=True)
class RelationshipAlert:
    """One doubt. `members` are positions in the sequence that was given."""

    code: str
    """sex | sex_of_head | spouses | parent_younger | child_older."""
    members: tuple[int, ...]
    message: str


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
        found.append(RelationshipAlert("spouses", spouses, "世帯主の夫又は妻（未届を含む。）が2人以上います。続柄を確認してください。"))
    return tuple(found)


def _about_sex(place: int, member: Related, relationship: Relationship, head: Related | None) -> list[RelationshipAlert]:
    found = []
    implied = relationship.implied_sex
    if implied and member.sex and implied is not member.sex:
        found.append(RelationshipAlert("sex", (place,), f"続柄「{relationship}」と性別「{member.sex.ja}」が合いません。続柄と性別を確認してください。"))
    implied = relationship.implied_sex_of_head
    if implied and head and head.sex and implied is not head.sex:
        found.append(RelationshipAlert("sex_of_head", (place,), f"続柄「{relationship}」と世帯主の性別「{head.sex.ja}」が合いません。続柄を確認してください。"))
    return found


def _about_birth(place: int, member: Related, relationship: Relationship, head: Related | None) -> list[RelationshipAlert]:
    if not (head and head.born_on and member.born_on):
        return []
    if relationship in PARENTS and member.born_on >= head.born_on:
        return [RelationshipAlert("parent_younger", (place,), f"続柄「{relationship}」の者が世帯主より年少です。生年月日と続柄を確認してください。")]
    if relationship.is_child and member.born_on <= head.born_on:
        return [RelationshipAlert("child_older", (place,), f"続柄「{relationship}」の者が世帯主より年長です。生年月日と続柄を確認してください。")]
    return []
