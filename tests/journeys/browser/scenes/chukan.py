"""中間サーバーの場面 — every screen of chukan: an inquiry answered by itself, one held and decided by an officer, the replica. Issue step 7; S3-02, S3-07."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, common, first_way
from tests.journeys.browser.town import days_ago, heard_outside, somebody, told_outside, until

TAX = {"inquirer_code": "C00000000011002", "affair_code": "O2-48", "item_no": "48", "procedure_code": "O2-48-01", "information_code": "JUMINHYO"}


def chukan(walk: Walk) -> None:
    officer = walk.officer("a.murata", "chukan")
    officer.sign_in()
    _codes_for_everybody(walk)
    _the_replica(walk, officer)
    _an_inquiry_held(walk, officer)
    walk.see("93-中間サーバー-照合リスト", officer, "/provisions/")
    common(walk, officer, "中間サーバー-")


def _codes_for_everybody(walk: Walk) -> None:
    """The administrator runs the job that a first load needs."""
    admin = walk.officer("d.ishida", "chukan")
    admin.sign_in()
    admin.page.goto("/jobs/")
    admin.tab_to(text="符号の取得の依頼")
    admin.press_to("Enter", "**/jobs/*/")
    with admin.page.expect_navigation():
        admin.press("F9")
    walk.see("85-中間サーバー-定時の処理-起動後", admin)


def _the_replica(walk: Walk, officer: Officer) -> None:
    """Somebody whose answers shall wait."""
    walk.see("92-中間サーバー-副本の検索", officer, "/replica/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("92-中間サーバー-副本の検索-誤り", officer)
    officer.fill({"integrated_atena_no": somebody(walk.town, 0).integrated_atena_no})
    officer.press_to("F9", "**/replica/*-*/")
    walk.see("92-中間サーバー-個人票", officer)
    walk.see("92-中間サーバー-個人票-ある版", officer, f"{officer.page.url}versions/1/")
    officer.page.go_back()
    officer.fill({"since": days_ago(0), "reason": "相談あり"})
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("92-中間サーバー-個人票-自動応答をしない", officer)


def _an_inquiry_held(walk: Walk, officer: Officer) -> None:
    """Of a 符号 nobody outside knows whose it is: they are asked about one by one, until it is the person whose answers wait."""
    asked: set[str] = set()

    def held() -> bool:
        for code in heard_outside(walk.town, "network_core")["codes"]:
            number = code["request_control_no"]
            if number not in asked:
                asked.add(number)
                reply = told_outside(walk.town, "network_core", {"to": "chukan", "ask": {**TAX, "request_control_no": number}})
                if reply["answer"]["result"] == "held":
                    return True
        return False

    until(held, 120)
    told_outside(walk.town, "network_core", {"to": "chukan", "ask": {**TAX, "linkage_code": "0" * 32}})
    walk.see("91-中間サーバー-情報提供の記録", officer, "/inquiries/")
    walk.see("91-中間サーバー-確認待ち", officer, "/waiting/")
    walk.see("91-中間サーバー-確認待ち-一件", officer, first_way(officer, r"/waiting/[0-9a-f-]{36}/"))
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("91-中間サーバー-確認待ち-誤り", officer)
    officer.fill({"reason": "照会先に電話で確認"})
    officer.press_to("F9", "**/waiting/")
    walk.see("91-中間サーバー-情報提供の記録-保留", officer, "/inquiries/?result=held")
    walk.see("91-中間サーバー-情報提供の記録-一件", officer, first_way(officer, r"/inquiries/[0-9a-f-]{36}/"))
