"""文字 — characters with their selectors, 外字 and 代替文字. 標準30.2, 5.8 (N-5.8-03), spec/domain.md 6.

Text is stored as given: no NFC or NFKC anywhere (it breaks IVS). What a system or printer without the glyph receives is a
*substitute* made here. The stated set for both 外字 and 代替文字 is **JIS X 0213:2004**, as Python's codec euc_jis_2004 knows
it: a character outside it, or any character with a selector, counts as 外字.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from jntajis import MJShrinkSchemeCombo, mj_shrink_candidates

UNKNOWN_CHARACTER = "〓"
"""Stands for a character without any substitute. A certificate must never print it (spec/domain.md 6)."""

# In this order: the same character by the standards' own unification, then the ministry's tables, then likeness.
_SCHEMES = (
    MJShrinkSchemeCombo.JIS_INCORPORATION_UCS_UNIFICATION_RULE,
    MJShrinkSchemeCombo.MOJ_FAMILY_REGISTER_ACT_RELATED_NOTICE,
    MJShrinkSchemeCombo.MOJ_NOTICE_582,
    MJShrinkSchemeCombo.INFERENCE_BY_READING_AND_GLYPH,
)


@dataclass(frozen=True, slots=True)
class Substitute:
    """代替文字による表記 of a text."""

    text: str
    """Only characters of JIS X 0213, as many as the original has; 〓 where none was found."""
    unresolved: tuple[str, ...]
    """The characters that became 〓, for a clerk's work list."""


def is_selector(character: str) -> bool:
    """U+E0100–E01EF (IVS) and U+FE00–FE0F (SVS)."""
    return "\U000e0100" <= character <= "\U000e01ef" or "\ufe00" <= character <= "\ufe0f"


def characters(text: str) -> tuple[str, ...]:
    """The text divided into characters as a reader counts them: a selector belongs to the one before it."""
    found: list[str] = []
    for c in text:
        if found and is_selector(c):
            found[-1] += c
        else:
            found.append(c)
    return tuple(found)


@lru_cache(maxsize=16_384)
def in_jis_x_0213(character: str) -> bool:
    """Whether one character (without selector) is in JIS X 0213:2004."""
    try:
        character.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return False
    return True


_LEVEL_OF_ROW = ((16, "非漢字"), (48, "第1水準"), (85, "第2水準"))


def jis_level(character: str) -> str:
    """水準 of one character without its selector: 非漢字, 第1水準–第4水準 (JIS X 0208, 0213), or 水準外."""
    base = character[0]
    try:
        encoded = base.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return "水準外"
    if len(encoded) == 3:
        return "第4水準"
    if len(encoded) == 2:
        try:
            row = base.encode("euc_jp")[0] - 0xA0
        except UnicodeEncodeError:
            return "第3水準"
        if encoded == base.encode("euc_jp"):
            return next((name for below, name in _LEVEL_OF_ROW if row < below), "第3水準")
    return "非漢字"


def gaiji_count(text: str) -> int:
    """外字数: characters outside JIS X 0213:2004, among them every one with a selector (項目長/外字数, C-05)."""
    return sum(1 for c in characters(text) if len(c) > 1 or not in_jis_x_0213(c))


@lru_cache(maxsize=16_384)
def _substitute_of(character: str) -> str | None:
    base = character[0]
    if len(character) == 1 and in_jis_x_0213(base):
        return base
    for scheme in _SCHEMES:
        for candidate in mj_shrink_candidates(character, scheme):
            if len(candidate) == 1 and candidate != base and in_jis_x_0213(candidate) and not in_jis_x_0213(base):
                return candidate
    return base if in_jis_x_0213(base) else None


def substitute(text: str, of_city: Mapping[str, str] = MappingProxyType({})) -> Substitute:
    """The text as a system sees it that has only JIS X 0213. The same text and table always give the same substitute.

    `of_city`: what the city's own table says instead of a character. Else a selector is dropped when its base is in the set; otherwise the
    first candidate of the MJ縮退マップ that is in the set.
    """
    unresolved: list[str] = []
    out: list[str] = []
    for character in characters(text):
        found = of_city.get(character) or _substitute_of(character)
        if found is None:
            unresolved.append(character)
        out.append(found or UNKNOWN_CHARACTER)
    return Substitute("".join(out), tuple(unresolved))
