"""住民票の見え方 — one current sheet as screens show it. 住民基本台帳法第7条."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daicho.residents.queries.current import CurrentRow
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open


@dataclass(frozen=True)
class SheetView:
    """One sheet of a person as a screen shows it."""

    public_id: str
    atena_no: str
    juminhyo_no: int
    history_no: int
    entries: SheetEntries
    is_open: bool
    is_archived: bool = False  # it lies in the store of old 除票

    @property
    def birth_text(self) -> str:
        return birth_text(self.entries)


def sheet_view(row: CurrentRow, on: date) -> SheetView:
    """A row as screens show it."""
    return SheetView(str(row.public_id), row.atena_no, row.juminhyo_no, row.history_no, row.entries, is_open(row.entries, on), row.is_archived)
