"""受信箱 — what others tell becomes a work item, opens its 異動 filled in, and is answered. 令第12条第2項; 住民基本台帳法第9条第2項, 第22条–第24条; domain §9."""

from __future__ import annotations

import secrets
from typing import Any  # a message is JSON of another's contract

from scenarios.day import outside
from scenarios.day.case import residents, words_of
from scenarios.day.dom import Element
from scenarios.day.officer import NotAsExpected
from scenarios.day.papers import day, today
from scenarios.day.world import BORN, CORRECTED, DIED, MOVED_OUT, NUMBER_GIVEN, RELOCATED, Told, World, codes_of

TITLE = "10 受信箱"
OURS, SAPPORO = "012033", "011011"
BORN_ON = "S51-02-02"  # of everybody whom case.py invents
FIRST = 200  # the place of the first person invented here, after those of every 異動
DONE, WITHDRAWN, NOT_DONE = "1", "3", "2"  # layouts/codes.csv, moving_result
Words = dict[str, str]
Row = dict[str, Element]


def play(world: World) -> None:
    _death_told_twice(world, _resident(world, 0))
    _birth(world, _resident(world, 1))
    _name_changed_elsewhere(world, _resident(world, 2))
    answers = dict([_moves_out(world, _resident(world, 3)), _moves_within(world, _resident(world, 4)), _withdrawn_first(world), _of_nobody(world)])
    _answered(world, answers)


def _resident(world: World, place: int) -> Words:
    words = words_of(FIRST + place)
    [paper] = residents("日本人", words)
    world.clerk.receive(words["氏名"], "転入の届出")
    world.clerk.begin(paper)
    world.enter_and_register(world.clerk, paper, codes_of(paper), "受信箱：住んでいる人")
    return words


# --- 戸籍 ----------------------------------------------------------------------------------------------------------------


def _death_told_twice(world: World, words: Words) -> None:
    said = _tell(world, {"matter": "death", "event_date": _code("2日前"), "people": [_person(words)]}, "twice")
    world.report.check("戸籍が死亡を二度知らせる", ["acknowledged"] * 2, said)
    world.report.check(
        "二度目は同じ通知とわかる", 1, sum("処理済みと同じ" in row["状態"].text for row in _list(world, every=True) if "死亡" in row["種類"].text)
    )
    _take_up(world, "死亡", "死亡", words)
    world.told.append(Told(words["住民票コード"], DIED, _home(words), ""))
    world.clerk.open(words["氏名"], words["振り仮名"], words["生年月日"], "除票")
    world.report.says("死亡した人は除票になる", "除票（死亡）", world.clerk.page.text)


def _birth(world: World, words: Words) -> None:
    child = _entries() | {
        "name_kanji": words["子の氏名"], "name_kana": words["子の振り仮名"], "kana_notarised": "both", "sex_code": "1", "relationship": "子",
        "registered_domicile": "北海道札幌市中央区北一条西一丁目1番地", "family_register_head_name": words["氏名"],
    }  # fmt: skip
    said = _tell(world, {"matter": "birth", "event_date": _code("今日"), "people": [_person(words)], "newborns": [child]})
    world.report.check("戸籍が出生を知らせる", ["acknowledged"], said)
    _take_up(world, "出生", "出生", words)
    world.clerk.open(words["子の氏名"], words["子の振り仮名"], words["今日"])
    code = world.clerk.reveal("住民票コード")
    world.told += [Told(code, reason, _home(words), "") for reason in (BORN, NUMBER_GIVEN)]


def _name_changed_elsewhere(world: World, words: Words) -> None:
    """法9条2項: the other municipality speaks to 市町村CS, which hands on what it was told."""
    name = f"改名　{words['名']}"
    body = {
        "request_control_no": secrets.token_hex(11), "addressee_municipality_code": OURS, "municipality_code": SAPPORO, "matter": "given_name_change",
        "event_date": _code("2日前"), "accepted_on": today().isoformat(), "newborns": [],
        "people": [_person(words, name_kanji=name, name_kana=f"カイメイ　{words['名の振り仮名']}", kana_notarised="both")],
    }  # fmt: skip
    said = outside.order(world.city.counterpart("other_city"), "/_send", {"to": "juki_net", "kind": "family_register_notice", "version": 1, "body": body})
    world.report.check("他の市区町村が名の変更を知らせる", "acknowledged", said["status"])
    _take_up(world, "名の変更", "名の変更", words)
    world.told.append(Told(words["住民票コード"], CORRECTED, _home(words), ""))
    world.clerk.open(name, f"カイメイ　{words['名の振り仮名']}", words["生年月日"])
    world.report.check("名が変わる", name, world.clerk.page.fact("漢字氏名"))


def _tell(world: World, notice: dict[str, Any], fault: str = "") -> list[str]:
    said = outside.order(world.city.counterpart("family_register"), "/_send", {"tell": notice, "fault": fault})
    return [reply["status"] for reply in said["replies"]]


def _person(words: Words, **entries: str) -> dict[str, Any]:
    return {
        "juminhyo_code": words["住民票コード"], "name_kanji": words["氏名"], "birth_date": BORN_ON, "sex_code": "2", "entries": _entries() | entries,
    }  # fmt: skip


def _entries() -> dict[str, str | None]:
    """What the 戸籍 says of one person; nothing of it."""
    names = ("name_kanji", "name_kana", "kana_notarised", "sex_code", "registered_domicile", "family_register_head_name", "relationship")
    return dict.fromkeys(names)


# --- マイナポータル ---------------------------------------------------------------------------------------------------


def _moves_out(world: World, words: Words) -> tuple[str, str]:
    number = _apply(world, {"people": [_mover(words)], "former_address": _home(words), "moving_on": today().isoformat()})
    _take_up(world, "転出届", "転出（特例転入を利用）", words)
    world.told.append(Told(words["住民票コード"], MOVED_OUT, _home(words), ""))
    return number, DONE


def _moves_within(world: World, words: Words) -> tuple[str, str]:
    new = f"色内3丁目{words['番']}番2号"
    booked = {"matter": "relocation_visit", "moving_on": today().isoformat(), "visit_on": today().isoformat()}
    moving = {"people": [_mover(words)], "former_address": _home(words), "new_municipality_code": OURS, "new_address": f"北海道小樽市{new}"}
    number = _apply(world, {**booked, **moving})
    world.clerk.receive(words["氏名"], "転居の予約")
    _take_up(world, "転居の来庁予約", "転居", words)
    world.clerk.open(words["氏名"], words["振り仮名"], words["生年月日"])
    world.report.check("予約どおりに転居する", f"北海道小樽市{new}", world.clerk.page.fact("住所"))
    world.told.append(Told(words["住民票コード"], RELOCATED, f"北海道小樽市{new}", ""))
    return number, DONE


def _withdrawn_first(world: World) -> tuple[str, str]:
    """The withdrawal overtakes its application: nobody has to do anything."""
    waiting = len(_list(world, every=False))
    number = _apply(world, {"people": [_mover(words_of(FIRST))], "former_address": _home(words_of(FIRST))}, {"withdraw": True, "fault": "out_of_order"})
    world.report.check("先に取り消された申請は職員を待たない", waiting, len(_list(world, every=False)))
    return number, WITHDRAWN


def _of_nobody(world: World) -> tuple[str, str]:
    stranger = {"name_kanji": "未知　不在", "name_kana": "ミチ　フザイ", "birth_date": BORN_ON, "sex_code": "1", "relationship": "世帯主"}
    number = _apply(world, {"people": [stranger], "former_address": "北海道小樽市稲穂1丁目1番1号"})
    page = _open(world, "転出届")
    world.report.says("知らない人の申請は職員を待つ", "一致する人が、本市の住民にも除票にもいません", page)
    form = world.clerk.page.form("対象なしとする")
    form.fill({"理由 必須": "本市にお住まいの方ではありません"})
    world.clerk.page = world.clerk.browser.press(form, "対象なしとする")
    return number, NOT_DONE


def _apply(world: World, application: dict[str, Any], order: dict[str, Any] | None = None) -> str:
    """The 申請番号 under which somebody has applied."""
    said = outside.order(world.city.counterpart("mynaportal"), "/_send", {"apply": application, **(order or {})})
    world.report.check("マイナポータルが申請を渡す", {"acknowledged"}, {reply["status"] for reply in said["replies"]})
    return str(said["application_no"])


def _mover(words: Words) -> dict[str, str]:
    return {"name_kanji": words["氏名"], "name_kana": words["振り仮名"], "birth_date": BORN_ON, "sex_code": "2", "relationship": "世帯主"}


def _answered(world: World, expected: dict[str, str]) -> None:
    """Each applicant is told once what became of the application."""
    told = outside.wait_for(world.city.counterpart("mynaportal"), lambda items: len(items) >= len(expected))
    outside.keep(told, world.folder / "received_mynaportal.json")
    seen = [(message["items"]["application_no"], message["items"]["result_code"]) for message in told["messages"]]
    world.report.check("申請ごとに一度だけ答える", sorted(expected.items()), sorted(seen))


# --- 受信箱 ------------------------------------------------------------------------------------------------------------


def _take_up(world: World, matter: str, event: str, words: Words) -> None:
    """From the list to 本登録, with the form as it came filled in."""
    clerk = world.clerk
    world.report.says(f"{matter}：届いた人が見つかる", f"一致する人： {words['氏名']}", _open(world, matter))
    begin = f"{event}の入力を始める"
    clerk.page = clerk.browser.press(clerk.page.form(begin), begin)
    clerk.page = clerk.browser.press(clerk.page.form("仮登録"), "仮登録")
    world.examine(world.confirmed(clerk, matter), matter)
    done = next(row["状態"].text for row in _list(world, every=True) if matter in row["種類"].text and "同じ" not in row["状態"].text)
    world.report.check(f"{matter}：受信箱では", "処理済み", done.removeprefix("✓").strip())


def _open(world: World, matter: str) -> str:
    """The newest item of this kind that waits for an officer, once it has come; returns what the page says."""
    rows = outside.until(lambda: [row for row in _list(world, every=False) if matter in row["種類"].text], bool)
    link = rows[-1]["受信"].first("a") if rows else None
    if link is None:
        raise NotAsExpected(f"nothing of {matter} has come: {world.clerk.page.text[:300]}")
    return world.clerk.go(link.get("href")).text


def _list(world: World, *, every: bool) -> list[Row]:
    clerk = world.clerk
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("受信箱"))
    if every:
        clerk.go(clerk.page.link("届いたものすべて"))
    return clerk.page.table("すべて" if every else "職員を待つもの")


def _home(words: Words) -> str:
    """Where everybody invented here lives (stories/9_every_event/residents)."""
    return f"北海道小樽市稲穂4丁目{words['番']}番1号"


def _code(words: str) -> str:
    """A day of 令和 as 戸籍 writes it: R8-04-05."""
    return f"R{day(words).year - 2018}-{day(words):%m-%d}"
