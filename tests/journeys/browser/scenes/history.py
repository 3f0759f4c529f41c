"""履歴と二重登録の場面 — the histories of events and of certificates, and two numbers that may be one person's. std 2.2.1, 2.2.2; decision 0038."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, first_way


def histories(walk: Walk, clerk: Officer, person: str) -> None:
    """Of one 在住, of the household, and of the city by its items."""
    walk.see("23-異動履歴-在住", clerk, f"/person/{person}/history/spell/1/")
    walk.see("23-世帯の異動履歴", clerk, f"/person/{person}/household/history/")
    walk.see("23-異動履歴の照会", clerk, "/events/")
    clerk.press_to("F9", "**/found/")
    walk.see("23-異動履歴の照会-誤り", clerk)
    clerk.fill({"reason": "転居"})
    clerk.press_to("F9", "**/found/")
    walk.see("23-異動履歴の照会-結果", clerk)


def what_was_handed_out(walk: Walk, clerk: Officer) -> None:
    """交付履歴 of a kind, and a copy that was given out by mistake."""
    walk.see("32-交付履歴の照会", clerk, "/issues/")
    clerk.fill({"kind": "juminhyo_personal"})
    clerk.press_to("F9", "**/found/")
    walk.see("32-交付履歴の照会-結果", clerk)
    walk.see("32-処分の記録", clerk, first_way(clerk, r"/issues/[0-9a-f-]{36}/disposal/"))
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("32-処分の記録-誤り", clerk)
    clerk.fill({"kind": "wrong", "reason": "別の人の写しを発行したため、窓口で回収して裁断した"})
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("32-処分の記録-記録後", clerk)


def one_person_twice(walk: Walk, clerk: Officer, person: str) -> None:
    """Two of the family, named by an officer as if they were one, and the 統合 proposed of them."""
    clerk.page.goto(f"/person/{person}/")
    own = clerk.page.text_content(".card-head .digits") or ""
    clerk.page.click(".household tbody a >> nth=0")
    other = clerk.page.text_content(".card-head .digits") or ""
    walk.see("51-二重登録の候補", clerk, "/doubles/")
    clerk.fill({"first": own, "second": "1"})
    clerk.press_to("F9", "**/name/")
    walk.see("51-二重登録の候補-誤り", clerk)
    clerk.fill({"first": own, "second": other})
    clerk.press_to("F9", "**/doubles/*/")
    walk.see("51-二人の比較", clerk)
    double = clerk.page.url
    clerk.press_to("F8", "**/two/")
    walk.see("51-二人の比較-誤り", clerk)
    clerk.page.goto(double)
    clerk.fill({"stays": clerk.page.get_attribute("[name=stays]", "value") or "", "unite_reason": "戸籍謄本と本人の申出により、同じ人と確かめた"})
    clerk.press_to("F9", "**/filings/*/")
    walk.see("51-統合の職権消除", clerk)
    walk.see("51-統合のある候補", clerk, "/doubles/")
    walk.see("51-宛名番号の統合", clerk, first_way(clerk, r"/unions/[0-9a-f-]{36}/"))
