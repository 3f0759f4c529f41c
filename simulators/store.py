"""受信簿 — what one counterpart received, kept in a file, a line each, in the order it was taken."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict  # Any: JSON


class Received(TypedDict):
    """One message that was taken."""

    position: int  # from 1, in the order taken
    sender: str  # the keyid that signed it
    layout: str
    control_no: str
    digest: str  # of the body: the same control number with another digest is refused
    received_at: str
    items: Mapping[str, object]


class Store:
    """Appends durably and reads back what was there at the start. One writer at a time (the counterpart's lock)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "received.jsonl"
        self._refused_file = folder / "refused.jsonl"
        self.received: list[Received] = _lines(self._file)
        self.refused: list[dict[str, object]] = _lines(self._refused_file)

    def keep(self, message: Received) -> None:
        _append(self._file, message)
        self.received.append(message)

    def note_refusal(self, note: dict[str, object]) -> None:
        """A refusal without anything of the message's content."""
        _append(self._refused_file, note)
        self.refused.append(note)

    def reset(self) -> None:
        for file in (self._file, self._refused_file):
            file.unlink(missing_ok=True)
        self.received, self.refused = [], []


class Lines:
    """What else a counterpart keeps: lines of JSON in a file of their own, as durable as what it received."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self.lines: list[dict[str, Any]] = _lines(file)

    def keep(self, line: dict[str, Any]) -> None:
        _append(self._file, line)
        self.lines.append(line)

    def reset(self) -> None:
        self._file.unlink(missing_ok=True)
        self.lines = []


def _append(file: Path, entry: Mapping[str, object]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(entry, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _lines(file: Path) -> list:  # type: ignore[type-arg]  # the caller names the type of a line
    """The lines of `file`; a last line that was cut short by a crash was never acknowledged and is left out."""
    if not file.is_file():
        return []
    text = file.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        file.write_text(whole, "utf-8")
    return [json.loads(line) for line in whole.splitlines()]
