"""庁内連携の場面 — every screen of transfers: a grant proposed by one and approved by another, feeds, records, one person. Issue step 7; D-R1."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, common, find_way
from tests.journeys.browser.town import somebody, told_outside, until


def transfers(walk: Walk) -> None:
    officer = walk.officer("n.ogawa", "transfers")
    officer.sign_in()
    walk.see("96-庁内連携-移転許可", officer, "/grants/")
    walk.see("96-庁内連携-書戻しの申請", officer, "/grants/new/write-back/")
    walk.see("96-庁内連携-申請", officer, "/grants/new/?offered=0")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("96-庁内連携-申請-誤り", officer)
    _an_entry(walk, officer)
    for name, path in (
        ("課", "departments"),
        ("連携の状況", "feeds"),
        ("書戻し", "write-backs"),
        ("記録", "records"),
        ("発行抑止の反映", "blocks"),
        ("個人", "persons"),  # last: the next step searches there
    ):
        walk.see(f"97-庁内連携-{name}", officer, f"/{path}/")
    officer.fill({"atena_no": somebody(walk.town, 0).atena_no})
    officer.press_to("F9", "**/persons/*/")
    walk.see("97-庁内連携-個人票", officer)
    officer.page.goto("/records/")
    officer.press_to("F9", "**/records/found/")
    walk.see("97-庁内連携-記録-結果", officer)
    common(walk, officer, "庁内連携-")


def _an_entry(walk: Walk, officer: Officer) -> None:
    """A grant to write back, proposed and approved; what the department then wrote, right and wrong."""
    officer.page.goto("/grants/new/write-back/?offered=48")  # 国民健康保険の資格; the city has granted it under its own code already
    officer.fill({"purpose_code": "W91", "request_reference": "保年第1号"})
    officer.press_to("F9", "**/grants/*/")
    waiting = officer.page.url
    walk.see("96-庁内連携-移転許可-申請中", officer)
    approver = walk.officer("t.honma", "transfers")
    approver.sign_in()
    approver.page.goto(waiting)
    with approver.page.expect_navigation():
        approver.press("F9")
    walk.see("96-庁内連携-移転許可-承認後", approver)
    for no, value in enumerate(("1", "9"), 1):
        body = {"department_code": "1301", "purpose_code": "W01", "entry_no": f"E-{no}", "sequence_no": no, "atena_no": somebody(walk.town, 0).atena_no}
        items = [{"item": "nhi_qualified_flag", "value": value}]
        told_outside(walk.town, "departments", {"to": "transfers", "kind": "department_entry", "version": 1, "body": {**body, "items": items}})
    walk.see("97-庁内連携-書戻し-一件", officer, until(lambda: officer.page.goto("/write-backs/") and find_way(officer, r"/write-backs/[0-9a-f-]{36}/")))
    walk.see("97-庁内連携-書戻しから個人票", officer, find_way(officer, r"/persons/[0-9a-f-]{36}/"))
