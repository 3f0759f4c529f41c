"""転入の道中 — four people move in: two officers, a real browser, from the 受付 to the printed certificate, without the mouse. WCAG 2.1.1; F-1-01, F-1-02; issue step 7."""

from __future__ import annotations

import inspect
import re
import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.font]
REASON = "入院していたため。本人に確かめた。"


def test_四人の転入を二人の職員がキーだけで住民票の写しの交付まで行う(printing, town, browser):
    """N-2.3.2-01, G-01, G-02, G-03, S1-01."""
    from tests.journeys.browser import papers
    from tests.journeys.browser.family import FAMILY, move_in
    from tests.journeys.browser.officer import Officer
    from tests.journeys.browser.town import days_ago

    clerk, examiner = Officer(town, browser, "m.sasaki"), Officer(town, browser, "y.abe")

    # When a clerk receives the family and finds nobody of that name
    clerk.sign_in()
    clerk.open_visit("花園　太郎", "self", "転入の届出、住民票の写しの請求（年金の手続）")
    clerk.fill({"name": "ハナゾノ　タロウ"})
    clerk.press_to("F9", "**/found/")
    assert "該当する人はいません" in clerk.text

    # and enters the filing; it is late, so its reason is asked for
    clerk.menu("n", "**/filings/new/")
    clerk.press_to("F6", "**/domestic_move_in/")
    clerk.fill({"count": "4"})
    clerk.press_to("F9", "**/filings/*/")
    assert clerk.active["name"] == "f-effective_on"
    clerk.fill({**move_in(), "f-effective_on": days_ago(20)})
    clerk.press_to("F9", "**/enter/")
    [asked] = clerk.page.eval_on_selector_all("[name^=override-]", "all => all.map(each => each.name)")
    assert "14日" in clerk.text
    clerk.fill({asked: REASON})
    clerk.press_to("F9", "**/examination/")
    assert "仮登録しました" in clerk.text
    assert "照合して本登録" not in clerk.text  # nobody examines what they entered

    # and another officer examines and registers it
    examiner.sign_in()
    examiner.press_to("F7", "**/waiting/")
    assert "佐々木　美咲" in examiner.text
    examiner.tab_to(ident="open-")
    examiner.press_to("Enter", "**/examination/")
    assert REASON in examiner.text
    examiner.press_to("F9", "**/result/")
    assert all(person.name in examiner.text for person in FAMILY)

    # Then the clerk finds them
    clerk.menu("s", "**/search/")
    clerk.fill({"name": "花園　太郎"})
    clerk.press_to("F9", "**/found/")
    clerk.press_to("Enter", "**/person/*/")  # the first hit has the focus
    assert all(person.name in clerk.text for person in FAMILY)

    # and the visitor walks away with the certificate
    clerk.press_to("F8", "**/certificate/")
    pdf = papers.issue(clerk)
    printed = re.sub(r"[ \n\f]", "", papers.words(pdf))
    assert papers.pages(pdf) == 1
    assert all(re.match(r"[A-Z]{6}\+", font) for font in papers.fonts(pdf)), papers.fonts(pdf)
    for words in ("住民票", "花園　太郎", "ハナゾノ　タロウ", "昭和55年3月9日", "北海道小樽市花園2丁目12番1号", "小樽市長"):
        assert words.replace("　", "") in printed.replace("　", ""), (words, printed)
    assert FAMILY[0].individual_number not in printed and "花子" not in printed
    clerk.page.wait_for_selector("table:has(#issued)")
    assert "発行番号" in clerk.text and "交付しました" in clerk.text

    # and nothing was pointed at, nothing went wrong, nothing was asked of anybody else
    assert clerk.watch.pointer == examiner.watch.pointer == []
    assert clerk.watch.complaints == examiner.watch.complaints == []

    # and the prefecture was told
    operator = Officer(town, browser, "h.kikuchi", "juki_net")
    operator.sign_in()
    until = time.monotonic() + 30
    while operator.page.inner_text("main").count("受領済み") < 2 and time.monotonic() < until:
        operator.menu("t", "**/notices/")
        operator.page.wait_for_timeout(500)
    assert operator.page.inner_text("main").count("受領済み") >= 2, operator.text


def test_道中の職員はマウスを使えない():
    """No call that points at anything stands in what the officers can do, or in the journeys."""
    from tests.journeys.browser import officer, papers, test_draft_journey

    pointing = re.compile(r"\.(mouse|touchscreen|click|dblclick|tap|hover|check|uncheck|set_checked|drag_and_drop|drag_to|select_option|dispatch_event)\b")
    for module in (officer, papers, test_draft_journey, inspect.getmodule(test_四人の転入を二人の職員がキーだけで住民票の写しの交付まで行う)):
        code = inspect.getsource(module).replace("pointing = re.compile", "").splitlines()
        assert [line for line in code if pointing.search(line) and "(mouse|" not in line] == []
