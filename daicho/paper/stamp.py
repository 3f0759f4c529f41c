"""刻印の読み — whose content a PDF holds, read from its bytes: the stamp that the press wrote into its facts. 設計7章.

Read by looking for it and not by parsing: this is asked of every paper right before it leaves, and costs microseconds.
"""

from __future__ import annotations

import re

from daicho.paper.sd_jwt import payload_of

_KEYWORDS = re.compile(rb"/Keywords\(([0-9a-f]{64})\)")


def stamps_of(pdf: bytes) -> tuple[str, ...]:
    """Every stamp in the bytes, as often as it stands there: one in a paper as it was printed, none in anything else, several where papers were mixed.

    A signature may repeat the facts of the paper that it signs. A credential (SD-JWT) has its stamp among its open claims.
    """
    if pdf.startswith(b"eyJ"):
        return tuple(str(stamp) for name, stamp in payload_of(pdf).items() if name == "content_digest")
    return tuple(found.decode("ascii") for found in _KEYWORDS.findall(pdf))


def stamp_of(pdf: bytes) -> str | None:
    """The stamp of one whole paper as it was printed: a beginning, an end and a stamp, each once. None for anything else, also for a part of one paper
    before another whole one."""
    stamps = stamps_of(pdf)
    is_one = pdf.startswith(b"%PDF-") and pdf.count(b"%PDF-") == 1 and pdf.rstrip().endswith(b"%%EOF") and pdf.count(b"%%EOF") == 1
    return stamps[0] if is_one and len(stamps) == 1 else None
