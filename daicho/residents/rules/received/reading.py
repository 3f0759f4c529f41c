"""通知の読み — a notice of any kind as the inbox knows it: what it says, whom it names, and the form of the 異動 that it asks for. domain §4.2.

Of whom it is, the register says (queries/received.py); what is entered, a clerk. Nothing is copied by hand (domain §9, §10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.returning import LEGAL_NAMES, texts_of_returning
from daicho.residents.rules.vocabulary import EXISTING
from daicho.values.dates import JapaneseDate


class Role(Enum):
    """What a named person is in the 異動."""

    RESIDENT = "対象者"  # someone of the register; without them nothing can be entered of them
    NEWCOMER = "記載する人"  # becomes a resident by it; may have lived here before
    HOME = "世帯の人"  # no part of it: the newcomers join their household


@dataclass(frozen=True)
class Said:
    """One item of a notice. `entry`: the entry of the sheet that it is compared with, "" for none; `is_name`: drawn with the certificate's glyphs."""

    label: str
    text: str
    entry: str = ""
    is_name: bool = False


@dataclass(frozen=True)
class Named:
    """Someone whom a notice names: what they are looked for by, what is said of them, and the texts of their part of the form."""

    role: Role
    said: tuple[Said, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    juminhyo_code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A whole notice. `event`: the code of the 異動 that it asks for; `filing`: the texts of the form's own fields."""

    event: str
    matter_ja: str
    said: tuple[Said, ...]
    filing: Mapping[str, str]
    people: tuple[Named, ...]


@dataclass(frozen=True)
class Resident:
    """Someone of the register whom a clerk, or a number, says a named person is."""

    public_id: str
    entries: SheetEntries


Typed = tuple[dict[str, str], list[tuple[str | None, dict[str, str]]]]
"""The form's own texts, and for each person who it is (public id; None = newcomer) with their texts."""


def form_of(reading: Reading, definition: EventDefinition, chosen: Sequence[Resident | None]) -> Typed:
    """What the form of the 異動 begins with: only the fields that it declares (F-1-04). `chosen` stands beside `reading.people`."""
    filing: dict[str, str] = dict(reading.filing)
    members: list[tuple[str | None, dict[str, str]]] = []
    for named, resident in zip(reading.people, chosen, strict=True):
        if named.role is Role.HOME:
            if resident is not None and resident.entries.household_no:
                filing |= {"household_choice": EXISTING, "household_no": resident.entries.household_no}
        elif resident is not None:
            known = texts_of_returning(resident.entries, definition.code) if named.role is Role.NEWCOMER else {}
            members.append((resident.public_id, _declared(known | dict(named.texts), definition.all_member_fields())))
        elif named.role is Role.NEWCOMER:
            members.append((None, _declared(_quoted(reading, chosen) | dict(named.texts), definition.all_member_fields())))
    return _declared(filing, definition.all_fields()), members


def _quoted(reading: Reading, chosen: Sequence[Resident | None]) -> dict[str, str]:
    """住民種別 and 戸籍の表示 of the household that a newcomer is born into, where the notice does not say them (N-4.2.0.3-02)."""
    homes = [r for named, r in zip(reading.people, chosen, strict=True) if named.role is Role.HOME and r is not None]
    quoted = {name: getattr(homes[0].entries, name) for name in ("resident_kind", "registered_domicile", "family_register_head_name")} if homes else {}
    return {name: text for name, text in quoted.items() if text}


def _declared(texts: Mapping[str, str], fields: Mapping[str, object]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text and name in fields}


def three_facts(name: str, birth_date: str, sex_code: str) -> dict[str, object]:
    """氏名, 生年月日, 性別 as the search for the person takes them; nothing when the birth date cannot be read."""
    born = day_of(birth_date)
    return {**dict.fromkeys(LEGAL_NAMES, name), "birth_date": born, "sex_code": sex_code} if born else {}


def day_of(code: str) -> JapaneseDate | None:
    """A date as the messages carry it; None for what is none."""
    try:
        return JapaneseDate.decode(code)
    except ValueError:
        return None


def day_text(code: str) -> str:
    """The same for a screen: as it came, when it is no date."""
    found = day_of(code)
    return found.wareki() if found else f"読み取れない日付（{code}）"
