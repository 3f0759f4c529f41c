"""利用開始をブラウザで — a real browser and its virtual device: enrolment, sign-in, a body that is not recognised, coming back. F-2-08, F-2-14, F-3-08."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from daicho import clock
from daicho.juki_net.permissions import JukiNetPermission
from daicho.staff.models import Authenticator, SignIn
from tests.staff.devices import code_for
from tests.staff.people import PASSWORD, give, trail
from tests.ui.browser import VirtualAuthenticator, findings, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.juki_net.urls")]


@pytest.fixture
def counter(in_browser):
    """With the right to the list of notices."""
    give(JukiNetPermission.NOTICE_READ, login="h.otaru")
    return in_browser


def give_password(page, path="/notices/"):
    """The keyboard alone. A page gets its focus a moment after it is loaded: what is typed before goes nowhere."""
    page.goto(path)
    expect(page.locator("#id-login")).to_be_focused()
    page.keyboard.type("h.otaru")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def show_body(page):
    """The button has the focus: Enter asks the device."""
    expect(page.locator("#show-body")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_code(page, made):
    """Enter in the field sends the code."""
    page.get_by_label("登録コード").fill(code_for(made))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def enrol(page, made):
    give_password(page)
    expect(page.get_by_role("heading", name="認証器の登録")).to_be_visible()
    give_code(page, made)
    expect(page.get_by_role("button", name="登録する")).to_be_focused()
    show_body(page)
    expect(page.get_by_role("button", name="認証する")).to_be_focused()


def test_登録コードで登録し生体認証で利用を開始する(counter, page):
    """F-2-08."""
    VirtualAuthenticator(page)
    enrol(page, counter[2])
    assert (findings(page), scrolls_sideways(page)) == ([], False)
    show_body(page)
    expect(page).to_have_url(f"{counter[1]}/notices/")
    assert Authenticator.objects.get().sign_count >= 1
    assert SignIn.objects.get().asserted_at is not None


def test_本人を認識しない機器では利用を開始できず記録が残る(counter, page):
    """isUserVerified false: the device is there, the body is not."""
    device = VirtualAuthenticator(page)
    enrol(page, counter[2])
    device.recognise(False)
    show_body(page)
    expect(page.get_by_text("確認できませんでした").first).to_be_visible()
    assert findings(page) == []
    assert page.request.get("/notices/", max_redirects=0).status == 302
    assert [detail["why"] for outcome, *_, detail in trail("staff:sign_in") if outcome == "refused"] == ["assertion: device: NotAllowedError"]
    device.recognise(True)
    page.get_by_role("button", name="認証する").focus()
    show_body(page)
    expect(page).to_have_url(f"{counter[1]}/notices/")


def test_本人を認識しない機器は登録もできない(counter, page):
    VirtualAuthenticator(page, recognises=False)
    give_password(page)
    give_code(page, counter[2])
    show_body(page)
    expect(page.get_by_text("確認できませんでした").first).to_be_visible()
    assert not Authenticator.objects.exists()


def test_離席の後はもう一度生体認証をして同じ画面に戻る(counter, page):
    VirtualAuthenticator(page)
    enrol(page, counter[2])
    show_body(page)
    SignIn.objects.update(last_seen_at=clock.now() - timedelta(minutes=6))
    page.goto("/notices/?state=refused")
    expect(page.get_by_text("もう一度生体認証が必要です")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("button", name="認証する").focus()
    show_body(page)
    expect(page).to_have_url(f"{counter[1]}/notices/?state=refused")


def test_番地がIPアドレスなら認証器の使える番地へ送られる(counter, page):
    page.goto(counter[1].replace("localhost", "127.0.0.1") + "/sign-in/")
    expect(page).to_have_url(f"{counter[1]}/sign-in/")
