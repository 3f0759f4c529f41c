"""外国人住民への書面 — a term that ends soon, sixty days of 経過滞在, and 処理結果確認票 of a 長官通知. 入管法第21条, 第22条の2; 住民基本台帳法第30条の50; 標準4.5.6."""

from __future__ import annotations

import secrets
from datetime import timedelta

from scenarios.day import outside
from scenarios.day.letters.people import Words, happens, lives_here, open_card, paper_of_event
from scenarios.day.officer import link_in
from scenarios.day.papers import today
from scenarios.day.world import World

OURS, BORN = "012033", "1990-04-05"  # of every foreigner whom case.py invents
ENDING, LOST = 9, 10  # places of people
ENTRY_EX_OFFICIO = "13"  # layouts/codes.csv, update_reason


def term_ends(world: World) -> None:
    """Whose 在留期間 ends in a month is found by the night's job, and told; then 入管庁 tells of a longer one, which the clerk prints and enters."""
    clerk = world.clerk
    ends_on = (today() + timedelta(days=30)).isoformat()
    words = lives_here(world, ENDING, "外国人", said={"在留期間等の満了の日": ends_on})
    code, said = world.run_job("residence_terms")
    world.report.check("在留期間の満了の予告：夜の処理", 0, code if not code else said)
    _notices(world)
    clerk.go(clerk.page.link("在留期間の満了の予告"))
    form = clerk.page.form("選んだ人のお知らせを出力する")
    world.take(clerk, form, "選んだ人のお知らせを出力する", "在留期間満了のお知らせ")
    _of_commissioner(world, words)


def _of_commissioner(world: World, words: Words) -> None:
    clerk = world.clerk
    nothing = ("name_kanji", "nationality", "residence_status")
    body = {
        **dict.fromkeys(nothing), "notice_no": f"IMM{today():%Y%m%d}{secrets.randbelow(10**6):06}", "municipality_code": OURS, "notice_date": today().isoformat(), "ground_code": "1",
        "ground_text": "在留期間更新許可", "effective_on": today().isoformat(), "class_code": "1", "former_card_no": words["在留カード"], "card_no": words["二人目の在留カード"],
        "name_alphabet": words["ローマ字"], "birth_date": "19900405", "sex_code": "2", "residence_period": "2年",
        "residence_expiry_on": (today() + timedelta(days=760)).isoformat(),
    }  # fmt: skip
    order = {"to": "residents", "kind": "commissioner_notice", "version": 1, "body": body}
    said = outside.order(world.city.counterpart("immigration"), "/_send", order)
    world.report.check("長官通知を送る", "acknowledged", said["status"])
    _notices(world)
    row = next(each for each in clerk.page.table("処理の済んでいない対象者") if words["ローマ字"] in each["対象者"].text)
    clerk.go(link_in(row["受信"]))
    world.take(clerk, clerk.page.form("処理結果確認票を出力"), "処理結果確認票を出力", "処理結果確認票")
    clerk.page = clerk.browser.press(clerk.page.form("確認した。"), "確認した。")
    clerk.page = clerk.browser.press(clerk.page.form("仮登録"), "仮登録")
    world.examine(world.confirmed(clerk, "長官通知"), "長官通知")


def sixty_days(world: World) -> None:
    """Who lost the Japanese nationality may stay for sixty days without 在留資格."""
    words = lives_here(world, LOST)
    paper = paper_of_event("nationality_loss", words).but(0, {"アルファベット氏名": words["ローマ字"]})
    happens(world, words, paper, ENTRY_EX_OFFICIO)
    clerk = world.clerk
    open_card(clerk, words | {"氏名": words["ローマ字"]})
    button = "在留手続のお知らせを出力する"
    world.take(clerk, clerk.page.form(button), button, "経過滞在者への在留手続のお知らせ")


def _notices(world: World) -> None:
    clerk = world.clerk
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("長官通知"))
