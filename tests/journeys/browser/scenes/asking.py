"""交付請求と手数料の場面 — a third party's request by mail until another officer approves it, the day's fees, a record put right. 住民基本台帳法第12条の3; decision 0051."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, first_way
from tests.journeys.browser.town import days_ago

PAPER = {
    "requester_name": "坂の上　三郎", "requester_address": "北海道札幌市中央区南一条西一丁目1番地", "purpose": "貸金の返還を求める訴えのため",
    "evidence": "金銭消費貸借契約書の写し", "copies1": "1", "return_to": "北海道札幌市中央区南一条西一丁目1番地　坂の上三郎",
    "subject1_name": "花園　太郎", "subject1_address": "北海道小樽市花園2丁目12番1号",
}  # fmt: skip

OF_AN_OFFICE = {
    "organisation": "小樽税務署", "requester_address": "北海道小樽市富岡1丁目99番1号", "bearer_title": "国税徴収官", "bearer_name": "徴収　一郎",
    "law": "国税徴収法第146条の2", "purpose": "滞納者の居所の調査のため", "copies1": "2", "return_to": "北海道小樽市富岡1丁目99番1号　小樽税務署",
}  # fmt: skip


def a_request(walk: Walk, clerk: Officer, examiner: Officer, person: str) -> None:
    """Taken in with what it lacks, chased, supplemented, matched, approved by another officer; then what a copy costs."""
    clerk.page.goto(f"/person/{person}/")
    atena_no = clerk.page.text_content(".card-head .digits") or ""
    clerk.page.goto("/visit/")
    clerk.press_to("F12", "**/visit/")
    walk.see("58-交付請求-なし", clerk, "/applications/")
    walk.see("58-交付請求-公用の受付", clerk, "/applications/new/?ground=official&way=counter")
    walk.see("58-交付請求-職務上の受付", clerk, "/applications/new/?ground=professional&way=counter")
    clerk.page.goto("/applications/new/?ground=third_party&way=mail")
    for name, text in PAPER.items():
        clerk.page.fill(f"[name={name}]", text)
    with clerk.page.expect_navigation():
        clerk.press("F9")  # copies of nothing
    walk.see("58-交付請求-誤り", clerk)
    clerk.page.select_option("[name=kind1]", "juminhyo_personal")
    clerk.page.check("[name=identity][value=driving_licence]")
    clerk.press_to("F9", "**/applications/*/")
    walk.see("58-交付請求-不足", clerk)
    request = clerk.page.url
    clerk.page.click("text=経過を記録する（照会")
    clerk.page.select_option("details[open] [name=kind]", "asked")
    clerk.page.fill("details[open] [name=note]", "電話で、申出の理由の区分、封筒、手数料を求めた")
    _sent(clerk, "details[open] button.button--primary")
    walk.see("58-交付請求-照会中", clerk)
    clerk.press_to("F7", "**/edit/")
    walk.see("58-交付請求-補う", clerk)
    clerk.page.check("[name=claim][value=right_or_duty]")
    clerk.page.check("[name=return_check][value=residence]")
    clerk.page.check("[name=has_envelope]")
    clerk.press_to("F9", "**/applications/*/")
    clerk.page.click("text=定額小為替を記録する")
    clerk.page.fill("[name=order_number]", "い0123456")
    clerk.page.fill("[name=order_amount]", "310")
    _sent(clerk, "details[open] button")
    walk.see("58-交付請求-小為替の誤り", clerk)
    clerk.page.fill("[name=order_amount]", "450")
    _sent(clerk, "details[open] button")
    with clerk.page.expect_navigation():
        clerk.press("F8")
    clerk.page.fill("[name=atena_no]", atena_no)
    _sent(clerk, "text=住民票を探す")
    walk.see("58-交付請求-候補", clerk)
    _sent(clerk, "text=この人が対象者")
    walk.see("58-交付請求-審査前", clerk)
    walk.see("58-交付請求-一覧", clerk, "/applications/")
    examiner.page.goto(request)
    with examiner.page.expect_navigation():
        examiner.press("F9")
    walk.see("58-交付請求-審査の誤り", examiner)
    examiner.page.check("[name=approved][value=yes]")
    examiner.page.fill("[name=reason]", "契約書の写しにより、権利の行使のため必要と認める")
    with examiner.page.expect_navigation():
        examiner.press("F9")
    walk.see("58-交付請求-認めた", examiner)
    walk.see("58-交付請求-証明書", clerk, f"/person/{person}/certificate/")
    _by_list(walk, clerk, examiner)
    _money(walk, clerk)


def _by_list(walk: Walk, clerk: Officer, examiner: Officer) -> None:
    """A public office attaches a list: まとめて交付 opens as it was approved."""
    clerk.page.goto("/visit/")
    clerk.press_to("F12", "**/visit/")
    clerk.page.goto("/applications/new/?ground=official&way=mail")
    for name, text in OF_AN_OFFICE.items():
        clerk.page.fill(f"[name={name}]", text)
    for name, value in (("identity", "staff_id"), ("by_list", "yes"), ("return_check", "residence"), ("has_envelope", "yes")):
        clerk.page.check(f"[name={name}][value={value}]")
    clerk.page.select_option("[name=kind1]", "juminhyo_personal")
    clerk.press_to("F9", "**/applications/*/")
    request = clerk.page.url
    examiner.page.goto(request)
    examiner.page.check("[name=approved][value=yes]")
    examiner.page.fill("[name=reason]", "法令の根拠と請求事由を確かめた")
    with examiner.page.expect_navigation():
        examiner.press("F9")
    clerk.page.goto(request)
    with clerk.page.expect_navigation():
        clerk.press("F8")
    walk.see("58-交付請求-一覧による", clerk)
    clerk.page.click("text=一覧の人にまとめて交付する")
    walk.see("58-まとめて交付-交付請求による", clerk)


def _money(walk: Walk, clerk: Officer) -> None:
    """手数料日報 with a window to be closed, and 交付履歴 with a slip of the asking."""
    walk.see("59-手数料日報", clerk, "/fees/")
    clerk.page.fill("[name=counted] >> nth=0", "1")
    _sent(clerk, "text=締める >> nth=0")
    walk.see("59-手数料日報-差額", clerk)
    clerk.page.goto("/issues/")
    clerk.page.fill("[name=issued_on]", days_ago(0))
    clerk.press_to("F9", "**/found/")
    walk.see("59-交付履歴の訂正", clerk, first_way(clerk, r"/issues/[0-9a-f-]{36}/correction/"))
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("59-交付履歴の訂正-誤り", clerk)
    clerk.page.check("[name=item][value=purpose]")
    clerk.page.fill("[name=becomes]", "年金の請求")
    clerk.page.fill("[name=reason]", "申請書を見直した")
    with clerk.page.expect_navigation():
        clerk.press("F9")
    walk.see("59-交付履歴の訂正-記録後", clerk)


def _sent(officer: Officer, button: str) -> None:
    with officer.page.expect_navigation():
        officer.page.click(button)
