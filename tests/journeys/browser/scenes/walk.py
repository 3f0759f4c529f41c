"""散策 — one walk through a system of a city, and what every system shows. Issue step 7.

A walk calls `look(name, page)` wherever there is something to see. It works by keys and addresses, like the journeys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.town import Town

Look = Callable[[str, Page], None]
_AT_REST = "document.readyState === 'complete' && document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')"


@dataclass
class Walk:
    """One walk through a city. `officers` are those who went, with what was watched; `papers` what was printed."""

    town: Town
    browser: Browser
    look: Look

    def __post_init__(self) -> None:
        self.officers: list[Officer] = []
        self.papers: dict[str, bytes] = {}

    def officer(self, login: str, system: str = "residents") -> Officer:
        one = Officer(self.town, self.browser, login, system)
        self.officers.append(one)
        return one

    def has_opened(self, leads: Callable[[str], bool], status: int) -> bool:
        """Whether some officer got an address of this kind by GET, answered with this status (an error's own page may be what was looked for)."""
        opened = [path for officer in self.officers for path, got in officer.watch.visited if got == status or path.startswith("/ui/gallery/error/")]
        return any(map(leads, opened))

    def ask(self, officer: Officer, path: str) -> None:
        """A part of a page, which the page's script asks for every few seconds."""
        part = officer.page.request.get(path)
        assert part.status == 200 and "<html" not in part.text() and "</" in part.text(), path
        officer.watch.visited.append((path, part.status))

    def see(self, name: str, officer: Officer, path: str = "") -> None:
        if path:
            officer.page.goto(path)
        officer.page.wait_for_function(_AT_REST)
        self.look(name, officer.page)


def oversight(walk: Walk, system: str = "residents", whose: str = "") -> None:
    """What every system shows its administrator and its auditor."""
    admin = walk.officer("d.ishida", system)
    admin.sign_in()
    walk.see(f"85-{whose}稼働状況", admin, "/oversight/health/")
    walk.see(f"85-{whose}定時の処理", admin, "/jobs/")
    walk.see(f"85-{whose}定時の処理-一つ", admin, "/jobs/1/")
    auditor = walk.officer("s.narita", system)
    auditor.sign_in()
    walk.see(f"85-{whose}操作履歴", auditor, "/oversight/trail/")


def common(walk: Walk, officer: Officer, whose: str) -> None:
    """What every room has: its notices, one of them, what was turned away, the officer's own and the oversight. (The frames are the same everywhere: see `frames`.)"""
    walk.see(f"40-{whose}受け付けなかった電文", officer, "/notices/turned-away/")
    walk.see(f"40-{whose}連携の状況", officer, "/notices/")
    if (one := find_way(officer, r"/notices/[0-9a-f-]{36}/")) is not None:
        walk.see(f"40-{whose}通知の経過", officer, one)
    walk.see(f"01-{whose}端末", officer, "/staff/terminal/")
    walk.see(f"50-{whose}操作権限", officer, "/staff/grants/")
    oversight(walk, officer.system, whose)


def frames(walk: Walk, officer: Officer, whose: str = "") -> None:
    walk.see(f"50-{whose}操作権限", officer, "/staff/grants/")
    walk.see(f"50-{whose}パスワード", officer, "/staff/password/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see(f"50-{whose}パスワード-誤り", officer)
    walk.see(f"60-{whose}部品の見本", officer, "/ui/gallery")
    for status in (400, 401, 403, 404, 500):
        walk.see(f"90-{whose}誤りの画面-{status}", officer, f"/ui/gallery/error/{status}")
    walk.see(f"90-{whose}見つからない", officer, "/person/00000000-0000-0000-0000-000000000000/")


def first_way(officer: Officer, pattern: str) -> str:
    """The first link of the page whose address has this shape."""
    found = find_way(officer, pattern)
    assert found is not None, f"{officer.page.url} leads to no {pattern}"
    return found


def find_way(officer: Officer, pattern: str) -> str | None:
    found: list[str] = officer.page.eval_on_selector_all("main a[href]", "all => all.map(each => each.getAttribute('href'))")
    return next((address for address in found if re.fullmatch(pattern, address)), None)
