"""エラーとアラート — what a check finds: an error blocks, an alert warns and is recorded when overridden. std 11.1; domain §11.

What each code says stands in problems.csv, the one catalogue: whether it blocks, the 項目, the 理由, the 対応方法 and the article. A text may
hold places, as {label}; the words for them come with the finding.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter

KINDS = {"エラー": True, "アラート": False}
"""What the catalogue writes → whether it blocks."""


@dataclass(frozen=True)
class Problem:
    """One finding. `member` is the index of the person in the filing, None when it is about the filing. `item`: 項目, by the catalogue."""

    code: str
    field: str
    message: str
    blocks: bool = True
    member: int | None = None
    item: str = ""

    @property
    def key(self) -> str:
        """Names this finding in one filing, so that an override with its reason can be kept for it."""
        return f"{self.code}:{'' if self.member is None else self.member}:{self.field}"


@dataclass(frozen=True)
class Entry:
    """What the catalogue says of one code. Every text may hold places; ValueError for a kind that is none."""

    code: str
    kind: str
    item: str
    reason: str
    action: str
    article: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.code}: {self.kind} is neither エラー nor アラート")

    @property
    def blocks(self) -> bool:
        return KINDS[self.kind]

    @cached_property
    def places(self) -> frozenset[str]:
        texts = self.item + self.reason + self.action + self.article
        return frozenset(name for _, name, _, _ in Formatter().parse(texts) if name)

    def with_words(self, words: Mapping[str, object]) -> Entry:
        """The entry with its places filled. TypeError for words missing or too many."""
        if words.keys() != self.places:
            raise TypeError(f"{self.code} needs the words {sorted(self.places)}, not {sorted(words)}")
        return Entry(self.code, self.kind, *(text.format(**words) for text in (self.item, self.reason, self.action, self.article)))

    @property
    def message(self) -> str:
        """理由、対応方法 and article, as the clerk reads them. What ends in brackets names its article already: the fault of a value."""
        said = self.reason + self.action
        return said if said.endswith("）。") else f"{said.removesuffix('。')}（{self.article}）。"


def _catalogue() -> Mapping[str, Entry]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Entry(**row) for row in csv.DictReader(file)}


CATALOGUE = _catalogue()


def code_of(key: str) -> str:
    """The code in the key of a finding."""
    return key.partition(":")[0]


def problem(code: str, field: str, member: int | None = None, /, **words: object) -> Problem:
    """A finding, with the `words` for the places of its texts. KeyError for an unknown code, TypeError for words missing or too many."""
    entry = CATALOGUE[code].with_words(words)
    return Problem(code, field, entry.message, entry.blocks, member, entry.item)
