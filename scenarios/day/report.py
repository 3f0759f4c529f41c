"""結果の表 — what was expected, what was seen, and whether they agree; printed line by line as it happens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_WIDTHS = (26, 40, 30, 30)  # columns; what is wrong is told in full below its line


@dataclass
class Report:
    """Every check of a day. A story that breaks off is wrong too."""

    lines: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    story: str = ""

    def check(self, step: str, expected: object, seen: object, ok: bool | None = None) -> bool:
        """Note one step; without `ok` expected and seen must be equal."""
        right = expected == seen if ok is None else ok
        self.lines.append((self.story, step, _words(expected), _words(seen), right))
        self._print(self.lines[-1])
        return right

    def says(self, step: str, expected: str, text: str) -> bool:
        """Note that a page says something; nothing is no expectation."""
        right = bool(expected) and expected in text
        return self.check(step, f"「{expected}」", "そのとおり" if right else _around(text), right)

    def silent(self, step: str, unwanted: str, text: str) -> bool:
        """Note that a page or a paper does not say something."""
        right = bool(text) and unwanted not in text
        return self.check(step, f"「{unwanted}」がない", "ない" if right else "ある" if text else "何も書かれていない", right)

    @contextmanager
    def telling(self, story: str) -> Iterator[None]:
        """A story; what breaks it off is a wrong step, and the next story goes on."""
        self.story = story
        try:
            yield
        except Exception as broken:  # noqa: BLE001 — an outsider must tell whatever happened
            self.check("物語の中断", "最後まで進む", f"{type(broken).__name__}: {broken}", False)

    @property
    def wrong(self) -> int:
        return sum(not line[-1] for line in self.lines)

    def head(self) -> None:
        print(_row(("物語", "手順", "期待", "結果"), "判定"))
        print(_row(tuple("─" * wide for wide in _WIDTHS), "────"))

    def _print(self, line: tuple[str, str, str, str, bool]) -> None:
        print(_row(line[:4], "ok" if line[4] else "NG"), flush=True)
        if not line[4]:
            print(f"      期待: {line[2]}\n      結果: {line[3]}", flush=True)


def _words(value: object) -> str:
    return " ".join(str(value).split("\n")) if not isinstance(value, bool) else ("はい" if value else "いいえ")


def _around(text: str) -> str:
    return text[:400] or "（何も書かれていない）"


def _row(cells: tuple[str, ...], verdict: str) -> str:
    return "  ".join(_cut(cell, wide) for cell, wide in zip(cells, _WIDTHS, strict=True)) + "  " + verdict


def _cut(text: str, wide: int) -> str:
    """The text in exactly `wide` columns of a terminal."""
    taken, columns = "", 0
    for character in text:
        size = 2 if unicodedata.east_asian_width(character) in "WF" else 0 if unicodedata.combining(character) or 0xE0100 <= ord(character) <= 0xE01EF else 1
        if columns + size > wide:
            return taken[:-1] + "…" + " " * max(0, wide - columns)
        taken, columns = taken + character, columns + size
    return taken + " " * (wide - columns)
