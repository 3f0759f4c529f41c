"""写しの印刷 — a composed document made into the copy that is handed over: its check code, its pages, and where it is electronic its signature. A-05; decision 0046."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from daicho import clock
from daicho.certificates import TEMPLATES
from daicho.certificates.check_mark import CheckMark, with_mark
from daicho.certificates.document import Document
from daicho.city.check_address import check_address
from daicho.city.signing_keys import city_keys
from daicho.paper.check_code import PrintedCode, in_fours, new_code
from daicho.paper.check_mark import draw_check_mark
from daicho.paper.fit import Overflow
from daicho.paper.press import Printed, open_press
from daicho.residents.models.counter import Output


@dataclass(frozen=True)
class MadeCopy:
    """`document` bears the mark; `delivered`: the signed bytes of an electronic copy, None for paper."""

    document: Document
    printed: Printed
    check_code: str
    delivered: bytes | None


def print_copy(document: Document, overflow: Overflow = Overflow.REFUSE, *, output: Output = Output.PAPER, ja: str = "") -> MadeCopy:
    """Print one copy under a new check code. `ja`: what the paper is called, which readers of the signature are told.

    One statement. Raises PaperError: glyphs, overflow, no key for the day, no address to check at.
    """
    press, keys = open_press(settings.FONTS_DIR, TEMPLATES), city_keys(document.dated)
    code = new_code()
    facts = PrintedCode(code, document.page_mark, document.dated, press.count(document), document.stamp)
    address = check_address(document.dated)
    drawing = draw_check_mark(f"{address}{code}#{keys.check.token(facts)}")
    marked = with_mark(document, CheckMark(in_fours(code), address, drawing.png, drawing.size_mm))
    printed = press.print(marked, overflow)
    delivered = keys.signer.sign(printed.pdf, f"{ja}の交付", clock.jst(clock.now())) if output is Output.ELECTRONIC else None
    return MadeCopy(marked, printed, code, delivered)
