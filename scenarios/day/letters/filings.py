"""届出の紙 — what a filing puts out by the way: 住民異動届, 控え, 準ずる証明書, the letter of what was done ex officio, and of a 個人番号. 令第12条第4項, 第24条; 標準4.1.3.0.3, 4.2.0.1."""

from __future__ import annotations

from scenarios.day import outside
from scenarios.day.case import names, words_of
from scenarios.day.dom import Element
from scenarios.day.letters.people import lives_here, open_card, paper_of_event
from scenarios.day.officer import NotAsExpected, Officer, link_in
from scenarios.day.world import MOVED_OUT, Told, World

LEFT_LATE, WARD = 0, 1  # places of people


def told_too_late(world: World) -> None:
    """A 転出 of twenty days ago: the form to be signed, what the mover takes along, and the paper in place of a 転出証明書."""
    clerk = world.clerk
    words = lives_here(world, LEFT_LATE, filed={"異動日": "40日前"})
    clerk.receive(words["氏名"], "転出の届出")
    open_card(clerk, words)
    address = clerk.page.fact("住所")
    paper = paper_of_event("move_out", words, {"転出予定年月日（異動日）": "20日前"})
    clerk.begin(paper)
    clerk.enter(paper)
    number = world.confirmed(clerk, "遅い転出")
    world.take(clerk, clerk.page.form("住民異動届を出力"), "住民異動届を出力", "住民異動届")
    world.examine(number, "遅い転出")
    world.told.append(Told(words["住民票コード"], MOVED_OUT, address, ""))
    world.put_out_letters(world.examiner)
    form = world.examiner.page.form("届出の控えと手続の案内を出力")
    world.take(world.examiner, form, "届出の控えと手続の案内を出力", "届出の控えと手続の案内")


def number_of_a_child(world: World) -> None:
    """機構 has given the child of story 9 its 個人番号: later than the day of the filing, from the history."""
    words = words_of(names().index("birth"))
    clerk = world.clerk
    clerk.receive(words["氏名"], "個人番号の通知")
    rows = outside.until(lambda: _history_of_child(clerk, words), lambda found: any("個人番号" in row["異動"].text for row in found))
    row = next((each for each in rows if "個人番号" in each["異動"].text), None)
    if row is None:
        raise NotAsExpected(f"no 個人番号 of the child: {clerk.page.text[:300]}")
    clerk.go(link_in(row["処理"], "通知書"))
    world.put_out_letters(clerk)


def _history_of_child(clerk: Officer, words: dict[str, str]) -> list[dict[str, Element]]:
    """Its rows, newest first."""
    clerk.open(words["子の氏名"], words["子の振り仮名"], words["今日"])
    clerk.go(clerk.page.link("異動履歴"))
    return clerk.page.table("異動履歴")
