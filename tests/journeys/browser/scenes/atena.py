"""統合宛名の場面 — every screen of atena: a person found and their number shown, a double decided, the legal list. Issue step 7; S4-01, S4-06, S4-07."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, common, find_way, first_way
from tests.journeys.browser.town import days_ago, numbers_of, somebody, told_outside


def atena(walk: Walk) -> None:
    officer = walk.officer("a.murata", "atena")
    officer.sign_in()
    _a_legal_use(walk, officer)
    _told_by_a_department(walk)
    _a_person(walk, officer)
    _a_double(walk, officer)
    walk.see("88-統合宛名-照会の記録", officer, "/inquiries/")
    common(walk, officer, "統合宛名-")


def _a_legal_use(walk: Walk, officer: Officer) -> None:
    """Entered by one officer, approved by another."""
    walk.see("88-統合宛名-利用できる事務", officer, "/legal-uses/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("88-統合宛名-利用できる事務-誤り", officer)
    texts = {"department_code": "1301", "department_ja": "福祉保険部　保険年金課", "affair_code": "0101", "affair_ja": "国民健康保険関係事務"}
    officer.fill({**texts, "valid_from": days_ago(0), "reason": "評価書の記載"})
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("88-統合宛名-利用できる事務-承認前", officer)
    approver = walk.officer("t.honma", "atena")
    approver.sign_in()
    approver.page.goto("/legal-uses/")
    approver.tab_to(text="承認する")
    with approver.page.expect_navigation():
        approver.press("Enter")
    walk.see("88-統合宛名-利用できる事務-承認後", approver)


def _told_by_a_department(walk: Walk) -> None:
    """An inquiry that is answered, one that is refused, and somebody numbered under another's 個人番号."""
    whose = {"department_code": "1301", "affair_code": "005"}
    second, (number, _) = somebody(walk.town, 1), numbers_of(somebody(walk.town, 0))
    basics = {"name": second.shown_name, "name_furigana": None, "birth_date": "S60-04-01", "sex_code": "2", "address": "花園1丁目1番1号"}
    for order in (
        {**whose, "individual_number": number},
        {**whose, "department_code": "9999", "individual_number": number},
        {**whose, "atena_no": "77", "basics": basics},
        {**whose, "atena_no": "77", "individual_number": number, "basics": basics},
    ):
        told_outside(walk.town, "departments", order, path="/_ask")


def _a_person(walk: Walk, officer: Officer) -> None:
    walk.see("86-統合宛名-検索", officer, "/search/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("86-統合宛名-検索-誤り", officer)
    officer.fill({"purpose": "person", "integrated_atena_no": somebody(walk.town, 0).integrated_atena_no})
    officer.press_to("F9", "**/found/")
    walk.see("86-統合宛名-検索結果", officer)
    officer.press_to("Enter", "**/person/*/")
    walk.see("87-統合宛名-個人票", officer)
    officer.fill({"reason": "通知書との照合"})
    officer.press("F8")
    officer.page.wait_for_selector(".number-shown")
    walk.see("87-統合宛名-個人票-番号", officer)


def _a_double(walk: Walk, officer: Officer) -> None:
    walk.see("88-統合宛名-個人番号の重複", officer, "/doubles/")
    walk.see("88-統合宛名-個人番号の重複-一件", officer, first_way(officer, r"/doubles/[0-9a-f-]{36}/"))
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("88-統合宛名-個人番号の重複-誤り", officer)
    officer.fill({"decision": "holders", "reason": "課の入力誤り"})
    with officer.page.expect_navigation():
        officer.press("F9")
    assert find_way(officer, r"/doubles/[0-9a-f-]{36}/"), officer.text
    walk.see("88-統合宛名-個人番号の重複-判断後", officer)
