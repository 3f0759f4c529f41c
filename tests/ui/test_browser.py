"""画面をブラウザで — no axe findings, no sideways scroll at 200 %, the whole job by keyboard, what is typed is kept. WCAG 2.2 AA; issue step 7."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from daicho.staff.permissions import Permission
from tests.paper.tools import text_of
from tests.staff.people import PASSWORD, account, give, trail
from tests.ui.browser import COUNTER, ZOOMED, browser, findings, jutting, scrolls_sideways, served, wait_until_at_rest

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.ui.urls")]


@pytest.fixture
def counter(committed_db, settings, monkeypatch):
    """(browser, address) with one officer who has a right."""
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    account()
    give(Permission.GRANT_GIVE, login="h.otaru")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    with served() as address, browser() as opened:
        yield opened, address


def open_page(counter, look=COUNTER):
    """A page that fails the test on any script error or breach of the content security policy."""
    opened, address = counter
    page = opened.new_context(base_url=address, **look).new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if "Content Security Policy" in message.text else None)
    return page


def enter(page):
    """Sign in with the keyboard alone: the login has the focus, Enter sends; then the form with its errors.

    A page gets its focus a moment after it is loaded: what is typed before goes nowhere.
    """
    page.goto("/sign-in/?next=/ui/gallery")
    expect(page.locator("#id-login")).to_be_focused()
    page.keyboard.type("h.otaru")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#problems")).to_be_focused()  # the summary of errors comes first
    wait_until_at_rest(page)


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.textContent.trim()")


@pytest.mark.parametrize("look", [COUNTER, ZOOMED], ids=["1366x768", "200%"])
def test_どの画面にもaxeの指摘がなく横に動かない(counter, look):
    page = open_page(counter, look)
    found = []

    def judge(name):
        wait_until_at_rest(page)
        sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
        found.extend(f"{name}: {each}" for each in (*findings(page), *jutting(page), *sideways))

    page.goto("/sign-in/")
    judge("sign-in")
    page.fill("#id-login", "h.otaru")
    page.fill("#id-password", "wrong")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    judge("sign-in refused")
    page.goto("/staff/terminal/")
    judge("terminal")
    enter(page)
    for path in ("/ui/gallery", "/staff/grants/", "/staff/password/", *(f"/ui/gallery/error/{status}" for status in (400, 401, 403, 404, 500))):
        page.goto(path)
        judge(path)
    page.goto("/staff/grants/")
    page.click("summary")
    judge("menu open")
    assert found == []
    assert page.complaints == []
    page.goto("about:blank")
    colours = ("#777; background: #888", "#767676; background: #fff", "#777; background: #fff", "rgb(255 255 255 / 60%); background: #888")
    page.set_content("".join(f'<p id="p{no}" style="color: {each}">小樽市</p>' for no, each in enumerate(colours)))
    unread = [each.split('"')[1] for each in findings(page) if each.startswith("color-contrast: ")]
    assert unread == ["p0", "p2", "p3"]  # who finds nothing must be able to find: the second just passes (4.54), the third just fails (4.48)


def test_画面に書き込まれた様式やスクリプトがない(counter):
    """CSP 'self' alone: nothing inline."""
    page = open_page(counter)
    enter(page)
    text = page.content()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\son[a-z]+=", text)
    policy = page.request.get("/ui/gallery").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_キーだけで開始し項目を進み送り終了する(counter):
    page = open_page(counter)
    enter(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "id-birth_date"  # its link leads to the very field
    page.focus("#id-name")
    seen = []
    for _ in range(6):
        page.keyboard.press("Enter")
        seen.append(focused(page))
    assert seen == ["id-kana", "id-birth_date", "id-sex-1", "id-relationship", "id-individual_number", "id-new_address"]
    page.focus("#id-note")
    page.keyboard.type("一行目\n二行目")
    assert page.input_value("#id-note") == "一行目\n二行目"  # Enter in a text of several lines is a line's end
    page.keyboard.press("Tab")
    assert focused(page) != "id-note"  # nothing traps
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "id-note"
    page.keyboard.press("F8")
    assert focused(page).startswith("次へ")
    page.focus("#id-name")
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/ui/gallery")):
        page.keyboard.press("Control+Enter")
    assert page.complaints == []


def test_使えるキーが下に出てマウスでも押せる(counter):
    page = open_page(counter)
    enter(page)
    assert page.locator("#key-bar").inner_text().split() == [
        "F2",
        "検索",
        "F8",
        "次へ",
        "F9",
        "仮登録",
        "Shift+F7",
        "文字を探す",
        "Shift+F8",
        "住所を選ぶ",
        "Enter",
        "次の項目",
        "Ctrl+Enter",
        "送信",
    ]
    page.click("#key-bar >> text=次へ")
    assert focused(page).startswith("次へ")


def test_変換中のEnterでは項目を移らない(counter):
    page = open_page(counter)
    enter(page)
    page.focus("#id-name")
    page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))")
    assert focused(page) == "id-name"
    page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}))")
    assert focused(page) == "id-kana"


def drafts(page, answers=(204,)):
    """What the page sends to keep a draft: a list that grows, of (field, values, whether the token is with it)."""
    kept, left = [], list(answers)

    def handle(route):
        status = left.pop(0) if len(left) > 1 else left[0]
        sent = parse_qs(route.request.post_data, keep_blank_values=True)
        kept.append((sent["field"][0], sent.get("value", []), bool(route.request.headers.get("x-csrftoken"))))
        route.fulfill(status=status)

    page.route("**/ui/gallery/draft", handle)
    return kept


def test_項目を離れたとき保存され遅くとも最後のキーから2秒で保存される(counter):
    """Issue step 4: each field is kept when left and at most 2 s after the last key."""
    page = open_page(counter)
    enter(page)
    kept = drafts(page)
    page.fill("#id-name", "")
    page.focus("#id-name")
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    page.keyboard.type("ABC")
    page.clock.run_for(2000)  # and no further: what is not sent by then is never sent
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    assert kept[-1] == ("name", ["ABC"], True)
    page.keyboard.type("D")
    page.keyboard.press("Tab")  # left: at once, not after the pause
    page.clock.run_for(100)
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    assert kept[-1] == ("name", ["ABCD"], True)
    page.check("#id-documents-2")
    page.clock.run_for(100)
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    assert kept[-1] == ("documents", ["0", "2", "4"], True)
    assert all(token for *_, token in kept)
    expect(page.locator("[data-draft-state]")).to_contain_text("保存済み")


def test_打ち直して保存済みの文に戻れば未保存とは言わない(counter):
    page = open_page(counter)
    enter(page)
    kept = drafts(page)
    state = page.locator("[data-draft-state]")
    page.fill("#id-name", "小樽　花子")
    page.keyboard.press("Tab")
    expect(state).to_have_attribute("data-state", "saved")
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # what is typed over is not kept meanwhile
    page.fill("#id-name", "小樽")
    expect(state).to_have_attribute("data-state", "changed")
    page.fill("#id-name", "小樽　花子")
    page.keyboard.press("Tab")
    page.clock.run_for(100)
    expect(state).to_have_attribute("data-state", "saved")
    assert [values for _, values, _ in kept] == [["小樽　花子"]]


def test_保存に失敗すると知らせてもう一度保存する(counter):
    page = open_page(counter)
    enter(page)
    kept = drafts(page, answers=(503, 503, 204))
    page.fill("#id-name", "小樽　花子")
    page.keyboard.press("Tab")
    state = page.locator("[data-draft-state]")
    expect(state).to_contain_text("保存できません")
    expect(state).to_have_attribute("data-state", "saved")
    assert [(name, values) for name, values, _ in kept] == [("name", ["小樽　花子"])] * 3


def test_カナは直され日付は読み返され番号は隠れる(counter):
    page = open_page(counter)
    enter(page)
    page.fill("#id-kana", "わたなべ ﾊﾅｺﾞ")
    page.keyboard.press("Tab")
    assert page.input_value("#id-kana") == "ワタナベ　ハナゴ"
    page.fill("#id-moved_on", "R8.4.1")
    read = page.locator("[data-echo-of=id-moved_on]")
    expect(read).to_contain_text("令和8年4月1日（水）")
    page.fill("#id-moved_on", "あした")
    page.keyboard.press("Tab")
    expect(read).to_have_class(re.compile("field__echo--bad"))
    assert page.get_attribute("#id-individual_number", "type") == "password"
    page.focus("#id-individual_number")
    assert page.get_attribute("#id-individual_number", "type") == "text"


def test_候補は矢印とEnterで選べEscで閉じ打った字は残る(counter):
    page = open_page(counter)
    enter(page)
    page.fill("#id-relationship", "")
    page.keyboard.type("子")
    assert page.get_attribute("#id-relationship", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#id-relationship", "aria-activedescendant")
    assert findings(page) == []
    page.keyboard.press("Enter")
    assert page.input_value("#id-relationship") == "子の妻"
    assert focused(page) == "id-relationship"
    page.route("**/ui/candidates/towns", lambda route: route.fulfill(json={"candidates": [{"value": "花園三丁目", "note": "047-0024"}]}))
    page.fill("#id-new_address", "")
    page.keyboard.type("花")
    page.wait_for_selector("#id-new_address-list [role=option]")
    page.keyboard.press("Escape")
    assert page.input_value("#id-new_address") == "花"
    assert page.get_attribute("#id-new_address", "aria-expanded") == "false"


def test_ほかの欄による候補は空の欄に入ると出てその欄の文かいまの文で問う(counter):
    """N-4.0.7-01; of a 修正 of the 方書 alone the 住所 is the one that the register has."""
    page = open_page(counter)
    enter(page)
    asked: list[tuple[str, str]] = []

    def answer(route):
        given = parse_qs(route.request.post_data or "", keep_blank_values=True)
        asked.append((given["value"][0], given["beside"][0]))
        route.fulfill(json={"candidates": [{"value": "青空荘", "note": ""}]})

    page.route("**/ui/candidates/buildings", answer)
    for address in ("花園二丁目１番", ""):
        page.fill("#id-new_address", address)
        page.focus("#id-building")
        page.wait_for_selector("#id-building-list [role=option]")
        page.keyboard.press("Escape")
    assert findings(page) == []
    assert asked == [("", "花園二丁目１番"), ("", "小樽市稲穂１番")]
    page.keyboard.type("青")
    page.wait_for_selector("#id-building-list [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert (page.input_value("#id-building"), asked[-1]) == ("青空荘", ("青", "小樽市稲穂１番"))


def test_一連の操作は開始から終了まで操作履歴にある(counter):
    """F-1-13."""
    page = open_page(counter)
    enter(page)
    page.goto("/secret")
    page.goto("/staff/grants/")
    page.click("text=利用終了")
    page.wait_for_url("**/sign-in/")
    assert "利用を終了しました" in page.content()
    rows = [trail(action) for action in ("staff:sign_in", "staff:account:create", "staff:sign_off")]
    assert [[(outcome, login, terminal) for outcome, login, terminal, _ in each][-1] for each in rows] == [
        ("done", "h.otaru", "H01"), ("refused", "h.otaru", "H01"), ("done", "h.otaru", "H01"),
    ]  # fmt: skip
    assert json.dumps(rows, ensure_ascii=False).count(PASSWORD) == 0


def test_画面の印刷は記録を残しブラウザの印刷では何も出ない(counter, tmp_path):
    """N-10.7-07, -08, -10: the copy and the print are on record with the page's own reading before anything is printed; by another way the sheet is blank."""
    page = open_page(counter)
    enter(page)
    blank = words_of(page.pdf(), tmp_path)
    assert "ブラウザの印刷では印刷できません" in blank and "氏名" not in blank
    page.evaluate("window.print = () => { document.body.dataset.printed = document.documentElement.dataset.copied; }")
    page.click(".header__menu summary")
    with page.expect_response("**/screen-copy"), page.expect_response("**/screen-copy"):
        page.click("[data-screen-copy]")
    page.wait_for_selector("body[data-printed=yes]")
    found = [detail for _, _, _, detail in trail("audit:screen:copy")]
    assert [detail["step"] for detail in found] == ["copy", "print"] and {detail["screen"] for detail in found} == {"ui:gallery"}
    assert {detail["page"] for detail in found} == {page.get_attribute("[data-screen-copy]", "data-page")}
    page.evaluate("document.documentElement.dataset.copied = 'yes'")
    assert "氏名" in words_of(page.pdf(), tmp_path)
    assert page.complaints == []


def words_of(pdf, folder):
    return "".join(text_of(pdf, folder).split())
