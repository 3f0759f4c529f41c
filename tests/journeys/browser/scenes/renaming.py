"""住所の一括変更の場面 — from 抽出・仮処理 to 本処理, for the pictures of 住民記録. std 9.7."""

from __future__ import annotations

import time

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk
from tests.journeys.browser.town import days_ago

ARRIVAL = 20  # seconds in which the worker has begun


def a_renaming(walk: Walk, clerk: Officer, examiner: Officer) -> None:
    """色内1丁目 gets another name: 抽出・仮処理, 照合 by another officer, 本処理 by the worker (std 9.7)."""
    walk.see("29-住所の一括変更-なし", clerk, "/renamings/")
    clerk.press_to("F6", "**/renamings/new/")
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("29-住所の一括変更-誤り", clerk)
    clerk.page.goto("/renamings/new/")
    named = {"title": "色内1丁目の町名変更", "kind": "town", "effective_on": days_ago(1), "ground": "告示第12号", "old": "色内1丁目", "new": "新色内1丁目"}
    clerk.fill(named)
    walk.see("29-住所の一括変更-新しい", clerk)
    clerk.press_to("F9", "**/renamings/*/")
    walk.see("29-住所の一括変更-仮処理", clerk)
    case = clerk.page.url
    examiner.page.goto(case)
    walk.see("29-住所の一括変更-照合", examiner)
    examiner.press_to("F9", "**/renamings/*/")
    until = time.monotonic() + ARRIVAL
    while "本処理を進めています" in examiner.text:
        assert time.monotonic() < until, "the worker has not begun"
        examiner.page.goto(case)
    walk.see("29-住所の一括変更-本処理後", examiner)
    walk.see("29-住所の一括変更", clerk, "/renamings/")
