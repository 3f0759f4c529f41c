"""届書 — the input files of the stories: one 異動 each, in the words of the form's labels. Days may be told from today.

    {"異動": "転入", "届出": {"異動日": "10日前", …}, "人": [{"氏名": …}, …], "確認": {"14日を過ぎて": "理由…"}}

`異動する人` names who of a household goes (転居, 再転入). `確認` answers an alert: a part of its words → the clerk's reason.
`通知先` is the code of the municipality that must get the 転入通知. 〈父〉 is a word of the family that the paper is about, so that two
families can live the same papers (scenarios/decade).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any  # what a file says is JSON

STORIES = Path(__file__).resolve().parents[1] / "stories"
_KEYS = {"異動", "説明", "通知先", "異動する人", "届出", "人", "確認"}
_JAPAN = timezone(timedelta(hours=9))
_AGO = re.compile(r"(\d+)日(前|後)")
_WORD = re.compile("〈(.+?)〉")


@dataclass
class Calendar:
    """The day on which the stories are played: it stands still, also over midnight, until the city's clock is turned (World.turn)."""

    today: date = field(default_factory=lambda: datetime.now(_JAPAN).date())


CALENDAR = Calendar()


def today() -> date:
    return CALENDAR.today


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
        """The new address as the register will write it; "" of a paper that has none."""
        return f"北海道小樽市{self.filing['新しい住所']}" if "新しい住所" in self.filing else ""

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


def read(story: str, name: str, words: Mapping[str, str] | None = None) -> Paper:
    """The paper stories/STORY/NAME.json, with the words of a family. ValueError for a key, KeyError for a word that means nothing."""
    file = STORIES / story / f"{name}.json"
    return paper_of(file, json.loads(fill_words(file.read_text("utf-8"), words or {})))


def fill_words(text: str, words: Mapping[str, str]) -> str:
    """〈父〉 → whoever the father is. KeyError for a word that means nothing."""
    return _WORD.sub(lambda found: words[found[1]], text)


def paper_of(file: Path, told: dict[str, Any]) -> Paper:
    """What a file says → the paper. ValueError for a key that a paper has not."""
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
