"""計測の届出 — one 異動 from its form to 本登録, through a clerk and an examiner; each event with what a clerk would type. Issue 3, Measured.

Alerts are answered before anything is measured: the 仮登録 that counts is the one that is accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bench.browser import Answer
from bench.counter import Desk, Times, Unexpected, cost, expect
from bench.people import Household
from daicho.ui.forms.bound import OVERRIDE_PREFIX

Texts = Mapping[str, str]
Begin = Mapping[str, str | Sequence[str]]
MOVE_IN = "/filings/new/domestic_move_in/"
REGISTERED = "POST 照合して本登録"
ELSEWHERE = {"planned_municipality_code": "旭川市", "planned_address": "北海道旭川市七条通九丁目48番地"}


def move_in(clerk: Desk, examiner: Desk, filing: Texts, people: Sequence[Texts]) -> Times:
    """転入 of newcomers."""
    return _filed(clerk, examiner, MOVE_IN, {"count": str(len(people))}, filing, people)


def type_move_in(clerk: Desk, filing: Texts, people: Sequence[Texts]) -> Times:
    """転入 as far as the clerk goes: 仮登録."""
    return {"POST 仮登録": cost(_entered(clerk, MOVE_IN, {"count": str(len(people))}, filing, people))}


def split(clerk: Desk, examiner: Desk, home: Household, day: str) -> Times:
    """世帯分離: somebody becomes 世帯主 of a new household, and takes the child along."""
    people: list[Texts] = [{"relationship": "世帯主"}, {"relationship": "子"}]
    return _filed(
        clerk, examiner, f"/filings/new/household_split/{home.child}/", {"person": [home.other, home.child], "head": home.other}, _filing(day), people
    )


def change(clerk: Desk, examiner: Desk, home: Household, day: str) -> Times:
    """世帯変更: the child goes back."""
    filing = _filing(day, household_no=home.number)
    return _filed(clerk, examiner, f"/filings/new/household_change/{home.child}/", {"person": home.child}, filing, [{"relationship": "子"}])


def move_out(clerk: Desk, examiner: Desk, home: Household, day: str) -> Times:
    """転出 of the child, planned for a day to come."""
    return _filed(clerk, examiner, f"/filings/new/move_out/{home.child}/", {"person": home.child}, _filing(day, **ELSEWHERE), [{}])


def cancel(clerk: Desk, examiner: Desk, home: Household, day: str, history_no: int) -> Times:
    """異動の取消し of the event behind one row of the child's history."""
    filing = {"effective_on": day, "basis": "ex_officio", "reason": "計測"}
    return _filed(clerk, examiner, f"/person/{home.child}/history/{history_no}/cancel/", {}, filing, [{}])


def birth(clerk: Desk, examiner: Desk, home: Household, day: str) -> Times:
    """出生 into the household."""
    child = {"name_kanji": "計測　新", "name_kana": "ケイソク　アラタ", "kana_notarised": "both", "sex_code": "1", "relationship": "子"}
    return _filed(clerk, examiner, f"/filings/new/birth/{home.head}/", {}, {"effective_on": day, "ground": "family_register"}, [child])


def death(clerk: Desk, examiner: Desk, home: Household, day: str) -> Times:
    """死亡 of the child."""
    return _filed(clerk, examiner, f"/filings/new/death/{home.child}/", {}, {"effective_on": day, "ground": "family_register"}, [{}])


def _filing(day: str, **texts: str) -> dict[str, str]:
    return {"effective_on": day, "filer": "self", **texts}


def _filed(clerk: Desk, examiner: Desk, start: str, begin: Begin, filing: Texts, people: Sequence[Texts]) -> Times:
    """What the clerk sends and then sees, what the examiner opens, sends and then sees."""
    entered = _entered(clerk, start, begin, filing, people)
    seen_by_clerk = expect(clerk.browser.get(entered.location), 200)
    opened = expect(examiner.browser.get(urlsplit(entered.location).path), 200)
    decision = opened.form("/examine/")
    registered = expect(examiner.browser.post(decision.action, [*decision.filled({}), ("do", "register")]), 302)
    if not urlsplit(registered.location).path.endswith("/result/"):
        raise Unexpected(f"{start}: not registered; it leads to {registered.location}")
    result = expect(examiner.browser.get(registered.location), 200)
    return {
        "POST 仮登録": cost(entered),
        "GET 仮登録の結果": cost(seen_by_clerk),
        "GET 照合・審査": cost(opened),
        REGISTERED: cost(registered),
        "GET 本登録の結果": cost(result),
    }


def _entered(clerk: Desk, start: str, begin: Begin, filing: Texts, people: Sequence[Texts]) -> Answer:
    """The 仮登録 that was accepted."""
    began = expect(clerk.browser.get(start), 200).form(start)
    begun = expect(clerk.browser.post(start, began.filled(begin)), 302)
    form = expect(clerk.browser.get(begun.location), 200).form("/enter/")
    typed = {f"f-{name}": text for name, text in filing.items()}
    typed |= {f"m{index}-{name}": text for index, person in enumerate(people) for name, text in person.items()}
    sent = clerk.browser.post(form.action, form.filled(typed))
    if sent.status == 422:
        again = sent.form("/enter/")
        reasons = {name: "計測のため確認した" for name in again.names if name.startswith(OVERRIDE_PREFIX)}
        sent = clerk.browser.post(again.action, again.filled({**typed, **reasons}))
    return expect(sent, 302)
