"""本人通知の場面 — a registration from the card, how it is seen when a copy is issued, and whose copies are told of. 標準8.1."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk
from tests.journeys.browser.town import days_ago


def a_principal_notice(walk: Walk, clerk: Officer, person: str) -> None:
    """Registered with a slip that is put right; then the letters of the week."""
    walk.see("56-本人通知-登録なし", clerk, f"/person/{person}/principal-notice/")
    clerk.fill({"filer": "agent"})
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("56-本人通知-誤り", clerk)
    clerk.page.goto(f"/person/{person}/principal-notice/")
    clerk.fill({"filer": "self", "sent_to_address": "北海道小樽市花園2丁目12番1号"})
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("56-本人通知", clerk)
    walk.see("56-本人通知-証明書", clerk, f"/person/{person}/certificate/")
    walk.see("56-本人通知の通知書", clerk, "/principal-letters/")
    clerk.fill({"first": days_ago(30), "last": days_ago(0), "condition": "registered"})
    clerk.press_to("F9", "**/copies/")
    walk.see("56-本人通知の通知書-対象", clerk)
