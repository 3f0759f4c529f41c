"""写しの計測 — `python -m bench.signing [--copies 200] [--seconds 10]`: a copy made, marked and signed, beside two other engines drawing the same document.

Every copy is another (its number, its check code), so that nothing is found ready made. Each engine works in a process of its own, one after another,
and the same in two processes at once; all in one run. Writes bench/SIGNING.md; exit 1 on a missed aim.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

from bench.figures import Judgement, p50, p95
from bench.place import ROOT
from daicho.certificates import TEMPLATES
from daicho.certificates.check_mark import CheckMark, with_mark
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper.check_code import PrintedCode, in_fours, new_code
from daicho.paper.check_mark import draw_check_mark
from daicho.paper.fonts import open_fonts
from daicho.paper.ground import draw_ground
from daicho.paper.key_pairs import pair_on
from daicho.paper.press import open_press
from daicho.paper.seal import draw_made_up_seal, seal_size_mm
from daicho.site.launch import city_keys
from daicho.site.launch.demo import fonts_dir

RESULTS = ROOT / "bench" / "SIGNING.md"
ADDRESS = "https://www.city.example.lg.jp/check/"
DAY = date(2026, 4, 3)
MM = 72 / 25.4

Make = Callable[[int], bytes]
"""One copy with this serial number."""


@dataclass(frozen=True)
class Kind:
    """`aim_ms`: the largest median allowed; `aim_per_second`: the least of two processes together."""

    key: str
    ja: str
    aim_ms: float | None = None
    aim_per_second: float | None = None


KINDS = (
    Kind("unsigned", "個人票・紙（照合の印つき）"),
    Kind("signed", "個人票・電子（署名つき）", aim_ms=20, aim_per_second=100),
    Kind("signature", "署名だけ", aim_ms=5),
    Kind("ten", "世帯10人・電子（署名つき）", aim_ms=40),
    Kind("reportlab", "個人票・ReportLab（署名なし、照合の印なし）"),
    Kind("fpdf2", "個人票・fpdf2（同上）"),
)


@dataclass(frozen=True)
class Measured:
    """Seconds of each copy, and of processor; `per_second`: of two processes at once; `size`: bytes of one copy; `memory`: bytes that the process had at most."""

    seconds: list[float]
    cpu: list[float]
    per_second: float
    size: int
    memory: int


def maker(kind: str, folder: Path) -> Make:
    """What makes copies of this kind in this process; what can be kept is made here, before the clock runs."""
    document = _document(10 if kind == "ten" else 1)
    if kind == "reportlab":
        return _reportlab(document)
    if kind == "fpdf2":
        return _fpdf2(document)
    press, pair, at = open_press(fonts_dir(), TEMPLATES), pair_on(folder, DAY), datetime(2026, 4, 3, 1, tzinfo=UTC)

    def printed(serial: int) -> bytes:
        bare = replace(document, page_mark=f"20260403 小樽市 本庁1 プリンタ001 {serial:06}")
        code = new_code()
        facts = PrintedCode(code, bare.page_mark, DAY, press.count(bare), bare.stamp)
        drawing = draw_check_mark(f"{ADDRESS}{code}#{pair.check.token(facts)}")
        return press.print(with_mark(bare, CheckMark(in_fours(code), ADDRESS, drawing.png, drawing.size_mm))).pdf

    if kind == "unsigned":
        return printed
    if kind == "signature":
        once = printed(0)
        return lambda serial: pair.signer.sign(once, f"住民票の写しの交付{serial}", at)
    return lambda serial: pair.signer.sign(printed(serial), "住民票の写しの交付", at)


def _document(people: int) -> Document:
    """Made-up people (the tests')."""
    from tests.certificates.people import CITY, HANAKO, NUMBER, household

    fonts = open_fonts(fonts_dir())
    seal = draw_made_up_seal("北海道小樽市長之印", fonts)
    texts = replace(CITY, certifier=replace(CITY.certifier, seal_svg=seal, seal_mm=seal_size_mm(seal)), ground_svg=draw_ground("複写", fonts))
    request = CertificateRequest(DAY, Requester.SELF)
    if people == 1:
        return JUMINHYO_PERSONAL.compose(Subjects((HANAKO,)), request, texts, NUMBER)
    return JUMINHYO_HOUSEHOLD.compose(Subjects(household(people), whole_household=True), request, texts, NUMBER)


def _reportlab(document: Document) -> Make:
    """The same boxes, texts and font. Its letters are set as one would set them who has read its manual; its variants of characters come out as boxes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("IPAmj", str(fonts_dir() / "ipamjm.ttf")))

    def make(serial: int) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, invariant=1)
        for text, x, y, size in _texts(document, serial):
            canvas.setFont("IPAmj", size)
            canvas.drawString(x * MM, A4[1] - y * MM, text)
        for x, y, wide, high in _frames(document):
            canvas.rect(x * MM, A4[1] - (y + high) * MM, wide * MM, high * MM)
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


def _fpdf2(document: Document) -> Make:
    """As above; the font is read for each document, for the library keeps it with the document."""
    from fpdf import FPDF

    def make(serial: int) -> bytes:
        pdf = FPDF(format="A4")
        pdf.add_font("IPAmj", fname=str(fonts_dir() / "ipamjm.ttf"))
        pdf.add_page()
        for text, x, y, size in _texts(document, serial):
            pdf.set_font("IPAmj", size=size)
            pdf.text(x, y, text)
        for x, y, wide, high in _frames(document):
            pdf.rect(x, y, wide, high)
        return bytes(pdf.output())

    return make


def _texts(document: Document, serial: int) -> list[tuple[str, float, float, float]]:
    """(text, left and base line in mm, size in points) of everything on a page of one person."""
    found, y = [(text, 20.0, 14.0 + 3 * at, 8.0) for at, (_, text) in enumerate(document.plain)], 50.0
    for row in (row for leaf in document.leaves for block in leaf.blocks for row in block.rows):
        x = 18.0
        for cell in row:
            found += [(cell.label, x + 1, y + 5, cell.label_box.size_pt), (cell.text, x + cell.label_box.width_mm + 1, y + 5, cell.box.size_pt)]
            x += cell.label_box.width_mm + cell.ruled_mm
        y += row[0].label_box.height_mm
    found += [(text, 20.0, y + 6 * at, 9.5) for at, text in enumerate(document.paragraphs, 1)]
    return [*found, (f"20260403 小樽市 本庁1 プリンタ001 {serial:06} 1/1", 18.0, 288.0, 8.5), (document.tally, 170.0, 288.0, 8.5)]


def _frames(document: Document) -> list[tuple[float, float, float, float]]:
    found, y = [], 50.0
    for row in (row for leaf in document.leaves for block in leaf.blocks for row in block.rows):
        x = 18.0
        for cell in row:
            for width in (cell.label_box.width_mm, cell.ruled_mm):
                found.append((x, y, width, cell.label_box.height_mm))
                x += width
        y += row[0].label_box.height_mm
    return found


def one_process(kind: str, folder: Path, copies: int) -> tuple[list[float], list[float], int, int]:
    """In a process of its own: seconds and processor seconds of each copy, size, memory. The first tenth is not counted."""
    make, seconds, cpu, size = maker(kind, folder), [], [], 0
    for serial in range(copies + copies // 10 + 1):
        began, worked = time.perf_counter(), time.process_time()
        size = len(make(serial))
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    return seconds[-copies:], cpu[-copies:], size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def as_many_as_it_can(kind: str, folder: Path, start_at: float, seconds: float) -> int:
    """One of two processes at work at the same time."""
    make, done = maker(kind, folder), 0
    make(0)
    time.sleep(max(0.0, start_at - time.time()))
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        done += 1
        make(done)
    return done


def measure(copies: int = 200, seconds: float = 10.0) -> dict[str, Measured]:
    """Every kind, one after another. Two processes begin together, eight seconds after they are asked for: both have made their press by then."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="daicho-bench-") as temporary:
        folder = Path(temporary)
        city_keys.ensure(folder, "北海道", "小樽市")
        for kind in KINDS:
            few = copies if kind.key not in ("fpdf2",) else max(5, copies // 10)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                taken, cpu, size, memory = alone.submit(one_process, kind.key, folder, few).result()
            with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
                start_at = time.time() + 8
                done = sum(each.result() for each in [both.submit(as_many_as_it_can, kind.key, folder, start_at, seconds) for _ in range(2)])
            found[kind.key] = Measured(taken, cpu, done / seconds, size, memory)
    return found


def judgements(found: dict[str, Measured]) -> list[Judgement]:
    judged = []
    for kind in KINDS:
        one, took = found[kind.key], p50(found[kind.key].seconds) * 1000
        if kind.aim_ms is not None:
            judged.append(Judgement(kind.ja, f"p50 ≤ {kind.aim_ms:g} ms", f"{took:.1f} ms", took <= kind.aim_ms))
        if kind.aim_per_second is not None:
            what, done = f"{kind.ja}, two processes", one.per_second
            judged.append(Judgement(what, f"≥ {kind.aim_per_second:g} a second", f"{done:.0f} a second", done >= kind.aim_per_second))
    return judged


def write() -> list[Judgement]:
    """Measure, write bench/SIGNING.md, and say which aims were met (`make bench`)."""
    before, found = os.getloadavg()[0], measure()
    RESULTS.write_text(table(found, (before, os.getloadavg()[0])), encoding="utf-8")
    return judgements(found)


def table(found: dict[str, Measured], busy: tuple[float, float]) -> str:
    lines = [
        "# What a copy takes", "", f"`python -m bench.signing`, {platform.python_version()}, {os.cpu_count()} cores, load average {busy[0]:.1f} before and {busy[1]:.1f} after. "
        "Every copy is another; press, key and fonts are kept, as a listener keeps them.", "",
        "| what | p50 ms | p95 ms | processor ms (p50) | a second, two processes | bytes | memory MB | aims |", "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for kind in KINDS:
        one = found[kind.key]
        aims = [f"p50 ≤ {kind.aim_ms:g}"] if kind.aim_ms else []
        aims += [f"≥ {kind.aim_per_second:g} a second"] if kind.aim_per_second else []
        lines.append(
            f"| {kind.ja} | {p50(one.seconds) * 1000:.2f} | {p95(one.seconds) * 1000:.2f} | {p50(one.cpu) * 1000:.2f} | {one.per_second:.0f} | {one.size:,} "
            f"| {one.memory / 1e6:.0f} | {', '.join(aims) or '–'} |"
        )
    missed = [f"{one.what}: {one.found}, aim {one.aim}" for one in judgements(found) if not one.met]
    return "\n".join([*lines, "", f"Missed: {'; '.join(missed)}." if missed else "All aims met.", ""])


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.signing", description="what a copy takes: printed, signed, and drawn by two other engines")
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long two processes work at once, for each kind")
    parser.add_argument("--print", action="store_true", help="show the table and leave bench/SIGNING.md as it is")
    chosen = parser.parse_args()
    before = os.getloadavg()[0]
    found = measure(chosen.copies, chosen.seconds)
    said = table(found, (before, os.getloadavg()[0]))
    print(said)
    if not chosen.print:
        RESULTS.write_text(said, encoding="utf-8")
    return 0 if all(one.met for one in judgements(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
