"""転居 — whole, part, into another household, retroactive. 住民基本台帳法第23条; std 4.1.2; design §4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands import filings
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from tests.cast import CLERK, FAMILY, HANAKO, SATO, TARO
from tests.residents.counter import move_in_form, problems, register, relocation_form, visit

pytestmark = pytest.mark.django_db

AT_COUNTER = replace(CLERK, visit_no="1")


def _ids(written):
    return [w.person.public_id for w in written]


def test_住民となる前の日の転居は断る():
    """法23条: who was no resident yet did not move within the city; found by the second model of the law."""
    people = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    early = relocation_form(people, effective_on="令和8年3月31日", filed_on="令和8年4月2日")
    assert ("P003", "effective_on", True) in problems("relocation", early)


def test_世帯全員の転居は世帯番号と続柄を変えない():
    family = _ids(register("domestic_move_in", move_in_form()))
    before = SheetCurrent.objects.values_list("household_no", flat=True).distinct().get()
    with clock.at(date(2026, 5, 2)):
        written = register("relocation", relocation_form(family))
    assert {w.entries.address for w in written} == {"北海道小樽市色内1丁目3番5号"}
    assert {w.entries.household_no for w in written} == {before}
    assert [w.entries.relationship for w in written] == ["世帯主", "妻", "子", "子"]
    assert all(w.entries.moved_within_city and w.entries.previous_address == "北海道札幌市中央区南一条西一丁目1番地" for w in written)


def test_世帯主だけが新しい世帯へ移ると残る者の世帯主は未設定になる():
    """std 1.1.10; the copy 世帯主氏名 makes an unchanged row for those who stay (std 1.2.1-16)."""
    family = _ids(register("domestic_move_in", move_in_form()))
    with clock.at(date(2026, 5, 2)):
        written = register("relocation", relocation_form(family[:1], ["世帯主"], household_choice="new"))
    assert len(written) == 4
    stay = SheetCurrent.objects.exclude(person__public_id=family[0])
    assert {(c.householder_name, c.history_no, c.address) for c in stay} == {(None, 2, "北海道小樽市花園2丁目12番1号")}
    assert SheetVersion.objects.filter(history_no=2, asserts={}).count() == 3


def judged(form):
    """What 転居 finds before anybody answers it."""
    return filings.judge(filings.definition_of("relocation"), form, visit()).problems


MOVING_OUT = {"household_choice": "new", "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


def test_世帯主が抜けて二人以上が残るなら先に世帯主変更をするよう知らせる():
    """N-4.0.4-03: an alert that does not block, before 仮登録."""
    family = _ids(register("domestic_move_in", move_in_form()))
    [found] = [p for p in judged(relocation_form(family[:1], ["世帯主"], **MOVING_OUT)) if p.code.startswith("R1")]
    assert (found.code, found.field, found.blocks) == ("R102", "members", False)
    assert "3人が残ります。先に世帯主変更の届出をする" in found.message
    form = relocation_form(family[:1], ["世帯主"], **MOVING_OUT)
    row = filings.start(CLERK, visit(), "relocation", form)
    assert "R102" in [p.code for p in filings.enter(CLERK, row.public_id, form, {}).standing({})]
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize(
    ("movers", "words", "choice", "found"),
    [
        ([3], ["世帯主"], "new", []),
        ([1, 2, 3], ["世帯主", "子", "子"], "new", []),
        ([0, 1, 2, 3], ["", "", "", ""], "same", []),
        ([0, 2], ["世帯主", "子"], "new", ["R102"]),
        ([0, 2, 3], ["世帯主", "子", "子"], "new", []),
        ([0, 1, 2], ["世帯主", "妻", "子"], "new", ["R104"]),
    ],
    ids=["子だけ移る", "世帯主だけ残る", "全員で移る", "二人が残る", "妻だけ残る", "12歳の子だけ残る"],
)
def test_世帯主が残るか誰も残らなければ世帯主変更を促さない(movers, words, choice, found):
    """N-4.0.4-03; 令25条: who stays alone needs no 届出, but a child alone is looked at once more."""
    family = _ids(register("domestic_move_in", move_in_form()))
    form = relocation_form([family[at] for at in movers], words, **{**MOVING_OUT, "household_choice": choice})
    assert [p.code for p in judged(form) if p.code in ("R102", "R104")] == found


def test_世帯主が移って一人だけ残ればその人が職権で世帯主になる():
    """N-4.0.4-01; 令25条: in the same event, also in the copies of 世帯主氏名."""
    family = _ids(register("domestic_move_in", move_in_form()))
    register("relocation", relocation_form([family[at] for at in (0, 2, 3)], ["世帯主", "子", "子"], **MOVING_OUT))
    wife = SheetVersion.objects.get(person__public_id=family[1], history_no=2)
    assert (wife.relationship, wife.householder_name, wife.asserts) == ("世帯主", HANAKO.name, {"relationship": "世帯主"})
    assert SheetCurrent.objects.get(person__public_id=family[0]).household_no != wife.household_no


def test_別の世帯に入ると末尾に並び世帯主の氏名が変わる():
    """std 5.2: those who join stand at the end."""
    family = _ids(register("domestic_move_in", move_in_form()))
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0]
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form(family[2:3], ["同居人"], household_choice="existing", household_no=sato.entries.household_no))
    joined = SheetCurrent.objects.get(person__public_id=family[2])
    assert (joined.household_no, joined.order_in_household, joined.householder_name) == (sato.entries.household_no, 2, SATO.name)


def test_遡った転居は過去の日に効き記録前の時点では見えない():
    """As-of in both times (design §4): effective on 4/5, recorded on 5/2."""
    family = _ids(register("domestic_move_in", move_in_form(FAMILY)))
    known_before = clock.now()
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form(family, effective_on="令和8年4月5日"))
        head = family[0]
        assert person_as_of(AT_COUNTER, head, date(2026, 4, 4)).entries.address.endswith("花園2丁目12番1号")
        assert person_as_of(AT_COUNTER, head, date(2026, 4, 5)).entries.address.endswith("色内1丁目3番5号")
        assert person_as_of(AT_COUNTER, head, date(2026, 4, 5), known_before).entries.address.endswith("花園2丁目12番1号")
        assert person_as_of(AT_COUNTER, head, date(2026, 3, 31)).entries is None
        assert len(person_as_of(AT_COUNTER, head, date(2026, 4, 5)).household) == 4


def test_残る者の行も前の行より後の時刻を持つ():
    """design §4, fold.md 20: later than every row touched, also of those who only stay behind, though the clock stand still."""
    family = _ids(register("domestic_move_in", move_in_form()))
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0]
    lodger, head = family[3], sato.person.public_id
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form([lodger], ["同居人"], household_choice="existing", household_no=sato.entries.household_no))
        register("relocation", relocation_form([head], ["世帯主"], household_choice="new", address="稲穂3丁目9番1号"))
    moments = list(SheetVersion.objects.filter(person__public_id=lodger).order_by("history_no").values_list("recorded_at", flat=True))
    assert len(moments) == 3
    assert moments == sorted(set(moments))


@pytest.mark.parametrize("building", ["", "東棟"], ids=["方書なし", "別棟の方書"])
def test_同じ地番の別の家屋への転居は転居として残り備考には何も書かれない(building):
    """S1-02, N-4.1.2.1-01, -02: an alert at most; 住所を定めた年月日 is that of the move, and 備考 stays as the clerk left it."""
    [taro] = [w.person.public_id for w in register("domestic_move_in", move_in_form([TARO]))]
    form = relocation_form([taro], address="花園2丁目12番1号", address_building=building, effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    assert [p for p in problems("relocation", form) if p[2]] == []
    register("relocation", form)
    row, event = SheetCurrent.objects.get(person__public_id=taro), CivilEvent.objects.get(code="relocation")
    assert (event.standard_code, row.address, row.address_building) == ("転居", "北海道小樽市花園2丁目12番1号", building or None)
    assert (row.address_changed_date.encode(), row.address_reason_code, row.moved_within_city) == ("R8-04-09", "relocation", True)
    assert (row.remarks, row.summary_note, list(SheetVersion.objects.values_list("remark", flat=True))) == (None, None, [None, None])
