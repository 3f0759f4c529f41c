"""証明書を手に取る — the certificate that a counter's browser opened: its bytes, its words, its fonts, its picture (poppler). 設計7章."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import Route

from tests.journeys.browser.officer import Officer

_ISSUE = "**/certificate/issue/"


def issue(officer: Officer) -> bytes:
    """F9 on the certificate's page: the document as it is sent to the window that opens for it, once; then the clerk is back at the page."""
    sent: list[bytes] = []

    def keep(route: Route) -> None:
        answer = route.fetch()
        assert answer.headers["content-type"] == "application/pdf", answer.text()
        sent.append(answer.body())
        route.fulfill(response=answer)

    context = officer.page.context
    context.route(_ISSUE, keep)
    with officer.page.expect_popup() as opened:
        officer.press("F9")
    opened.value.wait_for_load_state()
    opened.value.close()
    context.unroute(_ISSUE, keep)
    with officer.page.expect_navigation():  # without a screen no window ever loses the focus, so none gets it back by itself
        officer.page.evaluate("dispatchEvent(new FocusEvent('focus'))")
    [pdf] = sent
    return pdf


def words(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def fonts(pdf: bytes) -> list[str]:
    """Names of the fonts; a subset that is embedded begins with six letters and +."""
    lines = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode().splitlines()
    return [line.split()[0] for line in lines[2:]]


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def picture(pdf: bytes, to: Path, dots_per_inch: int = 100) -> None:
    """The first page as a PNG."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        subprocess.run(["pdftoppm", "-png", "-r", str(dots_per_inch), "-singlefile", file.name, str(to.with_suffix(""))], check=True)
