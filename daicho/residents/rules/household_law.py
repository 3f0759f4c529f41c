"""世帯の規則 — what a household must be, in one place. 住民基本台帳法第6条, 第7条4号; std 1.1.10, 1.1.11; domain §11.

Judged of the household that people of a filing come to (destination.py), and nightly of every household of the city (`daicho prove`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.problems import Problem, problem
from daicho.values.ages import legal_age_on
from daicho.values.relationship import BadRelationship, Relationship, Sex
from daicho.values.relationship_alerts import Related, relationship_alerts

HEAD = "世帯主"
LEAST_AGE_OF_HEAD = 15
"""世帯主が15歳未満 is looked at once more (domain §11)."""


@dataclass(frozen=True)
class Household:
    """Those who live in a household on a day, with the index each has in the filing (None = not filed for)."""

    members: tuple[tuple[int | None, SheetEntries], ...]

    def heads(self) -> list[tuple[int | None, SheetEntries]]:
        return [m for m in self.members if m[1].relationship == HEAD]

    @property
    def head_name(self) -> str | None:
        """世帯主氏名, None = 未設定: there is no head, or there are two (fold.md 19)."""
        heads = self.heads()
        return shown_name(heads[0][1]) if len(heads) == 1 else None


def lawless(household: Household) -> tuple[Problem, ...]:
    """What no household may be: errors only. Empty = lawful."""
    found: list[Problem] = []
    if len(household.heads()) > 1:
        found += [problem("H001", "relationship", m) for m, _ in household.heads()]
    for index, entries in household.members:
        if entries.relationship is not None:
            try:
                Relationship.parse(entries.relationship)
            except BadRelationship as bad:
                found.append(problem("H002", "relationship", index, relationship=entries.relationship, fault=bad))
        if entries.household_no is None:
            found.append(problem("H003", "household_no", index))
    if len({e.address for _, e in household.members}) > 1:
        found.append(problem("H004", "address"))
    return tuple(found)


def doubtful(household: Household, today: date) -> tuple[Problem, ...]:
    """What an officer should look at once more: alerts only."""
    found: list[Problem] = []
    if household.members and not household.heads():
        found.append(problem("H101", "relationship"))
    found += [problem("H106", "relationship", index, age=LEAST_AGE_OF_HEAD) for index, head in household.heads() if index is not None and is_child(head, today)]
    indexes = [i for i, _ in household.members]
    for doubt in relationship_alerts([_related(e) for _, e in household.members]):
        found += [problem(_CODES[doubt.code], "relationship", i, **doubt.words) for m in doubt.members if (i := indexes[m]) is not None]
    return tuple(found)


_CODES = {"sex": "H110", "sex_of_head": "H111", "spouses": "H112", "parent_younger": "H113", "child_older": "H114"}
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}


def is_child(entries: SheetEntries, today: date) -> bool:
    """Younger than a 世帯主 usually is, whatever the uncertain day of birth."""
    born = entries.birth_date
    return born is not None and born.last <= today and legal_age_on(born.last, today) < LEAST_AGE_OF_HEAD


def _related(entries: SheetEntries) -> Related:
    try:
        word = Relationship.parse(entries.relationship) if entries.relationship else None
    except BadRelationship:
        word = None
    return Related(word, _SEXES.get(entries.sex_code or ""), entries.birth_date.first if entries.birth_date else None)
