"""出力・部数・プリンタ — as what a certificate is made, how many copies at once, and where they are printed. std 5.5, 10.7 (N-5.5-04, -05, N-10.7-01, -02, -04 … -06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daicho import city, clock
from daicho.certificates.request import OutputForm
from daicho.city.printers import Printer, printers_at
from daicho.residents.commands.certificates import Printing
from daicho.ui.forms import BoundForm, Choice, FieldSpec, Kind, Problem, Width

NAMES = ("copies", "printed_on")
UNKNOWN = "unknown"
_ON_NO_PAPER = Printing("")
Data = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Output:
    """What was chosen: `form` with its problems, the copies, the place."""

    form: BoundForm
    copies: int
    printing: Printing


def usual() -> OutputForm:
    """As what a copy is made unless the officer chooses otherwise: the city's setting (N-10.7-06). One query."""
    return OutputForm(city.setting("issue_output_default", clock.today()))


def read(terminal: str, data: Data) -> Output:
    """What stands in the form; one copy on the usual printer where nothing was sent. Three queries."""
    today = clock.today()
    printers, most = printers_at(terminal, today), int(city.setting("copies_at_once", today))
    places = {_value(printer, tray): Printing(printer.no, tray) for printer in printers for tray in printer.trays or ("",)}
    sent = {name: data[name] for name in NAMES if name in data}
    form = BoundForm(_specs(places, most), {"copies": "1", "printed_on": next(iter(places), UNKNOWN), **sent})
    on_paper = data.get("output", OutputForm.PAPER) in (OutputForm.PAPER, "")
    copies, place = form.value("copies"), form.value("printed_on")
    problems = []
    if not (copies.isascii() and copies.isdecimal() and 1 <= int(copies) <= most):
        problems.append(Problem("copies", f"部数は、1から{most}までの数字で入力してください。"))
    elif not on_paper and int(copies) > 1:
        problems.append(Problem("copies", "電子で渡す写しは1部です。部数を1にしてください。"))
    if place not in {*places, UNKNOWN}:
        problems.append(Problem("printed_on", "この端末のプリンタとトレイを、一覧から選んでください。"))
    form = form.with_problems(problems)
    return Output(form, 1 if problems else int(copies), places.get(place, _ON_NO_PAPER) if on_paper else _ON_NO_PAPER)


def _specs(places: Mapping[str, Printing], most: int) -> tuple[FieldSpec, ...]:
    choices = (*(Choice(value, value.replace("/", "　")) for value in places), Choice(UNKNOWN, "決まっていない（発行番号のプリンタの部分は空欄）"))
    return (
        FieldSpec("copies", "部数", letters="digits", width=Width.TINY, max_length=2, unit="部", hint=f"{most}部まで。1部ごとに発行番号と手数料がかかります。"),
        FieldSpec("printed_on", "プリンタ・トレイ", Kind.SELECT, required=True, choices=choices),
    )


def _value(printer: Printer, tray: str) -> str:
    return f"{printer.no}/{tray}" if tray else printer.no
