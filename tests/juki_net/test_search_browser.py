"""本人確認情報の検索をブラウザで — by keyboard, without findings, and blank after a while untouched. F-2-03, F-2-14; WCAG 2.2 AA."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from playwright.sync_api import expect

from daicho.juki_net.permissions import JukiNetPermission
from daicho.staff.queries import TOKEN_KEY
from daicho.staff.screens import terminal_cookie
from tests.contracts.juki_samples import CODE, MOVE_IN
from tests.juki_net.sending import deliver
from tests.staff.devices import enrol
from tests.staff.people import COUNTER_1, at_work, give
from tests.ui.browser import findings, scrolls_sideways, wait_until_at_rest

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.juki_net.urls")]
RIGHTS = ("SEARCH_BY_CODE", "SEARCH_BY_NUMBER", "SEARCH_BY_ITEMS", "IDENTITY_READ", "NUMBER_REVEAL", "IDENTITY_COMPARE")
MINUTE = 60_000


@pytest.fixture
def operator(in_browser, page):
    """The page of an operator at work, who may search, and one person in the file."""
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpResponse
    from django.utils.module_loading import import_string

    for right in RIGHTS:
        give(JukiNetPermission[right], login="h.otaru")
    deliver(replace(MOVE_IN, birth_date="S60-04-01", birth_date_juki="19850401"))
    session: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[TOKEN_KEY] = at_work()
    session.create()
    marked = HttpResponse()
    terminal_cookie.mark(marked, COUNTER_1.code)
    values = {settings.SESSION_COOKIE_NAME: session.session_key, terminal_cookie.cookie_name(): marked.cookies[terminal_cookie.cookie_name()].value}
    page.context.add_cookies([{"name": name, "value": str(value), "url": in_browser[1]} for name, value in values.items()])
    return page


def judged(page):
    assert (findings(page), scrolls_sideways(page)) == ([], False)


def test_キーだけで探し個人票で番号を確かめ照合を記録する(operator):
    page = operator
    page.goto("/identity/")
    judged(page)
    expect(page.get_by_label("用務", exact=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.get_by_label("届出・申請の番号").fill("R8-0001")
    page.get_by_label("氏名・フリガナ").fill("かつらぎ")
    page.keyboard.press("F9")
    expect(page.get_by_text("条件が足りません").first).to_be_visible()
    judged(page)
    page.get_by_label("生年月日").fill("S60.4.1")
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", name="検索結果　1件")).to_be_visible()
    judged(page)
    page.keyboard.press("Enter")  # the first person has the focus
    expect(page.get_by_role("heading", name="照合の結果を記録する")).to_be_visible()
    judged(page)
    assert CODE not in page.content()
    page.get_by_role("button", name=re.compile("表示.*住民票コード")).press("Enter")
    expect(page.get_by_text(CODE)).to_be_visible()
    wait_until_at_rest(page)
    for chosen in ("個人番号カード", "一致した"):
        page.get_by_label(chosen, exact=True).press("Space")
        expect(page.get_by_label(chosen, exact=True)).to_be_checked()
    page.keyboard.press("F9")
    expect(page.get_by_text("照合の結果（一致した）を記録しました")).to_be_visible()


def test_触れられない画面は消え本人の認証を求める(operator, in_browser):
    """F-2-14: blank after the dated time, whatever stood there; who types meanwhile is at work."""
    from datetime import timedelta

    from daicho import clock
    from daicho.staff.models import SignIn

    page = operator
    enrol(in_browser[2])
    page.clock.install()
    page.goto("/identity/")
    page.get_by_label("届出・申請の番号").fill("R8-0001")
    for _ in range(4):
        page.clock.run_for(2 * MINUTE)
        with page.expect_response("**/sign-in/present/") as told:
            page.keyboard.type("2")
        assert told.value.status == 204
    expect(page.get_by_label("届出・申請の番号")).to_have_value(re.compile("R8-0001"))
    SignIn.objects.update(last_seen_at=clock.now() - timedelta(minutes=6))
    page.clock.run_for(6 * MINUTE)
    expect(page).to_have_url(f"{in_browser[1]}/sign-in/assertion/?next=%2Fidentity%2F")
    assert "R8-0001" not in page.content()
