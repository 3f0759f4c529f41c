"""実態調査の場面 — a case from its beginning to its end, for the pictures of 住民記録. 住民基本台帳法第34条."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk


def a_survey(walk: Walk, clerk: Officer, person: str) -> None:
    """実態調査, begun from the card, until the person is found to live there."""
    walk.see("50-実態調査-始め", clerk, f"/surveys/new/{person}/")
    clerk.fill({"ground": "郵便物の返戻"})
    clerk.press_to("F9", "**/surveys/*/")
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("50-実態調査-誤り", clerk)
    for kind, note in (("visit", "不在。電気の検針は動いている"), ("lives_there", "本人に会い、住んでいることを確かめた")):
        clerk.fill({"kind": kind, "note": note})
        with clerk.page.expect_navigation():
            clerk.press("F9")
    walk.see("50-実態調査", clerk)
    walk.see("50-実態調査-一覧", clerk, "/surveys/")
