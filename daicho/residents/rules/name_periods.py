"""旧氏・通称の履歴 — which 旧氏 and 通称 a sheet bore, from when until when, each by which event. 住民基本台帳法施行令第30条の13, 第30条の16; std 2.2.1 (N-2.2.1-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version, live
from daicho.values.dates import JapaneseDate

_NAMES = (("former_surname", "former_surname_kana"), ("foreign_alias", "foreign_alias_kana"))


class Said(Protocol):
    """A row of the history with the day of its event."""

    @property
    def version(self) -> Version: ...
    @property
    def effective_on(self) -> JapaneseDate: ...
    @property
    def event(self) -> str: ...


@dataclass(frozen=True)
class NamePeriod:
    """One 旧氏 or 通称: `since` when and by which 異動事由, `until` when and by which (None = it stands)."""

    entry: str  # former_surname | foreign_alias
    name: str
    kana: str
    since: JapaneseDate
    by: str
    until: JapaneseDate | None = None
    ended_by: str = ""


def name_periods(rows: Iterable[Said]) -> tuple[NamePeriod, ...]:
    """Of one 在住, oldest first, 旧氏 before 通称. What a 取消し annulled never counted; a 誤記修正 is an event like the others."""
    by_no = {row.version.history_no: row for row in rows}
    in_force = [by_no[version.history_no] for version in live(row.version for row in by_no.values())]
    return tuple(period for name, kana in _NAMES for period in _periods(in_force, name, kana))


def _periods(rows: Iterable[Said], name: str, kana: str) -> list[NamePeriod]:
    found: list[NamePeriod] = []
    now = SheetEntries()
    for row in rows:
        said = {key: value for key, value in row.version.asserted().items() if key in (name, kana)}
        if not said:
            continue
        before, now = now, now.but(**said)
        if getattr(now, name) == getattr(before, name):
            if found and found[-1].until is None:  # the reading alone was written otherwise
                found[-1] = replace(found[-1], kana=getattr(now, kana) or "")
            continue
        if found and found[-1].until is None:
            found[-1] = replace(found[-1], until=row.effective_on, ended_by=row.event)
        if getattr(now, name):
            found.append(NamePeriod(name, getattr(now, name), getattr(now, kana) or "", row.effective_on, row.event))
    return found
