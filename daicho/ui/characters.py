"""文字情報・文字を探す — a character looked up (字形, コード, MJ番号, 水準, 異体字, 読み, 画数), and one found that cannot be typed. 標準2.1.3-29, 2.2.3.

POST: what was typed may be somebody's name, and lies in no URL. Signed-in people only; no person is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from daicho.ui import glyphs
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width
from daicho.values.characters import characters, is_selector, jis_level, substitute
from daicho.values.kanji import RADICALS, Kanji, Wanted, find_kanji, kana_reading, only_characters, search, variants_of

MOST_FOUND, MOST_LOOKED_UP = 60, 60
_TEXT = FieldSpec("text", "文字", Kind.NAME, required=True, width=Width.FULL, max_length=200, hint="氏名などをそのまま入力します。1文字ずつ表示します。")
_READING = FieldSpec("reading", "読み", Kind.KANA, width=Width.MEDIUM, max_length=20, hint="音か訓。例　ヘン、アタリ")
_PARTS = FieldSpec("parts", "部品", Kind.NAME, width=Width.MEDIUM, max_length=10, hint="含まれる字を続けて。例　辶自")
_RADICAL = FieldSpec("radical", "部首", Kind.SELECT, width=Width.MEDIUM, choices=tuple(Choice(str(no), f"{c}　{no}") for no, c in enumerate(RADICALS, 1)))
_FEWEST = FieldSpec("fewest", "画数（から）", letters="digits", width=Width.TINY, max_length=2)
_MOST = FieldSpec("most", "画数（まで）", letters="digits", width=Width.TINY, max_length=2)
_CODE = FieldSpec("code", "MJ番号・コード", width=Width.MEDIUM, max_length=20, letters="latin", hint="例　MJ026190、U+9089、U+9089 U+E010F")
_VARIANT = FieldSpec("variant", "この字の異体字", Kind.NAME, width=Width.SHORT, max_length=4, hint="打てる字。例　辺")
SEARCH = (_READING, _PARTS, _RADICAL, _FEWEST, _MOST, _CODE, _VARIANT)
_MJ = re.compile(r"(?:MJ)?(\d{1,6})", re.ASCII | re.IGNORECASE)
_POINTS = re.compile(r"(?:U\+[0-9A-F]{4,6}[\s,]*){1,2}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class CityTables:
    """The city's own tables as of today: 代替文字 by character, and what its table holds equal to a character."""

    substitutes: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)


_city_tables: list[Callable[[], CityTables]] = []


@dataclass(frozen=True)
class Information:
    """What is known of one character as it stands in a text."""

    cluster: str
    codes: str
    mj_number: str
    level: str
    substitute: str
    kanji: Kanji | None
    lack: str  # why paper cannot print it, "" when it can
    forms: tuple[str, ...]  # the same character with other selectors
    variants: tuple[str, ...]
    of_city: str  # what the city's own table holds equal to it


@dataclass(frozen=True)
class Shown:
    """One form of a character that was found, to be put into a field."""

    cluster: str
    label: str  # MJ number, else its codes
    kanji: Kanji | None

    @property
    def note(self) -> str:
        """Its reading and strokes, for who hears the list."""
        if self.kanji is None:
            return ""
        return f"{self.kanji.strokes}画　{'・'.join((*self.kanji.on, *self.kanji.kun))}"


def register_city_tables(ask: Callable[[], CityTables]) -> None:
    """Who keeps the city's own tables of 代替文字 and 異体字; asked once for a page."""
    _city_tables[:] = [ask]


@require_http_methods(["GET", "POST"])
def information(request: HttpRequest) -> HttpResponse:
    """文字情報 of each character of a text, and below it the same search as in the picker."""
    form = BoundForm((_TEXT,), request.POST)
    tables = _city_tables[0]() if _city_tables and form.value("text") else CityTables()
    found = [look_up(cluster, tables) for cluster in dict.fromkeys(characters(form.value("text"))) if not cluster.isspace()][:MOST_LOOKED_UP]
    return render(request, "ui/characters.html", {"form": form, "found": found})


@require_POST
def picker(request: HttpRequest) -> HttpResponse:
    """The inside of the dialog: the form, and below it what was found. htmx puts it in place of the former one."""
    form = BoundForm(SEARCH, request.POST)
    asked = any(form.value(spec.name) for spec in SEARCH)
    shown, problems = find(form) if asked else ([], ())
    more = len({one.cluster[0] for one in shown}) >= MOST_FOUND
    return render(request, "ui/character_picker.html", {"form": form.with_problems(problems), "asked": asked and not problems, "shown": shown, "more": more})


def look_up(cluster: str, tables: CityTables) -> Information:
    base = cluster[0]
    instead = substitute(cluster, tables.substitutes).text
    return Information(
        cluster, glyphs.code_points(cluster), glyphs.mj_number(cluster), jis_level(base), instead if instead != cluster else "", find_kanji(base),
        " ".join(glyphs.lacking(cluster)), tuple(form for form in glyphs.forms_of(base) if form != cluster), tuple(one for one in variants_of(base) if glyphs.forms_of(one)),
        tables.variants.get(cluster, ""),
    )  # fmt: skip


def find(form: BoundForm) -> tuple[list[Shown], tuple[Problem, ...]]:
    """Every form of the characters that agree with what was typed, and what cannot be read of it."""
    if code := form.value("code"):
        cluster = read_code(code)
        if cluster is None or (cluster not in glyphs.forms_of(cluster[0])):
            return [], (Problem("code", f"「{code}」の文字は、証明書用フォントにありません。MJ番号か文字コードを確認してください。"),)
        return _shown([cluster]), ()
    if variant := only_characters(form.value("variant")):
        return _forms([variant[0], *variants_of(variant[0])]), ()
    strokes: dict[str, int | None] = {}
    for name, ja in (("fewest", "画数（から）"), ("most", "画数（まで）")):
        text = form.value(name)
        if text and not text.isdecimal():
            return [], (Problem(name, f"{ja}は数字で入力してください。"),)
        strokes[name] = int(text) if text else None
    radical = form.value("radical")
    wanted = Wanted(kana_reading(form.value("reading")), only_characters(form.value("parts")), int(radical) if radical else None, **strokes)
    return _forms([kanji.character for kanji in search(wanted, MOST_FOUND)]), ()


def read_code(text: str) -> str | None:
    """The cluster of an MJ文字図形名 or of code points; None for what is neither, or no number of the font."""
    if found := _MJ.fullmatch(text):
        return glyphs.find_mj(f"MJ{int(found.group(1)):06}")
    if _POINTS.fullmatch(text):
        points = [int(point, 16) for point in re.findall(r"[0-9A-F]{4,6}", text, re.IGNORECASE)]
        if all(point <= 0x10FFFF for point in points) and not is_selector(chr(points[0])) and all(is_selector(chr(point)) for point in points[1:]):
            return "".join(map(chr, points))
    return None


def _forms(bases: Sequence[str]) -> list[Shown]:
    """Each glyph once: the character alone before the sequence that prints the same."""
    found: dict[str, Shown] = {}
    for one in (shown for base in bases for shown in _shown(glyphs.forms_of(base))):
        found.setdefault(one.label, one)
    return list(found.values())


def _shown(clusters: Sequence[str]) -> list[Shown]:
    return [Shown(cluster, glyphs.mj_number(cluster) or glyphs.code_points(cluster), find_kanji(cluster[0])) for cluster in clusters]
