"""請求をめぐる通知 — 本人通知 to the person, to who asked, and that a registration ends; and a request that is refused. 標準8.1; 住民基本台帳法第12条の2."""

from __future__ import annotations

from datetime import timedelta

from scenarios.day.letters.people import fill, lives_here, open_card
from scenarios.day.officer import Officer, errors
from scenarios.day.official_request import decided, taken_in
from scenarios.day.papers import today, wareki
from scenarios.day.world import World

REGISTERED = 11  # the place of a person
AGENT = "見本　代理"


def told_of_a_copy(world: World) -> None:
    """Somebody has registered; an agent gets a copy: both are told, and the person that the registration ends in three weeks."""
    clerk = world.clerk
    words = lives_here(world, REGISTERED)
    clerk.receive(words["氏名"], "本人通知の登録")
    open_card(clerk, words)
    clerk.go(clerk.page.link("本人通知"))
    form = fill(clerk.page.form("記録する"), {"登録の終わり": wareki(today() + timedelta(days=21))})
    clerk.page = clerk.browser.press(form, "記録する")
    world.report.says("本人通知：登録される", "登録されています", clerk.page.text)
    _copy_for_agent(world, words)
    for to, kind in (("本人あて", "住民票の写し等交付通知書（本人あて）"), ("申請者あて", "住民票の写し等交付通知書（申請者あて）")):
        _letters(clerk)
        form = fill(clerk.page.form("対象の交付を表示する"), {"宛先": to})
        clerk.page = clerk.browser.press(form, "対象の交付を表示する")
        form = clerk.page.form("選んだ交付の通知書を出力する")
        for each in form.fields:
            if each.label.endswith("の申請者の住所"):
                each.set("北海道札幌市北区北六条西一丁目2番")
        world.take(clerk, form, "選んだ交付の通知書を出力する", kind)
    _letters(clerk)
    clerk.page = clerk.browser.press(clerk.page.form("満了する人を表示する"), "満了する人を表示する")
    world.take(clerk, clerk.page.form("選んだ人のお知らせを出力する"), "選んだ人のお知らせを出力する", "本人通知期間満了のお知らせ")


def _copy_for_agent(world: World, words: dict[str, str]) -> None:
    clerk = world.clerk
    clerk.receive(AGENT, "年金の手続", "任意代理人", {"代理の権限を示す書類": "委任状", "その内容": f"委任者 {words['氏名']}　本日作成"})
    open_card(clerk, words)
    clerk.go(clerk.page.link("証明書"))
    form = clerk.page.form("交付する")
    answer = clerk.browser.press(form, "交付する")
    ok = answer.body.startswith(b"%PDF-")
    world.report.check("本人通知：代理人に写しを交付する", "PDF", "PDF" if ok else "／".join(errors(answer)) or answer.text[:300], ok)


def _letters(clerk: Officer) -> None:
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("本人通知"))


def refused_request(world: World) -> None:
    """A public office asks, and another officer does not grant it: the letter says why, and nothing of the person."""
    whom = {"氏名": "見本　不在", "生年月日": "昭和51年2月2日", "住所": "北海道小樽市稲穂4丁目1番1号"}
    request = taken_in(world, whom, ("住民票の写し（個人票）",))
    decided(world, request, "認めない（不交付）", "請求事由が明らかでないため")
    clerk = world.clerk
    clerk.go(request)
    button = "不交付決定通知書を出力する"
    world.take(clerk, clerk.page.form(button), button, "不交付決定通知書")
