"""住基ネットの場面 — every screen of juki_net, its operators' devices among them. Issue step 7; F-2-03, F-2-08."""

from __future__ import annotations

from tests.journeys.browser.family import NEIGHBOURS
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk, first_way, frames, oversight


def juki_net(walk: Walk) -> None:
    operator = walk.officer("h.kikuchi", "juki_net")
    walk.see("70-住基ネット-利用開始", operator, "/sign-in/")
    walk.see("70-住基ネット-端末", operator, "/staff/terminal/")
    operator.sign_in()  # it leads to the list
    walk.see("71-住基ネット-通知の状況", operator)
    walk.see("71-住基ネット-受け付けなかった電文", operator, "/notices/turned-away/")
    walk.see("71-住基ネット-絞込み", operator, "/notices/?state=refused")
    operator.page.goto("/notices/")
    walk.see("72-住基ネット-通知の経過", operator, first_way(operator, r"/notices/[0-9a-f-]{36}/"))
    _a_search(walk, operator)
    frames(walk, operator, "住基ネット-")
    _the_devices(walk)
    oversight(walk, "juki_net", "住基ネット-")


def _a_search(walk: Walk, operator: Officer) -> None:
    """One who has moved in, for a case; first by too little (F-2-03)."""
    walk.see("73-住基ネット-検索", operator, "/identity/")
    operator.fill({"purpose": "move_in", "case_no": "R8-0001", "name": NEIGHBOURS[0].name})
    with operator.page.expect_navigation():
        operator.press("F9")
    walk.see("73-住基ネット-検索-条件不足", operator)
    operator.fill({"birth": NEIGHBOURS[0].birth})
    operator.press_to("F9", "**/found/")
    walk.see("73-住基ネット-検索結果", operator)
    operator.tab_to(text=NEIGHBOURS[0].name)
    operator.press_to("Enter", "**/identity/*/")
    walk.see("74-住基ネット-個人票", operator)


def _the_devices(walk: Walk) -> None:
    """From the code to the first assertion, as the administrator of the devices goes it (F-2-08)."""
    admin = walk.officer("d.ishida", "juki_net")
    admin.give_password()
    walk.see("70-住基ネット-登録コード", admin)
    admin.give_code()
    walk.see("70-住基ネット-認証器の登録", admin)
    admin.show_body()
    walk.see("70-住基ネット-生体認証", admin)
    admin.show_body()
    walk.see("75-住基ネット-認証器", admin, "/staff/authenticators/")
