"""住民となる者 — what every 転入 has in common: the sheets of those who come, former residents among them, the household they come to. 法第22条; std 4.1.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daicho.residents.rules.alias import check_alias
from daicho.residents.rules.basis import chosen_basis, notified_on
from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import NEW_CODE, NEW_HOUSEHOLD, Changes, Opening
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.destination import check_destination, next_order, order_in_new_household
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import lives
from daicho.residents.rules.kinship_proof import check_proof
from daicho.residents.rules.newborn import is_newborn
from daicho.residents.rules.person_fields import person_entries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.returning import LEGAL_NAMES
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.unfiled import caution
from daicho.residents.rules.vocabulary import DIED, EXISTING, FOREIGN, WITH_CARD


def household_no_of(filing: Filing) -> str:
    """The household they come to; NEW_HOUSEHOLD for one they found."""
    return (filing.text("household_no") if filing.text("household_choice") == EXISTING else None) or NEW_HOUSEHOLD


def arriving_sheets(situation: Situation, filing: Filing, reason: str, own: Mapping[str, object], new_code: int | None = None) -> list[SheetEntries]:
    """The whole sheet of each who comes. `own`: entries that this kind of 転入 says of all who lived elsewhere; `new_code`: in the place of a 住民票コード nobody knows."""
    household_no = household_no_of(filing)
    if household_no == NEW_HOUSEHOLD:
        orders = order_in_new_household([(m.atena_no, SheetEntries.of(person_entries(m))) for m in filing.members])
    else:
        first = next_order(situation.members_of(household_no))
        orders = [first + i for i in range(len(filing.members))]
    return [
        _sheet(situation, filing, m, order, reason).but(**({} if is_newborn(m) else own), juminhyo_code=_code(situation, m, new_code))
        for m, order in zip(filing.members, orders, strict=True)
    ]


def _code(situation: Situation, member: Member, new_code: int | None) -> int | None:
    """As typed, else that of the last 除票 (N-4.1.1.2-07); a child born meanwhile had none."""
    known = situation.person(member.atena_no).entries.juminhyo_code if member.atena_no else None
    return member.number("juminhyo_code") or known or (NEW_CODE if is_newborn(member) else new_code)


def _sheet(situation: Situation, filing: Filing, member: Member, order: int, reason: str) -> SheetEntries:
    assert filing.effective_on is not None
    notified = notified_on(situation, filing)
    became = member.day("became_resident_date") or filing.effective_on
    is_foreign = member.text("resident_kind") == FOREIGN
    known = situation.person(member.atena_no).entries if member.atena_no else SheetEntries()
    return SheetEntries(
        **person_entries(member),
        individual_number=member.number("individual_number") or known.individual_number,
        user_certificate_serial=member.number("user_certificate_serial"),
        household_no=household_no_of(filing),
        order_in_household=order,
        became_resident_date=None if is_foreign else became,
        became_resident_notified_date=None if is_foreign else notified,
        became_resident_reason_code=None if is_foreign else reason,
        foreign_resident_since_date=became if is_foreign else None,
        foreign_resident_notified_date=notified if is_foreign else None,
        foreign_resident_reason_code=reason if is_foreign else None,
        residence_notified_date=notified if is_foreign else None,
        residence_notified=(chosen_basis(filing) is Basis.FILING) if member.text("article_30_45_class_code") in WITH_CARD and is_foreign else None,
        juminhyo_created_date=situation.today,
        address=f"{situation.city_prefix}{filing.text('address')}",
        address_building=filing.text("address_building"),
        address_postal_code=filing.text("address_postal_code"),
        address_town_code=filing.text("address_town_code"),
        address_changed_date=became,  # never empty, also without a move inside the city (N-4.1.1.1-03)
        address_notified_date=notified,
        address_reason_code=reason,
        moved_within_city=False,
        opened_on=min(filing.effective_on.last, situation.today),
    )


def check_sheets(situation: Situation, filing: Filing, sheets: Sequence[SheetEntries], no_number: str = "N101") -> list[Problem]:
    """What each sheet may not lack or hold, and the household as it would be. `no_number`: the code of what is told of an empty 個人番号."""
    found: list[Problem] = []
    for index, (member, sheet) in enumerate(zip(filing.members, sheets, strict=True)):
        found += check_blanks(sheet, index)
        found += check_proof(member, None, sheet, index)
        found += check_alias(sheet, situation.today, index)
        if sheet.individual_number is None:
            found.append(problem(no_number, "individual_number", index))
        if sheet.residence_expiry_date is not None and sheet.residence_expiry_date < situation.today:
            found.append(problem("N106", "residence_expiry_date", index))
    return found + check_destination(situation, filing, household_no_of(filing), list(enumerate(sheets)))


def check_became(situation: Situation, filing: Filing) -> list[Problem]:
    """住民となった年月日 is 異動日 (domain §2.1). Another is for what the papers say otherwise, and is never still to come; 住所を定めた年月日 follows it."""
    found: list[Problem] = []
    for index, member in enumerate(filing.members):
        became = member.day("became_resident_date")
        ja = "外国人住民となった年月日" if member.text("resident_kind") == FOREIGN else "住民となった年月日"
        if became is None:
            continue
        if became.surely_after(situation.today):
            found.append(problem("M003", "became_resident_date", index, label=ja))
        elif filing.effective_on is not None and not became.same_bounds(filing.effective_on):
            found.append(problem("M103", "became_resident_date", index, label=ja))
    return found


def check_returning(situation: Situation, filing: Filing) -> list[Problem]:
    """再転入者: an agreeing number stops a new entry, three agreeing facts warn (N-4.1.1.2-01…-04)."""
    return [*_check_candidates(situation, filing), *_check_chosen(situation, filing)]


def check_entered(situation: Situation, filing: Filing) -> list[Problem]:
    """Of an entry that is no 転入: somebody is entered, who returns is known, and since when each is a resident."""
    nobody = [] if filing.members else [problem("X301", "members")]
    return [*nobody, *check_returning(situation, filing), *check_became(situation, filing)]


def _check_candidates(situation: Situation, filing: Filing) -> list[Problem]:
    found: list[Problem] = []
    for candidate in situation.candidates:
        member = filing.members[candidate.member]
        named = next((name for name in LEGAL_NAMES if member.text(name)), "name_kanji")
        if member.atena_no == candidate.atena_no:
            continue
        if candidate.is_open and candidate.by_number:
            found.append(problem("N001", candidate.by[0], candidate.member))
        elif candidate.by_number:
            found.append(problem("N002", candidate.by[0], candidate.member))
        else:
            found.append(problem("N105" if candidate.is_open else "N102", named, candidate.member))
    return found


def _check_chosen(situation: Situation, filing: Filing) -> list[Problem]:
    found: list[Problem] = []
    for index, chosen in enumerate(filing.members):
        if chosen.atena_no is None:
            continue
        person = situation.person(chosen.atena_no)
        if person.entries.removal_reason_code == DIED and not person.is_open:
            found.append(problem("N006", "person", index))
        if person.is_open:
            found.append(problem("N003", "person", index))
        # Both can change lawfully while someone lives elsewhere (法30条の4; 番号法7条2項): the city they come from knows, this one does not.
        for name in ("juminhyo_code", "individual_number"):
            typed, kept = chosen.number(name), getattr(person.entries, name)
            if typed is not None and kept is not None and typed != kept:
                found.append(problem("N103", name, index, label=ENTRIES[name].ja))
        left = [life.closed_on for life in lives(person.versions) if life.closed_on]
        if filing.effective_on and left and filing.effective_on.last < max(left):
            found.append(problem("N005", "effective_on", index))
    return found


def arrival(filing: Filing, sheets: Sequence[SheetEntries]) -> Changes:
    """Each sheet opened, of those the register knows under their old 宛名番号; with its 留意事項 where they lived without a 住民票."""
    return Changes(openings=tuple(Opening(i, m.atena_no, s, caution(filing, s)) for i, (m, s) in enumerate(zip(filing.members, sheets, strict=True))))
