"""届出・職権・申出の別 — the same 異動 filed, made ex officio, or upon a 申出. 令第12条; std 4.2.0.1, 4.2.0.2, 4.2.0.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.queries.history import history
from daicho.residents.rules.basis import BASIS
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.events import events_on
from tests.cast import CLERK, TARO
from tests.residents.counter import household_form, move_in_form, move_out_form, problems, register, relocation_form, visit

pytestmark = pytest.mark.django_db
EX_OFFICIO = {"basis": "ex_officio", "filed_on": "", "filer": ""}
PETITION = {"basis": "petition", "filed_on": "令和8年4月3日"}
DAY = date(2026, 5, 10)


def family() -> list:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def abroad(**texts: str) -> TypedForm:
    own = {name: text for name, text in move_in_form([TARO]).filing.items() if not name.startswith("previous")}
    return TypedForm({**own, "previous_country": "カナダ", "papers_seen": "yes", **texts}, move_in_form([TARO]).members)


def filed(code: str, people: list, **texts: str) -> TypedForm:
    """A lawful form of that event of the family, with these texts."""
    if code == "relocation":
        return relocation_form(people, **texts)
    if code == "head_change":
        return household_form(people, ["夫", "世帯主", "子", "子"], **texts)
    if code == "household_split":
        return household_form(people[2:3], ["世帯主"], **texts)
    if code == "move_out_abroad":
        own = {name: text for name, text in move_out_form(people).filing.items() if not name.startswith("planned")}
        return TypedForm({**own, "planned_country": "カナダ", "card": "none", **texts}, move_out_form(people).members)
    return move_out_form(people, **texts)


OF_RESIDENTS = ("relocation", "move_out", "move_out_abroad", "head_change", "household_split")


def test_標準4_1の異動はどれも届出職権申出の別を持つ():
    """N-4.2.0.2-01: one choice, and it begins as a 届出. 特例転出 alone is nothing but a 届出 (法24条の2)."""
    of_filings = [event for event in events_on(DAY) if event.basis is Basis.FILING and event.group == ""]
    without = {event.code for event in of_filings if BASIS not in event.fields}
    assert without <= {"special_move_out"}
    assert {"domestic_move_in", "move_in_from_abroad", *OF_RESIDENTS, "household_merge", "household_change"} <= {e.code for e in of_filings} - without
    assert (BASIS.default, [word for _, word in BASIS.choices]) == ("filed", ["届出", "職権", "申出"])


@pytest.mark.parametrize("code", OF_RESIDENTS)
def test_届出がなければ職権で行え届出日は求められず残らない(code):
    """N-4.2.0.2-01, -02, N-4.2.0.1-01: 異動事由 as filed; neither 届出日 nor 届出人 is asked."""
    people = family()
    with clock.at(DAY):
        form = filed(code, people, **EX_OFFICIO)
        assert not [p for p in problems(code, form) if p[2]], problems(code, form)
        register(code, form)
    event = CivilEvent.objects.latest("id")
    asked = next(e for e in events_on(DAY) if e.code == code)
    assert (event.standard_code, event.basis, event.filed_on) == (asked.standard_code, "職権", None)


@pytest.mark.parametrize("code", OF_RESIDENTS)
def test_申出を受けた職権記載は申出日とともに見分けられる(code):
    """N-4.2.0.5-01, -02, -04."""
    people = family()
    with clock.at(DAY):
        register(code, filed(code, people, **PETITION))
        line = history(replace(CLERK, visit_no="1"), people[2]).lines[0]
    assert (line.basis, line.filed_on) == ("申出", date(2026, 4, 3))


@pytest.mark.parametrize(
    ("texts", "kept"), [(EX_OFFICIO, date(2026, 4, 10)), (PETITION, date(2026, 4, 10)), ({}, date(2026, 4, 3))], ids=["職権", "申出", "届出"]
)
def test_届出の年月日は届出日又は記載の年月日である(texts, kept):
    """法7条8号: of what is recorded without a 届出 the day of the entry."""
    register("domestic_move_in", move_in_form([TARO], **texts))
    row = SheetCurrent.objects.get()
    assert (row.became_resident_notified_date, row.address_notified_date) == (kept, kept)
    with clock.at(DAY):
        register("relocation", relocation_form([row.person.public_id], **{**texts, **({"filed_on": "令和8年5月2日"} if not texts else {})}))
    moved = SheetCurrent.objects.get().address_notified_date
    assert moved == (DAY if texts else date(2026, 5, 2))


def test_国外転入等も職権で記載できる():
    """N-4.2.0.2-01, -02."""
    register("move_in_from_abroad", abroad(**EX_OFFICIO))
    event = CivilEvent.objects.get()
    assert (event.standard_code, event.basis, event.filed_on) == ("国外転入等", "職権", None)


def test_職権を選んでも打ってあった届出日は残らず検査もされない():
    """N-4.2.0.2-02: the form begins with today; what is typed beside 職権 says nothing."""
    form = move_in_form([TARO], basis="ex_officio", filed_on="令和8年4月11日")
    assert not [p for p in problems("domestic_move_in", form) if p[1] == "filed_on"]
    register("domestic_move_in", form)
    assert CivilEvent.objects.get().filed_on is None


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"filed_on": ""}, ("F001", "filed_on", True)),
        ({"filer": ""}, ("F001", "filer", True)),
        ({"basis": "petition", "filed_on": ""}, ("F001", "filed_on", True)),
        ({"basis": "petition", "filer": ""}, ("F001", "filer", True)),
        ({"basis": "petition", "filed_on": "令和8年4月11日"}, ("D003", "filed_on", True)),
        ({"basis": "notice"}, ("F002", "basis", True)),
    ],
)
def test_届出と申出には日と届出人が要る(texts, found):
    """N-4.1.0.2-01, -03; N-4.2.0.5-02."""
    assert found in problems("domestic_move_in", move_in_form([TARO], **texts))


def test_届出期間の経過を知らせるのは届出だけ():
    """法52条2項: 異動日 3/1, 4/3."""
    late = {"effective_on": "令和8年3月1日"}
    found = {
        basis: [c for c, _, _ in problems("domestic_move_in", move_in_form([TARO], basis=basis, **late)) if c == "D102"]
        for basis in ("", "filed", "petition", "ex_officio")
    }
    assert found == {"": ["D102"], "filed": ["D102"], "petition": [], "ex_officio": []}


def test_遅れた転出届を職権で記載する扱いは届出を選んだときだけ():
    """N-4.1.3.0.1-02: upon a 申出 it stays one."""
    taro = family()[0]
    with clock.at(DAY):
        late = {"on": "令和8年4月12日", "filed_on": "令和8年5月10日"}
        found = {basis: [c for c, _, _ in problems("move_out", move_out_form([taro], basis=basis, **late)) if c == "E306"] for basis in ("", "petition")}
    assert found == {"": ["E306"], "petition": []}


def test_職権の異動には本人確認が要らない():
    """法27条2項 asks it of who files."""
    unchecked = visit()
    unchecked.identity_check = "not_needed"
    unchecked.save(update_fields=["identity_check"])
    found = {
        basis: [p.code for p in filings.judge(filings.definition_of("domestic_move_in"), move_in_form([TARO], basis=basis), unchecked).problems]
        for basis in ("filed", "petition", "ex_officio")
    }
    assert ["V001" in codes for codes in found.values()] == [True, False, False]
