"""世帯員の並び順 — the order of a household on paper and screen. 標準5.2 (N-5.2-01, -06 to -24), spec/domain.md 3.3.

Only the rule order; what the city or the household chose otherwise (任意の並び, 末尾に追加) is stored data and comes first.
A relationship does not say *whose* child a 子の子 is when there are several children. `family_of` says it where it is known;
otherwise the likeliest is taken and the member named in `unsure`, for the clerk to look at.

Read where the standard is silent: a 兄 with a family of his own goes down to the fourth 順位 with it, as a 子 goes to the second
(N-5.2-08, -12, -23): a family is never divided. A 子の子の子 is a relative (4-1). Of the relatives three orders are given: the spouse's parents, siblings and grandparents as in the third 順位
(N-5.2-20), families by generations first (N-5.2-24), all others by birth (N-5.2-17). They are merged by birth, each order kept as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.values.relationship import CHILDREN, KIN_IN_FACT, LODGER, PARENTS, SIBLINGS, SPOUSES, Relationship, Sex

_LAST = date.max


@dataclass(frozen=True, slots=True)
class Member:
    """A member as far as the order looks."""

    relationship: Relationship | None
    atena_no: str
    born_on: date | None = None
    """The day to sort by (the first day it can have been, for an uncertain birth)."""
    sex: Sex | None = None
    is_register_head: bool = False
    """筆頭者: comes first of parents and grandparents (N-5.2-13, N-5.2-15)."""
    family_of: str | None = None
    """宛名番号 of the child, relative or 縁故者 to whose family the member belongs, where known."""


@dataclass(frozen=True, slots=True)
class HouseholdOrder:
    """Positions of the members given, in the order of std 5.2."""

    order: tuple[int, ...]
    unsure: tuple[int, ...]
    """Those whose family had to be guessed."""


_Key = tuple[object, ...]


def household_order(members: Sequence[Member]) -> HouseholdOrder:
    """Orders one household. Members without 続柄 stand last, by birth and 宛名番号."""
    leaders, unsure = _leaders(members)
    led = set(leaders.values())
    relatives = _relatives(members, leaders, led)
    keys = [_key(place, members, leaders, led, relatives) for place in range(len(members))]
    return HouseholdOrder(tuple(sorted(range(len(members)), key=lambda place: keys[place])), unsure)


def _age(member: Member) -> tuple[date, int, str]:
    """生年月日の順、同日なら宛名番号の順 (numbers of unequal length compare as numbers)."""
    return member.born_on or _LAST, len(member.atena_no), member.atena_no


def _elder(member: Member) -> tuple[bool, date, int, str]:
    """筆頭者 first, then as _age."""
    return not member.is_register_head, *_age(member)


def _key(place: int, members: Sequence[Member], leaders: dict[int, int], led: set[int], relatives: dict[int, int]) -> _Key:
    member = members[place]
    relationship = member.relationship
    if relationship is None:
        return 5, _age(member)
    rank, within, _ = relationship.order_key
    if place in leaders or place in led:
        return _family_key(place, members, leaders, relatives)
    if rank == 2:  # 子の妻 or 子の子 whose 子 does not live here: a family of its own without a leader
        return 2, _age(member), within, _age(member)
    if rank == 4:
        return 4, within, relatives[place] if within == 1 else _age(member)
    return rank, within, _elder(member) if within in (1, 3) and rank == 3 else _age(member)


def _family_key(place: int, members: Sequence[Member], leaders: dict[int, int], relatives: dict[int, int]) -> _Key:
    """A leader, or one of a leader's family. Families never mix (N-5.2-09)."""
    member = members[place]
    leader_place = leaders.get(place, place)
    leader = members[leader_place]
    of_leader = leader.relationship
    assert of_leader is not None
    inside = (0, _age(member)) if member is leader else (_place_in_family(member, leader), _age(member))
    if of_leader.is_child:
        return 2, _age(leader), *inside
    within = 1 if of_leader in SIBLINGS else of_leader.order_key[1]
    return 4, within, relatives[leader_place] if within == 1 else _age(leader), *inside


def _relatives(members: Sequence[Member], leaders: dict[int, int], led: set[int]) -> dict[int, int]:
    """4-1: the position of each single relative, and of each family by the place of its leader."""
    families, spouses_side, others = list[int](), list[tuple[int, int]](), list[int]()
    for place, member in enumerate(members):
        relationship = member.relationship
        if relationship is None or place in leaders:
            continue
        is_relative = relationship.order_key[:2] == (4, 1)
        if place in led and (is_relative or relationship in SIBLINGS):
            families.append(place)
        elif is_relative and (side := _place_on_spouses_side(relationship.parts)):
            spouses_side.append((side, place))
        elif is_relative:
            others.append(place)
    families.sort(key=lambda place: (_generations(members[place]), _age(members[place])))  # N-5.2-24
    spouses_side.sort(key=lambda at: (at[0], _age(members[at[1]]) if at[0] == 2 else _elder(members[at[1]])))  # N-5.2-20
    others.sort(key=lambda place: _age(members[place]))  # N-5.2-17
    return _merged((families, [place for _, place in spouses_side], others), members)


def _merged(orders: Sequence[Sequence[int]], members: Sequence[Member]) -> dict[int, int]:
    """Several orders in one, by birth; who stands behind an older or younger one of their own order stays behind: 妻の父 before an elder 妻の弟."""
    keys: dict[int, _Key] = {}
    for order in orders:
        latest: tuple[date, int, str] = (date.min, 0, "")
        for at, place in enumerate(order):
            latest = max(latest, _age(members[place]))
            keys[place] = latest, at
    return {place: position for position, place in enumerate(sorted(keys, key=lambda place: keys[place]))}


def _generations(member: Member) -> int:
    assert member.relationship is not None
    return member.relationship.generations


def _place_on_spouses_side(parts: tuple[str, ...]) -> int:
    """1 the spouse's parents, 2 siblings, 3 grandparents; 0 for any other relative."""
    if parts[0] in SPOUSES:
        if len(parts) == 2 and parts[1] in PARENTS:
            return 1
        if len(parts) == 2 and parts[1] in SIBLINGS:
            return 2
        if len(parts) == 3 and parts[1] in PARENTS and parts[2] in PARENTS:
            return 3
    return 0


def _place_in_family(member: Member, leader: Member) -> int:
    """1 spouse, 2 child. In the family of a 縁故者 or 同居人 the words say nothing: by birth after the leader."""
    assert member.relationship is not None
    if member.relationship in (KIN_IN_FACT, LODGER):
        return 1
    last = member.relationship.parts[-1]
    return 1 if last in SPOUSES or member.relationship in ("子（子の夫）", "子（子の妻）") else 2


# Who leads whose family -----------------------------------------------------------------------------------------------


def _leaders(members: Sequence[Member]) -> tuple[dict[int, int], tuple[int, ...]]:
    """For each member of another's family the place of the leader. Spouses first, since a child goes to a married pair."""
    leaders = _told(members)
    unsure: list[int] = []
    followers = [place for place, member in enumerate(members) if member.relationship and _leads_to(member.relationship)]
    followers.sort(key=lambda place: (members[place].relationship.parts[-1] == "子", _age(members[place])))  # type: ignore[union-attr]
    for place in followers:
        if place in leaders:
            continue
        candidates = _candidates(place, members, leaders)
        if candidates:
            leaders[place] = candidates[0]
            if len(candidates) > 1:
                unsure.append(place)
    return leaders, tuple(sorted(unsure))


def _told(members: Sequence[Member]) -> dict[int, int]:
    """What `family_of` says, where it can be: the one named must not name another in turn."""
    place_of = {member.atena_no: place for place, member in enumerate(members)}
    named = {place: place_of[member.family_of] for place, member in enumerate(members) if member.family_of in place_of}
    told = {place: known for place, known in named.items() if known != place and _can_lead(members[known].relationship, members[place].relationship)}
    return {place: known for place, known in told.items() if known not in told}


def _can_lead(leader: Relationship | None, follower: Relationship | None) -> bool:
    """Families stand apart only under a child (second 順位) and under a sibling or one of the fourth 順位; else the hint is idle."""
    if leader is None or follower is None:
        return False
    if leader.is_child:
        return follower.order_key[0] == 2
    return follower.order_key[0] == 4 and (leader in SIBLINGS or leader.order_key[0] == 4)


def _leads_to(relationship: Relationship) -> bool:
    """Whether the word is one of a family under another member: 子の妻, 子の子, 妻の兄の子, 子（子の夫）."""
    if relationship in ("子（子の夫）", "子（子の妻）"):
        return True
    parts = relationship.parts
    if len(parts) < 2 or parts[-1] not in SPOUSES | CHILDREN:
        return False
    return not (len(parts) == 2 and parts[0] in SPOUSES | PARENTS)  # 妻の子, 父の妻: no family under a relative


def _candidates(place: int, members: Sequence[Member], leaders: dict[int, int]) -> list[int]:
    """Members who can be the leader, the likeliest first."""
    member = members[place]
    relationship = member.relationship
    assert relationship is not None
    spouse = relationship.parts[-1] in SPOUSES or relationship in ("子（子の夫）", "子（子の妻）")
    wanted = "子" if relationship.generations == 1 else "の".join(relationship.parts[:-1])
    found = [other for other, m in enumerate(members) if other != place and other not in leaders and m.relationship == wanted]
    if spouse:
        taken = {leader for follower, leader in leaders.items() if members[follower].relationship == relationship}
        return sorted((o for o in found if o not in taken and _may_wed(members[o], relationship)), key=lambda o: _age(members[o]))
    older = [o for o in found if (members[o].born_on or date.min) < (member.born_on or _LAST)]
    with_family = set(leaders.values())
    return sorted(older, key=lambda o: (o not in with_family, _age(members[o])))


def _may_wed(other: Member, relationship: Relationship) -> bool:
    return other.sex is None or other.sex is not relationship.implied_sex
