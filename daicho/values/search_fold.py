"""あいまい検索の畳み込み — the tables and rules under search_key(), one function for each kind of text. 標準2.1.2.

Nothing here is for display or storage. The variants come from data/variants.csv (its sources are named row by row).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path


class SearchKind(StrEnum):
    """検索語の種類. A str, so that it can stand in a column as it is."""

    KANA = "kana"
    """カナ氏名, 旧氏・通称のフリガナ."""
    NAME = "name"
    """漢字氏名, 旧氏, 通称; also kana and Latin letters within them."""
    ROMAN = "roman"
    """ローマ字氏名 of foreign residents: words in any order, any case."""
    ADDRESS = "address"
    """住所 and 方書."""


# Tables ---------------------------------------------------------------------------------------------------------------

_SPACES = " \t\u00a0\u3000"
DASHES = "ー―－‐ｰ-‑‒–—−─━﹣"
_SELECTORS = [*range(0xE0100, 0xE01F0), *range(0xFE00, 0xFE10), 0x3099, 0x309A]  # and sound marks left without their kana
_SMALL = ("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨハカケ")
_VOICED = ("ガギグゲゴザジズゼゾダデドバビブベボパピプペポ", "カキクケコサシスセソタテトハヒフヘホハヒフヘホ")
_EQUAL = ("ワヲヰヱヷヸヹヺ", "ハオイエハヒヘホ")


def _variants() -> dict[int, str]:
    with (Path(__file__).parent / "data" / "variants.csv").open(encoding="utf-8", newline="") as table:
        return {ord(variant): row["folds_to"] for row in csv.DictReader(table) for variant in row["variants"]}


def _kana_table() -> dict[int, str | None]:
    """Katakana and hiragana to large unvoiced katakana. ヂ and ヅ stay: they are equal to two others which are not equal."""
    katakana: dict[int, str | None] = {}
    for froms, tos in (_SMALL, _VOICED, _EQUAL):
        katakana.update(zip(map(ord, froms), tos, strict=True))
    hiragana = {ord(k) - 0x60: katakana.get(ord(k), k) for k in map(chr, range(0x30A1, 0x30F7))}
    dropped = dict.fromkeys([*map(ord, _SPACES + DASHES + "・･'’`゛゜"), *_SELECTORS])
    return {**katakana, **hiragana, **dropped}


_LATIN: dict[int, str | None] = {
    **{code: chr(code - 0x20) for code in range(ord("a"), ord("z") + 1)},
    **{code: chr(code - 0xFEE0).upper() for code in range(0xFF01, 0xFF5F)},
}
_VARIANTS = _variants()
_KANA = _kana_table()


def variant_table() -> Mapping[str, str]:
    """異体字 → the character that stands for its family in a key."""
    return _VARIANT_TABLE


_VARIANT_TABLE = {chr(variant): to for variant, to in _VARIANTS.items() if isinstance(to, str)}
_NAME: dict[int, str | None] = {**_VARIANTS, **_LATIN, **_KANA}

# Half-width kana, sound marks standing apart, and ligatures need composing before a table of single characters can help.
_COMPOSED = re.compile("[\uff61-\uff9f\u3099\u309a]")
_VU = re.compile("[ヴゔ]([ァィェォぁぃぇぉ]?)")
_VU_ROW = {"": "フ", "ァ": "ハ", "ィ": "ヒ", "ェ": "ヘ", "ォ": "ホ", "ぁ": "ハ", "ぃ": "ヒ", "ぇ": "ヘ", "ぉ": "ホ"}
LONG_O_ROW = "オコソトノホモヨロ"
_LONG_U = re.compile(f"(?<=[{LONG_O_ROW}])ウ+")


def plain_width(text: str) -> str:
    """Half-width kana and separate sound marks as ordinary kana (for keys and queries only; IVS are dropped later).

    Hiragana becomes katakana here, so that the alternatives of a query are one alphabet.
    """
    if _COMPOSED.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_HIRAGANA)


_HIRAGANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}


def _kana_rules(text: str, table: dict[int, str | None]) -> str:
    if _COMPOSED.search(text):
        text = unicodedata.normalize("NFKC", text)
    if "ヴ" in text or "ゔ" in text:
        text = _VU.sub(lambda vu: _VU_ROW[vu.group(1)], text)
    key = text.translate(table)
    if "ウ" in key:
        key = _LONG_U.sub(lambda run: "オ" * len(run.group()), key)
    return key


def fold_kana(text: str) -> str:
    """清音化, small kana, long marks, width, spaces, ウ after オ段; ワ=ハ, ヲ=オ, ヴァ=バ (N-2.1.2-02 to -04, -08 to -13)."""
    return _kana_rules(text, _KANA_LATIN)


_KANA_LATIN: dict[int, str | None] = {**_LATIN, **_KANA}


def fold_name(text: str) -> str:
    """As fold_kana, with 異体字 folded and selectors (IVS) removed (N-2.1.2-14)."""
    return _kana_rules(text, _NAME)


# ローマ字 --------------------------------------------------------------------------------------------------------------

_NOT_LETTER = re.compile(r"[^0-9A-Z]+")
_APOSTROPHES = re.compile("['’`´]")


def fold_roman(text: str) -> str:
    """Capital letters without accents, words in alphabetical order, one space between (a hyphen divides words)."""
    plain = text if text.isascii() else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = _NOT_LETTER.sub(" ", _APOSTROPHES.sub("", plain).upper()).split()
    return " ".join(sorted(words))


# 住所 -----------------------------------------------------------------------------------------------------------------

_ADDRESS: dict[int, str | None] = {
    **{code: to for code, to in _NAME.items() if to is not None},
    **dict.fromkeys([*map(ord, _SPACES), *_SELECTORS]),
    **dict.fromkeys(map(ord, DASHES), "-"),
}
_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十百]+(?=丁目|番|号|条|線)|(?<=[0-9番地号])の[〇一二三四五六七八九十百]+|(?<=番地)[〇一二三四五六七八九十百]+")
_NUMBER = re.compile("([0-9]+)(?![0-9条線])(?:丁目|番地|番(?!外)|号|ノ(?=[0-9])|-)*")
_DASH_NOT_AFTER_DIGIT = re.compile("(?<![0-9-])-+")


def kanji_numeral(text: str) -> int:
    """二十三 → 23, 二三 → 23."""
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGIT[c]) for c in text))
    hundreds, hundred_mark, rest = text.partition("百") if "百" in text else ("", "", text)
    tens, ten_mark, ones = rest.partition("十") if "十" in rest else ("", "", rest)

    def digit(part: str, mark: str) -> int:
        return kanji_numeral(part.replace("十", "").replace("百", "") or "〇") if part else (1 if mark else 0)

    return digit(hundreds, hundred_mark) * 100 + digit(tens, ten_mark) * 10 + (digit(ones, "") if ones else 0)


def _as_digits(found: re.Match[str]) -> str:
    text = found.group()
    return "の" + str(kanji_numeral(text[1:])) if text.startswith("の") else str(kanji_numeral(text))


def fold_address(text: str) -> str:
    """花園二丁目１番１号, 花園2－1－1 and 花園2丁目1ー1 become 花園2-1-1-: every number ends with '-' whatever followed it.

    So a query for 花園二丁目 is a prefix of 花園2-1-1- and not of 花園21- (N-2.1.2-12, N-2.1.3-12). The long mark of a building's
    kana is dropped. 条 and 線 stay: 北十条 is 北10条.
    """
    if _COMPOSED.search(text):
        text = unicodedata.normalize("NFKC", text)
    if "ヴ" in text or "ゔ" in text:
        text = _VU.sub(lambda vu: _VU_ROW[vu.group(1)], text)
    text = _KANJI_NUMBER.sub(_as_digits, text).translate(_ADDRESS)
    text = _NUMBER.sub(r"\1-", text)
    return _DASH_NOT_AFTER_DIGIT.sub("", text)
