"""試験のブラウザ — windows of a real Chromium, and a watch over what happens in them. F-1-77, F-2-31."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Request, Response, sync_playwright

from tests.ui.browser import COUNTER, chromium

_POINTER = """for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel"])
  addEventListener(kind, () => window.pointerWasUsed(kind), {capture: true, passive: true});"""


# What never leaves the machine: its own PDF viewer among them.
_INSIDE = ("data:", "blob:", "chrome:", "chrome-extension:")


# What htmx says of a request that it gave up for a newer one or for another page; one that failed is htmx:sendError or htmx:responseError as well.
_GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")


class Watch:
    """What a window must not do: script errors, breaches of the content security policy, requests to elsewhere, the mouse where it is forbidden."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.pointer: list[str] = []
        self.visited: list[tuple[str, int]] = []  # path and status of every page asked for by GET
        self.refused: set[str] = set()
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.expose_binding("pointerWasUsed", lambda _, kind: self.pointer.append(kind))
        context.add_init_script(_POINTER)

    def _on_console(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text and re.search(r"status of (4(00|01|03|04|09|22)|500)", message.text)
        if message.text.startswith(_GIVEN_UP):
            return
        if message.type in ("error", "warning") and not (refused and self._was_a_page(message.location["url"])):
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _was_a_page(self, url: str) -> bool:
        """A page that answers with 4xx is reported by the browser, and is what was asked for here."""
        return url.removeprefix(self.origin).split("?")[0] in self.refused

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", *_INSIDE)):
            self.complaints.append(f"request to elsewhere: {request.url}")

    def _on_response(self, response: Response) -> None:
        path = response.url.removeprefix(self.origin).split("?")[0]
        if response.request.resource_type == "document" and response.request.method == "GET":
            self.visited.append((path, response.status))
        if response.request.resource_type == "document" and response.status >= 400:
            self.refused.add(path)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


def window(opened: Browser, origin: str) -> tuple[BrowserContext, Watch]:
    """A window of a counter's size, with nothing remembered."""
    context = opened.new_context(base_url=origin, timezone_id="Asia/Tokyo", accept_downloads=True, **COUNTER)
    context.set_default_timeout(30_000)
    return context, Watch(context, origin)


@contextmanager
def mortal_browser(playwright: Playwright) -> Iterator[tuple[Browser, subprocess.Popen[bytes]]]:
    """A browser that is a process of ours, so that it can be killed like in a power failure."""
    with tempfile.TemporaryDirectory(prefix="daicho-chromium-", ignore_cleanup_errors=True) as profile:
        command = [
            chromium(), "--headless", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={profile}",
            "--no-first-run", "--disable-background-networking", "--lang=ja-JP", "about:blank",
        ]  # fmt: skip
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            yield playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_debugging_port(Path(profile), process)}"), process
        finally:
            kill(process)


def _debugging_port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    file = profile / "DevToolsActivePort"
    until = time.monotonic() + 30
    while not (file.exists() and "\n" in file.read_text()):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the browser did not start")
        time.sleep(0.05)
    return int(file.read_text().split("\n")[0])


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL, with everything it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
