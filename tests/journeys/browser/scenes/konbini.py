"""コンビニ交付の場面 — every screen of konbini: the service stopped by one and reopened by two, answers, one person's data. Issue step 7; S5-01, S5-02."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, common
from tests.journeys.browser.town import numbers_of, somebody, told_outside


def konbini(walk: Walk) -> None:
    for kind, serial in (("11", numbers_of(somebody(walk.town, 0))[1]), ("12", "NOBODY")):
        told_outside(walk.town, "certificate_centre", {"ask": {"user_certificate_serial": serial, "certificate_kind": kind}})
    officer = walk.officer("n.ogawa", "konbini")
    officer.sign_in()
    walk.see("94-コンビニ交付-運転の状況", officer, "/service/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("94-コンビニ交付-停止-誤り", officer)
    _turn(officer, "券面の確認のため")
    walk.see("94-コンビニ交付-停止中", officer)
    _turn(officer, "券面に誤りのないことを確かめた")
    walk.see("94-コンビニ交付-再開の申出", officer)
    other = walk.officer("t.honma", "konbini")
    other.sign_in()
    other.page.goto("/service/")
    _turn(other, "申出のとおり確かめた")
    walk.see("94-コンビニ交付-再開後", other)
    walk.see("95-コンビニ交付-回答の一覧", officer, "/answers/")
    walk.see("95-コンビニ交付-証明データ", officer, "/persons/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("95-コンビニ交付-証明データ-誤り", officer)
    officer.fill({"atena_no": somebody(walk.town, 0).atena_no})
    officer.press_to("F9", "**/persons/*-*/")
    walk.see("95-コンビニ交付-個人票", officer)
    common(walk, officer, "コンビニ交付-")


def _turn(officer: Officer, reason: str) -> None:
    officer.fill({"reason": reason})
    with officer.page.expect_navigation():
        officer.press("F9")
