"""家族 — who they are (families.json), what they file (stories/8_decade), and what an outsider has learnt of them so far."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.day.officer import Officer
from scenarios.day.papers import Paper, read
from scenarios.day.world import World

STORY = "8_decade"
FILE = Path(__file__).with_name("families.json")
FATHER, MOTHER, CHILD, GRANDMOTHER, BABY = "父", "母", "子", "祖母", "次の子"


def families() -> dict[str, dict[str, str]]:
    """The words of each family, by which life it lives."""
    found: dict[str, dict[str, str]] = json.loads(FILE.read_text("utf-8"))
    return found


@dataclass
class Family:
    """`words` are the family's; by role: 宛名番号, 統合宛名番号, 住民票コード, 符号 (by the number of its request)."""

    world: World
    words: Mapping[str, str]
    atena_no: dict[str, str] = field(default_factory=dict)
    integrated: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    permits: dict[str, str] = field(default_factory=dict)
    notice_first: bool = False  # whether the other city's 転入通知 comes before the planned day
    sent: int = 0  # 転入通知 of the other city
    mend: Callable[[], None] = lambda: None  # what the second life does once a year's filings are registered (outages.py)
    around_the_answer: Callable[[], AbstractContextManager[None]] = nullcontext  # and around the right answer of a former city
    seen: set[str] = field(default_factory=set)  # requests for a 符号 that are known already

    def __post_init__(self) -> None:
        self.codes = {role: self.words[f"{role}の住民票コード"] for role in (FATHER, MOTHER, CHILD, GRANDMOTHER)}

    def paper(self, name: str) -> Paper:
        return read(STORY, name, self.words)

    def name(self, role: str) -> str:
        return self.words[role]

    def open(self, officer: Officer, role: str, state: str = "現存") -> None:
        """The card of one of them."""
        officer.open(self.name(role), self.words[f"{role}の振り仮名"], self.words[f"{role}の生年月日"], state)

    def learn(self, officer: Officer, *roles: str) -> None:
        """宛名番号 of those who are new."""
        for role in roles:
            self.open(officer, role)
            self.atena_no[role] = officer.page.text.split("宛名番号", 1)[1].split()[0]

    @property
    def home(self) -> str:
        return f"北海道小樽市{self.words['広い家']}"
