"""試験のブラウザ — a real Chromium against a real server thread on a database of one's own. For tests marked `browser`."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any  # what DevTools answers

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.tiers import BROWSERS

expect.set_options(timeout=30_000)  # as every other step of the driver waits: a busy machine is no mistake of a page
Look = dict[str, Any]
"""What a window is opened with."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
"""What axe looks for. To tell of every element that is right as well would take it twice as long."""
# axe reads the same few colours anew for every element under every text, a quarter of its time on a large page: each is read once.
_AXE = f"""{Axe().axe_script}
{{
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (text) {{
    if (!known.has(text)) {{
      parse.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }}
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  }};
}}
true"""  # what an evaluated text ends with is called if it is a function
_RUN = "options => axe.run(document, options).then((found) => found.violations.flatMap((each) => each.nodes.map((node) => [each.id, node.html])))"
COUNTER: Look = {"viewport": {"width": 1366, "height": 768}, "locale": "ja-JP"}
ZOOMED: Look = {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2, "locale": "ja-JP"}  # 1366×768 at 200 %


def chromium() -> str:
    """The path of the browser; the test is skipped by name when there is none (the runner counts it)."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("Chromium is not installed")
    return found


@contextmanager
def served() -> Iterator[str]:
    """The address of a server in threads of this process, ended with the block."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()
            connections.close_all()  # what this thread opened while the driver's loop ran in it is not seen from outside, and would outlive its database


class VirtualAuthenticator:
    """The browser's own device in software, which recognises its owner or does not; of one page, as Chromium's DevTools give it (F-2-08).

    It is gone when any session of DevTools with the page ends: whoever opens others brings the device for the ceremony alone.
    """

    def __init__(self, page: Page, *, recognises: bool = True) -> None:
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "automaticPresenceSimulation": True, "isUserVerified": recognises}
        self._id = self._devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def keys(self) -> list[dict[str, Any]]:
        """What is registered in it, to be carried to another page: a person has one device, and many windows."""
        found: list[dict[str, Any]] = self._devtools.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]
        return found

    def carry(self, keys: list[dict[str, Any]]) -> None:
        for key in keys:
            self._devtools.send("WebAuthn.addCredential", {"authenticatorId": self._id, "credential": key})

    def take_away(self) -> None:
        self._devtools.detach()

    def recognise(self, recognises: bool) -> None:
        self._devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": recognises})


def wait_until_at_rest(page: Page) -> None:
    """Loaded, its fonts too, and nothing asked of the server. Looked at from outside: what waits inside a page is evaluated there, which its policy forbids."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def wrong_with(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, at the counter's size and at 200 %."""
    wait_until_at_rest(page)
    wrong = findings(page)
    for look, at in ((COUNTER, ""), (ZOOMED, " at 200 %")):
        page.set_viewport_size(look["viewport"])
        wrong += [f"juts out{at}: {each}" for each in jutting(page)]
        wrong += [f"scrolls sideways{at}"] if scrolls_sideways(page) else []
    page.set_viewport_size(COUNTER["viewport"])
    return [f"{name}: {each}" for each in wrong]


def findings(page: Page) -> list[str]:
    """What axe finds on the page, one line each: rule and element."""
    page.evaluate(_AXE)
    return [f"{rule}: {html[:120]}" for rule, html in page.evaluate(_RUN, RULES)]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


_JUTTING = """() => {
  const boxes = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (!texts.currentNode.data.trim()) continue;
    let box = texts.currentNode.parentElement;
    while (["inline", "contents"].includes(getComputedStyle(box).display)) box = box.parentElement;
    boxes.add(box);
  }
  const juts = (box) => box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "visible";
  return [...boxes].filter(juts).map((box) => `${box.className || box.tagName}: ${box.textContent.trim().slice(0, 60)}`);
}"""


def jutting(page: Page) -> list[str]:
    """Words that jut out of their box, and so lie over their neighbour: neither axe nor a page's width tells of them."""
    found: list[str] = page.evaluate(_JUTTING)
    return found
