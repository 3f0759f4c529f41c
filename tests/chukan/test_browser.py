"""中間サーバーの画面をブラウザで — an officer decides about an inquiry that waits, and reads records, replicas and the list, with the keyboard; nothing for axe. F-1-52, S3-05, S3-06."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def room(committed_db, settings, monkeypatch) -> Iterator[str]:
    """One person about whom answers wait, another about whom they go, and inquiries about both."""
    settings.STAFF_TERMINALS, settings.ROOT_URLCONF = "tests.staff.people.terminals_on", "tests.chukan.urls"
    from daicho import clock
    from daicho.chukan.permissions import LABELS_JA
    from tests.chukan.sending import ask, deliver, load_lists, obtain_code, other, put, replica
    from tests.staff.people import TODAY, account, give
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    with clock.at(TODAY):
        load_lists()
        deliver(replica(withheld_from=date(2026, 1, 1)))
        deliver(replica(withheld_from=date(2026, 1, 1), former_surname="佐藤"))
        deliver(other(integrated_atena_no="000000000009033"))
        obtain_code()
        put(ask())
        put(ask(fault="wrong_signature"))
        account()
        for right in LABELS_JA:
            give(right, login="h.otaru")
        with served() as address:
            yield address


class Officer:
    """One person at one browser."""

    def __init__(self, opened, address: str) -> None:
        from tests.staff.people import PASSWORD
        from tests.ui.browser import COUNTER

        self.page, self.address = opened.new_context(**COUNTER).new_page(), address
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text) if "Content Security Policy" in message.text else None)
        self.page.goto(address + "/sign-in/")
        self.page.select_option("#id-terminal", "H01")
        self.page.fill("#id-login", "h.otaru")
        self.page.fill("#id-password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{address}/inquiries/")

    def look(self, name: str) -> list[str]:
        """What is wrong with the page."""
        from tests.ui.browser import wrong_with

        return wrong_with(self.page, name)


def test_確認待ちの照会を決め記録と副本とリストを見る(room):
    """F-1-52, F-1-58: the whole of it without the mouse, from the list to the decision."""
    from daicho.chukan.models import HeldDecision
    from tests.contracts.chukan_samples import INTEGRATED_NO
    from tests.ui.browser import browser

    with browser() as opened:
        officer = Officer(opened, room)
        page, keys = officer.page, officer.page.keyboard
        wrong = officer.look("inquiries")
        page.goto(f"{room}/waiting/")
        wrong += officer.look("waiting")
        page.locator("main table a").first.press("Enter")
        page.wait_for_selector("text=提供する内容")
        wrong += officer.look("held")
        keys.press("F9")
        page.wait_for_selector("#problems")
        wrong += officer.look("held-errors")
        page.fill("[name=reason]", "照会先に電話で確認")
        keys.press("F9")
        page.wait_for_url(f"{room}/waiting/")
        wrong += officer.look("waiting-empty")
        page.goto(f"{room}/inquiries/?result=held")
        page.locator("main table a").first.press("Enter")
        page.wait_for_selector("text=職員の確認")
        wrong += officer.look("inquiry")
        page.goto(f"{room}/replica/")
        keys.press("F9")
        page.wait_for_selector("#problems")
        wrong += officer.look("replica-errors")
        page.fill("[name=integrated_atena_no]", INTEGRATED_NO)
        with page.expect_navigation():
            keys.press("F9")
        page.wait_for_selector("text=副本の内容（2版）")
        page.fill("[name=since]", "R8.7.1")
        page.fill("[name=reason]", "相談あり")
        with page.expect_navigation():
            keys.press("F9")
        page.wait_for_selector("text=解除する")
        wrong += officer.look("person")
        page.goto(f"{room}/provisions/?day=R7.7.24")
        wrong += officer.look("provisions")
        page.goto(f"{room}/notices/")
        wrong += officer.look("notices")
    decided = HeldDecision.objects.get()
    assert (decided.provided, decided.replica.version_no) == (True, 2)
    assert (wrong, officer.complaints) == ([], [])
