"""同時の印刷 — papers of many people through one press by several threads, as the counter's process has them. A-05."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper.press import Press
from daicho.paper.stamp import stamp_of
from daicho.values.names import PersonName
from tests.certificates.people import HANAKO, ISSUED_ON, NUMBER

AT_ONCE = 4
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def named(number: int) -> str:
    """A name that nobody else in the run has, nor any part of it."""
    return f"台{f'{number:06d}'.translate(_DIGITS)}帳"


def paper_of(number: int, city: CityTexts) -> Document:
    person = replace(HANAKO, name=PersonName(f"試験　{named(number)}"))
    request = CertificateRequest(ISSUED_ON, Requester.SELF)
    return JUMINHYO_PERSONAL.compose(Subjects((person,)), request, replace(city, ground_svg=""), replace(NUMBER, serial_no=number + 1))


def print_at_once(press: Press, city: CityTexts, numbers: Iterable[int]) -> Iterator[tuple[int, Document, bytes, str | None]]:
    """Each with its document, the bytes and the stamp read from them, in order."""

    def one(number: int) -> tuple[int, Document, bytes, str | None]:
        document = paper_of(number, city)
        pdf = press.print(document).pdf
        return number, document, pdf, stamp_of(pdf)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(one, numbers)
