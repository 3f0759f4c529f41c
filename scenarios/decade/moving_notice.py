"""他市町村からの転入通知 — the other city tells that somebody moved in there: taken in by itself, known when it comes again, waiting when it is about nobody. 住民基本台帳法第9条第1項; 標準4.1.3.1."""

from __future__ import annotations

import re
from datetime import date
from typing import Any  # a reply is JSON of another's contract

from scenarios.day import outside, papers
from scenarios.day.officer import Officer
from scenarios.decade.family import Family

NEW_ADDRESS = "北海道札幌市中央区北三条西六丁目1番"
NOBODY = "99947142271"  # 住民票コード of a made-up person who never lived here
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 2018}


def three_of_them(family: Family, role: str, moved_in: date) -> None:
    """The right one, the same again under another control number, and one of somebody unknown."""
    world = family.world
    clerk, report = world.clerk, world.report
    before = len(_list(clerk, every=True))
    _send(family, role, moved_in)
    report.check("転入通知を自動で受理する", "処理済み", _newest(clerk, before + 1))
    clerk.receive(family.name(role), "転入通知の確認")
    family.open(clerk, role, "除票")
    report.check("転出先が確定する", NEW_ADDRESS, clerk.page.fact("転出確定地"))
    _send(family, role, moved_in)
    report.check("もう一度来ても同じ通知と分かる", "処理済みと同じ", _newest(clerk, before + 2))
    _send(family, role, moved_in, juminhyo_code=NOBODY)
    report.check("知らない人の通知は職員を待つ", "未処理", _newest(clerk, before + 3))
    waiting = _list(clerk, every=False)
    link = waiting[-1]["受信"].first("a")
    assert link is not None
    clerk.go(link.get("href"))
    form = clerk.page.form("対象なしとする")
    form.fill({"理由 必須": "送り元に確かめた。本市に住んだことのない人"})
    clerk.page = clerk.browser.press(form, "対象なしとする")
    report.check("職員が対象なしとする", len(waiting) - 1, len(_list(clerk, every=False)))


def send(family: Family, role: str, moved_in: date, order: dict[str, Any] | None = None, **changes: str) -> dict[str, Any]:
    """One notice of 札幌市中央区; `order` may play a fault on the way out."""
    born = re.fullmatch(r"(\D\D)(\d+)年(\d+)月(\d+)日", family.words[f"{role}の生年月日"])
    assert born is not None
    family.sent += 1
    body = {
        "request_control_no": f"011011{papers.today():%Y%m%d}{family.sent:08d}", "addressee_municipality_code": "012033", "municipality_code": "011011",
        "notice_basis_code": "1", "juminhyo_code": family.codes[role], "name_kanji": family.name(role), "name_furigana": family.words[f"{role}の振り仮名"],
        "birth_date": f"{_ERAS[born[1]] + int(born[2]):04d}{int(born[3]):02d}{int(born[4]):02d}", "sex_code": {"男": "1", "女": "2"}[family.words[f"{role}の性別"]],
        "former_address": family.home, "new_address": NEW_ADDRESS, "move_in_date": moved_in.isoformat(), "notified_date": papers.today().isoformat(), **changes,
    }  # fmt: skip
    told = {"to": "juki_net", "kind": "move_in_outward", "version": 1, "body": body, **(order or {})}
    return outside.order(family.world.city.counterpart("other_city"), "/_send", told)


def _send(family: Family, role: str, moved_in: date, **changes: str) -> None:
    family.world.report.check("転入通知を送る", "acknowledged", send(family, role, moved_in, **changes)["status"])


def _list(clerk: Officer, *, every: bool) -> list[dict[str, Any]]:
    clerk.page = clerk.browser.get("/")
    clerk.go(clerk.page.link("受信箱"))
    if every:
        clerk.go(clerk.page.link("届いたものすべて"))
    return clerk.page.table("すべて" if every else "職員を待つもの")


def _newest(clerk: Officer, count: int) -> str:
    """The state of the newest notice, once there are so many."""
    rows = outside.until(lambda: _list(clerk, every=True), lambda found: len(found) >= count)
    words = ("処理済みと同じ", "処理済み", "未処理", "保留", "対象なし")
    return next((word for word in words if word in rows[0]["状態"].text), rows[0]["状態"].text) if len(rows) >= count else f"{len(rows)}通"
