"""そのほかの証明の場面 — 転出証明書 of whom none is due, 不在住証明 that can and cannot be issued, 広域交付 with a slip. 法12条の4, 22条2項."""

from __future__ import annotations

from tests.journeys.browser.family import NEIGHBOURS
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk

ASKED = {"address": "北海道小樽市花園2丁目12番1号", "purpose": "相続登記のため"}


def other_papers(walk: Walk, clerk: Officer, person: str) -> None:
    """Nothing is handed over here: the paper itself has tests of its own."""
    walk.see("32-転出証明書-出せない", clerk, f"/person/{person}/move-out-paper/")
    clerk.tab_to(text="証明書")  # the heading of the menu, which the day's work has no need of
    clerk.press("Enter")
    walk.see("02-案内を開く", clerk)
    clerk.press("Escape")
    clerk.menu("q", "**/absence/")  # its key works although it is folded
    walk.see("32-不在住証明", clerk)
    clerk.fill({"name": "見本　次郎左衛門", **ASKED})
    clerk.press_to("F8", "**/absence/look/")
    walk.see("32-不在住証明-交付できる", clerk)
    clerk.page.goto("/absence/")
    clerk.fill({**ASKED, "name": NEIGHBOURS[0].name, "birth_date": "きのう"})
    clerk.press_to("F8", "**/absence/look/")
    walk.see("32-不在住証明-誤り", clerk)
    walk.see("32-広域交付", clerk, "/wide-area/")
