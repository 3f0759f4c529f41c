"""変更 — what an event does to people and households: the result of `apply`, not yet written. design §3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any  # JSON values

from daicho.residents.rules.entries import SheetEntries

NEW_CODE = 0
"""Stands for the 住民票コード that is drawn at 本登録 (std 4.3.1); references into the vault begin at 1."""

NEW_HOUSEHOLD = "＊新世帯"
"""Stands for the number of the household that the event founds; the command puts the taken number in its place."""


@dataclass(frozen=True)
class Tie:
    """To what a 留意事項 belongs, where not to what its own version says (std 1.1.14): entries of that version, or of the version of another
    履歴番号 (`on`); and the row whose 留意事項 it takes the place of. `names` None = all that the version says."""

    names: tuple[str, ...] | None = None
    on: int | None = None
    instead_of: int | None = None

    def to_json(self) -> dict[str, object]:
        """As it is kept beside the version; what is None is left out."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.__dict__.items() if value is not None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Tie | None:
        """The inverse. KeyError or TypeError for what is none."""
        if kept is None:
            return None
        names = kept.get("names")
        return cls(None if names is None else tuple(names), kept.get("on"), kept.get("instead_of"))


@dataclass(frozen=True)
class Opening:
    """A new sheet in a new spell (記載): all its entries. `atena_no` None = a person the register never knew; `remark`: its 留意事項 (std 1.1.14)."""

    member: int
    atena_no: str | None
    entries: SheetEntries
    remark: str = ""
    tie: Tie | None = None


@dataclass(frozen=True)
class Revision:
    """A further version on a sheet: only what the event asserts. `member` None = of someone who is not filed for (世帯主変更).

    `spell_no`: the spell whose sheet it is, None = the newest. `key`: its day in 効力順 where that is not the event's own. `mends`: the
    version (履歴番号) in whose place it stands (誤記修正).
    `remark`: its 留意事項, which belongs to what it asserts (std 1.1.14).
    """

    member: int | None
    atena_no: str
    asserts: Mapping[str, object]
    spell_no: int | None = None
    key: date | None = None
    mends: int | None = None
    remark: str = ""
    tie: Tie | None = None


@dataclass(frozen=True)
class Renewal:
    """A new sheet in the same spell (帰化, 改製): what the event asserts on it, and what closes the sheet before, of which nothing else changes."""

    member: int
    atena_no: str
    asserts: Mapping[str, object]
    closing: Mapping[str, object]
    remark: str = ""
    tie: Tie | None = None


@dataclass(frozen=True)
class Undone:
    """取消し of what an event said of one person: what the sheet of that spell says without it. It asserts nothing,

    unless their household lives elsewhere by now: then they found a new one at their address, on the day `key` (N-4.6.0.1-11).
    `sheet_no`: the sheet that goes on, None = the newest of the spell. `drops`: the sheet that the event opened beside it, which has no life any more.
    """

    member: int
    atena_no: str
    spell_no: int
    entries: SheetEntries
    asserts: Mapping[str, object] = field(default_factory=dict)
    key: date | None = None
    sheet_no: int | None = None
    drops: int | None = None


@dataclass(frozen=True)
class Annulled:
    """取消し: the event whose versions no longer count, and of whom (宛名番号); None = of everybody whom it touched."""

    event_no: int
    atena_nos: frozenset[str] | None = None


@dataclass(frozen=True)
class Changes:
    """All that one event changes, in the order of its people."""

    openings: tuple[Opening, ...] = ()
    revisions: tuple[Revision, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    undone: tuple[Undone, ...] = ()
    annulled: Annulled | None = None

    @property
    def founds_household(self) -> bool:
        said: tuple[Revision | Undone, ...] = (*self.revisions, *self.undone)
        return any(o.entries.household_no == NEW_HOUSEHOLD for o in self.openings) or any(r.asserts.get("household_no") == NEW_HOUSEHOLD for r in said)

    @property
    def new_codes(self) -> int:
        """How many of its sheets get a 住民票コード of the stock."""
        said = (*(o.entries.juminhyo_code for o in self.openings), *(r.asserts.get("juminhyo_code") for r in self.revisions))
        return sum(code == NEW_CODE for code in said)

    def with_codes(self, refs: tuple[int, ...]) -> Changes:
        """The same, with the codes that were drawn (references into the vault) in the places of NEW_CODE."""
        drawn = iter(refs)
        openings = [replace(o, entries=o.entries.but(juminhyo_code=next(drawn))) if o.entries.juminhyo_code == NEW_CODE else o for o in self.openings]
        revisions = [
            replace(r, asserts={**r.asserts, "juminhyo_code": next(drawn)}) if r.asserts.get("juminhyo_code") == NEW_CODE else r for r in self.revisions
        ]
        return replace(self, openings=tuple(openings), revisions=tuple(revisions)) if refs else self

    def in_household(self, number: str) -> Changes:
        """The same, with the number of the household that the event founds in the place of NEW_HOUSEHOLD."""
        there = {"household_no": number}
        return replace(
            self,
            openings=tuple(replace(o, entries=o.entries.but(**there)) if o.entries.household_no == NEW_HOUSEHOLD else o for o in self.openings),
            revisions=tuple(replace(r, asserts={**r.asserts, **there}) if r.asserts.get("household_no") == NEW_HOUSEHOLD else r for r in self.revisions),
            undone=tuple(
                replace(r, entries=r.entries.but(**there), asserts={**r.asserts, **there}) if r.asserts.get("household_no") == NEW_HOUSEHOLD else r
                for r in self.undone
            ),
        )
