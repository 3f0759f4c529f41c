"""職員の記載 — メモ, 備考, 摘要, 付箋 and 警告: what an officer notes of somebody without a 異動, each wording kept. 標準1.1.14, 1.1.15; decision 0032.

備考 alone is printed. メモ are no entries of the 住民票 and go nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from daicho.residents.rules.entries import ENTRIES, NOTED, Kind, SheetEntries, canonical_group

MEMO = "memo"
KINDS = (
    ("warning_info", "警告情報"),
    ("sticky_note", "付箋"),
    ("memo", "メモ"),
    ("remarks", "備考"),
    ("summary_note", "摘要"),
)
"""In the order in which a clerk must see them. All but メモ are entries of the sheet (items 93, 98, 130, 132)."""
LONGEST = 2000


@dataclass(frozen=True)
class Wording:
    """One wording of a note, by whom and when. `text` "" = it was taken away; `was_entered` = it came with a 異動 or by migration."""

    kind: str
    note_no: int
    before: str
    text: str
    by: str
    recorded_at: datetime
    by_id: str = ""
    terminal: str = ""
    juminhyo_no: int | None = None
    was_entered: bool = False


@dataclass(frozen=True)
class Note:
    """A note that stands, or stood: all its wordings, oldest first."""

    kind: str
    note_no: int
    wordings: tuple[Wording, ...]

    @property
    def ja(self) -> str:
        return dict(KINDS)[self.kind]

    @property
    def last(self) -> Wording:
        return self.wordings[-1]

    @property
    def text(self) -> str:
        return self.last.text

    @property
    def stands(self) -> bool:
        return bool(self.text)


class SheetRow(Protocol):
    """A version of a sheet, as far as it carries notes on."""

    @property
    def history_no(self) -> int: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def entries(self) -> SheetEntries: ...
    @property
    def by(self) -> str: ...
    @property
    def juminhyo_no(self) -> int: ...


def refusal(kind: str, text: str, before: str) -> str:
    """Why this wording cannot be kept; "" = it can. An empty one takes the note away."""
    if kind not in dict(KINDS):
        return "記載の種類を選んでください。"
    if len(text) > LONGEST:
        return f"{dict(KINDS)[kind]}は{LONGEST:,}文字までです。{len(text):,}文字あります。"
    if text == before:
        return "内容が前と同じです。変えるときは、内容を書き直してください。" if before else "内容を入力してください。"
    return ""


def cleaned(text: str) -> str:
    """As it is kept: line ends as one character, no blanks around it. The characters stay as they were typed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def entry_value(kind: str, text: str) -> str | None:
    """The text as the entry of the sheet holds it; 警告情報 is a group."""
    if not text:
        return None
    return canonical_group(text) if ENTRIES[kind].kind is Kind.GROUP else text


def entry_words(kind: str, value: str | None) -> str:
    """The inverse: what of the entry is read. A group of another system that is no text is shown as it came."""
    if not value:
        return ""
    if ENTRIES[kind].kind is not Kind.GROUP:
        return value
    loaded = json.loads(value)
    return loaded if isinstance(loaded, str) else value


def notes_carried(now: SheetEntries, *, but: Collection[str] = ()) -> dict[str, object]:
    """What a row that is made from the fold carries on: the notes as they stand, but those that the event itself says or takes back."""
    return {name: getattr(now, name) for name in NOTED if name not in but}


def notes_of_person(memos: Iterable[Wording]) -> tuple[Note, ...]:
    """メモ by number, those taken away too."""
    found: dict[int, list[Wording]] = {}
    for one in memos:
        found.setdefault(one.note_no, []).append(one)
    return tuple(Note(MEMO, number, tuple(wordings)) for number, wordings in sorted(found.items()))


def notes_of_sheet(rows: Sequence[SheetRow], written: Sequence[tuple[int, Wording]]) -> tuple[Note, ...]:
    """Every note that the sheet ever bore, with all wordings: those written upon a version (`written`: its 履歴番号), and those that a version said itself.

    A version that carries on what stood before is no wording of its own.
    """
    found = []
    for kind in NOTED:
        wordings: list[Wording] = []
        for row in rows:
            said, stood = entry_words(kind, getattr(row.entries, kind)), wordings[-1].text if wordings else ""
            if said != stood:
                wordings.append(Wording(kind, 1, stood, said, row.by, row.recorded_at, juminhyo_no=row.juminhyo_no, was_entered=True))
            wordings += [one for history_no, one in written if history_no == row.history_no and one.kind == kind]
        if wordings:
            found.append(Note(kind, 1, tuple(wordings)))
    order = [kind for kind, _ in KINDS]
    return tuple(sorted(found, key=lambda note: order.index(note.kind)))
