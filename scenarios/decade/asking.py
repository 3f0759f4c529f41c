"""情報連携 — the national network asks about one of the family, with a permit; and what it may not have. 番号法第19条第8号, 第21条, 第21条の2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # a reply is JSON of another's contract

from scenarios.day import outside
from scenarios.decade.family import Family

# 地方税 (命令第2条の表48): a mayor asks for 続柄 and 世帯主氏名 by 照合リスト.
TAX = {"inquirer_code": "C00000000011002", "affair_code": "O2-48", "item_no": "48", "procedure_code": "O2-48-01", "information_code": "JUMINHYO"}
FAULTS = {
    "expired_permit": "permit_expired", "wrong_item": "permit_mismatch", "wrong_signature": "permit_signature", "unknown_code": "code_unknown",
    "wrong_day": "permit_mismatch", "wrong_person": "permit_mismatch", "bad_key": "key_unusable", "future": "asked_in_future",
}  # fmt: skip


def learn(family: Family, expected: Mapping[str, tuple[str, str]]) -> None:
    """Which 符号 are whose: the core names nobody, so the new ones are asked, and 続柄 and 世帯主氏名 of the answers say it."""
    new = [each["request_control_no"] for each in _codes(family) if each["request_control_no"] not in family.seen]
    family.seen |= set(new)
    family.world.report.check("新しい符号の数", len(expected), len(new))
    whose = {tuple(_items(_ask(family, request))): request for request in new}
    family.permits |= {role: whose[said] for role, said in expected.items() if said in whose}
    family.world.report.check("新しい符号の人", sorted(expected), sorted(role for role, said in expected.items() if said in whose))


def answered(family: Family, role: str, expected: tuple[str, str]) -> None:
    """The answer, opened by the asker alone."""
    reply = _ask(family, family.permits[role])
    answer = reply.get("answer") or {}
    family.world.report.check(f"情報照会に答える：{role}", " ".join(("answered", *expected)), " ".join((str(answer.get("result")), *_items(reply))))
    family.world.report.check("平文で流れない", False, family.name(role) in str(answer))


def refused(family: Family, role: str, fault: str) -> None:
    """What is wrong with the inquiry is said, and nothing of the person."""
    answer = _ask(family, family.permits[role], fault=fault).get("answer") or {}
    seen = (answer.get("result"), *answer.get("reasons", ())[:1], answer.get("sealed"))
    family.world.report.check(f"誤った照会を断る：{fault}", ("refused", FAULTS[fault], None), seen)


def _items(reply: Mapping[str, Any]) -> list[str]:
    """続柄 and 世帯主氏名, as the asker alone can read them."""
    content = reply.get("content") or {}
    return [item["value"] for item in content.get("items", ())] if isinstance(content, dict) else []


def _ask(family: Family, request: str, **changes: str) -> dict[str, Any]:
    return outside.order(family.world.city.counterpart("network_core"), "/_send", {"to": "chukan", "ask": {**TAX, "request_control_no": request, **changes}})


def _codes(family: Family) -> list[dict[str, Any]]:
    codes: list[dict[str, Any]] = outside.received(family.world.city.counterpart("network_core"))["codes"]
    return codes


def begin(family: Family) -> None:
    """The 符号 that others of the city have got before: whoever came with the first load gets one by a job."""
    code, said = family.world.run_job("missing_codes", "chukan")
    family.world.report.check("まだの人の符号を求める", 0, code if not code else said)
    still = outside.until(lambda: _waiting(family), lambda waiting: not waiting)
    family.world.report.check("求めた符号はすべて届く", [], still)
    family.seen = {each["request_control_no"] for each in _codes(family)}


def _waiting(family: Family) -> list[str]:
    """Lines of 中間サーバー on which something waits, and requests that the core has not answered yet."""
    _, lines, _ = family.world.city.waiting_lines("chukan")
    told = outside.received(family.world.city.counterpart("network_core"))
    asked = {each["items"]["request_control_no"] for each in told["messages"] if each["layout"] == "code_acquisition"}
    return lines + sorted(asked - {each["request_control_no"] for each in told["codes"]})
