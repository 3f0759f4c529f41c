"""住所の一括変更 — what was renamed, and what becomes of an address by it: by a rule for a place, or by the lines of a file. std 4.2.3.2, 9.7."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from daicho.residents.rules.building_name import NAME_GOES_ON
from daicho.residents.rules.entries import SheetEntries
from daicho.values.address import PREFECTURES, Address, lot_follows


class RenamingKind(StrEnum):
    """Why an address is written otherwise from a day on (N-4.2.3.2-03…-07), or a 本籍 (N-9.7-06)."""

    DISTRICT = "district"
    TOWN = "town"
    LOT = "lot"
    RESIDENCE_INDICATION = "residence_indication"
    BUILDING = "building"
    OTHER = "other"
    DOMICILE = "domicile"


KINDS: tuple[tuple[RenamingKind, str], ...] = (
    (RenamingKind.RESIDENCE_INDICATION, "住居表示の実施・変更"),
    (RenamingKind.TOWN, "町・字の変更、その名称の変更"),
    (RenamingKind.LOT, "地番の変更"),
    (RenamingKind.BUILDING, "建物の名称・賃貸人の変更（方書）"),
    (RenamingKind.DISTRICT, "行政区画・郡・区の変更、その名称の変更"),
    (RenamingKind.OTHER, "そのほか総務大臣が適当と認めるもの"),
    (RenamingKind.DOMICILE, "本籍の表示の変更"),
)

_DIGIT = re.compile(r"[0-9０-９]")


@dataclass(frozen=True)
class Instruction:
    """変更の指示: the rule of a case, or one line of its file. `no`: the line; `old` and `new` are the address, of DOMICILE the 本籍, in full.

    `begins`: what stands behind `old` stays (町字 → 町字), where the first number of that lies between `first_lot` and `last_lot`.
    Buildings that are None are neither looked at nor changed, "" is 方書なし; with `begins` the room behind the name stays. A 郵便番号 that is None stays.
    """

    no: int
    old: str
    new: str
    household_no: str = ""
    atena_no: str = ""
    begins: bool = False
    first_lot: int | None = None
    last_lot: int | None = None
    old_building: str | None = None
    new_building: str | None = None
    postal_code: str | None = None

    @property
    def changes_nothing(self) -> bool:
        return self.old == self.new and self.old_building == self.new_building and self.postal_code is None

    def said_of(self, kind: RenamingKind, entries: SheetEntries) -> dict[str, object] | None:
        """What of these entries changes, and to what (町字 is found by the new address, by who knows the dictionary); None: it is not about them."""
        if kind is RenamingKind.DOMICILE:
            after = self._text_after(entries.registered_domicile or "")
            return None if after is None else {"registered_domicile": after}
        address = self._text_after(entries.address or "")
        building = self._building_after(entries.address_building or "")
        if address is None or building is None:
            return None
        said: dict[str, object] = {} if self.new == self.old else {"address": address}
        if self.new_building != self.old_building:
            said["address_building"] = building or None
        if self.postal_code is not None:
            said["address_postal_code"] = self.postal_code
        return said

    def _text_after(self, text: str) -> str | None:
        if not self.begins:
            return self.new if text == self.old else None
        rest = text.removeprefix(self.old)
        return self.new + rest if text.startswith(self.old) and self._may_follow(rest) else None

    def _may_follow(self, rest: str) -> bool:
        """花園 is not 花園町, 1番1 is not 1番10; and the number lies in the range, where there is one."""
        if rest and (not lot_follows(rest) or (_DIGIT.match(self.old[-1:]) and _DIGIT.match(rest))):
            return False
        if self.first_lot is None and self.last_lot is None:
            return True
        numbers = Address(lot=rest).lot_numbers
        return bool(numbers) and (self.first_lot or 0) <= numbers[0] <= (self.last_lot or numbers[0])

    def _building_after(self, text: str) -> str | None:
        """The new 方書, "" for none; None when it is another building. A hall is not its annex: 青空荘 is not 青空荘別館."""
        if self.old_building is None or self.new_building is None:
            return text
        if not self.begins:
            return self.new_building if text == self.old_building else None
        rest = text.removeprefix(self.old_building)
        if not text.startswith(self.old_building) or NAME_GOES_ON.match(rest):
            return None
        return self.new_building + rest


class Instructions:
    """The instructions of a case, each found at once by what it names: a file has thousands of lines."""

    def __init__(self, kind: RenamingKind, instructions: Iterable[Instruction]) -> None:
        self._kind = kind
        self._begin: list[Instruction] = []
        self._by: dict[tuple[str, str], list[Instruction]] = {}
        for one in instructions:
            if one.begins:
                self._begin.append(one)
            else:
                self._by.setdefault(_named_by(one), []).append(one)

    def about(self, atena_no: str, entries: SheetEntries) -> Iterator[tuple[Instruction, dict[str, object]]]:
        """Those about this person, and what each says of them. More than one is for an officer to decide."""
        text = (entries.registered_domicile if self._kind is RenamingKind.DOMICILE else entries.address) or ""
        names = (("atena_no", atena_no), ("household_no", entries.household_no or ""), ("text", text))
        for one in (*self._begin, *(one for name in names for one in self._by.get(name, ()))):
            if (said := one.said_of(self._kind, entries)) is not None:
                yield one, said


def _named_by(one: Instruction) -> tuple[str, str]:
    return ("atena_no", one.atena_no) if one.atena_no else ("household_no", one.household_no) if one.household_no else ("text", one.old)


def in_full(text: str, city_prefix: str) -> str:
    """An address of the city as the register writes it, from the prefecture on: 花園2丁目 and 小樽市花園2丁目 mean the same."""
    if not text or text.startswith(PREFECTURES):
        return text
    prefecture = next((p for p in PREFECTURES if city_prefix.startswith(p)), "")
    municipality = city_prefix.removeprefix(prefecture)
    return (prefecture if text.startswith(municipality) else city_prefix) + text
