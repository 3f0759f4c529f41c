"""外国人住民と8人の世帯 — a foreign resident, a household of eight, someone who joins it, and all nine on one paper. 住民基本台帳法第12条, 第22条, 第30条の45."""

from __future__ import annotations

import re

from scenarios.day.papers import read
from scenarios.day.report import Report
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
    _nine_on_one_paper(world, [member["氏名"].text for member in members])


def _nine_on_one_paper(world: World, names: list[str]) -> None:
    """世帯連記式 of all nine, and of two of them; on record with everyone."""
    report, clerk = world.report, world.colleague
    card = clerk.page
    whole = world.certificate(clerk, "9人の世帯全員", "juminhyo_household.pdf", ("続柄",), household=tuple(names))
    two = world.certificate(clerk, "世帯の2人", "juminhyo_household_two.pdf", household=(names[5], names[0]))
    if whole:
        _read_the_sheets(report, whole, names)
        text = "".join(two.split())
        report.check("2人の写しは世帯の順", [names[0], names[5]], [name for name in names if _squeezed(f"氏名{name}") in text])
        report.silent("一部の写しは全員と証明しない", "世帯全員", text)
    clerk.go(card.link("証明書"))
    issued = [row["対象者"].text for row in clerk.page.table("この人の証明書")]
    report.check("交付履歴の対象者", "2人 9人", " ".join(f"{sum(name in subjects for name in names)}人" for subjects in issued))
    clerk.page = card


def _read_the_sheets(report: Report, text: str, names: list[str]) -> None:
    """What an outsider reads on three sheets."""
    sheets = [_squeezed(sheet) for sheet in text.split("\f")[:-1]]
    report.check("9人の写しは3枚", "1/3 2/3 3/3", " ".join(re.search(r"\d/\d(?=契印)", sheet)[0] for sheet in sheets))  # type: ignore[index]
    ties = {re.search(r"契印(\w{4}-\w{4})", sheet)[1] for sheet in sheets}  # type: ignore[index]
    report.check("契印は3枚とも同じ", 1, len(ties))
    found = sorted(names, key=lambda name: _squeezed(text).index(_squeezed(f"氏名{name}性別")))
    report.check("紙の並びは世帯の並び", " ".join(names), " ".join(found))
    report.check("以下余白は最後の1度だけ", "0 0 1", " ".join(str(sheet.count("以下余白")) for sheet in sheets))
    report.check("認証文は最後の葉だけ", "0 0 1", " ".join(str(sheet.count("世帯全員の住民票の原本")) for sheet in sheets))
    report.check("市名は各葉", "1 1 1", " ".join(str(sheet.count("住民票北海道小樽市")) for sheet in sheets))


def _squeezed(text: str) -> str:
    return "".join(text.split())
