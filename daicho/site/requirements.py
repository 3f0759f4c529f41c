"""要件の一覧 — docs/requirements.csv held against the tests: what is shown is shown by a test that says so. 設計1章.

A row: id, where, test, status, note. `shown` names `file::test`, whose docstring cites the ID, and the package that does it; `partly`
names them too and says what waits; `departure` and `declined` say why; `later` waits. That a test cites an ID makes nothing shown: a
person reads the requirement's acceptance beside the test, and writes the row. `follow` only finds tests again that were moved or renamed.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

FIELDS = ("id", "where", "test", "status", "note")
STATUSES = ("shown", "partly", "departure", "declined", "later")
_SHOWN = ("shown", "partly")
_ID = r"(?:N-\d+(?:\.\d+)*-\d+|[A-H]-\d-\d+|[A-H]-\d+|D-R\d+|S\d-\d+)"
_CITED = re.compile(rf"{_ID}(?:(?:, ?|…|–|〜| to | and )(?:-\d+)(?!\d*-))*")
_MORE = re.compile(r"(…|–|〜| to |, ?| and )-(\d+)")


@dataclass(frozen=True)
class Row:
    id: str
    where: str = ""
    test: str = ""
    status: str = "later"
    note: str = ""


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as rows:
        return [Row(**row) for row in csv.DictReader(rows)]


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows([getattr(row, name) for name in FIELDS] for row in rows)


def cited_in(text: str) -> Iterator[str]:
    """Every ID of a text; `N-4.0.8-12, -13` and `N-1.1.1-02…-05` name their ranges in short."""
    for found in _CITED.finditer(text):
        first = re.match(_ID, found.group())
        assert first is not None
        yield first.group()
        stem, last = first.group().rsplit("-", 1)
        for joint, number in _MORE.findall(found.group()[first.end() :]):
            numbers = range(int(last) + 1, int(number) + 1) if joint.strip() in ("…", "–", "〜", "to") else [int(number)]
            yield from (f"{stem}-{n:0{len(last)}d}" for n in numbers)
            last = number


def citations(root: Path) -> dict[str, list[str]]:
    """ID → tests (`file::test`) whose docstring cites it."""
    found: dict[str, list[str]] = {}
    for file in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                for each in dict.fromkeys(cited_in(ast.get_docstring(node) or "")):
                    found.setdefault(each, []).append(f"{file.relative_to(root)}::{node.name}")
    return found


def problems(rows: list[Row], cited: Mapping[str, list[str]], root: Path) -> list[str]:
    """What is not true of the list, in English for the developer."""
    found = [f"{row.id}: named twice" for row in rows if sum(other.id == row.id for other in rows) > 1]
    for row in rows:
        if row.status not in STATUSES:
            found.append(f"{row.id}: status {row.status!r} is none of {', '.join(STATUSES)}")
        if row.status in _SHOWN and row.test not in cited.get(row.id, []):
            found.append(f"{row.id}: {row.status} by {row.test or 'no test'}, which does not exist or does not cite it")
        if row.status in _SHOWN and not (row.where and (root / row.where).exists()):
            found.append(f"{row.id}: done in {row.where or 'no place'}, which does not exist")
        if row.status in ("partly", "departure", "declined") and not row.note:
            found.append(f"{row.id}: {row.status} without a note")
    known = {row.id for row in rows}
    found += [f"{each}: cited by {tests[0]}, but there is no such requirement" for each, tests in cited.items() if each not in known]
    return found


def follow(rows: list[Row], cited: Mapping[str, list[str]]) -> list[Row]:
    """Rows whose test no longer stands where they say, by the one test that cites them now."""
    return [
        replace(row, test=tests[0]) if row.status in _SHOWN and row.test not in (tests := cited.get(row.id, [])) and len(tests) == 1 else row for row in rows
    ]
