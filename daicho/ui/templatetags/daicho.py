"""画面の型札 — `{% load daicho %}`: frame, fields, problems, dates, masked numbers, names, badges, before/after.

A template never builds these by hand: what a number, a name or a date looks like is decided here, once.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from daicho import clock
from daicho.ui import glyphs
from daicho.ui.chrome import Chrome, chrome_of
from daicho.ui.dates import WEEKDAYS, wareki_text
from daicho.ui.diff import Compared, compare
from daicho.ui.forms import BoundField, BoundForm

register = template.Library()
register.filter("wareki", wareki_text)
register.filter("code_points", glyphs.described)

_MARKS = {"neutral": "●", "info": "◆", "success": "✓", "warning": "▲", "error": "✕", "waiting": "○"}


@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Chrome:
    """The frame: `{% chrome as page %}`."""
    request: HttpRequest | None = context.get("request")
    return chrome_of(request)


@register.filter
def jst(instant: Any) -> str:  # Any: a datetime or None, as templates give it
    """An instant as the clerk's clock shows it: 「7月1日（水）13時05分」."""
    if not instant:
        return ""
    local = clock.jst(instant)
    return f"{local.month}月{local.day}日（{WEEKDAYS[local.weekday()]}）{local:%H時%M分}"


@register.filter
def jst_time(instant: Any) -> str:  # Any: as above
    return f"{clock.jst(instant):%H:%M}" if instant else ""


@register.filter
def name_glyph(text: object) -> SafeString:
    """A name in the certificate's glyphs: code points and MJ numbers at hand where it holds a variation selector, a mark where paper lacks one."""
    shown = "" if text is None else str(text)
    lacks = glyphs.lacking(shown)
    if lacks:
        return format_html(
            '<span class="name-glyph name-glyph--lacking" title="{}">{}</span><span class="lacking-mark">字形なし</span>', " ".join(lacks), shown
        )
    if glyphs.has_selector(shown):
        return format_html('<span class="name-glyph" title="{}">{}</span>', glyphs.described(shown), shown)
    return format_html('<span class="name-glyph">{}</span>', shown)


@register.filter
def masked(number: object, shown: int = 0) -> SafeString:
    """A number as it is shown before it is unmasked: dots, and the last `shown` digits. The digits themselves need not reach the page."""
    text = "" if number is None else str(number)
    if not text:
        return format_html('<span class="empty-value">{}</span>', "未記載")
    tail = text[-shown:] if shown else ""
    return format_html(
        '<span class="masked"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>{}</span>',
        "●" * (len(text) - len(tail)), "表示していません", tail,
    )  # fmt: skip


@register.filter
def count_text(count: int, most: int = 1000) -> str:
    """「12件」, and 「1,000件以上」 where counting stopped."""
    return f"{most:,}件以上" if count >= most else f"{count:,}件"


@register.filter
def or_blank(value: object) -> SafeString:
    """The value, or a mark that says aloud that there is none: an empty cell is never a question."""
    if value is None or value == "":
        return format_html('<span class="empty-value">{}</span>', "（空欄）")
    return conditional_escape(value)


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """状態の札: text and shape, colour only on top. Kinds: neutral, info, success, warning, error, waiting. Made here: a list draws fifty."""
    return format_html('<span class="badge badge--{}"><span class="badge__mark" aria-hidden="true">{}</span>{}</span>', kind, _MARKS[kind], text)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, autofocus: bool = False) -> dict[str, Any]:  # Any: template context
    return {"field": bound, "autofocus": autofocus}


@register.inclusion_tag("ui/field.html")
def field_of(form: BoundForm, name: str, autofocus: bool = False) -> dict[str, Any]:  # Any: template context
    """A field by its name, for templates that go through a declaration."""
    return {"field": form[name], "autofocus": autofocus}


@register.inclusion_tag("ui/fields.html")
def fields(form: BoundForm, names: str = "") -> dict[str, Any]:  # Any: template context
    """All fields in the order of the declaration, or those named (space-separated)."""
    return {"fields": [form[name] for name in names.split()] if names else list(form)}


@register.inclusion_tag("ui/problems.html")
def problems(form: BoundForm) -> dict[str, Any]:  # Any: template context
    """The summary at the top: errors with links to their fields, then alerts with the reason for going on."""
    return {"form": form}


@register.inclusion_tag("ui/compare_row.html")
def compare_row(label: str, old: object, new: object, is_name: bool = False) -> dict[str, Any]:  # Any: template context
    """One row of the before/after table. Dates and other values are drawn first; None is a blank."""
    compared = compare(_shown(old), _shown(new))
    return {"label": label, "compared": compared, "is_name": is_name}


@register.inclusion_tag("ui/compared.html")
def compared(result: Compared, side: str, is_name: bool = False) -> dict[str, Any]:  # Any: template context
    """One side ("old" or "new") of a comparison."""
    return {"compared": result, "side": side, "is_name": is_name}


def _shown(value: object) -> str:
    if value is None or value == "":
        return ""
    try:
        return wareki_text(value)
    except TypeError:
        return str(value)
