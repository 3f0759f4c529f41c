"""中間サーバーの場面 — every screen of chukan: an inquiry answered by itself, one held and decided by an officer, the replica. Issue step 7; S3-02, S3-07."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, common, first_way
from tests.journeys.browser.town import days_ago, heard_outside, somebody, told_outside, until

TAX = {"inquirer_code": "C00000000011002", "affair_code": "O2-48", "item_no": "48", "procedure_code": "O2-48-01", "information_code": "JUMINHYO"}


def chukan(walk: Walk) -> None:
    officer = walk.officer("a.murata", "chukan")
    officer.sign_in()
    _the_replica(walk, officer)
    _an_inquiry_held(walk, officer)
    walk.see("93-中間サーバー-照合リスト", officer, "/provisions/")
    common(walk, officer, "中間サーバー-")


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
    """Everybody has a 符号 by now; those of the made-up core tell nothing of whose they are, so all are asked until one is held."""
    codes = until(lambda: heard_outside(walk.town, "network_core")["codes"])
    told = (told_outside(walk.town, "network_core", {"to": "chukan", "ask": {**TAX, "request_control_no": code["request_control_no"]}}) for code in codes)
    assert any(one["answer"]["result"] == "held" for one in told)
    told_outside(walk.town, "network_core", {"to": "chukan", "ask": {**TAX, "linkage_code": "0" * 32}})
    walk.see("91-中間サーバー-情報提供の記録", officer, "/inquiries/")
    walk.see("91-中間サーバー-確認待ち", officer, "/waiting/")
    walk.see("91-中間サーバー-確認待ち-一件", officer, first_way(officer, r"/waiting/[0-9a-f-]{36}/"))
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("91-中間サーバー-確認待ち-誤り", officer)
    officer.fill({"reason": "照会先に電話で確認"})
    officer.press_to("F9", "**/waiting/")
    walk.see("91-中間サーバー-情報提供の記録-一件", officer, "/inquiries/?result=held")
    walk.see("91-中間サーバー-情報提供の記録-一件", officer, first_way(officer, r"/inquiries/[0-9a-f-]{36}/"))
