"""特例転入の道中 — a family comes with a card: the clerk asks the former city, goes on typing, fills the form with the answer, and the city is told. 住基法24条の2; S2-03, G-11."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HOME, BUILDING = "色内2丁目93番4号", "コーポ訂正　301"  # not where the certificate says: they have changed their plans


def outside(town, path, content=None):
    """The other city's simulator, as whoever runs the demo sees it."""
    from daicho.site.launch.bootstrap import counterpart_port

    address = f"https://127.0.0.1:{counterpart_port('other_city', town.demo.simulators_first_port)}{path}"
    verify = str(Path(town.demo.folder) / "keys" / "other_city" / "authority.pem")
    if content is None:
        return requests.get(address, verify=verify, timeout=30).json()
    return requests.post(address, data=json.dumps(content), verify=verify, timeout=30).json()


def _ask_by_the_card(clerk):
    from tests.journeys.browser.family import BY_CARD

    clerk.fill(BY_CARD)
    clerk.tab_to(text="前住所地に照会する")
    clerk.press("Enter")


def test_カードの番号で前住所地に照会し待つ間も入力でき転入して前住所地に通知が届く(town, browser):
    """N-4.1.1.3-01, -02; 法9条1項. First the former city is away: the clerk is told what to do, and nothing is lost."""
    from tests.journeys.browser.family import BY_CARD
    from tests.journeys.browser.officer import Officer
    from tests.journeys.browser.town import days_ago

    # Given a family at the counter, and a former city that is away, then slow
    clerk, examiner = Officer(town, browser, "m.sasaki"), Officer(town, browser, "y.abe")
    outside(town, "/_scenario", {"faults": [{"kind": "down", "times": 1}, {"kind": "late", "ms": 1500, "times": 1}]})
    clerk.sign_in()
    clerk.open_visit("架空　誠", "self", "転入の届出（カード）")
    clerk.menu("n", "**/filings/new/")
    clerk.press_to("F6", "**/domestic_move_in/")
    clerk.fill({"count": "1"})
    clerk.press_to("F9", "**/filings/*/")

    # When the clerk asks by the card, is told what to do without an answer, and asks again
    clerk.press("F3")
    _ask_by_the_card(clerk)
    expect(clerk.page.locator("#move-out [data-answer]")).to_contain_text("紙の転出証明書を見てそのまま続けられます")
    _ask_by_the_card(clerk)

    # and goes on typing while the answer is on its way
    clerk.fill({"f-effective_on": days_ago(1), "f-address": HOME, "f-address_building": BUILDING})
    expect(clerk.page.locator("#move-out .notice--success")).to_contain_text("3人の転出証明書情報を受信しました")
    clerk.press_to("F2", "**/filings/*/")

    # Then the form holds everybody, with what the clerk typed left as it was
    told = clerk.values()
    assert told["f-previous_address"] == "北海道札幌市中央区北一条西二丁目1番地"
    assert (told["f-address"], told["f-address_building"]) == (HOME, BUILDING)
    assert [told[f"m{place}-name_kanji"] for place in range(3)] == ["架空　誠", "架空　由紀", "架空　葵"]
    clerk.tab_to(name="f-filer")
    clerk.fill({"f-filer": "self"})
    clerk.press_to("F9", "**/examination/")

    # and another officer sees both, registers, and the former city is told
    examiner.sign_in()
    examiner.press_to("F7", "**/waiting/")
    examiner.tab_to(ident="open-")
    examiner.press_to("Enter", "**/examination/")
    assert "受信した転出証明書情報" in examiner.text and BUILDING in examiner.text
    examiner.press_to("F9", "**/result/")
    until = time.monotonic() + 15
    while not (notices := [each["items"] for each in outside(town, "/_received")["messages"]]) and time.monotonic() < until:
        time.sleep(0.2)
    assert {notice["juminhyo_code"] for notice in notices} >= {BY_CARD["number"]}
    assert clerk.watch.complaints == examiner.watch.complaints == []

    # and the visitor leaves
    clerk.page.goto("/visit/")
    clerk.press_to("F12", "**/visit/")
