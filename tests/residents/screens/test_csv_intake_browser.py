"""CSVの取込みをブラウザで — opened, chosen and taken in by the keyboard; what was typed and not kept yet stays; nothing for axe. N-10.8-01; F-1-77."""

from __future__ import annotations

import pytest

from tests.residents.screens.test_csv_intake_screen import PAPER
from tests.residents.screens.test_filing_browser import town  # noqa: F401, the server

pytestmark = pytest.mark.browser


def test_キーで開き取り込み打ちかけの入力は残る(town, tmp_path):  # noqa: F811
    from tests.residents.screens.filing_steps import open_visit
    from tests.residents.screens.test_filing_browser import Officer
    from tests.ui.browser import browser

    file = tmp_path / "move_out.csv"
    file.write_text(PAPER, encoding="cp932")
    open_visit()
    with browser() as opened:
        clerk = Officer(opened, town, "m.mado", "H01")
        clerk.begin_move_in()
        clerk.page.fill('[name="m0-name_kanji"]', "花園　太郎")
        clerk.page.focus('[name="m0-relationship"]')
        clerk.page.keyboard.insert_text("夫")
        clerk.page.keyboard.press("Shift+F3")
        clerk.page.wait_for_selector("#id-csv_file")
        wrong = clerk.look("csv-intake")
        clerk.page.keyboard.press("Tab")
        assert clerk.page.evaluate("document.activeElement.id") == "id-csv_paper"
        clerk.page.keyboard.press("Tab")
        assert clerk.page.evaluate("document.activeElement.id") == "id-csv_file"
        clerk.page.set_input_files("#id-csv_file", file)
        clerk.page.keyboard.press("Tab")
        clerk.page.keyboard.press("Enter")
        clerk.page.wait_for_selector(".filing__taken:focus")
        assert clerk.page.input_value('[name="m0-relationship"]') == "夫" and clerk.page.input_value('[name="m1-name_kanji"]') == "花園　花子"
        wrong += clerk.look("csv-taken-in")
        assert "入力のままにしました" in clerk.page.inner_text(".filing__taken")
        clerk.page.set_input_files("#id-csv_file", file)
        clerk.page.keyboard.press("F9")
        clerk.page.wait_for_selector("#problems:focus")
        assert clerk.page.input_value('[name="m1-name_kanji"]') == "花園　花子"
        assert wrong == clerk.complaints == []
