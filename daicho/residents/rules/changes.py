"""変更 — what an event does to people and households: the result of `apply`, not yet written. design §3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daicho.residents.rules.entries import SheetEntries

NEW_HOUSEHOLD = "＊新世帯"
"""Stands for the number of the household that the event founds; the command puts the taken number in its place."""


@dataclass(frozen=True)
class Opening:
    """A new sheet in a new spell (記載): all its entries. `atena_no` None = a person the register never knew."""

    member: int
    atena_no: str | None
    entries: SheetEntries


@dataclass(frozen=True)
class Revision:
    """A further version on an open sheet: only what the event asserts."""

    atena_no: str
    asserts: Mapping[str, object]


@dataclass(frozen=True)
class Changes:
    """All that one event changes, in the order of its people."""

    openings: tuple[Opening, ...] = ()
    revisions: tuple[Revision, ...] = ()
