"""一つの源 — who is registered and revoked in 住民記録, and what is decided there, holds in every system that follows within a minute. G-29; F-1-12; decision 0018."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.day.officer import Officer
    from tests.journeys.browser.town import Town

FOLLOWERS = ("chukan", "atena", "konbini", "transfers")
MINUTE = 60


def officer(town: Town, system: str, login: str, password: str = "", terminal: int = 0) -> Officer:
    """At the door of a system, having given the password: in, or still before the door."""
    from scenarios.day.city import Account
    from scenarios.day.officer import Officer

    account = Account(system, f"{town.address(system)}/", "試験", login, password or town.password("residents", login), "")
    one = Officer(account)
    one.give_password(terminal)
    return one


def is_out(one: Officer) -> bool:
    return one.page.has_button("利用開始")


def test_登録も失効も一分以内にどのシステムにも及ぶ(town):
    """G-29: through the screens, relays and doors of a whole city; measured from the answer that the administrator gets."""
    from tests.journeys.browser.town import days_ago, until

    # When the administrator registers somebody new
    administrator = officer(town, "residents", "d.ishida")
    form = administrator.go("/staff/accounts/new/").form("登録する")
    named = {"氏名": "太田　渡", "カナ氏名": "オオタ　ワタル", "職員番号": "S90001", "利用者ID": "w.ohta"}
    form.fill({**named, "所属": "戸籍住民課（1201）", "利用開始日": days_ago(0)})
    page = administrator.browser.press(form, "登録する")
    password = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", page.text).group()
    began = time.monotonic()

    # Then that officer can begin in every system that follows
    def at_work(system: str) -> Officer | None:
        one = officer(town, system, "w.ohta", password)
        return None if is_out(one) else one

    working = [until(lambda system=system: at_work(system), MINUTE) for system in FOLLOWERS]
    assert time.monotonic() - began <= MINUTE

    # When the officer is revoked
    administrator.go(administrator.go("/staff/accounts/").link("太田"))
    page = administrator.browser.press(administrator.page.form("この利用者を失効させる"), "この利用者を失効させる")
    assert "利用者を失効させました" in page.text
    began = time.monotonic()

    # Then each is out at the next click, and nobody is let in again
    for one in working:
        until(lambda one=one: one.go("/") and is_out(one), MINUTE)
    assert time.monotonic() - began <= MINUTE
    assert [at_work(system) for system in FOLLOWERS] == [None] * len(FOLLOWERS)
    administrator.sign_off()


def test_承認された設定も一分以内にどのシステムにも及ぶ(town):
    """G-29: two officers of 住民記録; every system that follows shows the value with its day."""
    from tests.journeys.browser.town import until

    administrator, approver = officer(town, "residents", "d.ishida"), officer(town, "residents", "t.honma", terminal=1)
    form = administrator.go("/city/setting/transfer_batch_minutes/change/").form("申請する")
    form.fill({"新しい値": "7", "有効開始日": "令和21年4月1日", "理由": "連携の間隔の見直し"})
    administrator.page = administrator.browser.press(form, "申請する")
    page = approver.browser.press(approver.go(administrator.page.address).form("承認する"), "承認する")
    assert "令和21年4月1日" in page.text
    began = time.monotonic()
    there = [officer(town, system, "d.ishida") for system in FOLLOWERS]
    for one in there:
        until(lambda one=one: "令和21年4月1日" in one.go("/city/setting/transfer_batch_minutes/").text, MINUTE)
    assert time.monotonic() - began <= MINUTE
    for one in (administrator, approver, *there):
        one.sign_off()
