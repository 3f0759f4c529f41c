"""証明の支度 — who shall stand on a certificate, and their sheets as it is composed from them. std 5.1, 5.2; design §7.

The statements are as many for a household of twelve as for one person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.http import Http404

from daicho import clock, vault
from daicho.certificates.layout import places_of
from daicho.certificates.record import ResidentKind, SheetState, Subjects
from daicho.certificates.request import Omissible
from daicho.city.queries import code_names
from daicho.residents.queries.blocks import blocks_of_rows
from daicho.residents.queries.column_notes import column_notes
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, CurrentRow, current_rows
from daicho.residents.rules.blocks import Block, Process, Strength, standing
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.on_certificate import CODED, CodeNames, OpenNumbers, certificate_record, is_code, resident_kind, unprintable
from daicho.residents.rules.order_on_paper import order_on_paper
from daicho.residents.rules.vocabulary import RENEWED
from daicho.values.numbers import IndividualNumber, JuminhyoCode, ResidenceCardNo

_NUMBERS = {Omissible.JUMINHYO_CODE: "juminhyo_code", Omissible.INDIVIDUAL_NUMBER: "individual_number", Omissible.CARD_NO: "residence_card_no"}
COVERED = "●●●●●●●●●●●●"
"""Stands for a number in a preview: it is there, it will be printed, and it was not opened."""
_GONE = "選んだ人の中に、いまこの世帯にいない人がいます。画面を開き直して、載せる人を選び直してください。"
_NO_SUCH_SHEET = "選んだ住民票が、この人の住民票にありません。画面を開き直して、証明する住民票を選び直してください。"

Reasons = tuple[tuple[str, str], ...]
"""Why something cannot be issued, as (entry, message)."""


@dataclass(frozen=True)
class Wanted:
    """What is to be issued: the certificate's code, a person, those of the household who shall stand on it (None = all of it), of which of the

    person's sheets (its 住民票番号; None = the newest)."""

    code: str
    person: UUID
    people: frozenset[UUID] | None = None
    sheet: int | None = None


@dataclass(frozen=True)
class Chosen:
    """`asked_for`: the person whose page it is. `household`: all who live with them, in the order of the paper. `people`: those who shall stand on it.

    `reasons`: a choice that cannot be followed. `blocks`: 抑止 that stop or warn of issuing, by person id, of everybody of the household. `sheets`: all
    of the person, the newest first; `asked_for` is the one that the certificate is made of, `is_living` whether that is open.
    """

    asked_for: CurrentRow
    household: tuple[CurrentRow, ...]
    people: tuple[CurrentRow, ...]
    reasons: Reasons = ()
    blocks: Mapping[int, tuple[tuple[Block, Strength], ...]] = field(default_factory=dict)
    sheets: tuple[CurrentRow, ...] = ()
    is_living: bool = True

    @property
    def kinds(self) -> frozenset[ResidentKind]:
        return kinds_of(self.people)

    @property
    def state(self) -> SheetState:
        """What the sheet is of which the certificate is made."""
        if self.is_living:
            return SheetState.OPEN
        return SheetState.RENEWED if self.asked_for.entries.removal_reason_code == RENEWED else SheetState.REMOVED

    def stopped(self, row: CurrentRow) -> bool:
        """Whether nothing may be issued about somebody: 抑止 at the level of エラー, or 発行禁止 on the person's newest sheet."""
        newest = self.sheets[0] if self.sheets else row
        if row.person_id == newest.person_id and newest.entries.issue_prohibited_setting:  # it stands for the person's older sheets too
            return True
        return any(strength is Strength.ERROR for _, strength in self.blocks.get(row.person_id, ()))

    @property
    def alerts(self) -> tuple[tuple[Block, Strength], ...]:
        """抑止 of those on the paper that only warn."""
        return tuple(each for row in self.people for each in self.blocks.get(row.person_id, ()) if each[1] is Strength.ALERT)

    @property
    def is_whole(self) -> bool:
        """Nobody of the household is left out. Of those who left it nobody can say so."""
        return self.is_living and len(self.people) == len(self.household)


def kinds_of(rows: Sequence[CurrentRow]) -> frozenset[ResidentKind]:
    return frozenset(resident_kind(row.entries.resident_kind) for row in rows)


def choose(person: UUID, chosen: frozenset[UUID] | None, on: date, visit_id: int | None = None, sheet: int | None = None) -> Chosen:
    """The people of a certificate: `chosen` ones of the person's household, None = all of it but those of whom nothing may be issued.

    `sheet`: the 住民票番号 of the person's sheet it is made of, None = the newest; one that the person has not is refused. Of the one that stands: who
    lives in the household that day. Of a 除票: who left the same household by a sheet closed on the same day for the like reason; never both on one
    paper (N-5.1-14). `visit_id`: for whom a 抑止 may be lifted. Http404 for an unknown person. Three statements; the caller records the reading.
    """
    sheets = tuple(current_rows(BY_PERSON, [person]))
    if not sheets:
        raise Http404
    row = next((each for each in sheets if each.juminhyo_no == sheet), None)
    of = row or sheets[0]
    household = _household(of, on)
    found, now = blocks_of_rows(household, visit_id), clock.now()
    blocks = {member.person_id: standing(found.of(member), Process.CERTIFICATE, on, now) for member in household}
    gone = (chosen or frozenset()) - {member.public_id for member in household}
    reasons = (*((("sheet", _NO_SUCH_SHEET),) if row is None and sheet is not None else ()), *((("people", _GONE),) if gone else ()))
    everybody = Chosen(of, household, household, reasons, blocks, sheets, is_open(of.entries, on))
    if chosen is None:  # the protected are left out by default (domain §7); who asks for one of them by name is refused
        free = tuple(member for member in household if not everybody.stopped(member) or member.person_id == of.person_id)
        return replace(everybody, people=free)
    return replace(everybody, people=tuple(member for member in household if member.public_id in chosen))


def _household(row: CurrentRow, on: date) -> tuple[CurrentRow, ...]:
    """Those who live with this person, in the order of the paper; of a closed sheet those whose sheets were closed with it."""
    entries = row.entries
    if entries.household_no is None:
        return (row,)
    of_household = current_rows(BY_HOUSEHOLD, [entries.household_no])
    if is_open(entries, on):
        together = [member for member in of_household if is_open(member.entries, on)]
    elif entries.closed_on is None or entries.closed_on > on:  # it begins later
        return (row,)
    else:
        together = [member for member in of_household if _is_closed_with(row, member)]
    return tuple(together[at] for at in order_on_paper([(member.atena_no, member.entries) for member in together]))


def _is_closed_with(row: CurrentRow, other: CurrentRow) -> bool:
    """Whether the other's sheet left the register together with this one. Of one person never a second sheet."""
    if other.person_id == row.person_id:
        return other.sheet_id == row.sheet_id
    same = other.entries.closed_on == row.entries.closed_on
    return same and other.entries.removal_reason_code == row.entries.removal_reason_code


@dataclass(frozen=True)
class ReadPeople:
    """Their newest sheets as a certificate's records. `reasons`: why they cannot be printed as asked."""

    subjects: Subjects
    reasons: Reasons


def read_people(chosen: Chosen, shown: frozenset[Omissible], *, open_numbers: bool) -> ReadPeople:
    """Only the numbers that shall be shown are opened, in a preview none. At most four statements, with the history five; the caller records the reading."""
    sheets = [row.entries for row in chosen.people]
    names = _names(sheets, shown)
    numbers = _numbers(sheets, shown, open_numbers)
    notes = column_notes([(row.sheet_id, row.spell_id) for row in chosen.people], with_history=Omissible.HISTORY in shown)
    records = tuple(
        certificate_record(row.entries, opened, names, notes.get(row.sheet_id, ()), is_stopped=chosen.stopped(row))
        for row, opened in zip(chosen.people, numbers, strict=True)
    )
    reasons = [
        (entry, f"{place}人目：{message}" if place else message)
        for place, entries in zip(places_of(sheets), sheets, strict=True)
        for entry, message in unprintable(entries, shown, names)
    ]
    return ReadPeople(Subjects(records, chosen.is_whole), (*chosen.reasons, *reasons))


def _names(sheets: Sequence[SheetEntries], shown: frozenset[Omissible]) -> CodeNames:
    """The city's names of the codes that shall be shown. One query for each table, none for what was written in words."""
    codes = {coded.table: {code for e in sheets if is_code(code := getattr(e, coded.entry))} for coded in CODED if coded.omissible in shown}
    return {table: code_names(table, sorted(asked)) for table, asked in codes.items() if asked}


def _numbers(sheets: Sequence[SheetEntries], shown: frozenset[Omissible], open_numbers: bool) -> list[OpenNumbers]:
    """Of each person those that shall be shown; all are opened at once."""
    wanted = [name for omissible, name in _NUMBERS.items() if omissible in shown]
    refs = [ref for entries in sheets for name in wanted if (ref := getattr(entries, name)) is not None]
    clear = vault.reveal_many(refs, because="住民票の写しの交付") if refs and open_numbers else dict.fromkeys(refs, COVERED)
    return [_opened({name: clear[ref] for name in wanted if (ref := getattr(entries, name)) is not None}) for entries in sheets]


def _opened(clear: dict[str, str]) -> OpenNumbers:
    return OpenNumbers(
        JuminhyoCode(clear["juminhyo_code"]) if "juminhyo_code" in clear else None,
        IndividualNumber(clear["individual_number"]) if "individual_number" in clear else None,
        ResidenceCardNo(clear["residence_card_no"]) if "residence_card_no" in clear else None,
    )
