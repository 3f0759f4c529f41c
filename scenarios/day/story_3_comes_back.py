"""再転入 — someone who lived here before comes back: the old 宛名番号, a new 住民票. 住民基本台帳法第22条; std 4.1.1.2."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from scenarios.day.officer import NotAsExpected, Officer
from scenarios.day.papers import read
from scenarios.day.world import World

TITLE = "3 前の住民が帰ってくる"
STORY = "3_comes_back"
# The commonest surnames of Japan, by their readings: in any made-up city someone of these has moved away.
COMMON = (
    "サトウ", "スズキ", "タカハシ", "タナカ", "イトウ", "ワタナベ", "ヤマモト", "ナカムラ", "コバヤシ", "カトウ",
    "ヨシダ", "ヤマダ", "ササキ", "マツモト", "イノウエ", "キムラ", "ハヤシ", "サイトウ", "シミズ", "アベ",
)  # fmt: skip


def play(world: World) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "1_comes_back")
    clerk.receive("前に住んでいた人", "再転入の届出")
    address = _former_resident(clerk)
    clerk.go(address)
    name, atena_no, old_sheet = clerk.page.heading, _after(clerk.page.text, "宛名番号"), _after(clerk.page.text, "住民票番号")
    report.says("除票である", "除票", clerk.page.text)
    code = clerk.reveal("住民票コード")
    report.check("住民票コードが残っている", "11桁", f"{len(code)}桁")
    clerk.go(address)
    clerk.begin(paper)
    form = clerk.page.form("仮登録")
    report.check("氏名が取り込まれる", name, form.value("氏名", "1人目"))
    done = world.enter_and_register(clerk, paper, [code], "再転入")
    rows = done.table("住民票")
    report.check("宛名番号は前のもの", [atena_no], [row["宛名番号"].text for row in rows])
    clerk.go(address)
    report.check("宛名番号（個人票）", atena_no, _after(clerk.page.text, "宛名番号"))
    report.check("住民票は新しい", True, _after(clerk.page.text, "住民票番号") not in ("", old_sheet))
    report.says("前の住民票も残る", "以前の住民票", clerk.page.text)
    report.says("前の住民票は除票", f"住民票番号 {old_sheet}", clerk.page.text)
    report.check("住民票コードも同じ", code, clerk.reveal("住民票コード"))
    report.says("いまは現存", "現存", clerk.page.text)


def _former_resident(clerk: Officer) -> str:
    """The address of the card of a grown-up who moved away, found by the commonest surnames."""
    for kana in COMMON:
        clerk.search({"氏名・フリガナ": kana})
        for row in clerk.hits():
            if "除票" in row["状態"].text and "転出" in row["状態"].text and re.search("昭和[3-6]", row["生年月日"].text):
                link = row["氏名"].first("a")
                assert link is not None
                return urljoin(clerk.page.address, link.get("href"))
    raise NotAsExpected(f"nobody of {len(COMMON)} common surnames has moved away from this city")


def _after(text: str, label: str) -> str:
    """The digits that stand after a label."""
    found = re.search(label + r"\s*(\d+)", text)
    return found[1] if found else ""
