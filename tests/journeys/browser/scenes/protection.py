"""抑止・支援措置の場面 — a block set and lifted, an application received, decided and looked after, for the pictures of 住民記録. 標準仕様3.1, 3.4."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk
from tests.journeys.browser.town import days_ago


def a_protection(walk: Walk, clerk: Officer, examiner: Officer, person: str) -> None:
    """Of one person: a block, then 支援措置 with its lift by a second officer; at the end both are over."""
    _a_block(walk, clerk, person)
    case = _an_application(walk, clerk, person)
    walk.see("55-支援措置-個人票", clerk, f"/person/{person}/")
    walk.see("55-支援措置-証明書", clerk, f"/person/{person}/certificate/")
    _a_lift(walk, clerk, examiner, person)
    clerk.page.goto(case)
    clerk.page.click("text=支援措置を終了する")
    clerk.page.click("text=市区町村長が支援の必要がなくなったと認めた")
    clerk.page.fill("details[open] [name=note]", "転居し、本人が不要と申し出た")
    with clerk.page.expect_navigation():
        clerk.page.click("details[open] button.button--primary")
    walk.see("55-支援措置-終了", clerk)


def _a_block(walk: Walk, clerk: Officer, person: str) -> None:
    walk.see("54-抑止-なし", clerk, f"/person/{person}/blocks/")
    clerk.press_to("F2", "**/blocks/new/")
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("54-抑止-誤り", clerk)
    clerk.fill({"kind": "identity", "reason": "本人確認書類の氏名が違うため確認中"})
    clerk.press_to("F9", "**/blocks/")
    walk.see("54-抑止", clerk)
    walk.see("54-抑止-個人票", clerk, f"/person/{person}/")
    clerk.page.goto(f"/person/{person}/blocks/")
    clerk.page.click("text=内容を変更する")
    walk.see("54-抑止-変更", clerk)
    clerk.page.goto(f"/person/{person}/blocks/")
    clerk.page.fill("[id^=lift-]", "窓口で本人を確認した")
    with clerk.page.expect_navigation():
        clerk.page.click("text=一時解除する")
    walk.see("54-抑止-一時解除中", clerk)
    clerk.page.fill("[id^=release-]", "本人を確認した")
    with clerk.page.expect_navigation():
        clerk.page.click("button:has-text('解除する'):not(:has-text('一時'))")
    walk.see("54-抑止-解除済み", clerk)


def _an_application(walk: Walk, clerk: Officer, person: str) -> str:
    walk.see("55-支援措置-なし", clerk, "/support/")
    walk.see("55-支援措置-申出", clerk, f"/person/{person}/support/")
    clerk.fill({"applied_on": "あした"})
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("55-支援措置-申出-誤り", clerk)
    clerk.fill(
        {"applied_on": days_ago(3), "telephone": "0134-00-0000", "agency": "見本警察署", "opponent1_name": "見本　次郎", "opponent1_address": "札幌市北区"}
    )
    clerk.press_to("F9", "**/support/*/")
    case = clerk.page.url
    clerk.page.click("text=経過を記録する")
    clerk.page.select_option("[name=kind]", "decided")
    clerk.page.fill("[name=starts_on]", days_ago(1))
    clerk.page.fill("details[open] [name=note]", "警察の意見により必要と認める")
    with clerk.page.expect_navigation():
        clerk.page.click("details[open] button.button--primary")
    clerk.page.fill("#destination", "旭川市（前住所地）")
    clerk.page.fill("#forwarded", days_ago(0))
    with clerk.page.expect_navigation():
        clerk.page.click("text=転送を記録する")
    walk.see("55-支援措置の記録", clerk)
    walk.see("55-支援措置-記載の修正", clerk, case + "edit/")
    walk.see("55-支援措置", clerk, "/support/")
    return case


def _a_lift(walk: Walk, clerk: Officer, examiner: Officer, person: str) -> None:
    clerk.page.goto(f"/person/{person}/blocks/")
    clerk.page.fill("[id^=reason-]", "本人の請求で、住所が相手方に伝わらない")
    clerk.page.fill("[id^=check-]", "旅券")
    with clerk.page.expect_navigation():
        clerk.page.click("text=一時解除を申請する")
    walk.see("55-支援措置-一時解除の申請", clerk)
    walk.see("55-支援措置-承認待ち", examiner, "/support/")
    with examiner.page.expect_navigation():
        examiner.page.click("text=承認する")
    walk.see("55-支援措置-承認済み", examiner)
