"""照合用の二次元コード — the QR code of an address as a black drawing, for the foot of a sheet. JIS X 0510."""

from __future__ import annotations

from dataclasses import dataclass

import segno

SIZE_MM = 24.0
QUIET = 4  # modules of white around it, which readers need (JIS X 0510)


@dataclass(frozen=True)
class Drawing:
    svg: str
    size_mm: float


def draw_check_mark(address: str) -> Drawing:
    """The code as SVG with its white, of `SIZE_MM`: error correction M, so that a fold or a stain does not lose it."""
    rows = segno.make(address, error="m", micro=False, boost_error=False, mask=3).matrix
    side = len(rows) + 2 * QUIET
    path = "".join(_runs(row, at + QUIET) for at, row in enumerate(rows))
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE_MM:g}mm" height="{SIZE_MM:g}mm" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>',
        SIZE_MM,
    )


def _runs(row: bytes | bytearray, line: int) -> str:
    """The dark modules of a line, those side by side as one bar: no hair of white between them."""
    drawn, start = [], None
    for at, dark in enumerate((*row, 0)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            drawn.append(f"M{start + QUIET} {line}h{at - start}v1h-{at - start}z")
            start = None
    return "".join(drawn)
