"""検索の場面 — the other ways to a person: もしかして, the rarer conditions, the officer's own searches. std 2.1.1, 2.1.3."""

from __future__ import annotations

from tests.journeys.browser.family import NEIGHBOURS
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk


def other_ways_to_search(walk: Walk, clerk: Officer) -> None:
    """Ends where one person was found."""
    one = NEIGHBOURS[0]
    clerk.page.goto("/search/?clear")
    clerk.fill({"name": one.kana[:-1] + "ヌ"})
    clerk.press_to("F9", "**/found/")
    walk.see("21-検索結果-もしかして", clerk)
    clerk.page.goto("/search/?clear")
    clerk.fill({"address": "花園"})
    clerk.press("F8")
    clerk.fill({"relationship": "世帯主", "is_head": "1"})
    walk.see("20-検索-そのほかの条件", clerk)
    clerk.press_to("F9", "**/found/")
    clerk.page.goto("/search/?clear")
    clerk.press("F7")
    walk.see("20-検索-履歴", clerk)
    clerk.tab_to(text=one.name)
    clerk.press_to("Enter", "**/found/")
