"""店舗 — the certificate centre asks in the name of a shop's terminal: a paper that is bound to its request, or a coded refusal. 住民基本台帳法第12条; S5-02."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # a reply is JSON of another's contract

from scenarios.day import outside
from scenarios.day.world import text_of
from scenarios.decade.family import Family

PERSONAL, HOUSEHOLD = "11", "12"  # layouts/codes.csv, convenience_kind
SETTLING = {"K10", "K11"}  # 住民記録の応答なし, データ未着: for seconds after the clock was turned or a news was told
FAULTS = {"late": "K14", "unknown_kind": "K08", "altered": "bad_signature", "twice": "A00"}  # what the centre does wrong, and what it hears
PATIENCE = 40.0


def issues(family: Family, role: str, step: str, names: Sequence[str], kind: str = PERSONAL) -> None:
    """A paper; with pdftotext what stands on it."""
    reply = outside.until(lambda: ask(family, role, kind), lambda seen: code_of(seen) not in SETTLING, PATIENCE)
    family.world.report.check(step, ("A00", []), (code_of(reply), reply["problems"]))
    paper = family.world.city.folder / "simulators" / "certificate_centre" / "papers" / f"{reply['asked']['request_no']}.pdf"
    if paper.exists() and (text := "".join(text_of(paper).split())):
        family.world.report.check("店舗の写しの文字", list(names), [name for name in names if "".join(name.split()) in text])


def refuses(family: Family, role: str, step: str, code: str) -> None:
    reply = outside.until(lambda: ask(family, role, PERSONAL), lambda seen: code_of(seen) == code, PATIENCE)
    family.world.report.check(step, (code, []), (code_of(reply), reply["problems"]))


def ask(family: Family, role: str, kind: str, fault: str = "") -> dict[str, Any]:
    told = {"user_certificate_serial": family.words[f"{role}のカード"], "certificate_kind": kind, "shown": ["01", "02"]}
    return outside.order(family.world.city.counterpart("certificate_centre"), "/_send", {"ask": told, **({"fault": fault} if fault else {})})


def code_of(reply: dict[str, Any]) -> str:
    answer = reply["replies"][0].get("answer") or {}
    return str(answer.get("code") or reply["replies"][0].get("code"))


def goes_wrong(family: Family, role: str) -> None:
    """The centre asks as it should not; whatever it is answered is bound to its question."""
    for fault, expected in FAULTS.items():
        reply = outside.until(lambda: ask(family, role, PERSONAL, fault), lambda seen: code_of(seen) not in SETTLING)  # noqa: B023 — asked before the next
        family.world.report.check(f"交付センターの故障：{fault}", (expected, []), (code_of(reply), reply["problems"]))
