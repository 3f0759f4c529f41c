"""統合宛名の画面をブラウザで — by the keyboard alone, nothing for axe, nothing that scrolls sideways. S4-07."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[str]:
    """Two residents, somebody a department numbered and then took for one of them, an entry that waits for approval; every right."""
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    settings.ROOT_URLCONF = "tests.residents.screens.urls"  # the screens of this system, and static files
    from datetime import date

    from daicho.atena.commands import enter_use
    from daicho.atena.permissions import LABELS_JA
    from tests.atena.departments import FIRST, answer_to, load, numbering, question, use
    from tests.atena.desks import signed_in
    from tests.atena.sending import deliver
    from tests.contracts.atena_samples import HANAKO, JIRO, NUMBER, told
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    load()
    deliver(told(HANAKO, JIRO))
    answer_to(question(individual_number=NUMBER))
    answer_to(numbering("77"))
    answer_to(numbering("77", individual_number=NUMBER))
    enter_use(FIRST, use("07", "0701", valid_from=date(2026, 4, 10), affair_ja="保育所入退所事務", reason="評価書の変更"))
    client = signed_in(*LABELS_JA)
    with served() as address:
        yield address, [{"name": name, "value": morsel.value, "url": address} for name, morsel in client.cookies.items()]


def test_検索から重複の判断まで(town):
    from tests.ui.browser import COUNTER, browser, wrong_with

    address, cookies = town
    wrong: list[str] = []
    with browser() as opened:
        context = opened.new_context(**COUNTER)
        context.add_cookies(cookies)
        page = context.new_page()

        def look(name: str) -> None:
            wrong.extend(wrong_with(page, name))

        page.goto(f"{address}/search/")
        look("search")
        page.keyboard.press("F9")
        page.wait_for_selector("#problems")
        look("search-errors")
        page.select_option("[name=purpose]", "person")
        page.fill("[name=name]", "かつらぎ")
        page.fill("[name=address]", "花園3丁目")
        with page.expect_navigation():
            page.keyboard.press("F9")
        look("results")
        page.keyboard.press("Enter")  # the first of them has the focus
        page.wait_for_url("**/person/**")
        look("person")
        page.fill("[name=reason]", "通知書との照合")
        page.keyboard.press("F8")
        page.wait_for_selector(".number-shown")
        look("person-number")
        page.goto(f"{address}/doubles/")
        look("doubles")
        page.click("tbody a")
        page.wait_for_url("**/doubles/*-*/")
        look("double")
        page.keyboard.press("F9")
        page.wait_for_selector("#problems")
        look("double-errors")
        page.check("[name=decision][value=holders]")
        page.fill("[name=reason]", "課の入力誤り")
        page.keyboard.press("F9")
        page.wait_for_url("**/doubles/")
        look("doubles-decided")
        for name in ("legal-uses", "inquiries", "notices"):
            page.goto(f"{address}/{name}/")
            look(name)
    assert wrong == []
