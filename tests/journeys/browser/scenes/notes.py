"""職員の記載の場面 — a warning, a 付箋, a メモ and a 備考 are written, and what the card and the column show of them."""

from __future__ import annotations

from tests.journeys.browser.officer import Officer
from tests.journeys.browser.scenes.walk import Walk


def write(walk: Walk, clerk: Officer, person: str) -> None:
    """A warning, a 付箋, a メモ and a 備考, as the card and the column show them."""
    walk.see("25-メモ・付箋・備考-なし", clerk, f"/person/{person}/notes/")
    written = {
        "warning_info": "窓口では二人で応対すること。",
        "sticky_note": "次の来庁のとき、転出先の電話番号を聞く。",
        "memo": "長男が付き添う。",
        "remarks": "通称の使用なし。",
    }
    for kind, text in written.items():
        clerk.page.goto(f"/person/{person}/notes/?kind={kind}")
        clerk.tab_to(name="text")
        clerk.put(text)
        clerk.press_to("F9", "**/notes/")
    walk.see("25-メモ・付箋・備考", clerk)
    walk.see("22-個人票-警告と付箋", clerk, f"/person/{person}/")
    walk.see("25-統合記載欄", clerk, f"/person/{person}/column/")
