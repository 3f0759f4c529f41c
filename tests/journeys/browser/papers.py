"""証明書を手に取る — the certificate that a counter's browser opened: its bytes, its words, its fonts, its picture (poppler). 設計7章."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import Error, Route

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
    officer.page.evaluate("document.querySelector('form[data-issued]').dataset.before = 'true'")
    with officer.page.expect_popup() as opened:
        officer.press("F9")
    opened.value.wait_for_load_state("networkidle")  # a browser that has no viewer of PDF never says that it has loaded one
    opened.value.close()
    context.unroute(_ISSUE, keep)
    with contextlib.suppress(
        Error
    ):  # without a screen a window may never lose the focus, so it may not get it back by itself; when it does, the page is left already
        officer.page.evaluate("dispatchEvent(new FocusEvent('focus'))")
    officer.page.wait_for_selector("form[data-issued]:not([data-before])")
    officer.page.wait_for_load_state()
    [pdf] = sent
    return pdf


def put_out(officer: Officer, button: str) -> bytes:
    """A letter or form by its button: the document as it is sent to the window that opens for it."""
    sent: list[bytes] = []

    def keep(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        answer = route.fetch()
        assert answer.headers["content-type"] == "application/pdf", answer.text()
        sent.append(answer.body())
        route.fulfill(response=answer)

    context = officer.page.context
    context.route("**/*", keep)
    officer.tab_to(text=button)
    with officer.page.expect_popup() as opened:
        officer.press("Enter")
    opened.value.wait_for_load_state("networkidle")
    opened.value.close()
    context.unroute("**/*", keep)
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
