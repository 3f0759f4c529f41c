"""市区町村の間の書面 — 転入通知, 附票, 法9条2項・19条2項 on paper, who never arrived, a ward who leaves, and the copy of another city. 住民基本台帳法第9条, 第12条の4, 第19条."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any  # a message is JSON of another's contract
from uuid import uuid4

from scenarios.day import outside
from scenarios.day.case import words_of
from scenarios.day.dom import Element
from scenarios.day.letters.filings import LEFT_LATE, WARD
from scenarios.day.letters.people import FIRST, fill, happens, lives_here, open_card, paper_of_event
from scenarios.day.officer import NotAsExpected, Officer, link_in
from scenarios.day.papers import today
from scenarios.day.world import MOVED_OUT, World

SEATLESS, ASKED_ABOUT, NOBODY = 6, 2, 30  # places of people
OURS, SAPPORO, CITY = "012033", "011011", "札幌市中央区"
ELSEWHERE = "99993055200"  # 住民票コード of a made-up resident of 札幌市中央区 (simulators/wide_area.json)
_NOTHING = ("name_kanji", "name_kana", "kana_notarised", "sex_code", "registered_domicile", "family_register_head_name", "relationship")

Row = dict[str, Element]


def notices_on_paper(world: World) -> None:
    """転入通知 and 附票記載事項通知 that went by wire, printed as well; and the one for which no 本籍地 is known."""
    clerk = world.clerk
    for kind, words in (("転入通知書", "転入通知"), ("戸籍の附票記載事項通知書", "戸籍附票記載事項通知")):
        clerk.page = clerk.browser.get("/")
        clerk.go(clerk.page.link("連携の状況"))
        clerk.go(link_in(_notice(clerk, words)["登録"]))
        form = clerk.page.form(words)
        world.take(clerk, form, words, kind)
    words = lives_here(world, SEATLESS, said={"本籍": "不明", "筆頭者": "不明"})
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("異動の届出"))
    clerk.go(clerk.page.link("附票の通知先がない人"))
    form = fill(clerk.page.form("書面の通知書を出力する", words["氏名"]), {f"{words['氏名']}の本籍地の市区町村": CITY})
    world.take(clerk, form, "書面の通知書を出力する", "戸籍の附票記載事項通知書")


def _notice(clerk: Officer, kind: str) -> Row:
    """The newest notice of this kind."""
    while True:
        row = next((each for each in clerk.page.table("通知") if each["種類"].text.startswith(kind)), None)
        if row is not None:
            return row
        clerk.go(clerk.page.link("古いものを表示"))


def never_arrived(world: World) -> None:
    """Of those who left no 転入通知 has come: the list, and the question to each municipality."""
    clerk = world.clerk
    _inbox(clerk)
    clerk.go(clerk.page.link("転入通知未着者"))
    clerk.page = clerk.browser.press(clerk.page.form("表示する"), "表示する")
    for button, kind in (("未着者一覧を印刷する", "転入通知未着者一覧"), ("転入通知未着照会書を出力する", "転入通知未着照会書")):
        world.take(clerk, clerk.page.form(button), button, kind)


def notice_of_nobody(world: World) -> None:
    """転入通知 of somebody who never lived here: on the list of errors, and then 対象なし."""
    nobody = words_of(FIRST + NOBODY)
    body = {
        "request_control_no": secrets.token_hex(11), "addressee_municipality_code": OURS, "municipality_code": SAPPORO, "notice_basis_code": "1",
        "juminhyo_code": nobody["住民票コード"], "name_kanji": nobody["氏名"], "name_furigana": nobody["振り仮名"], "birth_date": "19760202", "sex_code": "1",
        "former_address": "北海道小樽市稲穂4丁目1番1号", "new_address": "北海道札幌市中央区北三条西六丁目1番", "move_in_date": today().isoformat(),
        "notified_date": today().isoformat(),
    }  # fmt: skip
    _send(world, "move_in_outward", body, "転入通知を送る（知らない人）")
    clerk = world.clerk
    rows = outside.until(lambda: _waiting(clerk, "転入通知"), bool)
    world.take(clerk, clerk.page.form("転入通知情報取込エラー一覧表を出力"), "転入通知情報取込エラー一覧表を出力", "転入通知情報取込エラー一覧表")
    clerk.go(link_in(rows[-1]["受信"]))
    _set_aside(clerk, "送り元に確かめた。本市に住んだことのない人")


def passed_on(world: World) -> None:
    """法9条2項通知 and 法19条2項通知 of somebody who has left: on to where they live now."""
    words = words_of(FIRST + LEFT_LATE)
    for matter, shown, kind in (
        ("death", "法9条2項通知", "住民基本台帳法第9条第2項の通知書"), ("register_disagreement", "法19条2項通知", "住民基本台帳法第19条第2項の通知書"),
    ):  # fmt: skip
        _send(world, "family_register_notice", _of_family_register(words, matter), f"{shown}を送る")
        clerk = world.clerk
        rows = outside.until(partial(_waiting, clerk, shown), bool)
        clerk.go(link_in(rows[-1]["受信"]))
        form = fill(clerk.page.form("通知書を出力する"), {"住所地の市区町村": CITY})
        world.take(clerk, form, "通知書を出力する", kind)
        _set_aside(clerk, "転出した人。転出先の市区町村に書面で通知した")


def _of_family_register(words: dict[str, str], matter: str) -> dict[str, Any]:
    person = {
        "juminhyo_code": words["住民票コード"], "name_kanji": words["氏名"], "birth_date": "S51-02-02", "sex_code": "2", "entries": dict.fromkeys(_NOTHING),
    }  # fmt: skip
    return {
        "request_control_no": secrets.token_hex(11), "addressee_municipality_code": OURS, "municipality_code": SAPPORO, "matter": matter,
        "event_date": f"R{today().year - 2018}-{today():%m-%d}", "accepted_on": today().isoformat(), "people": [person], "newborns": [],
    }  # fmt: skip


def ward_leaves(world: World) -> None:
    """An adult ward leaves: the municipality they go to is told, from the card."""
    words = lives_here(world, WARD)
    happens(world, words, paper_of_event("managed_items", words), "")
    happens(world, words, paper_of_event("move_out", words), MOVED_OUT)
    clerk = world.clerk
    open_card(clerk, words, "除票")
    button = "転入地への通知書を出力する"
    world.take(clerk, clerk.page.form(button), button, "成年被後見人の転出に関する通知書")


def copies_across(world: World) -> None:
    """広域交付: a copy of a resident of 札幌市 at our counter, and ours at theirs."""
    clerk = world.clerk
    clerk.receive("架空　守", "年金の手続")
    clerk.go(clerk.page.link("広域交付"))
    form = clerk.page.form("照会して交付する")
    typed: dict[str, str | list[str]] = {"カードから読み取った番号": ELSEWHERE, "住所地の市区町村": CITY}
    text = world.take(clerk, fill(form, typed), "照会して交付する", "住民票の写し（広域交付）")
    world.report.says("広域交付：住所地の記載で出る", "架空守", "".join(text.split()))
    words = lives_here(world, ASKED_ABOUT)
    people = outside.until(lambda: _asked_of_us(world, words["住民票コード"]), bool)  # once 市町村CS knows them
    world.report.check("広域交付：ほかの市区町村に、本人の分だけ答える", [words["氏名"]], [person["name_kanji"] for person in people])


def _asked_of_us(world: World, code: str) -> list[dict[str, Any]]:
    """Whom the answer to 札幌市 is about."""
    asked = {
        "question_id": str(uuid4()), "purpose": "年金の手続", "operator_id": "S20001", "deadline": (datetime.now(UTC) + timedelta(seconds=30)).isoformat(),
        "addressee_municipality_code": OURS, "municipality_code": SAPPORO, "juminhyo_code": code, "individual_number": None, "whole_household": False,
        "with_relationship": False, "with_juminhyo_code": False, "with_individual_number": False, "with_residence_items": False,
    }  # fmt: skip
    order = {"to": "juki_net", "kind": "wide_area_question", "version": 1, "body": asked}
    said = outside.order(world.city.counterpart("other_city"), "/_send", order)
    return list(((said["answer"] or {}).get("copy") or {}).get("people", ()))


def _send(world: World, kind: str, body: dict[str, Any], step: str) -> None:
    said = outside.order(world.city.counterpart("other_city"), "/_send", {"to": "juki_net", "kind": kind, "version": 1, "body": body})
    world.report.check(step, "acknowledged", said["status"])


def _inbox(clerk: Officer) -> None:
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("受信箱"))


def _waiting(clerk: Officer, kind: str) -> list[Row]:
    """What waits of one kind; the list stays open."""
    _inbox(clerk)
    clerk.go(clerk.page.link(kind))
    return clerk.page.table("職員を待つもの")


def _set_aside(clerk: Officer, reason: str) -> None:
    form = clerk.page.form("対象なしとする")
    clerk.page = clerk.browser.press(fill(form, {"理由": reason}), "対象なしとする")
    if clerk.page.status != 200:
        raise NotAsExpected(clerk.page.text[:300])
