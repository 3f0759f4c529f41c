"""散策 — one walk through a system of a city, and what every system shows. Issue step 7.

A walk calls `look(name, page)` wherever there is something to see. It works by keys and addresses, like the journeys.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.town import Town
from tests.ui.browser import wait_until_at_rest

Look = Callable[[str, Page], None]
CHANGE_THE_CITY = ("residents", "juki_net")  # the others take staff and settings from residents (G-29)
GIVE_NUMBERS = ("residents", "atena", "konbini")
ADMINISTRATOR_GIVES = ("juki_net", "chukan")  # where the made-up city has no 管理責任者


@dataclass
class Walk:
    """One walk through a city. `officers` are those who went, with what was watched; `papers` what was printed."""

    town: Town
    browser: Browser
    look: Look

    def __post_init__(self) -> None:
        self.officers: list[Officer] = []
        self.papers: dict[str, bytes] = {}

    def officer(self, login: str, system: str = "residents") -> Officer:
        one = Officer(self.town, self.browser, login, system)
        self.officers.append(one)
        return one

    def has_opened(self, leads: Callable[[str], bool], status: int) -> bool:
        """Whether some officer got an address of this kind by GET, answered with this status (an error's own page may be what was looked for)."""
        opened = [path for officer in self.officers for path, got in officer.watch.visited if got == status or path.startswith("/ui/gallery/error/")]
        return any(map(leads, opened))

    def ask(self, officer: Officer, path: str) -> None:
        """A part of a page, which the page's script asks for every few seconds."""
        part = officer.page.request.get(path)
        assert part.status == 200 and "<html" not in part.text() and "</" in part.text(), path
        officer.watch.visited.append((path, part.status))

    def see(self, name: str, officer: Officer, path: str = "") -> None:
        if path:
            officer.page.goto(path)
        wait_until_at_rest(officer.page)
        self.look(name, officer.page)


def oversight(walk: Walk, system: str = "residents", whose: str = "") -> None:
    """What every system shows its administrator and its auditor."""
    admin = walk.officer("d.ishida", system)
    admin.sign_in()
    walk.see(f"85-{whose}稼働状況", admin, "/oversight/health/")
    walk.see(f"85-{whose}定時の処理", admin, "/jobs/")
    walk.see(f"85-{whose}定時の処理-一つ", admin, "/jobs/1/")
    _city(walk, admin, whose)
    _staff(walk, admin, whose)
    auditor = walk.officer("s.narita", system)
    auditor.sign_in()
    walk.see(f"85-{whose}操作履歴", auditor, "/oversight/trail/")


def _city(walk: Walk, admin: Officer, whose: str) -> None:
    """Settings, offices, certifiers; where they are changed (G-29), a change that is proposed; where numbers are given out, their series."""
    walk.see(f"86-{whose}市の設定", admin, "/city/")
    walk.see(f"86-{whose}庁舎・窓口・認証者", admin, "/city/places/")
    walk.see(f"86-{whose}設定の一つ", admin, "/city/setting/approval_cap/")
    if admin.system in CHANGE_THE_CITY:
        walk.see(f"86-{whose}入力場所の登録", admin, "/city/new/office/")
        walk.see(f"86-{whose}入力場所の廃止", admin, "/city/office/shioya/end/")
        walk.see(f"86-{whose}職務代理者", admin, "/city/certifier/deputy/change/")
        walk.see(f"86-{whose}設定の変更", admin, "/city/setting/approval_cap/change/")
        admin.fill({"value": "40", "valid_from": "令和20年4月1日", "reason": "照合に時間をかける"})
        admin.press_to("F9", "**/city/changes/*/")
        walk.see(f"86-{whose}変更の申請の一件", admin)
        walk.see(f"86-{whose}変更の申請", admin, "/city/changes/")
        _dictionaries(walk, admin, whose)
    if admin.system in GIVE_NUMBERS:
        walk.see(f"86-{whose}付番の状況", admin, "/numbers/")


def _dictionaries(walk: Walk, admin: Officer, whose: str) -> None:
    """Every dictionary, one of them, one of its rows, each way to change it, and a change that waits."""
    walk.see(f"88-{whose}辞書・コード表", admin, "/city/dictionaries/")
    walk.see(f"88-{whose}住所辞書", admin, "/city/dictionaries/towns/")
    row = first_way(admin, r"/city/dictionaries/towns/\d+/")
    walk.see(f"88-{whose}版の取込み", admin, "/city/dictionaries/towns/take/")
    with admin.page.expect_navigation():
        admin.press("F9")
    walk.see(f"88-{whose}版の取込み-誤り", admin)
    walk.see(f"88-{whose}方書の登録", admin, "/city/dictionaries/buildings/new/")
    walk.see(f"88-{whose}町字の廃止", admin, f"{row}end/")
    walk.see(f"88-{whose}町字の変更", admin, f"{row}change/")
    admin.fill({"oaza": "新相生町", "postal_code": "0470099", "valid_from": "令和20年4月1日", "reason": "告示第12号"})
    admin.press_to("F9", "**/city/dictionaries/changes/*/")
    walk.see(f"88-{whose}辞書の変更の一件", admin)
    walk.see(f"88-{whose}町字の一件", admin, row)
    walk.see(f"88-{whose}辞書の変更の申請", admin, "/city/dictionaries/changes/")


def characters(walk: Walk, officer: Officer, path: str) -> None:
    """文字を探す and 住所を選ぶ over a form, by keys, and what is known of each character of a name."""
    officer.page.goto(path)
    officer.page.focus('[name="m0-name_kanji"]')
    officer.put("渡　花子")
    officer.press("Home", "ArrowRight", "Shift+F7")
    officer.page.wait_for_selector(".picker[open] [name=parts]")
    officer.page.fill(".picker[open] [name=parts]", "自辶")
    officer.page.press(".picker[open] [name=parts]", "Control+Enter")
    officer.page.wait_for_selector(".picker[open] .picker__one")
    walk.see("70-文字を探す", officer)
    officer.page.focus('.picker[open] [data-insert="邉\U000e0117"]')
    officer.press("Enter")
    assert officer.active["name"] == "m0-name_kanji" and officer.active["value"] == "渡邉\U000e0117　花子"  # N-2.2.3-01: at the cursor
    officer.page.focus('[name="m0-registered_domicile"]')
    officer.press("Shift+F8")
    for name in ("北海道", "小樽市", "花園"):
        officer.page.focus(f".picker[open] .picker__name:text-is('{name}')")
        if name == "花園":
            walk.see("70-住所を選ぶ", officer)
        officer.press("Enter")
        officer.page.wait_for_selector(f".picker[open] .picker__path button:text-is('{name}')")
    officer.page.focus(".picker[open] [data-replace]")
    officer.press("Enter")
    assert (officer.active["name"], officer.active["value"]) == ("m0-registered_domicile", "北海道小樽市花園")  # N-1.3.3-13
    officer.page.goto("/ui/characters/")
    officer.fill({"text": "渡邉\U000e010f　葛\U000e0102子"})
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see("70-文字情報", officer)


def _staff(walk: Walk, admin: Officer, whose: str) -> None:
    """Who uses the system, with which rights."""
    walk.see(f"87-{whose}職員", admin, "/staff/accounts/")
    walk.see(f"87-{whose}職員の一人", admin, first_way(admin, r"/staff/accounts/\d+/"))
    if admin.system in CHANGE_THE_CITY:
        walk.see(f"87-{whose}利用者の登録", admin, "/staff/accounts/new/")
    walk.see(f"87-{whose}操作権限一覧表", admin, "/staff/rights/")
    walk.see(f"87-{whose}操作権限の一つ", admin, first_way(admin, r"/staff/rights/\d+/"))
    giver = admin
    if admin.system not in ADMINISTRATOR_GIVES:
        giver = walk.officer("t.honma", admin.system)
        giver.sign_in()
    walk.see(f"87-{whose}操作権限の申請", giver, "/staff/rights/new/")


def common(walk: Walk, officer: Officer, whose: str) -> None:
    """What every room has: its notices, one of them, what was turned away, the officer's own and the oversight. (The frames are the same everywhere: see `frames`.)"""
    walk.see(f"40-{whose}受け付けなかった電文", officer, "/notices/turned-away/")
    walk.see(f"40-{whose}連携の状況", officer, "/notices/")
    if (one := find_way(officer, r"/notices/[0-9a-f-]{36}/")) is not None:
        walk.see(f"40-{whose}通知の経過", officer, one)
    walk.see(f"01-{whose}端末", officer, "/staff/terminal/")
    walk.see(f"50-{whose}操作権限", officer, "/staff/grants/")
    walk.see(f"70-{whose}文字情報-入力前", officer, "/ui/characters/")
    oversight(walk, officer.system, whose)


def frames(walk: Walk, officer: Officer, whose: str = "") -> None:
    walk.see(f"50-{whose}操作権限", officer, "/staff/grants/")
    walk.see(f"50-{whose}パスワード", officer, "/staff/password/")
    with officer.page.expect_navigation():
        officer.press("F9")
    walk.see(f"50-{whose}パスワード-誤り", officer)
    walk.see(f"60-{whose}部品の見本", officer, "/ui/gallery")
    walk.see(f"70-{whose}文字情報-入力前", officer, "/ui/characters/")
    for status in (400, 401, 403, 404, 500):
        walk.see(f"90-{whose}誤りの画面-{status}", officer, f"/ui/gallery/error/{status}")
    walk.see(f"90-{whose}見つからない", officer, "/person/00000000-0000-0000-0000-000000000000/")


def first_way(officer: Officer, pattern: str) -> str:
    """The first link of the page whose address has this shape."""
    found = find_way(officer, pattern)
    assert found is not None, f"{officer.page.url} leads to no {pattern}"
    return found


def find_way(officer: Officer, pattern: str) -> str | None:
    found: list[str] = officer.page.eval_on_selector_all("main a[href]", "all => all.map(each => each.getAttribute('href'))")
    return next((address for address in found if re.fullmatch(pattern, address)), None)
