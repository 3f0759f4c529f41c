"""異動先の世帯 — what becomes of the household that people of a filing come to live in. std 4.0.2, 5.2; domain §3.3."""

from __future__ import annotations

from collections.abc import Sequence

from daicho.residents.rules.changes import NEW_HOUSEHOLD
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.household_law import Household, doubtful, lawless
from daicho.residents.rules.problems import Problem, alert, error
from daicho.residents.rules.situation import PersonState, Situation
from daicho.residents.rules.vocabulary import EXISTING
from daicho.values.dates import JapaneseDate
from daicho.values.household_order import Member as OrderMember
from daicho.values.household_order import household_order
from daicho.values.relationship import Relationship, Sex


def next_order(members: Sequence[PersonState]) -> int:
    """Those who join a household stand at its end (std 5.2)."""
    return max((m.entries.order_in_household or 0 for m in members), default=0) + 1


def order_in_new_household(people: Sequence[OrderMember]) -> list[int]:
    """The place of each, from 1, in a household that is founded now (std 5.2)."""
    order = household_order(people).order
    return [order.index(i) + 1 for i in range(len(people))]


def order_member(index: int, relationship: str | None, birth: JapaneseDate | None, sex_code: str | None) -> OrderMember:
    """A person as the order looks at them; newcomers have no 宛名番号 yet, so their place in the filing stands for it."""
    sexes = {"1": Sex.MALE, "2": Sex.FEMALE}
    word = Relationship.parse(relationship) if relationship else None
    return OrderMember(word, f"{index:04}", birth.first if birth else None, sexes.get(sex_code or ""))


def check_destination(situation: Situation, filing: Filing, household_no: str, arriving: Sequence[tuple[int, SheetEntries]]) -> list[Problem]:
    """The household as it would be: unlawful → errors, doubtful → alerts."""
    found: list[Problem] = []
    moving = {m.atena_no for m in filing.members if m.atena_no}
    stay: list[tuple[int | None, SheetEntries]] = []
    if filing.text("household_choice") == EXISTING:
        if filing.text("household_no") is None:
            return [error("H010", "household_no", "入る世帯が選ばれていません。世帯番号を入力するか、検索して選んでください。")]
        if household_no not in situation.households:
            return [error("H011", "household_no", "この世帯番号の世帯はありません。世帯番号を確認してください。")]
        stay = [(None, p.entries) for p in situation.members_of(household_no) if p.atena_no not in moving]
        if not stay:
            return [error("H012", "household_no", "この世帯には、いま住民がいません。新しい世帯をつくるか、別の世帯を選んでください。")]
    after = Household((*stay, *arriving))
    found += lawless(after)
    found += doubtful(after)
    if household_no == NEW_HOUSEHOLD and situation.households_at_address:
        found.append(
            alert("H105", "address", f"この住所には、すでに{len(situation.households_at_address)}世帯があります。同じ世帯に入る届出でないか確認してください。")
        )
    return found
