"""各室の言うこと — what 統合宛名, 中間サーバー, コンビニ交付 and 庁内連携 say of one person at their screens, once the news has come there.

One row of the report for each room. 番号法第9条, 第19条第8号, 第21条; 住民基本台帳法第12条; F-1-07, F-1-58, S5-03, D-R4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.day import outside
from scenarios.day.browser import Page
from scenarios.day.officer import Officer
from scenarios.decade.family import Family

RESIDENT, LEAVING, GONE, DEAD = "現存", "転出予定", "消除", "死亡"
PATIENCE = 40.0
_HERE = (RESIDENT, LEAVING)


@dataclass(frozen=True)
class Standing:
    """How somebody stands, and as what: everything that the rooms must have been told."""

    state: str
    address: str
    relationship: str
    head: str


def say(family: Family, role: str, now: Standing) -> None:
    """Each room in turn, patiently."""
    for room, see, expected in (
        ("統合宛名", _atena, _expected_atena(now)),
        ("中間サーバー", _chukan, _expected_chukan(now)),
        ("コンビニ交付", _konbini, _expected_konbini(now)),
        ("庁内連携", _transfers, _expected_transfers(now)),
    ):
        _look(family, role, room, see, expected)


def _look(family: Family, role: str, room: str, see: Callable[[Family, str], str], expected: str) -> None:
    seen = outside.until(lambda: see(family, role), lambda found: found == expected, PATIENCE)
    family.world.report.check(f"{room}：{role}", expected, seen)


# --- 統合宛名: one number for life, and basic items only ------------------------------------------------------------------


def _atena(family: Family, role: str) -> str:
    desk = family.world.desk("atena")
    page = _find(desk, "統合宛名の検索", {"照会の目的": "情報連携（副本）の確認", "宛名番号": family.atena_no[role]}, "検索する")
    rows = page.table("見つかった人")
    if len(rows) != 1:
        return f"{len(rows)}人"
    link = rows[0]["氏名"].first("a")
    assert link is not None
    card = desk.go(link.get("href"))
    number = _said(card, "統合宛名番号")
    kept = family.integrated.setdefault(role, number)
    beyond = [term for term in ("続柄", "世帯主", "本籍", "世帯番号") if _said(card, term)]
    return _words(_state(rows[0]["状態"].text), _said(card, "住所"), "番号は同じ" if kept == number else "番号が変わった", *beyond)


def _expected_atena(now: Standing) -> str:
    return _words(RESIDENT if now.state in _HERE else GONE, now.address, "番号は同じ")


# --- 中間サーバー: the replica follows ------------------------------------------------------------------------------------


def _chukan(family: Family, role: str) -> str:
    page = _find(family.world.desk("chukan"), "副本", {"団体内統合宛名番号": family.integrated[role]}, "表示する")
    rows = page.table("版")
    state = _state(rows[0]["状態"].text) if rows else "副本なし"
    code = "符号あり" if _said(page, "符号").startswith("取得済み") else "符号なし"
    return _words(state, code, _said(page, "続柄"), _said(page, "世帯主氏名")) if state == RESIDENT else _words(state, code)


def _expected_chukan(now: Standing) -> str:
    return _words(RESIDENT, "符号あり", now.relationship, now.head) if now.state in _HERE else _words(GONE, "符号あり")


DEAD_BEFORE = "前に亡くなった人の団体内統合宛名番号"


def erased(family: Family) -> None:
    """What 中間サーバー held of somebody of the first life who died more than five years ago: gone, by its own job."""
    page = _find(family.world.desk("chukan"), "副本", {"団体内統合宛名番号": family.world.kept[DEAD_BEFORE]}, "表示する")
    family.world.report.says("5年より前に亡くなった人の副本は消去済み", "保管期限が過ぎたため", page.text)


# --- コンビニ交付 ----------------------------------------------------------------------------------------------------------


def _konbini(family: Family, role: str) -> str:
    page = _find(family.world.desk("konbini"), "個人の証明データ", {"宛名番号": family.atena_no[role]}, "表示する")
    state = next((word for word in ("交付できる", LEAVING, GONE) if f" {word}" in f" {page.text[:120]}"), page.text[:120])
    return _words(state, _said(page, "住所"), _said(page, "続柄"), _said(page, "世帯主")) if state != GONE else state


def _expected_konbini(now: Standing) -> str:
    if now.state not in _HERE:
        return GONE
    return _words("交付できる" if now.state == RESIDENT else LEAVING, now.address, now.relationship, now.head)


# --- 庁内連携 --------------------------------------------------------------------------------------------------------------


def _transfers(family: Family, role: str) -> str:
    page = _find(family.world.desk("transfers"), "対象者", {"宛名番号": family.atena_no[role]}, "検索する")
    state = next((word for word in ("住登者", "転出者", "対象外") if f" {word}" in f" {page.text[:120]}"), page.text[:120])
    whole = "　".join(part for part in (_said(page, "住所"), _said(page, "方書")) if part)
    return _words(state, whole, _said(page, "続柄"), _said(page, "世帯主氏名")) if state == "住登者" else state


def _expected_transfers(now: Standing) -> str:
    if now.state in _HERE:
        return _words("住登者", now.address, now.relationship, now.head)
    return "転出者" if now.state == GONE else "対象外"


def _find(desk: Officer, screen: str, keys: dict[str, str], button: str) -> Page:
    """A room's search by a number."""
    desk.page = desk.browser.get("/")
    desk.go(desk.page.link(screen))
    form = desk.page.form(button)
    form.fill({**keys})
    desk.page = desk.browser.press(form, button)
    return desk.page


def _said(page: Page, term: str) -> str:
    """What stands beside a term; "" for 空欄."""
    return page.fact(term).removeprefix("（空欄）")


def _state(badge: str) -> str:
    """The word of a badge, without its sign."""
    return next((word for word in (RESIDENT, GONE) if word in badge), badge)


def _words(*parts: str) -> str:
    return " ".join("".join(part.split()) for part in parts if part)
