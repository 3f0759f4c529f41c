"""庁内の課 — what 保険年金課 is told of the family, and what it writes back into the 住民票. 住民基本台帳法第7条第10号; 番号法第9条; D-R4, D-R6."""

from __future__ import annotations

from typing import Any  # a message is JSON of another's layout

from scenarios.day import outside, papers
from scenarios.decade.family import Family

NHI, FEED, ENTRY, AFFAIR = "1301", "005", "W01", "005"  # 保険年金課, 国民健康保険関係事務, 資格の記載: layouts/codes of the grants that the demo approves
STATES = {"1": "住登者", "2": "転出者", "9": "その他消除者", "": "対象外"}
FAULTS = {"twice": "found", "late": "deadline", "altered": "bad_signature", "beyond": "contract"}  # what it asks wrongly, and what it hears
PATIENCE = 40.0


def told(family: Family, role: str, state: str) -> None:
    """What the department was told last of this person."""
    seen = outside.until(lambda: _last(family, role), lambda found: found == state, PATIENCE)
    family.world.report.check(f"保険年金課に届いた：{role}", state, seen)


def _last(family: Family, role: str) -> str:
    mine = [items for items in feeds(family) if items["atena_no"] == family.atena_no[role]]
    return STATES[mine[-1].get("resident_state_code") or ""] if mine else "まだ"


def feeds(family: Family) -> list[dict[str, Any]]:
    """The feeds of 国民健康保険, in the order of their coming."""
    messages = outside.received(family.world.city.counterpart("departments"))["messages"]
    return [each["items"] for each in messages if each["layout"] == "department_feed" and each["items"]["purpose_code"] == FEED]


def writes_back(family: Family, role: str) -> None:
    """国民健康保険 begins: written into the 住民票, and the department learns so."""
    world, entry_no = family.world, f"E-{family.atena_no[role]}"
    day = papers.today().isoformat()
    body = {
        "department_code": NHI, "purpose_code": ENTRY, "entry_no": entry_no, "sequence_no": 1, "atena_no": family.atena_no[role],
        "items": [{"item": "nhi_qualified_flag", "value": "1"}, {"item": "nhi_acquired_date", "value": day.replace("-", "")}],
    }  # fmt: skip
    departments = world.city.counterpart("departments")
    reply = outside.order(departments, "/_send", {"to": "transfers", "kind": "department_entry", "version": 1, "body": body})
    world.report.check("課の書戻しを受け付ける", "acknowledged", reply["status"])

    def outcome() -> str:
        found = [each["items"] for each in outside.received(departments)["messages"] if each["items"].get("entry_no") == entry_no]
        return f"{found[-1]['result_code']} {found[-1]['reasons'] or ''}".strip() if found else "まだ"

    world.report.check("書戻しの結果が課に届く", "1", outside.until(outcome, lambda found: found != "まだ", PATIENCE))
    family.open(world.clerk, role)
    world.report.check("住民票に国保の取得日が載る", papers.wareki(papers.today()), world.clerk.page.fact("国民健康保険取得日"))


def asks(family: Family, role: str) -> None:
    """A department asks 統合宛名 by 個人番号: rightly, twice, and with wrong questions."""
    departments = family.world.city.counterpart("departments")
    for fault, expected in {"": "found", **FAULTS}.items():
        order = {"department_code": NHI, "affair_code": AFFAIR, "individual_number": family.words[f"{role}の個人番号"], **({"fault": fault} if fault else {})}
        told = outside.order(departments, "/_ask", order)
        first = told["replies"][0]
        seen = (first.get("answer") or {}).get("result") or first["code"]
        family.world.report.check(f"課から統合宛名への照会{f'：{fault}' if fault else ''}", (expected, []), (seen, told["problems"]))
