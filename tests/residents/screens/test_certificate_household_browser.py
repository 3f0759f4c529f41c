"""世帯連記式の画面をブラウザで — chosen, looked at and issued with the keyboard alone; nothing for axe, nothing that scrolls sideways. N-2.3.2; std 5.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def five(committed_db, settings, monkeypatch) -> Iterator[tuple[str, list]]:
    """Five who live together, one of them foreign, and an officer with every right."""
    settings.ROOT_URLCONF = "tests.residents.screens.urls"
    from daicho import clock
    from daicho.residents.models import Visit
    from tests.cast import FAMILY, NGUYEN, Role
    from tests.residents import counter
    from tests.residents.screens import desks
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    desks.city()
    desks.register("m.mado", desks.ALL)
    minh = Role(**{**vars(NGUYEN), "relationship": "同居人", "texts": {**NGUYEN.texts, "nationality_code": "ベトナム"}})
    family = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form((*FAMILY, minh)))]
    Visit.objects.update(closed_at=clock.now())  # made-up officers share numbers with accounts
    with served() as address:
        yield address, family


def test_世帯全員を選び一人を外して世帯連記式を交付する(five):
    """N-2.3.2-01, N-5.1-01, -02, F-1-13: Tab, Space, arrows and function keys; never the mouse."""
    from tests.residents.screens.test_filing_browser import Officer
    from tests.ui.browser import browser

    address, family = five
    wrong: list[str] = []
    with browser() as opened:
        clerk = Officer(opened, address, "m.mado", "H01")
        page, keys = clerk.page, clerk.page.keyboard
        clerk.go("/visit/")
        page.fill("[name=visitor_name]", "花園　太郎")
        page.check("[name=standing][value=self]")
        page.check("[name=identity_check][value=one_document]")
        page.check("[name=identity_documents][value=my_number_card]")
        page.fill("[name=purpose]", "住民票の写しの請求（扶養の手続）")
        keys.press("F9")
        page.wait_for_url("**/search/")
        clerk.go(f"/person/{family[0]}/")
        keys.press("F8")
        page.wait_for_url("**/certificate/")

        tab_to(page, "certificate")
        with page.expect_response(re.compile("/look/")):
            keys.press("ArrowDown")  # from 個人票 to 世帯連記式
        keys.press("F6")
        page.wait_for_selector(".preview__people:has-text('5人（世帯全員）')")
        assert page.locator(".sheet-of-paper").count() == 2 and page.is_checked("[name=certificate][value=juminhyo_household]")
        wrong += clerk.look("household-everybody")

        tab_to(page, "certificate", at=1)
        with page.expect_response(re.compile("/look/")):
            keys.press("ArrowDown")  # to 記載事項証明書: other entries are drawn, the focus stays
        page.wait_for_selector("#choices [name=drawn_for][value=entries_certificate]", state="attached")
        assert page.evaluate("document.activeElement.value") == "entries_certificate" and page.is_checked("[name=shown][value=birth_date]")
        wrong += clerk.look("entries-everybody")
        with page.expect_response(re.compile("/look/")):
            keys.press("ArrowDown")  # to 奥書: nothing is compared yet
        page.wait_for_selector(".compared")
        wrong += clerk.look("attested-form")
        for _ in range(2):
            with page.expect_response(re.compile("/look/")):
                keys.press("ArrowUp")
        page.wait_for_selector("#choices [name=drawn_for][value=juminhyo_household]", state="attached")

        tab_to(page, "people", at=4)  # the fifth of the household
        with page.expect_response(re.compile("/look/")):
            keys.press("Space")
        page.wait_for_selector(".preview__people:text-is('4人')")
        assert page.locator(".sheet-of-paper").count() == 1
        tab_to(page, "shown", at=1)  # 続柄
        with page.expect_response(re.compile("/look/")):
            keys.press("Space")
        page.wait_for_selector(".paper-cell:has-text('続柄') >> text=妻")
        wrong += clerk.look("household-ready")

        with page.context.expect_event("response", lambda answer: answer.url.endswith("/issue/")) as issued:
            keys.press("F9")
        assert issued.value.headers["content-type"] == "application/pdf", issued.value.status
        clerk.go(f"/person/{family[1]}/certificate/")
        page.wait_for_selector("caption#issued:has-text('1件')")
        assert "4人" in page.locator("table:has(caption#issued) tbody").inner_text()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # 交付履歴 stands at the end, clear of the bar of keys
        wrong += clerk.look("household-issued")
    assert wrong == [], "\n".join(wrong)
    assert clerk.complaints == []


def tab_to(page, name: str, at: int = 0) -> None:
    """Press Tab until the field has the focus, as one without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("([name, at]) => document.activeElement === document.querySelectorAll(`input[name=${name}]`)[at]", [name, at]):
            return
    raise AssertionError(f"{name} is not reached with Tab")
