"""職員 — an officer at a browser who has no mouse: keys are pressed, text is put in as an input method does, and the screen is looked at. WCAG 2.1.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any  # what a page's script answers

from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser.chromium import window
from tests.journeys.browser.town import Town
from tests.ui.browser import VirtualAuthenticator

Texts = Mapping[str, str | Sequence[str]]
MOST_TABS = 250

_ACTIVE = """() => { const e = document.activeElement; return {
  name: e.name || "", id: e.id || "", tag: e.tagName.toLowerCase(), type: e.type || "", value: e.value ?? "", checked: !!e.checked,
  role: e.getAttribute("role") || "", text: e.matches("a, button, summary, input, select") ? (e.labels?.[0] ?? e).textContent.trim() : "",
  next: e.form?.dataset.enter === "next" && !e.matches("textarea, button") } }"""


class Officer:
    """One person at one browser. Nothing here points at anything: only keys."""

    def __init__(self, town: Town, opened: Browser, login: str, system: str = "residents") -> None:
        self.town, self.login, self.system = town, login, system
        context, self.watch = window(opened, town.address(system))
        self.page: Page = context.new_page()
        self._key = f"{system}/{login}"

    # --- keys -----------------------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def put(self, text: str) -> None:
        """Replace what stands in the field by what the input method hands over."""
        if self.active["value"]:
            self.press("Control+A", "Delete")
        self.page.keyboard.insert_text(text)

    def press_to(self, key: str, address: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation(url=address, wait_until="load"):
            self.press(key)

    def menu(self, letter: str, address: str) -> None:
        """Alt and an access key of the main menu, as the keyboard sends them (Playwright's own key events with Alt carry no letter)."""
        keys = self.page.context.new_cdp_session(self.page)
        stroke = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        with self.page.expect_navigation(url=address, wait_until="load"):
            keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, "unmodifiedText": letter, **stroke})
            keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **stroke})
        keys.detach()

    def tab_to(self, *, name: str = "", text: str = "", ident: str = "") -> dict[str, Any]:
        """Tab until the control with this name, words or id has the focus."""
        for _ in range(MOST_TABS):
            active = self.active
            if (name and active["name"] == name) or (text and text in active["text"]) or (ident and active["id"].startswith(ident)):
                return active
            self.press("Tab")
        raise AssertionError(f"no Tab leads to {name or text or ident} on {self.page.url}")

    def fill(self, texts: Texts) -> None:
        """Go through the form from the field in focus with Enter (Tab where Enter sends or chooses), and fill what `texts` names."""
        left = dict(texts)
        for _ in range(MOST_TABS):
            active = self.active
            wanted = left.get(active["name"])
            if isinstance(wanted, str):
                self._fill_one(active, left.pop(active["name"]))
            elif wanted is not None and active["value"] in wanted:
                if not active["checked"]:
                    self.press("Space")
                left[active["name"]] = [value for value in wanted if value != active["value"]]
                if not left[active["name"]]:
                    del left[active["name"]]
            if not left:
                return
            self.press("Enter" if active["next"] and active["role"] != "combobox" and active["type"] != "checkbox" else "Tab")
        raise AssertionError(f"the keyboard does not reach {sorted(left)} on {self.page.url}")

    def _fill_one(self, active: dict[str, Any], text: Any) -> None:
        if active["type"] == "radio":
            self._choose(active, text, first="Space")
        elif active["tag"] == "select":
            self._choose(active, text, first="Home")
        else:
            self.put(text)

    def _choose(self, active: dict[str, Any], value: str, first: str) -> None:
        """Arrow keys until `value` is chosen."""
        self.press(first)
        for _ in range(MOST_TABS):
            if self.active["value"] == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{active['name']} offers no {value}")

    # --- eyes -----------------------------------------------------------------------------------------------------------

    @property
    def active(self) -> dict[str, Any]:
        """What has the focus."""
        found: dict[str, Any] = self.page.evaluate(_ACTIVE)
        return found

    @property
    def text(self) -> str:
        return self.page.inner_text("body")

    def values(self) -> dict[str, str]:
        """What stands in the form of the page: name → text, of radio buttons and boxes those that are chosen."""
        found: dict[str, str] = self.page.evaluate(
            """() => { const form = document.querySelector("main form[data-enter=next]") ?? document.querySelector("main form");
            return Object.fromEntries([...new FormData(form).entries()].filter(([name]) => !name.startsWith("csrf"))) }"""
        )
        return found

    def wait_until_kept(self) -> None:
        expect(self.page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")

    # --- the day --------------------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """The first address is the only one that is typed. A use left behind at the same terminal ends with it."""
        self.give_password()
        if "/sign-in/enrolment/" in self.page.url:
            self.give_code()
            self.show_body()
        if "/sign-in/assertion/" in self.page.url:
            self.show_body()
        assert self.page.locator(".sign-in, .error-page").count() == 0, self.text

    def give_password(self) -> None:
        """In most systems this is all."""
        self.page.goto("/sign-in/")
        self.fill({"login": self.login, "password": self.town.password(self.system, self.login)})
        with self.page.expect_navigation():
            self.press("Enter")

    def give_code(self) -> None:
        """What two administrators gave: it lets a device be registered."""
        self.fill({"code": self.town.codes[self._key]})
        with self.page.expect_navigation():
            self.press("Enter")

    def show_body(self) -> None:
        """The button has the focus of a page just opened; the officer's device is held to the window, and recognises its owner."""
        self.tab_to(ident="show-body")
        device = VirtualAuthenticator(self.page)
        device.carry(self.town.devices.get(self._key, []))
        with self.page.expect_navigation():
            self.press("Enter")
        self.town.devices[self._key] = device.keys()
        device.take_away()

    def open_visit(self, name: str, standing: str, purpose: str) -> None:
        """受付, from the desk."""
        self.press_to("F2", "**/visit/")
        self.fill({"visitor_name": name, "standing": standing, "identity_check": "one_document", "identity_documents": ["my_number_card"], "purpose": purpose})
        self.press_to("F9", "**/search/")
