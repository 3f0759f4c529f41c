"""異動ごとの一件 — one paper for each kind of 異動, with who must live here first, what the prefecture hears and what the card says then.

Beside the keys of papers.py: 住民 (who has moved in first), 先に (papers of this folder played on them before), 県へ (update reasons, one
for each person of the paper), 後 (label of the card → its text), 状態 (of the card found afterwards). 〈名〉 and the like are words of
the person invented for the case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.day import made_up
from scenarios.day.papers import STORIES, Paper, fill_words, paper_of, read, today, wareki

STORY = "9_every_event"
_SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロ"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Case:
    """One file of the folder, with the words of the person it is played with."""

    paper: Paper
    residents: str
    first: tuple[str, ...]
    told: tuple[str, ...]
    after: Mapping[str, str] = field(default_factory=dict)
    state: str = "現存"

    @property
    def changes_code(self) -> bool:
        """Whether the person is known to the prefecture by another 住民票コード from now on, which the card tells."""
        return self.paper.event in ("住民票コードの変更", "住民票コードの修正")

    @property
    def is_of_child(self) -> bool:
        """Whether somebody new to the register is whom the paper is about, though it began with a card (出生)."""
        return self.paper.event == "出生"


def names() -> list[str]:
    return sorted(file.stem for file in (STORIES / STORY).glob("*.json"))


def case(name: str, words: Mapping[str, str]) -> Case:
    """The case of this name. KeyError for a word that means nothing."""
    file: Path = STORIES / STORY / f"{name}.json"
    told = json.loads(fill_words(file.read_text("utf-8"), words))
    own = {key: told.pop(key) for key in ("住民", "先に", "県へ", "後", "状態") if key in told}
    return Case(paper_of(file, told), own["住民"], tuple(own.get("先に", ())), tuple(own.get("県へ", ())), own.get("後", {}), own.get("状態", "現存"))


def words_of(index: int) -> dict[str, str]:
    """The person invented for the case with this place, and whoever lives with them: names that nobody else bears."""
    given, second = _SYLLABLES[index // 8] + _SYLLABLES[index % 8 + 10], _SYLLABLES[index // 8] + _SYLLABLES[index % 8 + 20]
    latin = _LATIN[index // 26] + _LATIN[index % 26]
    return {
        "名": given, "名の振り仮名": given, "氏名": f"事例　{given}", "振り仮名": f"ジレイ　{given}", "生年月日": "昭和51年2月2日",
        "二人目": f"事例　{second}", "二人目の振り仮名": f"ジレイ　{second}", "子の氏名": f"事例　{given}ト", "子の振り仮名": f"ジレイ　{given}ト",
        "ローマ字": f"JIREI {latin}", "二人目のローマ字": f"JIREI {latin}{latin}", "番": str(101 + index), "今日": wareki(today()),
        "住民票コード": made_up.juminhyo_code(10 * index), "個人番号": made_up.individual_number(10 * index), "在留カード": made_up.residence_card_no(10 * index),
        "二人目の住民票コード": made_up.juminhyo_code(10 * index + 1), "二人目の個人番号": made_up.individual_number(10 * index + 1),
        "二人目の在留カード": made_up.residence_card_no(10 * index + 1), "三人目": f"事例　{second}ミ", "三人目の振り仮名": f"ジレイ　{second}ミ",
        "三人目の住民票コード": made_up.juminhyo_code(10 * index + 2), "三人目の個人番号": made_up.individual_number(10 * index + 2),
    }  # fmt: skip


def residents(kind: str, words: Mapping[str, str]) -> list[Paper]:
    """The papers by which they have come: one household each. Of a name that is 外国人 the birth date is western."""
    return [read("9_every_event/residents", name, words) for name in _CAME[kind]]


_CAME = {
    "なし": [], "日本人": ["one"], "夫婦": ["couple"], "外国人": ["foreigner"], "外国人二人": ["two_foreigners"], "二世帯": ["one", "neighbour"],
    "夫婦と隣": ["couple", "neighbour"],
}  # fmt: skip
