"""異動先の世帯 — what becomes of the household that people of a filing come to live in. std 4.0.2, 5.2; domain §3.3."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.residents.rules.changes import NEW_HOUSEHOLD
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.household_law import Household, doubtful, lawless
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import EXISTING
from daicho.values.household_order import HouseholdOrder, household_order
from daicho.values.household_order import Member as OrderMember
from daicho.values.relationship import CHILDREN, KIN_IN_FACT, LODGER, SPOUSES, Relationship, Sex


def next_order(members: Sequence[PersonState]) -> int:
    """Those who join a household stand at its end (std 5.2)."""
    return max((m.entries.order_in_household or 0 for m in members), default=0) + 1


Arriving = tuple[str | None, SheetEntries]
"""Someone who comes into a new household: their 宛名番号, None for a newcomer who has none yet, and what their sheet will say."""


def order_in_new_household(people: Sequence[Arriving]) -> list[int]:
    """The place of each, from 1, in a household that is founded now (std 5.2)."""
    order = ordered(people).order
    return [order.index(i) + 1 for i in range(len(people))]


def ordered(people: Sequence[Arriving]) -> HouseholdOrder:
    """Their positions in the order of std 5.2, and whose family had to be guessed."""
    return household_order(_order_members(people))


_AFTER_ALL = "9" * 20
"""Newcomers get their 宛名番号 in the order of the form, after every number that was ever given: this and their place stand for it."""
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}


def _order_members(people: Sequence[Arriving]) -> list[OrderMember]:
    """The people as the order looks at them: 筆頭者 among them, and whose family each belongs to by the 戸籍 (N-5.2-09, -13, -15)."""
    numbers = [number or f"{_AFTER_ALL}{place:04}" for place, (number, _) in enumerate(people)]
    words = [Relationship.parse(e.relationship) if e.relationship else None for _, e in people]
    registers = [_register(e) for _, e in people]
    heads = [place for place, (_, e) in enumerate(people) if registers[place] and _plain(e.name_kanji) == _plain(e.family_register_head_name)]
    members = []
    for place, (_, entries) in enumerate(people):
        leaders = [h for h in heads if h != place and registers[h] == registers[place] and _belongs(words[place], words[h])]
        born = entries.birth_date.first if entries.birth_date else None
        sex = _SEXES.get(entries.sex_code or "")
        family_of = numbers[leaders[0]] if len(leaders) == 1 else None
        members.append(OrderMember(words[place], numbers[place], born, sex, is_register_head=place in heads, family_of=family_of))
    return members


def _register(entries: SheetEntries) -> tuple[str, str] | None:
    """戸籍の表示: which register someone is in; None for who has none."""
    head = _plain(entries.family_register_head_name)
    return (_plain(entries.registered_domicile), head) if head else None


def _plain(text: str | None) -> str:
    """Without spaces; the characters stay, since 筆頭者 is written with those of the 戸籍."""
    return "".join((text or "").split())


def _belongs(word: Relationship | None, leader: Relationship | None) -> bool:
    """Whether by their 続柄 one can be the spouse or child of the other: 子の子 and 子, 兄の妻 and 兄, two 縁故者."""
    if word is None or leader is None:
        return False
    if leader.is_child:
        return word.order_key[0] == 2
    if word in (KIN_IN_FACT, LODGER):
        return word == leader
    return word.parts[:-1] == leader.parts and word.parts[-1] in SPOUSES | CHILDREN


def check_destination(situation: Situation, filing: Filing, household_no: str, arriving: Sequence[tuple[int, SheetEntries]]) -> list[Problem]:
    """The household as it would be: unlawful → errors, doubtful → alerts."""
    found: list[Problem] = []
    moving = {m.atena_no for m in filing.members if m.atena_no}
    stay: list[tuple[int | None, SheetEntries]] = []
    choice = filing.text("household_choice")
    if choice == EXISTING or (choice is None and household_no != NEW_HOUSEHOLD):  # some events leave no choice
        if filing.text("household_no") is None:
            return [problem("H010", "household_no")]
        if household_no not in situation.households:
            return [problem("H011", "household_no")]
        stay = [(None, p.entries) for p in situation.members_of(household_no) if p.atena_no not in moving]
        if not stay:
            return [problem("H012", "household_no")]
    after = Household((*stay, *arriving))
    found += lawless(after)
    found += doubtful(after, situation.today)
    if household_no == NEW_HOUSEHOLD and situation.households_at_address:
        found.append(problem("H105", "address", households=len(situation.households_at_address)))
    return found
