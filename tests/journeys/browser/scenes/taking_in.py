"""届書への取込みの場面 — a form filled with what came from elsewhere: by the card, and of a CSV. N-4.1.1.3-02, N-10.8-01."""

from __future__ import annotations

from tests.journeys.browser.family import BY_CARD
from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk

OF_ANOTHER_CITY = """転出予定年月日,氏名,氏名の振り仮名,生年月日,性別,続柄,住所,本籍,筆頭者の氏名,趣味
令和8年11月20日,架空　誠,カクウ　マコト,昭和60年5月5日,男,世帯主,北海道札幌市中央区北一条西二丁目1番地,北海道札幌市中央区北一条西二丁目,架空　誠,釣り
令和8年11月20日,架空　由紀,カクウ　ユキ,昭和61年13月6日,女,妻,北海道札幌市中央区北一条西二丁目1番地,北海道札幌市中央区北一条西二丁目,架空　誠,
"""
"""A 転出証明書 with a heading and a date that cannot be taken."""


def by_card(walk: Walk, clerk: Officer) -> None:
    """特例転入: the question and its answer, which is not used."""
    clerk.press("F3")
    walk.see("12-転入-カードで照会", clerk)
    clerk.fill(BY_CARD)
    clerk.tab_to(text="前住所地に照会する")
    clerk.press("Enter")
    clerk.page.wait_for_selector("#move-out .notice--success")
    walk.see("12-転入-受信した転出証明書情報", clerk)
    clerk.tab_to(text="使わずに消去する")
    clerk.press_to("Enter", "**/filings/*/")


def by_csv(walk: Walk, clerk: Officer) -> None:
    """A 転入 of its own: what was typed differs from the file, and part of the file cannot be read; then a file of nothing."""
    clerk.menu("n", "**/filings/new/")
    clerk.press_to("F6", "**/domestic_move_in/")
    clerk.fill({"count": "1"})
    clerk.press_to("F9", "**/filings/*/")
    clerk.page.fill("[name=m0-name_kanji]", "架空　誠")
    clerk.page.fill("[name=m0-name_kana]", "カクー　マコト")
    for name, content in (("12-転入-CSVの取込み", OF_ANOTHER_CITY), ("12-転入-CSVの取込み-読めない", "表\n")):
        if not clerk.page.is_visible("#id-csv_file"):
            clerk.press("Shift+F3")
        clerk.page.set_input_files("#id-csv_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": content.encode("cp932")})
        with clerk.page.expect_navigation():
            clerk.page.click("text=空いている欄に取り込む")
        walk.see(name, clerk)
