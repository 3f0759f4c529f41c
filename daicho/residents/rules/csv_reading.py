"""CSVを読む — a file of a paper's entries, however it was made, as lines of cells under their headings. 標準仕様10.8 (N-10.8-05).

The first row names the columns. Encoding, ends of lines, quotes and the order of the columns make no difference; what cannot be read is refused with
the row and the column, and never guessed. The one reader of every paper that comes as a CSV.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 100_000
"""Bytes. Twenty people with every entry of a 転入届 are less than half of it."""
NO_FILE = f"取り込むCSVのファイルを選んでください（{LONGEST // 1000}キロバイトまで）。"
_TOO_LONG = f"ファイルが大きすぎます。{LONGEST // 1000}キロバイトまでの、届出・申請1件のCSVを選んでください。"
_NO_TEXT = "文字の読めないファイルです。UTF-8又はシフトJISのCSVを選んでください。"
_EMPTY = "1行目に項目名、2行目から記載事項のあるCSVを選んでください。"
_QUOTES = '引用符（"）の閉じていない行があります。CSVを作り直してください。'
_LOST = "\ufffd〓"
"""What stands where a character was lost when the file was made."""
_YES = frozenset({"はい", "1", "yes", "true", "有", "該当", "○", "〇", "✓", "レ"})
_NO = frozenset({"いいえ", "0", "no", "false", "無", "非該当", "×", "-"})


class UnreadableFile(ValueError):
    """Nothing of the file is taken. `problems`: every reason, as sentences for the clerk."""

    def __init__(self, *problems: str) -> None:
        super().__init__(problems[0])
        self.problems = problems


@dataclass(frozen=True)
class Line:
    """A row of the file: its number as a spreadsheet counts it, and its cells by the keys of their headings."""

    no: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """`headings`: as they are written, by their keys, in the order of the file."""

    headings: Mapping[str, str]
    lines: tuple[Line, ...]


def heading_key(heading: str) -> str:
    """The same for a heading however wide its characters are, and wherever it is spaced."""
    return "".join(unicodedata.normalize("NFKC", heading).split())


def read_table(content: bytes) -> Table:
    """The lines of a CSV; rows without any text are left out. UnreadableFile with every reason."""
    rows = _rows(content)
    filled = [(no, row) for no, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise UnreadableFile(_EMPTY)
    headings = _without_blank_end(filled[0][1])
    if problems := [*_of_headings(headings), *(problem for no, row in filled[1:] for problem in _of_row(no, row, headings))]:
        raise UnreadableFile(*problems)
    keys = [heading_key(each) for each in headings]
    lines = (Line(no, {key: cell.strip() for key, cell in zip(keys, row, strict=False)}) for no, row in filled[1:])
    return Table({key: each.strip() for key, each in zip(keys, headings, strict=True)}, tuple(lines))


def decoded(content: bytes) -> str | None:
    """The text of a file as spreadsheets in Japan save it: UTF-8 with or without a mark, UTF-16 with one, CP932. None for what is no text."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def yes_or_no(cell: str) -> bool | None:
    """What a cell answers, in any of the ways that forms are filled in; None for what is neither."""
    word = heading_key(cell).lower()
    return True if word in _YES else False if word in _NO else None


def _rows(content: bytes) -> list[list[str]]:
    if len(content) > LONGEST:
        raise UnreadableFile(_TOO_LONG)
    text = decoded(content)
    if text is None:
        raise UnreadableFile(_NO_TEXT)
    try:
        return list(csv.reader(io.StringIO(text, newline=None), strict=True))
    except csv.Error:
        raise UnreadableFile(_QUOTES) from None


def _without_blank_end(row: list[str]) -> list[str]:
    last = max(at for at, cell in enumerate(row) if cell.strip())
    return row[: last + 1]


def _of_headings(headings: list[str]) -> list[str]:
    blank = [f"1行目の{at}列目に項目名がありません。項目名を入れてください。" for at, each in enumerate(headings, 1) if not each.strip()]
    twice = [key for key, times in Counter(map(heading_key, headings)).items() if key and times > 1]
    lost = [f"1行目の{at}列目の項目名に、改行や読めない文字（〓など）があります。" for at, each in enumerate(headings, 1) if _is_lost(each)]
    return [*blank, *lost, *(f"「{key}」という項目名が2つ以上あります。一つにしてください。" for key in twice)]


def _of_row(no: int, row: list[str], headings: list[str]) -> list[str]:
    if len(row) < len(headings) or any(cell.strip() for cell in row[len(headings) :]):
        return [f'{no}行目：項目名の数（{len(headings)}）と記載事項の数（{len(row)}）が違います。「,」を含む記載事項は「"」で囲んでください。']
    return [
        f"{no}行目の「{each}」：改行や読めない文字（〓など）があります。ファイルを直してください。"
        for each, cell in zip(headings, row, strict=False)
        if _is_lost(cell)
    ]


def _is_lost(cell: str) -> bool:
    return any(character in _LOST or unicodedata.category(character) == "Cc" for character in cell.strip())
