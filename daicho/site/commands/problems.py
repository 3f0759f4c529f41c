"""エラー・アラート一覧 — `daicho problems`: writes docs/problems.md from the catalogue; `--check` says whether it is fresh. 設計10章."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "problems"
HELP = "write docs/problems.md from the catalogue of errors and alerts; with --check exit 1 when it is not what it says"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "problems.md"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing, compare")


def run(chosen: argparse.Namespace) -> int:
    from daicho.residents.rules.problems import CATALOGUE
    from daicho.residents.rules.problems_doc import problems_document

    text = problems_document()
    if chosen.check:
        fresh = DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == text
        print(f"docs/problems.md is {'fresh' if fresh else 'not what the catalogue says: run `daicho problems`'} ({len(CATALOGUE)} codes)")
        return 0 if fresh else 1
    DOCUMENT.write_text(text, "utf-8")
    print(f"docs/problems.md: {len(CATALOGUE)} codes")
    return 0
