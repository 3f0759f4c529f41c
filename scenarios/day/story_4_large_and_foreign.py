"""外国人住民と8人の世帯 — a foreign resident, a household of eight, and someone who joins it. 住民基本台帳法第22条, 第30条の45."""

from __future__ import annotations

from scenarios.day.papers import read
from scenarios.day.world import World, codes_of

TITLE = "4 外国人住民と8人世帯"
STORY = "4_large_and_foreign"


def play(world: World) -> None:
    _foreign(world)
    _eight(world)
    _joins(world)


def _foreign(world: World) -> None:
    report, clerk, paper = world.report, world.clerk, read(STORY, "1_foreign")
    person = paper.people[0]
    clerk.receive(person["アルファベット氏名"], "転入の届出と住民票の写しの請求")
    clerk.begin(paper)
    world.enter_and_register(clerk, paper, codes_of(paper), "外国人住民の転入")
    clerk.open(person["アルファベット氏名"], person["カタカナ表記"], person["生年月日"])
    report.says("在留資格が載る", person["在留資格"], clerk.page.text)
    report.silent("在留カードの番号は隠れている", person["在留カード等の番号"], clerk.page.text)
    text = "".join(world.certificate(clerk, "外国人住民", "juminhyo_foreign.pdf").split())
    if text:
        report.says("写しの氏名はローマ字", "".join(person["アルファベット氏名"].split()), text)
        report.silent("求めない在留資格は省略", person["在留資格"], text)


def _eight(world: World) -> None:
    report, clerk, paper = world.report, world.colleague, read(STORY, "2_eight")
    clerk.receive(paper.people[0]["氏名"], "転入の届出")
    clerk.begin(paper)
    done = world.enter_and_register(clerk, paper, codes_of(paper), "8人の転入")
    rows = done.table("住民票")
    report.check("8人の住民票ができる", 8, len(rows))
    report.check("世帯番号は1つ", 1, len({row["世帯番号"].text for row in rows}))


def _joins(world: World) -> None:
    report, clerk, paper = world.report, world.colleague, read(STORY, "3_into_existing")
    head, sister = read(STORY, "2_eight").people[0], paper.people[0]
    clerk.receive(sister["氏名"], "転入の届出")
    clerk.open(head["氏名"], head["振り仮名"], head["生年月日"])
    household_no = clerk.page.fact("世帯番号")
    paper = paper.but_filed({"入る世帯の世帯番号": household_no})
    clerk.begin(paper)
    done = world.enter_and_register(clerk, paper, codes_of(paper), "9人目が世帯に加わる")
    report.check("同じ世帯番号", [household_no], [row["世帯番号"].text for row in done.table("住民票") if sister["氏名"] in row["氏名"].text])
    clerk.open(head["氏名"], head["振り仮名"], head["生年月日"])
    members = clerk.page.table("世帯")
    report.check("世帯は9人", 9, len(members))
    report.check("加わった人は最後", sister["氏名"], members[-1]["氏名"].text)
