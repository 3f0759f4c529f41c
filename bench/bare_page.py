"""裸の頁 — the floor of a certificate: the very page that daicho composes, by typst alone. A process of its own, in one city's environment.

`python -m bench.bare_page PERSON`: one number on standard input asks for so many pages; their seconds come back as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import count
from typing import Any  # typst's own arguments
from uuid import UUID


class _Listening:
    """Stands before the compiler and keeps what it was asked."""

    def __init__(self, compiler: Any) -> None:
        self.compiler = compiler
        self.asked: dict[str, Any] = {}

    def compile(self, **asked: Any) -> bytes:
        self.asked = asked
        made: bytes = self.compiler.compile(**asked)
        return made


def main(person: str) -> int:
    from daicho.site.process import enter

    enter("residents")
    from django.conf import settings

    from daicho import clock
    from daicho.certificates import TEMPLATES
    from daicho.certificates.catalogue import certificate
    from daicho.certificates.city_texts import IssueNumber
    from daicho.certificates.request import CertificateRequest, Delivery, Requester
    from daicho.paper.press import open_press
    from daicho.residents.queries.certificate_terms import city_terms
    from daicho.residents.queries.certificates import choose, read_people

    today = clock.today()
    definition, nothing = certificate("juminhyo_personal", today), frozenset[Any]()
    request = CertificateRequest(today, Requester.SELF, nothing, Delivery.COUNTER, False, False)
    number = IssueNumber(settings.INSTALLATION.municipality_name, "計測", "", 1, today.strftime("%Y%m%d"))
    subjects = read_people(choose(UUID(person), frozenset({UUID(person)}), today), nothing, open_numbers=False).subjects
    document = definition.compose(subjects, request, city_terms(definition, request).texts, number)
    press = open_press(settings.FONTS_DIR, TEMPLATES)
    engine: Any = press._engine
    engine._compiler = listening = _Listening(engine._compiler)
    press.print(document)
    serial = count(1)
    for line in sys.stdin:
        print(json.dumps([_seconds(listening, next(serial)) for _ in range(int(line))]), flush=True)
    return 0


def _seconds(listening: _Listening, serial: int) -> float:
    """One page with an 発行番号 of its own: typst keeps what it made of the same data before."""
    data = json.loads(listening.asked["sys_inputs"]["data"])
    data["marks"] = [f"{mark} {serial}" for mark in data["marks"]]
    asked = {**listening.asked, "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)}}
    began = time.perf_counter()
    listening.compiler.compile(**asked)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
