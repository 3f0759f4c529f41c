"""市の設定・付番・処理・職員の画面をブラウザで — by the keyboard alone, nothing for axe, nothing that scrolls sideways. issue step 7."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The made-up city's settings, a number that stands nowhere and a leap, and an officer with every right of these screens."""
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    settings.ROOT_URLCONF = "tests.residents.screens.urls"  # the screens of this system, and static files
    from django.db import transaction

    from daicho import clock, numbering
    from daicho.city import demo
    from daicho.city.permissions import CityPermission
    from daicho.jobs.permissions import JobPermission
    from daicho.numbering.permissions import NumberingPermission
    from daicho.staff.permissions import Permission
    from tests.staff.people import TODAY, account, give, signed_in
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    with clock.at(TODAY):
        demo.fill()
        with transaction.atomic():
            numbering.take("household_no", 3)
            numbering.leap(1000, "復元：機器の故障", "restore")
        account("k.asari", name="朝里　健", kana="アサリ　ケン", unit_code="1301")
        give(JobPermission.READ, login="k.asari")
        client = signed_in(*CityPermission, *JobPermission, *NumberingPermission, *Permission)
        with served() as address:
            yield address, [{"name": name, "value": morsel.value, "url": address} for name, morsel in client.cookies.items()]


def test_設定を変える申請から職員の登録まで(town):
    from tests.ui.browser import COUNTER, browser, wrong_with

    address, cookies = town
    wrong: list[str] = []
    with browser() as opened:
        context = opened.new_context(**COUNTER)
        context.add_cookies(cookies)
        page = context.new_page()

        def look(name: str, path: str = "") -> None:
            if path:
                page.goto(address + path)
            wrong.extend(wrong_with(page, name))

        def press(key: str, leads_to: str) -> None:
            with page.expect_navigation(url=f"**{leads_to}"):
                page.keyboard.press(key)

        look("settings", "/city/")
        look("setting", "/city/setting/approval_cap/")
        press("F6", "/change/")
        press("F9", "/change/")
        look("propose-errors")
        page.fill("[name=value]", "40")
        page.fill("[name=valid_from]", "R8.8.1")
        page.fill("[name=reason]", "照合に時間をかける")
        press("F9", "/city/changes/*/")
        look("change-own")
        look("changes", "/city/changes/")
        look("places", "/city/places/")
        press("F7", "/city/new/terminal/")
        look("new-terminal")
        look("terminal", "/city/terminal/H01/")
        look("deputy", "/city/certifier/deputy/change/")
        for key in ("juminhyo_shown_by_default", "closed_days_own", "text_overflow"):
            look(key, f"/city/setting/{key}/change/")
        look("numbers", "/numbers/")
        look("jobs", "/jobs/")
        look("accounts", "/staff/accounts/")
        press("F6", "/staff/accounts/new/")
        for name, text in (("name", "銭函　進"), ("kana", "ゼニバコ　ススム"), ("employee_no", "S20002"), ("login", "s.zenibako"), ("valid_from", "R8.7.1")):
            page.fill(f"[name={name}]", text)
        page.select_option("[name=unit_code]", "1301")
        look("new-account")
        press("F9", "/staff/accounts/new/")
        look("secret")
        press("F3", "/staff/accounts/*/")
        look("account")
        press("F6", "/staff/rights/new/*")
        page.select_option("[name=permission]", "jobs:run:read")
        page.fill("[name=valid_from]", "R8.7.1")
        page.fill("[name=reason]", "夜間の点検の担当")
        look("propose-right")
        press("F9", "/staff/rights/*/")
        look("right")
        look("rights", "/staff/rights/")
    assert wrong == []
