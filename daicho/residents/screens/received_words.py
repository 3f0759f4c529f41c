"""受信箱の言葉 — states, lists, and one named person of a notice beside whom of the register it may be. domain §4.2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daicho import clock
from daicho.residents.queries.received import NamedPeople, Person
from daicho.residents.queries.sheet_view import SheetView
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.person_fields import notarised_code
from daicho.residents.rules.received.reading import Role
from daicho.residents.rules.vocabulary import NOTARISED, word
from daicho.residents.screens.standing import Standing, standing_of

BADGES: Mapping[str, str] = {
    "waiting": "waiting", "held": "warning", "accepted": "success", "repeated": "neutral", "set_aside": "neutral", "superseded": "neutral",
    "withdrawn": "neutral",
}  # fmt: skip
SHELF_WORDS: Mapping[str, str] = {"undone": "未処理・保留", "held": "保留", "done": "処理済み", "set_aside": "対象なし", "all": "すべて"}


@dataclass(frozen=True)
class Compared:
    """One item as the notice says it and as the register does."""

    label: str
    told: str
    kept: str
    is_name: bool

    @property
    def differs(self) -> bool:
        return bool(self.kept) and "".join(self.told.split()) != "".join(self.kept.split())


@dataclass(frozen=True)
class Choice:
    """One person whom a clerk may choose."""

    person: Person
    name: str
    found_by: str
    is_first: bool
    sheets: tuple[tuple[SheetView, Standing], ...]


@dataclass(frozen=True)
class Matched:
    """One person whom the notice names."""

    place: int
    role: str
    is_newcomer: bool
    may_be_none: bool  # whether a clerk may say that they are nobody of the register: a newcomer, or one of several
    compared: tuple[Compared, ...]
    choices: tuple[Choice, ...]

    @property
    def beside(self) -> str:
        """Whose record stands beside it."""
        return self.choices[0].name if self.choices else ""

    @property
    def is_sure(self) -> bool:
        return any(choice.is_first for choice in self.choices)


def matched_of(place: int, found: NamedPeople, of_its_role: int) -> Matched:
    """The surest of those it may be stands beside it."""
    sure = found.surely
    people = sorted(found.people, key=lambda one: (one is not sure, not one.by_number))
    entries = people[0].sheets[0].entries if people else None
    compared = tuple(Compared(said.label, said.text, _kept(said.entry, entries) if said.entry and entries else "", said.is_name) for said in found.named.said)
    role = found.named.role
    is_newcomer = role is Role.NEWCOMER
    return Matched(place, role.value, is_newcomer, is_newcomer or of_its_role > 1, compared, tuple(_choice(one, one is sure) for one in people))


def _choice(person: Person, is_first: bool) -> Choice:
    words = [word for word, is_so in (("住民票コードが一致", person.by_number), ("氏名・生年月日・性別が一致", person.by_facts)) if is_so]
    sheets = tuple((sheet, standing_of(sheet.entries, clock.today())) for sheet in person.sheets)
    return Choice(person, shown_name(person.sheets[0].entries) or "（氏名空欄）", "、".join(words) or "職員が選んだ人", is_first, sheets)


def _kept(entry: str, entries: SheetEntries) -> str:
    if entry == "name":
        return shown_name(entries) or ""
    if entry == "kana":
        return entries.name_kana or entries.foreign_name_katakana or ""
    if entry == "kana_notarised":
        return word(NOTARISED, notarised_code(entries))
    if entry == "address":
        return address_in_full(entries.address, entries.address_building)
    if entry == "planned_move_out_address":
        return address_in_full(entries.planned_move_out_address, entries.planned_move_out_building)
    return entry_text(entry, entries)
