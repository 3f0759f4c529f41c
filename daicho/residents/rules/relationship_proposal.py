"""続柄の案 — what each member may be to a new 世帯主, from what they were to the old one; None where the words do not tell. domain §3.2; 住民基本台帳法第25条.

A 続柄 is a way through the family: 子の妻 goes from the head to a child, from there to the wife. The way to the new 世帯主 is
walked word by word, and at each word everybody is seen anew from there. Where half-blood, another parent or another child
could lie behind the same words, nothing is proposed and the clerk asks. Nothing is written by a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.residents.rules.entries import SheetEntries
from daicho.values.relationship import CHILDREN, HEAD, KIN_IN_FACT, LODGER, MAX_GENERATIONS, PARENTS, SIBLINGS, SPOUSES, BadRelationship, Relationship, Sex

_SPOUSE_BACK = {"夫": "妻", "妻": "夫", "夫（未届）": "妻（未届）", "妻（未届）": "夫（未届）"}
_OTHER_PARENT = {"父": "母", "母": "父"}
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}

Way = tuple[str, ...] | None
"""The words from the head to a member: () the head, None unknown."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A member as far as a proposal looks. `born`: the first and the last day it can have been."""

    relationship: Relationship | None
    sex: Sex | None = None
    born: tuple[date, date] | None = None

    def is_surely_older_than(self, other: Kin) -> bool:
        return self.born is not None and other.born is not None and self.born[1] < other.born[0]


def proposals(members: Sequence[Kin], new_head: int) -> tuple[Relationship | None, ...]:
    """For each member the 続柄 to the new 世帯主, or None where it must be asked. `new_head` is a position in `members`.

    The old 世帯主 need not be among them any more. To another head 縁故者 and 同居人 are asked; beyond four words it is 縁故者 (std 1.1.11).
    """
    way = _way(members[new_head].relationship)
    if way == ():
        return tuple(m.relationship for m in members)
    if way is None:
        return tuple(Relationship.parse(HEAD) if at == new_head else None for at in range(len(members)))
    walk = _Walk(members, [_way(m.relationship) for m in members], _sex_of_head(members))
    for at, word in enumerate(way):
        walk.step(word, way[at + 1 :], new_head)
    return tuple(_word(each) for each in walk.ways)


def kin(entries: SheetEntries) -> Kin:
    """A sheet's person as a proposal looks at them."""
    born = (entries.birth_date.first, entries.birth_date.last) if entries.birth_date else None
    return Kin(_read(entries.relationship), _SEXES.get(entries.sex_code or ""), born)


def _read(text: str | None) -> Relationship | None:
    """None also for a word of migrated data that is none of the register's."""
    try:
        return Relationship.parse(text) if text else None
    except BadRelationship:
        return None


def _way(relationship: Relationship | None) -> Way:
    if relationship is None or relationship in (KIN_IN_FACT, LODGER):
        return None
    return () if relationship.is_head else relationship.parts


def _word(way: Way) -> Relationship | None:
    if way is None:
        return None
    if not way:
        return Relationship.parse(HEAD)
    return Relationship.chain(*way) if len(way) <= MAX_GENERATIONS else Relationship.parse(KIN_IN_FACT)


def _sex_of_head(members: Sequence[Kin]) -> Sex | None:
    """As the head's own sheet says; of one who is gone, what 妻 or 夫 of the others say."""
    own = next((m.sex for m in members if m.relationship and m.relationship.is_head), None)
    return own or next((sex for m in members if m.relationship and (sex := m.relationship.implied_sex_of_head)), None)


@dataclass
class _Walk:
    """Everybody's way from where the walk stands now, the sex of the one it stands at, and the word it came by."""

    members: Sequence[Kin]
    ways: list[Way]
    sex: Sex | None
    came_by: str = HEAD

    def step(self, word: str, rest: tuple[str, ...], new_head: int) -> None:
        """Go on to the person that `word` says, from whom `rest` leads to the new head."""
        pivot = self._only(self._leaders(word, rest, self.members[new_head])) if rest else new_head
        sex = (self.members[pivot].sex if pivot is not None else None) or Relationship.parse(word).implied_sex
        self.ways = [self._seen(word, pivot, at) for at in range(len(self.members))]
        if pivot is not None:
            self.ways[pivot] = ()
        self.sex, self.came_by = sex, word

    def _seen(self, word: str, pivot: int | None, at: int) -> Way:
        """The way to a member, as seen from the person one `word` further on."""
        way = self.ways[at]
        if way is None or at == pivot:
            return way
        if not way:
            return self._back(word)
        if len(way) > 1 and self._goes_through(word, pivot, at):
            return way[1:]
        if word in SPOUSES:
            return (_SPOUSE_BACK[word], *way) if way[0] in PARENTS | SIBLINGS else None
        if word in PARENTS:
            return self._from_parent(word, way)
        return self._from_child(word, pivot, at, way) if word in CHILDREN else self._from_sibling(word, way)

    def _back(self, word: str) -> Way:
        """The one the walk comes from: spouse, father or mother, child, younger or elder brother or sister."""
        if word in SPOUSES:
            return (_SPOUSE_BACK[word],)
        if word in PARENTS:
            return ("子",)
        if word in CHILDREN:
            return self._parent()
        pair = ("弟", "妹") if word in ("兄", "姉") else ("兄", "姉")
        return (pair[self.sex is Sex.FEMALE],) if self.sex else None

    def _parent(self) -> Way:
        return ("母" if self.sex is Sex.FEMALE else "父",) if self.sex else None

    def _from_parent(self, word: str, way: tuple[str, ...]) -> Way:
        """Parents of the head are husband and wife. His brothers and sisters may have another father or mother."""
        if way[0] == _OTHER_PARENT[word]:
            return ("妻" if word == "父" else "夫", *way[1:])
        return ("子", *way) if way[0] in SPOUSES or way[0] == "子" else None

    def _from_child(self, word: str, pivot: int | None, at: int, way: tuple[str, ...]) -> Way:
        """The head's spouse may be the father's wife and no mother, but 妻の子 is surely not the husband's; other children are brothers and sisters."""
        if way[0] in PARENTS | SIBLINGS or (way[0] in SPOUSES and self.came_by in SPOUSES):
            up = self._parent()
            return (*up, *way) if up else None
        if way[0] != "子" or word != "子" or pivot is None:
            return None
        other = at if len(way) == 1 else self._only(self._leaders("子", way[1:], self.members[at]))
        sibling = _sibling(self.members[pivot], self.members[other]) if other is not None else None
        return (sibling, *way[1:]) if sibling else None

    def _from_sibling(self, word: str, way: tuple[str, ...]) -> Way:
        """The head's own family is a brother's or sister's; of half-blood neither parents nor other siblings are the same."""
        own = self._back(word)
        return (*own, *way) if own and (way[0] in SPOUSES or way[0] == "子") else None

    def _goes_through(self, word: str, pivot: int | None, at: int) -> bool:
        """Whether a longer way surely leads through the person of `word`: there is one spouse, one father, one mother, but there may be several children."""
        way = self.ways[at] or ()
        if way[0] != word:
            return False
        return word in SPOUSES | PARENTS or (pivot is not None and self._only(self._leaders(word, way[1:], self.members[at])) == pivot)

    def _leaders(self, word: str, rest: tuple[str, ...], follower: Kin) -> list[int]:
        """Members of just this word whose spouse or child `follower` can be, as far as sex and birth say."""
        return [at for at, way in enumerate(self.ways) if way == (word,) and _can_lead(self.members[at], rest, follower)]

    def _only(self, found: Sequence[int]) -> int | None:
        return found[0] if len(found) == 1 else None


def _can_lead(leader: Kin, rest: tuple[str, ...], follower: Kin) -> bool:
    if rest[0] in SPOUSES:
        return leader.sex is None or leader.sex is not Relationship.parse(rest[0]).implied_sex
    return rest != ("子",) or not follower.is_surely_older_than(leader)


def _sibling(own: Kin, other: Kin) -> str | None:
    """兄, 姉, 弟 or 妹; None where sex or births do not tell, as of twins, whose order only the 戸籍 knows."""
    elder = other.is_surely_older_than(own)
    if other.sex is None or not (elder or own.is_surely_older_than(other)):
        return None
    return {(True, Sex.MALE): "兄", (True, Sex.FEMALE): "姉", (False, Sex.MALE): "弟", (False, Sex.FEMALE): "妹"}[elder, other.sex]
