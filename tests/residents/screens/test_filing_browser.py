"""届出の画面をブラウザで — the whole filing with the keyboard, in a real browser: nothing for axe to find, nothing that scrolls sideways. issue step 7."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import FAMILY

pytestmark = pytest.mark.browser


@pytest.fixture
def town(committed_db, settings, monkeypatch) -> Iterator[str]:
    """A server on a city of its own, with two officers who may enter and examine."""
    settings.ROOT_URLCONF = "tests.residents.screens.urls"
    from tests.residents.screens import desks
    from tests.ui.browser import served

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    desks.city()
    desks.register("m.mado", desks.ENTERS)
    desks.register("s.shinsa", desks.EXAMINES)
    with served() as address:
        yield address


class Officer:
    """One person at one browser."""

    def __init__(self, opened, address: str, login: str, terminal: str) -> None:
        from tests.residents.screens.desks import PASSWORD
        from tests.ui.browser import COUNTER

        self.page = opened.new_context(**COUNTER).new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text) if "Content Security Policy" in message.text else None)
        self.address = address
        self.go("/sign-in/")
        self.page.select_option("#id-terminal", terminal)
        self.page.fill("#id-login", login)
        self.page.fill("#id-password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{address}/")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def begin_move_in(self, people: int = 1) -> None:
        """To the empty form of a 転入 for so many people, whose keys work."""
        self.go("/filings/new/domestic_move_in/")
        self.page.fill("#count", str(people))
        self.page.keyboard.press("F9")
        self.page.wait_for_selector(f"#person-{people}")
        self.page.wait_for_load_state()

    def look(self, name: str) -> list[str]:
        """What is wrong with the page."""
        from tests.ui.browser import wrong_with

        return wrong_with(self.page, name)


def _type(officer: Officer, text: str) -> None:
    """What an input method hands over, into the field that has the focus; then Enter to the next."""
    officer.page.keyboard.insert_text(text)
    officer.page.keyboard.press("Enter")


def _focused(officer: Officer) -> str:
    return str(officer.page.evaluate("document.activeElement.name || document.activeElement.id || document.activeElement.tagName"))


def _choose(officer: Officer, name: str, value: str) -> None:
    officer.page.check(f'[name="{name}"][value="{value}"]')


def _fill_family(officer: Officer, people=FAMILY) -> None:
    from tests.residents.screens.filing_steps import move_in_data

    for name, text in move_in_data(people).items():
        if name == "people" or text == "":
            continue
        tag = officer.page.locator(f'[name="{name}"]').first
        if tag.get_attribute("type") == "radio":
            _choose(officer, name, text)
        elif tag.evaluate("each => each.tagName") == "SELECT":
            officer.page.select_option(f'[name="{name}"]', text)
        else:
            tag.fill(text)


def test_方書は住所を入れると候補から矢印で選べる(town):
    """N-4.0.7-01: led there by Enter, without anything typed; the room goes behind the name."""
    from tests.residents.screens.filing_steps import open_visit
    from tests.ui.browser import browser

    open_visit()
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in()
        clerk.page.focus('[name="f-address"]')
        _type(clerk, "花園二丁目１２番１号")
        assert _focused(clerk) == "f-address_building"
        clerk.page.wait_for_selector("#id-f-address_building-list [role=option]")
        assert clerk.page.locator("#id-f-address_building-list .name-glyph").all_inner_texts() == ["コーポ花園", "ハイツ花園"]
        wrong = clerk.look("filing-buildings")
        clerk.page.keyboard.press("ArrowDown")
        clerk.page.keyboard.press("Enter")
        _type(clerk, "　203")
        assert (clerk.page.input_value('[name="f-address_building"]'), _focused(clerk)) == ("コーポ花園　203", "f-address_postal_code")
        assert wrong == clerk.complaints == []


def test_四人の転入を入力し別の職員が照合して本登録する(town):
    """N-4.0.8-01, F-1-02."""
    from tests.residents.screens.filing_steps import open_visit
    from tests.ui.browser import browser

    wrong: list[str] = []
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        wrong += clerk.look("home-empty")
        open_visit()
        clerk.go("/")
        wrong += clerk.look("home")
        clerk.page.keyboard.press("F6")
        clerk.page.wait_for_url("**/filings/new/")
        wrong += clerk.look("menu")
        clerk.page.keyboard.press("F6")
        clerk.page.wait_for_url("**/domestic_move_in/")
        wrong += clerk.look("start")
        clerk.page.fill("#count", "4")
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_selector("#person-4")
        wrong += clerk.look("form-empty")
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_selector("#problems:focus")
        wrong += clerk.look("form-errors")
        _fill_family(clerk)
        clerk.page.fill('[name="f-effective_on"]', "R8.3.1")
        clerk.page.wait_for_selector("[data-draft-state][data-state=saved]")
        wrong += clerk.look("form-filled")
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_selector("#alerts:focus")
        wrong += clerk.look("form-alerts")
        for box in clerk.page.locator("[name^=override-]").all():
            box.fill("入院していたため。本人に確かめた。")
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_url("**/examination/")
        wrong += clerk.look("entered")
        examiner = Officer(opened, town, "s.shinsa", "E01")
        wrong += examiner.look("home-examiner")
        examiner.page.keyboard.press("F7")
        examiner.page.wait_for_url("**/waiting/")
        wrong += examiner.look("waiting")
        examiner.page.click("a[id^=open-]")
        examiner.page.wait_for_url("**/examination/")
        wrong += examiner.look("examination")
        examiner.page.keyboard.press("F4")
        examiner.page.wait_for_selector(".facts--numbers")
        wrong += examiner.look("examination-numbers")
        examiner.page.wait_for_selector("#numbers h4:focus")
        examiner.page.keyboard.press("F9")
        examiner.page.wait_for_url("**/result/")
        wrong += examiner.look("result")
        clerk.go("/")
        wrong += clerk.look("home-registered")
        assert clerk.page.inner_text("#visit-filings").count("本登録") == 1
        wrong += clerk.complaints + examiner.complaints
    assert wrong == [], "\n".join(wrong)


def test_ブラウザが落ちても入り直せば焦点の項目のほかはすべて残る(town):
    """issue step 4: each field is kept when it is left, and at most 2 s after the last key."""
    from tests.residents.screens.filing_steps import open_visit
    from tests.ui.browser import browser

    open_visit()
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in()
        clerk.page.wait_for_selector('[name="f-effective_on"]:focus')
        _type(clerk, "R8.4.1")
        assert _focused(clerk) == "f-filed_on"
        clerk.page.focus('[name="m0-individual_number"]')
        clerk.page.keyboard.type(FAMILY[0].individual_number)
        clerk.page.focus('[name="f-address"]')
        clerk.page.keyboard.insert_text("花園2丁目")
        clerk.page.wait_for_selector("[data-draft-state][data-state=saved]")  # without leaving the field
        clerk.page.keyboard.insert_text("12番1号")
    with browser() as opened:  # the first one is gone without a word
        again = Officer(opened, town, "m.mado", "H01")
        again.page.click("#visit-filings a")
        again.page.wait_for_selector("#person-1")
        assert again.page.input_value('[name="f-effective_on"]') == "R8.4.1"
        assert again.page.input_value('[name="m0-individual_number"]') == FAMILY[0].individual_number
        assert again.page.input_value('[name="f-address"]').startswith("花園2丁目")


def test_上の人の氏と本籍をキーで写し外国人の欄は外国人にだけ出る(town):
    """N-4.0.6-04, N-4.0.10-03, -08."""
    from tests.residents.screens.filing_steps import open_visit
    from tests.ui.browser import browser

    open_visit()
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in(people=2)
        clerk.page.fill('[name="m0-name_kanji"]', FAMILY[0].name)
        clerk.page.fill('[name="m0-registered_domicile"]', "北海道小樽市花園一丁目1番地")
        clerk.page.focus('[name="m1-name_kanji"]')
        clerk.page.keyboard.press("F4")
        clerk.page.keyboard.insert_text("花子")
        assert clerk.page.input_value('[name="m1-name_kanji"]') == "花園　花子"
        clerk.page.focus('[name="m1-registered_domicile"]')
        clerk.page.keyboard.press("F4")
        assert clerk.page.input_value('[name="m1-registered_domicile"]') == "北海道小樽市花園一丁目1番地"
        assert _focused(clerk) == "m1-family_register_head_name"
        assert clerk.page.locator('[data-copy-to="id-m1-former_surname"]').count() == 0
        assert not clerk.page.is_visible('[name="m1-nationality_code"]')
        clerk.page.check('[name="m1-resident_kind"][value="2"]')
        assert clerk.page.is_visible('[name="m1-nationality_code"]') and not clerk.page.is_visible('[name="m0-nationality_code"]')
        clerk.page.wait_for_selector("[data-draft-state][data-state=saved]")
        clerk.page.keyboard.press("F6")
        clerk.page.wait_for_selector("#person-3")
        assert clerk.page.input_value('[name="m1-name_kanji"]') == "花園　花子"
        clerk.page.wait_for_selector('[name="m2-resident_kind"]:focus')
        assert clerk.complaints == []


def test_本籍は現住所と転入前住所と世帯主と世帯員の本籍から選べる(town):
    """N-4.0.6-02; 筆頭者 likewise from the names on the page."""
    from daicho.residents.models import SheetCurrent
    from tests.residents.screens.filing_steps import open_visit
    from tests.residents.screens.reading_steps import family
    from tests.ui.browser import browser

    family(*FAMILY[:2])
    SheetCurrent.objects.filter(name_kanji=FAMILY[1].name).update(registered_domicile="北海道余市郡余市町黒川町1番地")
    head = SheetCurrent.objects.get(name_kanji=FAMILY[0].name)
    open_visit()
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in()
        clerk.page.fill('[name="f-address"]', "花園2丁目12番1号")
        clerk.page.fill('[name="f-previous_address"]', "札幌市中央区北一条西二丁目1番地")
        _choose(clerk, "f-household_choice", "existing")
        clerk.page.fill('[name="f-household_no"]', str(head.household_no))
        clerk.page.keyboard.press("Tab")
        clerk.page.wait_for_selector("#household li")
        clerk.page.focus('[name="m0-registered_domicile"]')
        clerk.page.keyboard.press("ArrowDown")
        offered = clerk.page.locator("#id-m0-registered_domicile-list [role=option]:visible").all_inner_texts()
        assert [text.split("\n") for text in offered] == [
            ["北海道小樽市花園2丁目12番1号", "現住所"],
            [head.registered_domicile, "世帯主の本籍"],
            ["北海道余市郡余市町黒川町1番地", "世帯員の本籍"],
            ["札幌市中央区北一条西二丁目1番地", "転入前住所"],
        ]
        assert clerk.look("filing-candidates") == []
        for key in ("ArrowDown", "ArrowDown", "Enter"):
            clerk.page.keyboard.press(key)
        assert clerk.page.input_value('[name="m0-registered_domicile"]') == head.registered_domicile
        clerk.page.fill('[name="m0-name_kanji"]', "花園　三郎")
        clerk.page.focus('[name="m0-family_register_head_name"]')
        clerk.page.keyboard.press("ArrowDown")
        names = clerk.page.locator("#id-m0-family_register_head_name-list [role=option]:visible").all_inner_texts()
        assert [text.split("\n")[0] for text in names] == [FAMILY[0].name, FAMILY[1].name, "花園　三郎"]
        assert clerk.complaints == []


def test_符号から一覧を別の画面で開いても打ったものは残る(town):
    """N-11.1-07: the reason that is being typed is nowhere else yet."""
    from tests.cast import TARO
    from tests.residents.screens.filing_steps import open_visit
    from tests.ui.browser import browser

    open_visit()
    wrong: list[str] = []
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in()
        _fill_family(clerk, [TARO])
        clerk.page.fill('[name="f-effective_on"]', "R8.3.1")
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_selector("#alerts:focus")
        reason = clerk.page.locator('[name="override-D102::filed_on"]')
        reason.fill("入院していた")
        clerk.page.focus("#alerts a.problem-code")
        with clerk.page.expect_popup() as popup:
            clerk.page.keyboard.press("Enter")
        page, clerk.page = clerk.page, popup.value
        clerk.page.wait_for_load_state()
        assert clerk.page.url == f"{town}/problems/#D102" and "D102" in clerk.page.locator("tr:target").inner_text()
        wrong += clerk.look("problems")
        clerk.page.close()
        assert (reason.input_value(), page.input_value('[name="f-effective_on"]')) == ("入院していた", "R8.3.1")
        assert clerk.complaints == []
    assert wrong == []
