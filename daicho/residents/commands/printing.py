"""写しの印刷 — a composed document made into the copy that is handed over: its check code, its pages, and where it is electronic its signature. A-05; decision 0046."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from daicho import clock
from daicho.certificates import TEMPLATES
from daicho.certificates.check_mark import CheckMark, with_mark
from daicho.certificates.credential import claims_of
from daicho.certificates.document import Document
from daicho.city.check_address import check_address
from daicho.city.signing_keys import city_keys
from daicho.paper import sd_jwt
from daicho.paper.check_code import PrintedCode, in_fours, new_code
from daicho.paper.check_mark import draw_check_mark
from daicho.paper.fit import Overflow
from daicho.paper.key_pairs import KeyPair
from daicho.paper.press import Printed, open_press
from daicho.residents.models.counter import Output


@dataclass(frozen=True)
class MadeCopy:
    """`document` bears the mark; `delivered`: the signed bytes of an electronic copy, the credential, None for paper."""

    document: Document
    printed: Printed
    check_code: str
    delivered: bytes | None


def print_copy(
    document: Document, overflow: Overflow = Overflow.REFUSE, *, output: Output = Output.PAPER, ja: str = "", not_said: Collection[str] = ()
) -> MadeCopy:
    """Print one copy under a new check code. `ja`: what the paper is called, which readers of the signature are told. `not_said`: printed texts that
    say that an entry is left out.

    One statement. Raises PaperError: glyphs, overflow, no key for the day, no address to check at.
    """
    press, keys = open_press(settings.FONTS_DIR, TEMPLATES), city_keys(document.dated)
    code = new_code()
    facts = PrintedCode(code, document.page_mark, document.dated, press.count(document), document.stamp)
    address = check_address(document.dated)
    drawing = draw_check_mark(f"{address}{code}#{keys.check.token(facts)}")
    marked = with_mark(document, CheckMark(in_fours(code), address, drawing.png, drawing.size_mm))
    printed = press.print(marked, overflow)
    if output is Output.ELECTRONIC:
        return MadeCopy(marked, printed, code, keys.signer.sign(printed.pdf, f"{ja}の交付", clock.jst(clock.now())))
    if output is Output.CREDENTIAL:
        return MadeCopy(marked, printed, code, _credential(document, keys, address, code, not_said))
    return MadeCopy(marked, printed, code, None)


def _credential(document: Document, keys: KeyPair, address: str, code: str, not_said: Collection[str]) -> bytes:
    """The copy as data. Whoever is shown it asks the city whether it still holds at the same address as of paper."""
    claims = claims_of(document, not_said)
    said = {
        "iss": address.removesuffix("/").removesuffix("/check"), "iat": int(clock.now().timestamp()), "vct": f"{address}vct/{claims.type}",
        "check": f"{address}{code}", **dict(claims.open),
    }  # fmt: skip
    return sd_jwt.sign(said, claims.people, keys.check, keys.check_certificate).encode("ascii")
