"""用紙とまとめて交付の場面 — sheets come in and are counted, a copy's print is judged, an order for many is entered and waits. Decision 0052."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes import history
from tests.journeys.browser.scenes.other_papers import other_papers
from tests.journeys.browser.scenes.walk import Walk, first_way


def of_the_store(walk: Walk, manager: Officer) -> None:
    """入庫, which another officer confirms; what is wrong is told; what was printed that day."""
    walk.see("57-用紙の出納", manager, "/paper/stock/")
    manager.fill({"kind": "discard", "sheets": "A000001"})
    with manager.page.expect_navigation():
        manager.press("F9")
    walk.see("57-用紙の出納-誤り", manager)
    manager.page.goto("/paper/stock/")
    manager.fill({"kind": "receive", "sheets": "A000001～A000500"})
    with manager.page.expect_navigation():
        manager.press("F9")
    walk.see("57-用紙の出納-入庫後", manager)
    walk.see("57-印刷ログ", manager, "/prints/")
    walk.see("58-まとめて交付の承認待ち", manager, "/bulk/waiting/")


def what_was_handed_out(walk: Walk, clerk: Officer, person: str) -> None:
    """交付履歴; what this terminal printed and nobody has judged, and one of its copies; and an order for many."""
    history.what_was_handed_out(walk, clerk)
    walk.see("57-この端末の用紙", clerk, "/paper/")
    walk.see("57-印刷の確認", clerk, first_way(clerk, r"/issues/[0-9a-f-]{36}/print/"))
    _an_order_for_many(walk, clerk, person)
    other_papers(walk, clerk, person)


def _an_order_for_many(walk: Walk, clerk: Officer, person: str) -> None:
    """One who is there and one who is not; then the list without a slip."""
    clerk.page.goto(f"/person/{person}/")
    own = clerk.page.text_content(".card-head .digits") or ""
    walk.see("58-まとめて交付-申請", clerk, "/bulk/new/")
    clerk.fill({"people": "9999999999"})
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("58-まとめて交付-誤り", clerk)
    clerk.page.goto("/bulk/new/")
    clerk.fill({"people": own})
    clerk.press_to("F9", "**/bulk/*-*/")
    walk.see("58-まとめて交付-一件", clerk)
    walk.see("58-まとめて交付", clerk, "/bulk/")
