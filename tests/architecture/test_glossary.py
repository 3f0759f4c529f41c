"""用語集 — every identifier of docs/glossary.csv is used in the code, once. style 1."""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "glossary.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_用語は一度だけ現れる():
    rows = _rows()
    terms, names = [r["term_ja"] for r in rows], [r["identifier"] for r in rows]
    assert len(set(terms)) == len(terms)
    assert len(set(names)) == len(names)


def test_識別子はコードで使われている():
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "daicho").rglob("*.py"))
    words = set(re.findall(r"[A-Za-z_]+", code.lower()))
    used = " ".join(words)
    assert [r["identifier"] for r in _rows() if " " not in r["identifier"] and r["identifier"] not in used] == []
