"""用紙の画面の言葉 — the fields in which sheets and what is done with them are told, and a page's answer to them. domain §4.2; decision 0052."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from daicho.residents.commands.paper_stock import NotRecorded
from daicho.residents.errors import CannotDo
from daicho.residents.rules.paper_stock import MOVES, Kind, Sheets, Unreadable, read_sheets
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Problem, Width
from daicho.ui.forms import Kind as FieldKind

SHEETS = FieldSpec(
    "sheets", "用紙番号", FieldKind.TEXTAREA, required=True, max_length=2000, hint="例　A000123、A000123～A000222。続いていない番号は空白か改行で区切ります。",
)  # fmt: skip
REASON = FieldSpec("reason", "理由", width=Width.FULL, max_length=200)
PLAIN = FieldSpec(
    "plain", "改ざん防止用紙を使わなかった理由", width=Width.FULL, max_length=200, hint="普通の用紙に印刷したときだけ入力し、用紙番号は空欄にします。"
)
COUNT = (
    FieldSpec("counted", "数えた枚数", required=True, letters="digits", width=Width.TINY, max_length=6, unit="枚"),
    FieldSpec(
        "explanation", "差の説明", width=Width.FULL, max_length=500, hint="帳簿の枚数と違うときに入力します。足りない用紙は、番号を調べて亡失を記録します。"
    ),
)


def kinds(offered: Iterable[Kind]) -> FieldSpec:
    return FieldSpec("kind", "処理", FieldKind.RADIO, required=True, choices=tuple(Choice(kind.value, MOVES[kind].ja) for kind in offered))


def sheets_in(form: BoundForm) -> tuple[BoundForm, list[Sheets]]:
    """What stands in the form's field of sheets; the form with the problem where it cannot be read."""
    try:
        return form, read_sheets(form.value("sheets"))
    except Unreadable as unreadable:
        return form if not form.value("sheets") else form.with_problems([Problem("sheets", str(unreadable))]), []


def tried(form: BoundForm, act: Callable[[], object]) -> BoundForm:
    """The form with why it could not be done; as it was when it was done."""
    try:
        act()
    except NotRecorded as refused:
        return form.with_problems(_at_fields(form, refused.reasons))
    except CannotDo as refused:
        return form.with_problems([Problem("", refused.message)])
    return form


def _at_fields(form: BoundForm, reasons: Sequence[tuple[str, str]]) -> list[Problem]:
    known = {spec.name for spec in form.specs}
    return [Problem(name if name in known else "", message) for name, message in reasons]
