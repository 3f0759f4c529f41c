"""世帯変更 — some of a household go over to another one of the same address. 住民基本台帳法第25条; std 4.1.4.1; domain §11."""

from __future__ import annotations

import pytest

from daicho.residents.commands import filings
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.queries.proof import prove
from tests.cast import HANAKO, SATO, TARO
from tests.residents.counter import household_form, move_in_form, register, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


@pytest.fixture
def sato():
    """The neighbour in the same house."""
    return register("domestic_move_in", move_in_form([SATO], address_building="離れ"))[0].person.public_id


def codes(form):
    return [(p.code, p.blocks) for p in filings.judge(filings.definition_of("household_change"), form, visit()).problems]


def current(person):
    return SheetCurrent.objects.get(person__public_id=person)


def into(person, people, words):
    return household_form(people, words, household_no=current(person).household_no)


def test_一人が同じ住所の別の世帯に移る(family, sato):
    """N-4.1.4.1-01; std 1.2.1-13, 5.2."""
    [son] = register("household_change", into(sato, family[2:3], ["同居人"]))
    assert (son.entries.household_no, son.entries.order_in_household, son.entries.householder_name) == (current(sato).household_no, 2, SATO.name)
    assert {current(one).householder_name for one in (family[0], family[1], family[3])} == {TARO.name}
    assert CivilEvent.objects.get(code="household_change").standard_code == "世帯変更" and prove().proven


def test_全員なら世帯合併を案内する(family, sato):
    assert codes(into(family[0], [sato], ["同居人"])) == [("W006", True)]


def test_元の世帯と同じ世帯には移れない(family):
    assert codes(into(family[0], family[2:3], ["子"])) == [("W007", True)]


def test_世帯主が移って一人だけ残ればその人が世帯主になる(family, sato):
    """N-4.0.4-01; 令25条."""
    register("household_change", into(sato, [family[0], family[2], family[3]], ["同居人", "同居人", "同居人"]))
    assert (current(family[1]).relationship, current(family[1]).householder_name) == ("世帯主", HANAKO.name) and prove().proven


def test_世帯主が移って2人以上が残れば世帯主変更を促す(family, sato):
    """N-4.0.4-03."""
    assert ("R102", False) in codes(into(sato, family[:1], ["同居人"]))


def test_四つの事由が順に履歴に残る(family, sato):
    """A-02, N-4.1.4.1-01: each 事由 once, each with the standard's own name (N-1.2.2-13)."""
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"]))
    register("household_split", household_form(family[2:3], ["世帯主"]))
    register("household_change", into(sato, family[3:4], ["同居人"]))
    register("household_merge", into(family[0], family[2:3], ["子"]))
    told = CivilEvent.objects.exclude(code="domestic_move_in").order_by("recorded_at").values_list("standard_code", flat=True)
    assert list(told) == ["世帯主変更", "世帯分離", "世帯変更", "世帯合併"] and prove().proven
