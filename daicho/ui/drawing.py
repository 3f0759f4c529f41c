"""画面の書き方 — what a date, a number, a name, a state looks like in a page: the filters and functions that every template has.

A template never builds these by hand: it is decided here, once. Markup's own `%` escapes what is put into it.
"""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup, escape

from daicho import clock
from daicho.audit.parts import actor_ja
from daicho.ui import glyphs
from daicho.ui.addresses import find_url, static, url
from daicho.ui.dates import WEEKDAYS, moment, wareki_text
from daicho.ui.diff import Compared, compare

_MARKS = {"neutral": "●", "info": "◆", "success": "✓", "warning": "▲", "error": "✕", "waiting": "○"}
_NAME = Markup('<span class="name-glyph">%s</span>')
_NAME_WITH_CODES = Markup('<span class="name-glyph" title="%s">%s</span>')
_NAME_LACKING = Markup('<span class="name-glyph name-glyph--lacking" title="%s">%s</span><span class="lacking-mark">字形なし</span>')
_MASKED = Markup('<span class="masked"><span aria-hidden="true">%s</span><span class="visually-hidden">表示していません</span>%s</span>')
_NOT_RECORDED = Markup('<span class="empty-value">未記載</span>')
_BLANK = Markup('<span class="empty-value">（空欄）</span>')


def jst(instant: datetime | None) -> str:
    """An instant as the clerk's clock shows it: 「7月1日（水）13時05分」."""
    if not instant:
        return ""
    local = clock.jst(instant)
    return f"{local.month}月{local.day}日（{WEEKDAYS[local.weekday()]}）{local:%H時%M分}"


def jst_time(instant: datetime | None) -> str:
    return f"{clock.jst(instant):%H:%M}" if instant else ""


def name_glyph(text: object) -> Markup:
    """A name in the certificate's glyphs: code points and MJ numbers at hand where it holds a variation selector, a mark where paper lacks one."""
    shown = "" if text is None else str(text)
    if glyphs.are_plain(shown):
        return Markup(f'<span class="name-glyph">{escape(shown)}</span>')
    lacks = glyphs.lacking(shown)
    if lacks:
        return _NAME_LACKING % (" ".join(lacks), shown)
    if glyphs.has_selector(shown):
        return _NAME_WITH_CODES % (glyphs.described(shown), shown)
    return _NAME % shown


def masked(number: object, shown: int = 0) -> Markup:
    """A number as it is shown before it is unmasked: dots, and the last `shown` digits. The digits themselves need not reach the page."""
    text = "" if number is None else str(number)
    if not text:
        return _NOT_RECORDED
    tail = text[-shown:] if shown else ""
    return _MASKED % ("●" * (len(text) - len(tail)), tail)


def count_text(count: int, most: int = 1000) -> str:
    """「12件」, and 「1,000件以上」 where counting stopped."""
    return f"{most:,}件以上" if count >= most else f"{count:,}件"


def or_blank(value: object) -> Markup:
    """The value, or a mark that says aloud that there is none: an empty cell is never a question."""
    return _BLANK if value is None or value == "" else escape(value)


def lines(text: str) -> Markup:
    """A text of several lines, broken where it breaks."""
    return Markup("<br>").join(text.replace("\r\n", "\n").split("\n"))


def badge(kind: str, text: str) -> Markup:
    """状態の札: text and shape, colour only on top. Kinds: neutral, info, success, warning, error, waiting. Made here: a list draws fifty."""
    return Markup(f'<span class="badge badge--{escape(kind)}"><span class="badge__mark" aria-hidden="true">{_MARKS[kind]}</span>{escape(text)}</span>')


def compared(old: object, new: object) -> Compared:
    """Two values of an entry as texts, compared. Dates and other values are drawn first; None is a blank."""
    return compare(_shown(old), _shown(new))


def _shown(value: object) -> str:
    if value is None or value == "":
        return ""
    try:
        return wareki_text(value)
    except TypeError:
        return str(value)


FILTERS = {
    "actor_ja": actor_ja,
    "code_points": glyphs.described,
    "count_text": count_text,
    "jst": jst,
    "jst_time": jst_time,
    "lines": lines,
    "masked": masked,
    "moment": moment,
    "name_glyph": name_glyph,
    "or_blank": or_blank,
    "wareki": wareki_text,
}
FUNCTIONS = {"badge": badge, "compared": compared, "find_url": find_url, "static": static, "url": url}
