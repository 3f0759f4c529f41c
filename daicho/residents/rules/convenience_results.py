"""コンビニ交付の回答の言葉 — what a clerk reads for each result code, by the list that the certificate centre has too. layouts/codes.csv; S5-03."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_CODES = Path(__file__).resolve().parents[3] / "layouts" / "codes.csv"
ISSUED = "A00"


@cache
def _words() -> Mapping[str, str]:
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["ja"] for row in csv.DictReader(file) if row["list"] == "convenience_result"}


def result_ja(code: str) -> str:
    """「交付」, or why not: 「交付せず：仮登録中」. A code of a later list as it is."""
    return _words().get(code, code) if code == ISSUED else f"交付せず：{_words().get(code, code)}"
