"""入力中の届出の道中 — the browser dies in the middle of a form; who signs in again finds all but the field in focus. Issue step 4; F-1-01."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_入力の途中でブラウザが落ちても入力中の項目のほかは残っている(town):
    from playwright.sync_api import sync_playwright

    from tests.journeys.browser.chromium import kill, mortal_browser
    from tests.journeys.browser.family import FAMILY, move_in
    from tests.journeys.browser.officer import Officer

    texts = move_in(FAMILY[:2])
    names = list(texts)
    half = {name: texts[name] for name in names[: len(names) * 2 // 3]}
    with sync_playwright() as playwright:
        # Given a form that is filled to the middle of its second person, and one more field that is being typed in
        with mortal_browser(playwright) as (opened, process):
            clerk = Officer(town, opened, "k.kudo")
            clerk.sign_in()
            clerk.open_visit("花園　太郎", "self", "転入の届出")
            clerk.menu("n", "**/filings/new/")
            clerk.press_to("F6", "**/domestic_move_in/")
            clerk.fill({"count": "2"})
            clerk.press_to("F9", "**/filings/*/")
            clerk.fill(half)
            clerk.press("Tab")
            clerk.wait_until_kept()
            before = clerk.values()
            assert before.items() >= half.items()
            focused = clerk.active["name"]
            clerk.put("打ちかけ")
            # When the browser is killed
            kill(process)
        assert focused not in half

        # Then in a new one everything that was left is there
        with mortal_browser(playwright) as (opened, process):
            clerk = Officer(town, opened, "k.kudo")
            clerk.sign_in()
            clerk.tab_to(text="の続きを入力する")
            clerk.press_to("Enter", "**/filings/*/")
            found = clerk.values()
            assert {**found, focused: ""} == {**before, focused: ""}
            # and what was kept after the last key is there as well, although the field was never left
            clerk.tab_to(name=focused)
            clerk.put("打ち終えた備考")
            clerk.wait_until_kept()
            kill(process)

        with mortal_browser(playwright) as (opened, _):
            clerk = Officer(town, opened, "k.kudo")
            clerk.sign_in()
            clerk.tab_to(text="の続きを入力する")
            clerk.press_to("Enter", "**/filings/*/")
            assert clerk.values()[focused] == "打ち終えた備考"
            assert clerk.watch.complaints == []
