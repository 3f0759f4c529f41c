"""世帯主変更 — another member becomes 世帯主, everybody's 続柄 is said anew, nobody outside is told. 住民基本台帳法第25条; std 4.1.4; domain §3, §11."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.outbox.models import Notice
from daicho.residents.commands import filings
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, FAMILY, HANAKO, SATO, TARO, Role
from tests.residents.counter import household_form, move_in_form, register, removed, visit

pytestmark = pytest.mark.django_db
TO_WIFE = ["夫", "世帯主", "子", "子"]


@pytest.fixture
def family():
    """花園 of four, residents since 4/1: 世帯主, 妻, 子, 子."""
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


def judged(form):
    """What is found before anybody answers it."""
    return filings.judge(filings.definition_of("head_change"), form, visit()).problems


def codes(form):
    return [(p.code, p.blocks) for p in judged(form)]


def test_妻が世帯主になり全員の続柄と世帯主氏名と並びが改まる(family):
    """N-4.1.4.1-01, N-4.1.4.2-01; std 5.2, 1.2.1-13."""
    written = register("head_change", household_form(family, TO_WIFE))
    assert [(w.entries.relationship, w.entries.order_in_household, w.entries.householder_name) for w in written] == [
        ("夫", 2, HANAKO.name), ("世帯主", 1, HANAKO.name), ("子", 3, HANAKO.name), ("子", 4, HANAKO.name),
    ]  # fmt: skip
    event = CivilEvent.objects.get(code="head_change")
    assert (event.standard_code, event.basis, event.effect, event.filed_on) == ("世帯主変更", "届出", "修正", date(2026, 4, 10))
    assert prove().proven


def test_異動日の前と後で世帯主が違う(family):
    """design §4: as of any day; 世帯主氏名 is derived from the head of that day."""
    register("head_change", household_form(family, TO_WIFE))
    clerk = replace(CLERK, visit_no="1")
    told = {day: dict(person_as_of(clerk, family[2], date(2026, 4, day)).household) for day in (8, 9)}
    assert [told[8][str(one)].relationship for one in family] == ["世帯主", "妻", "子", "子"]
    assert [told[9][str(one)].relationship for one in family] == TO_WIFE
    assert (told[8][str(family[2])].householder_name, told[9][str(family[2])].householder_name) == (TARO.name, HANAKO.name)


def test_住所も番号も変わらず本人確認情報の通知も出ない(family):
    """N-4.1.4.1-02; 法30条の6: 続柄 and 世帯主 are no identity information (domain §2.1)."""
    before, posted = SheetCurrent.objects.get(person__public_id=family[0]), Notice.objects.filter(kind="identity_info").count()
    [husband, *_] = register("head_change", household_form(family, TO_WIFE))
    changed = {name for name in husband.entries.__dict__ if getattr(husband.entries, name) != getattr(before, name)}
    assert changed == {"relationship", "order_in_household", "householder_name"}
    assert Notice.objects.filter(kind="identity_info").count() == posted


def test_世帯主が2人や5世代の続柄は確定できない(family):
    """法7条4号; N-1.1.11-04."""
    assert ("H001", True) in codes(household_form(family, ["世帯主", "世帯主", "子", "子"]))
    assert ("F002", True) in codes(household_form(family, ["子の子の子の子の子", "世帯主", "子", "子"]))


def test_世帯主を定めないまま進めることができる(family):
    """std 1.1.10: an alert, and 世帯主氏名 is 空欄 for everybody."""
    form = household_form(family, ["縁故者", "縁故者", "縁故者", "縁故者"])
    assert codes(form) == [("H101", False)]
    assert {w.entries.householder_name for w in register("head_change", form)} == {None}
    assert prove().proven


def test_世帯員の一人でも欠ければ加えるよう求める(family):
    """domain §11: the 続柄 of everybody is said anew."""
    [found] = judged(household_form(family[:3], TO_WIFE[:3]))
    assert (found.code, found.blocks) == ("W003", True) and "「この人も加える」" in found.message


def test_別の世帯の人が入っていれば断る(family):
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    assert codes(household_form([*family, sato], [*TO_WIFE, "同居人"])) == [("W002", True)]
    assert codes(household_form([], [])) == [("W001", True)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["世帯主", "妻", "子", "子"], "W101"),
        (["夫", "世帯主", "子", ""], "B102"),
        (["妻", "世帯主", "子", "子"], "H110"),
        (["母", "子", "世帯主", "弟"], "H110"),
    ],
    ids=["世帯主が変わらない", "続柄の空欄", "夫が妻になる", "性別と合わない父母"],
)
def test_疑わしい続柄はアラートで止め理由があれば進む(family, words, found):
    """domain §11 A: recorded with its reason when overridden."""
    form = household_form(family, words)
    assert (found, False) in codes(form)
    assert register("head_change", form)


def test_世帯主が死亡した後に残った者から世帯主を定める(family):
    """N-4.0.4-03: after 世帯主不在; the old head is no member any more and need not be named."""
    removed(family[0], date(2026, 4, 5), "死亡")
    written = register("head_change", household_form(family[1:], ["世帯主", "子", "子"]))
    assert [(w.entries.relationship, w.entries.householder_name) for w in written] == [("世帯主", HANAKO.name), ("子", HANAKO.name), ("子", HANAKO.name)]
    assert prove().proven


def test_後の続柄の変更に追い越される世帯主変更は先に取り消すものを示す(family):
    """design §4: an entry said for a later day would hide it."""
    register("head_change", household_form(family, TO_WIFE))
    back = household_form(family, ["世帯主", "妻", "子", "子"], effective_on="令和8年4月5日")
    assert [(p.code, p.member) for p in judged(back)] == [("P002", at) for at in range(4)]
    assert all("履歴番号2" in p.message for p in judged(back))


def test_一人世帯の世帯主も定められる():
    """N-4.1.4.2-01: whoever lives alone and has no 続柄 yet."""
    [alone] = [w.person.public_id for w in register("domestic_move_in", move_in_form([replace(SATO, relationship="")]))]
    [written] = register("head_change", household_form([alone], ["世帯主"]))
    assert written.entries.householder_name == SATO.name


def test_新しい順は年齢でなく新しい続柄による(family):
    """N-5.2-06: 世帯主 first, then the spouse; a lodger who is older stands last."""
    lodger = Role(31, "港　年男", "ミナト　トシオ", "昭和10年1月1日", "1", "同居人")
    number = SheetCurrent.objects.get(person__public_id=family[0]).household_no
    [came] = register("domestic_move_in", move_in_form([lodger], household_choice="existing", household_no=number))
    written = register("head_change", household_form([*family, came.person.public_id], ["父", "母", "世帯主", "弟", "同居人"]))
    order = sorted(written, key=lambda w: w.entries.order_in_household or 0)
    assert [w.entries.relationship for w in order] == ["世帯主", "父", "母", "弟", "同居人"]
    assert SheetVersion.objects.filter(event__code="head_change").count() == len(FAMILY) + 1
