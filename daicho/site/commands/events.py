"""異動事由一覧 — `daicho events`: writes docs/events.md from the definitions; `--check` says whether it is fresh. 設計10章."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "events"
HELP = "write docs/events.md from the event definitions; with --check exit 1 when it is not what they say"
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "events.md"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing, compare")


def run(chosen: argparse.Namespace) -> int:
    from daicho.residents.rules.events import ALL_EVENTS
    from daicho.residents.rules.events_doc import events_document

    text = events_document(ALL_EVENTS)
    if chosen.check:
        fresh = DOCUMENT.is_file() and DOCUMENT.read_text("utf-8") == text
        print(f"docs/events.md is {'fresh' if fresh else 'not what the definitions say: run `daicho events`'} ({len(ALL_EVENTS)} events)")
        return 0 if fresh else 1
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(text, "utf-8")
    print(f"docs/events.md: {len(ALL_EVENTS)} events")
    return 0
