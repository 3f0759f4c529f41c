"""渡すもの — one of each certificate that the city hands over, of a resident, of somebody removed and of a sheet made anew; each is read as a PDF. 住民基本台帳法第12条, 第15条の4; 標準5章."""

from __future__ import annotations

from scenarios.day.case import names, words_of
from scenarios.day.officer import Officer, errors
from scenarios.day.story_1_family_moves_in import family, open_head
from scenarios.day.world import World

TITLE = "11 証明書と通知書を1つずつ"
OF_A_RESIDENT = ("住民票の写し（個人票）", "住民票の写し（世帯連記式）", "住民票記載事項証明書", "住民票記載事項証明書（持参様式の奥書）")
OF_A_REMOVED = ("住民票の除票の写し", "住民票除票記載事項証明書")
OF_AN_OLD_SHEET = ("改製原住民票の写し",)
BESIDE = ("転出証明書", "住民票コード通知票", "住民票コード変更通知票", "住民票コード修正通知票", "住民異動届受理通知")
"""What the events of the day have put out (stories 9 and 10)."""


def play(world: World) -> None:
    clerk = world.clerk
    clerk.receive(family().people[0]["氏名"], "証明書の請求")
    open_head(clerk)
    _each(world, clerk, OF_A_RESIDENT)
    for name, wanted in (("death", OF_A_REMOVED), ("sheet_renewal", OF_AN_OLD_SHEET)):
        words = words_of(names().index(name))
        clerk.receive(words["氏名"], "除票の請求", "国・地方公共団体の機関")
        clerk.open(words["氏名"], words["振り仮名"], words["生年月日"], "除票" if name == "death" else "現存")
        _each(world, clerk, wanted, sheet="改製原" if name == "sheet_renewal" else "")
    for kind in BESIDE:
        world.report.check(f"一日のうちに出た：{kind}", "PDF", "PDF" if kind in world.papers else "出ていない")


def _each(world: World, clerk: Officer, wanted: tuple[str, ...], sheet: str = "") -> None:
    """Every certificate that this person's page offers, from the page anew each time."""
    card = clerk.page
    for kind in wanted:
        clerk.go(card.link("証明書"))
        if sheet:
            _choose(clerk, "証明する住民票", sheet)
        if kind not in clerk.page.text:
            world.report.check(kind, "選べる", clerk.page.text[:200], False)
            continue
        if any(field.label == "証明書" for field in clerk.page.form("交付する").fields):
            _choose(clerk, "証明書", kind)
        form = clerk.page.form("交付する")
        labels = {field.label for field in form.fields}
        if "証明する様式の名称" in labels:
            form.fill({"証明する様式の名称": "扶養親族届", "様式の枚数": "1"})
        if not form.value("使用目的"):
            form.fill({"使用目的": "年金の手続"})
        world.take(clerk, form, "交付する", kind)
    clerk.page = card


def _choose(clerk: Officer, label: str, words: str) -> None:
    """What is chosen decides what else is offered: the page is asked for again, as its script would."""
    form = clerk.page.form("内容を確かめる")
    form.fill({label: words})
    clerk.page = clerk.browser.press(form, "内容を確かめる")
    if errors(clerk.page) and clerk.page.status != 200:
        raise LookupError("／".join(errors(clerk.page)))
