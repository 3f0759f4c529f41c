"""基本の項目 — the 5情報 of one person, and the keys by which they are searched for. F-1-07, S4-02."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from daicho.contracts.atena_question_v1 import AtenaBasics
from daicho.values.dates import JapaneseDate
from daicho.values.search_key import SEARCH_KEY_VERSION, SearchKind, search_key


@dataclass(frozen=True)
class Basics:
    """氏名, 振り仮名, 生年月日, 性別, 住所. None = 空欄."""

    name: str | None
    name_furigana: str | None
    birth_date: JapaneseDate
    sex_code: str
    address: str

    def told(self) -> AtenaBasics:
        return AtenaBasics(self.name, self.name_furigana, self.birth_date.encode(), self.sex_code, self.address)


class TellsBasics(Protocol):
    """A person of a contract."""

    @property
    def name(self) -> str | None: ...
    @property
    def name_furigana(self) -> str | None: ...
    @property
    def birth_date(self) -> str: ...
    @property
    def sex_code(self) -> str: ...
    @property
    def address(self) -> str: ...


def basics_of(person: TellsBasics) -> Basics:
    """Raises BadDate for a birth date that is none; form.py has refused it before."""
    return Basics(person.name, person.name_furigana, JapaneseDate.decode(person.birth_date), person.sex_code, person.address)


@dataclass(frozen=True)
class SearchKeys:
    """Made from the basic items alone, and made anew when the folding changes (`key_version`)."""

    name_key: str
    furigana_key: str
    address_key: str
    birth_first: date
    birth_last: date
    key_version: int


def keys_of(basics: Basics) -> SearchKeys:
    return SearchKeys(
        name_key=search_key(basics.name or "", SearchKind.NAME),
        furigana_key=search_key(basics.name_furigana or "", SearchKind.KANA),
        address_key=search_key(basics.address, SearchKind.ADDRESS),
        birth_first=basics.birth_date.first,
        birth_last=basics.birth_date.last,
        key_version=SEARCH_KEY_VERSION,
    )
