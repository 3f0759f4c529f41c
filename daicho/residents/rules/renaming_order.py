"""一括変更の指示を読む — the rule as typed or a CSV as uploaded, into instructions; every line that cannot be read is named. std 9.7 (N-9.7-05, -06)."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

from daicho.residents.rules.csv_reading import decoded
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.renaming import KINDS, Instruction, RenamingKind, in_full
from daicho.values.address import BadAddressCode, read_postal_code
from daicho.values.dates import BadDate, JapaneseDate

OF_ADDRESS = ("世帯番号", "宛名番号", "変更前住所", "変更後住所", "変更前方書", "変更後方書", "変更後郵便番号")
OF_DOMICILE = ("宛名番号", "変更前本籍", "変更後本籍")
"""The columns of a file. 変更前 and 変更後 must be there; whom a line is about is said by a number, or by the address alone."""
MOST_LINES = 20_000


@dataclass(frozen=True)
class RenamingOrder:
    """What an officer asks for: what was renamed, since when, on which ground, and whom it is about."""

    title: str
    kind: RenamingKind
    effective_on: date
    ground: str
    source: str
    instructions: tuple[Instruction, ...]


def read_order(typed: Mapping[str, str], file: bytes | None, city_prefix: str) -> tuple[RenamingOrder | None, list[Problem]]:
    """The form of a new case as typed, with the file that came with it. None when anything is wrong; all of it is named."""
    found = [problem("Q015", name, label=label) for name, label in _MUST if not typed.get(name, "").strip()]
    kind = next((kind for kind, _ in KINDS if kind.value == typed.get("kind")), None)
    if kind is None:
        found.append(problem("Q015", "kind", label="変更の種類"))
    day = _day(typed.get("effective_on", ""), found)
    source = "file" if typed.get("source") == "file" else "rule"
    if source == "file":
        found += [problem("Q019", name) for name in _OF_RULE if typed.get(name, "").strip()]
        instructions, problems = read_upload(kind or RenamingKind.OTHER, file, city_prefix)
    else:
        if file:
            found.append(problem("Q032", "file"))
        instructions, problems = read_rule(kind or RenamingKind.OTHER, {name: text.strip() for name, text in typed.items()}, city_prefix)
    found += problems
    if found or day is None or kind is None:
        return None, found
    return RenamingOrder(typed["title"].strip(), kind, day, typed["ground"].strip(), source, tuple(instructions)), []


_OF_RULE = ("old", "new", "first_lot", "last_lot", "old_building", "new_building", "postal_code")
_MUST = (("title", "件名"), ("ground", "根拠（告示番号など）"))


def _day(text: str, found: list[Problem]) -> date | None:
    try:
        return JapaneseDate.parse(text).certain()
    except (BadDate, ValueError):
        found.append(problem("Q016", "effective_on"))
        return None


def read_upload(kind: RenamingKind, file: bytes | None, city_prefix: str) -> tuple[list[Instruction], list[Problem]]:
    """A file as it came."""
    if not file:
        return [], [problem("Q017", "file")]
    text = decoded(file)
    return ([], [problem("Q018", "file")]) if text is None else read_file(kind, text, city_prefix)


def read_rule(kind: RenamingKind, typed: Mapping[str, str], city_prefix: str) -> tuple[list[Instruction], list[Problem]]:
    """The one rule of a form. Without 変更後 the address stays and its 方書 alone is renamed."""
    old, new = typed.get("old", ""), typed.get("new", "") or typed.get("old", "")
    if kind is not RenamingKind.DOMICILE:
        old, new = in_full(old, city_prefix), in_full(new, city_prefix)
    building = typed.get("old_building", ""), typed.get("new_building", "")
    found: list[Problem] = []
    if not old:
        found.append(problem("Q010", "old"))
    if bool(building[0]) != bool(building[1]):
        missing = "old_building" if building[1] else "new_building"
        found.append(problem("Q011", missing))
    if kind is RenamingKind.DOMICILE and (any(building) or typed.get("postal_code")):
        found.append(problem("Q030", "old_building"))
    if kind is RenamingKind.BUILDING and not any(building):
        found.append(problem("Q029", "old_building"))
    first, last = _lot(typed, "first_lot", found), _lot(typed, "last_lot", found)
    if first is not None and last is not None and first > last:
        found.append(problem("Q012", "last_lot"))
    postal_code = _postal_code(typed.get("postal_code", ""), "postal_code", found, None)
    one = Instruction(1, old, new, "", "", True, first, last, building[0] or None, building[1] or None, postal_code)
    if old and one.changes_nothing:
        found.append(_UNCHANGED)
    return [one], found


_UNCHANGED = problem("Q013", "new")


def _lot(typed: Mapping[str, str], name: str, found: list[Problem]) -> int | None:
    text = typed.get(name, "")
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    found.append(problem("Q031", name))
    return None


def _postal_code(text: str, field: str, found: list[Problem], line: int | None) -> str | None:
    """None = it stays as it is."""
    try:
        return read_postal_code(text) or None
    except BadAddressCode as bad:
        found.append(problem("Q014", field, line, fault=bad))
        return None


def read_file(kind: RenamingKind, text: str, city_prefix: str) -> tuple[list[Instruction], list[Problem]]:
    """The lines of a CSV. A Problem's `member` is the line in the file (the heading is line 1). A file with any is refused whole: nothing of it is lost."""
    try:
        rows = list(csv.reader(StringIO(text), strict=True))
    except csv.Error:
        return [], [problem("Q020", "file")]
    columns = OF_DOMICILE if kind is RenamingKind.DOMICILE else OF_ADDRESS
    heading = [name.strip() for name in rows[0]] if rows else []
    found = _heading_problems(heading, columns)
    if found:
        return [], found
    lines = [(no, [cell.strip() for cell in row]) for no, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if not 0 < len(lines) <= MOST_LINES:
        return [], [problem("Q021", "file", lines=len(lines))]
    read = [one for no, row in lines if (one := _line(no, row, heading, city_prefix, found)) is not None]
    return read, found + _twice(read)


def _heading_problems(heading: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    must = [name for name in columns if name in ("変更前住所", "変更後住所", "変更前本籍", "変更後本籍") or columns is OF_DOMICILE]
    found = [problem("Q022", "file", 1, label=name) for name in must if name not in heading]
    found += [problem("Q033", "file", 1, label=name) for name in heading if name not in columns]
    if len(set(heading)) < len(heading):
        found.append(problem("Q034", "file", 1))
    if ("変更前方書" in heading) != ("変更後方書" in heading):
        found.append(problem("Q035", "file", 1))
    return found


def _line(no: int, row: Sequence[str], heading: Sequence[str], city_prefix: str, found: list[Problem]) -> Instruction | None:
    if len(row) != len(heading):
        found.append(problem("Q023", "file", no))
        return None
    cells, bad = dict(zip(heading, row, strict=True)), len(found)
    of_domicile = "変更前本籍" in cells
    label = "本籍" if of_domicile else "住所"
    for name in (f"変更前{label}", f"変更後{label}"):
        if not cells[name]:
            found.append(problem("Q024", name, no, label=name))
    numbers = [cells.get("世帯番号", ""), cells.get("宛名番号", "")]
    if all(numbers):
        found.append(problem("Q025", "世帯番号", no))
    if of_domicile and not numbers[1]:
        found.append(problem("Q024", "宛名番号", no, label="宛名番号"))
    for name, number in zip(("世帯番号", "宛名番号"), numbers, strict=True):
        if number and not (number.isascii() and number.isdecimal() and len(number) <= 15):
            found.append(problem("Q026", name, no, label=name))
    postal_code = _postal_code(cells.get("変更後郵便番号", ""), "変更後郵便番号", found, no)
    if len(found) > bad:
        return None
    old, new = cells[f"変更前{label}"], cells[f"変更後{label}"]
    if not of_domicile:
        old, new = in_full(old, city_prefix), in_full(new, city_prefix)
    building = cells.get("変更前方書"), cells.get("変更後方書")
    one = Instruction(no, old, new, numbers[0], numbers[1], old_building=building[0], new_building=building[1], postal_code=postal_code)
    if one.changes_nothing:
        found.append(replace(_UNCHANGED, field=f"変更後{label}", member=no))
    return one


def _twice(read: Sequence[Instruction]) -> list[Problem]:
    """Two lines about the same."""
    first: dict[tuple[str, str, str, str | None], int] = {}
    found = []
    for one in read:
        no = first.setdefault((one.household_no, one.atena_no, one.old, one.old_building), one.no)
        if no != one.no:
            found.append(problem("Q027", "file", one.no, line=no))
    return found
