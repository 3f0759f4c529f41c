"""届書 — the input files of the stories: one 異動 each, in the words of the form's labels. Days may be told from today.

    {"異動": "転入", "届出": {"異動日": "10日前", …}, "人": [{"氏名": …}, …], "確認": {"14日を過ぎて": "理由…"}}

`異動する人` names who of a household goes (転居, 再転入). `確認` answers an alert: a part of its words → the clerk's reason.
`通知先` is the code of the municipality that must get the 転入通知.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

STORIES = Path(__file__).resolve().parents[1] / "stories"
_KEYS = {"異動", "説明", "通知先", "異動する人", "届出", "人", "確認"}
_JAPAN = timezone(timedelta(hours=9))
_AGO = re.compile(r"(\d+)日(前|後)")


@cache
def today() -> date:
    """The day on which this day is played: the same from the first story to the last, also over midnight."""
    return datetime.now(_JAPAN).date()


def day(words: str) -> date:
    """「今日」「10日前」「3日後」 → the day in Japan."""
    if words == "今日":
        return today()
    found = _AGO.fullmatch(words)
    if found is None:
        raise ValueError(f"no day: {words}")
    return today() + timedelta(days=int(found[1]) * (-1 if found[2] == "前" else 1))


def wareki(on: date) -> str:
    """令和8年4月1日, as it is written on a paper and on a screen."""
    return f"令和{on.year - 2018}年{on.month}月{on.day}日"


def _written(text: str) -> str:
    return wareki(day(text)) if text == "今日" or _AGO.fullmatch(text) else text


@dataclass(frozen=True)
class Paper:
    """One 届書."""

    file: Path
    event: str
    filing: dict[str, str]
    people: tuple[dict[str, str], ...]
    movers: tuple[str, ...]
    reasons: dict[str, str]
    addressee: str = ""

    @property
    def address(self) -> str:
        """The new address as the register will write it."""
        return f"北海道小樽市{self.filing['新しい住所']}"

    @property
    def address_outside(self) -> str:
        """The same with 方書, as it goes out of the house."""
        return "　".join(part for part in (self.address, self.filing.get("方書", "")) if part)

    def without(self, place: int, label: str) -> Paper:
        """The same with one text of one person missing."""
        return self.but(place, {label: ""})

    def but(self, place: int, texts: dict[str, str]) -> Paper:
        """The same with other texts of one person (from 0)."""
        people = tuple({**person, **texts} if index == place else person for index, person in enumerate(self.people))
        return replace(self, people=people)

    def but_filed(self, texts: dict[str, str]) -> Paper:
        """The same with other texts of the filing's own fields."""
        return replace(self, filing={**self.filing, **{label: _written(text) for label, text in texts.items()}})


def read(story: str, name: str) -> Paper:
    """The paper stories/STORY/NAME.json. ValueError for a key that means nothing."""
    file = STORIES / story / f"{name}.json"
    told = json.loads(file.read_text("utf-8"))
    if set(told) - _KEYS:
        raise ValueError(f"{file}: unknown keys {sorted(set(told) - _KEYS)}")
    return Paper(
        file,
        told["異動"],
        {label: _written(text) for label, text in told.get("届出", {}).items()},
        tuple({label: _written(text) for label, text in person.items()} for person in told.get("人", ())),
        tuple(told.get("異動する人", ())),
        told.get("確認", {}),
        told.get("通知先", ""),
    )
