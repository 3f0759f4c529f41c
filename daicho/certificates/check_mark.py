"""照合の印 — the small mark at the foot of a copy by which anybody asks the city about it: a QR code, sixteen letters, an address. 標準仕様 5.6; decision 0046.

It is put onto a composed document and belongs to no definition; what a copy says (`Document.stamp`) does not hang on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from daicho.certificates.document import Document

_SAYS = "この証明書は、左の二次元コード又は次のページで照合できます。"


@dataclass(frozen=True)
class CheckMark:
    """`code` as it is read aloud (K7Q2-9MXD-…), `address` of the page where it is typed, `png` the picture (its bytes, `size_mm` wide) that holds the whole address."""

    code: str
    address: str
    png: tuple[int, ...] = field(repr=False)
    size_mm: float


def with_mark(document: Document, mark: CheckMark) -> Document:
    """The document that bears this mark on every page."""
    drawn = {"png": mark.png, "mm": mark.size_mm, "code": f"照合番号 {mark.code}", "says": _SAYS, "address": mark.address}
    return replace(document, furniture={**document.furniture, "check": drawn})
