"""プリンタとトレイ — what a terminal can print on, as the city has set it for the day. 標準5.5, 10.7 (N-10.7-01, -05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.city.queries import find_terminal, setting


@dataclass(frozen=True)
class Printer:
    """A printer by the number that stands in the 発行番号, and its trays (ホッパ)."""

    no: str
    trays: tuple[str, ...] = ()


def printers_at(terminal: str, on: date) -> tuple[Printer, ...]:
    """The printers of a terminal by code or name, the usual one first; none where nothing is set. Two queries."""
    here = find_terminal(terminal, on)
    if here is None:
        return ()
    listed = [Printer(no, tuple(trays)) for code, no, trays in setting("terminal_printers", on) if code == here.code]
    usual = [printer for printer in listed if printer.no == here.printer] or ([Printer(here.printer)] if here.printer else [])
    return (*usual, *(printer for printer in listed if printer.no != here.printer))
