"""入管庁の場面 — 長官通知, 処理結果確認票, and a 住居地届出, for the walk through residents. Issue step 7."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, find_way, first_way
from tests.journeys.browser.town import days_ago, told_by_the_commissioner

ARRIVAL = 20  # seconds in which what the outside world sent is on a screen


def a_foreign_resident(walk: Walk, clerk: Officer, enter: Callable[[Officer], None]) -> None:
    """What the Commissioner told of somebody, and the 住居地届出 of the same, of which 入管庁 is told. `enter`: 仮登録."""
    told_by_the_commissioner(walk.town)
    until, one = time.monotonic() + ARRIVAL, None
    while one is None:
        assert time.monotonic() < until, "what the Commissioner told has not arrived"
        clerk.page.goto("/commissioner/")
        one = find_way(clerk, r"/commissioner/[0-9a-f-]{36}/")
    walk.see("29-長官通知", clerk)
    walk.see("29-長官通知-処理結果確認票", clerk, one)
    person = first_way(clerk, r"/person/[0-9a-f-]{36}/")
    walk.see("29-在留期間の満了の予告", clerk, "/residence-terms/")
    clerk.page.goto(f"/filings/new/residence_notification/{person.split('/')[2]}/")
    clerk.press_to("F9", "**/filings/*/")
    clerk.fill({"f-effective_on": days_ago(1), "f-filer": "self"})
    enter(clerk)
    examiner = walk.officers[2]
    examiner.page.goto(clerk.page.url)
    examiner.press_to("F9", "**/result/")
    walk.see("29-住居地の届出-結果", examiner)
