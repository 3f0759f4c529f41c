"""異動の取消し — history grows, the record is as before, what rests on it comes first, everybody who follows is told. std 4.6; design §4; decision 0013."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands.due_removals import settle_all
from daicho.residents.models import Annulment, CivilEvent, Household, SheetCurrent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from daicho.residents.rules.entries import ASSERTED
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, FAMILY, HANAKO, SATO, TARO
from tests.residents.cancelling import cancel, current, event_of, of_person, problems_of_cancel
from tests.residents.counter import JOB, death_form, household_form, move_in_form, move_out_form, notice_form, register, relocation_form, turn_to
from tests.residents.recording import recorded_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")


@pytest.fixture
def family():
    """花園 of four, residents since 4/1."""
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


@pytest.fixture(autouse=True)
def proven():
    """After every test: current = fold, every household lawful."""
    yield
    assert prove().findings == []


def entries(person):
    return {name: getattr(current(person), name) for name in ASSERTED}


def moved(people, **texts):
    texts = {"effective_on": "令和8年4月8日", "filed_on": "令和8年4月10日"} | texts
    return register("relocation", relocation_form(people, **texts))


def test_転居を取り消すと履歴が増え記載は転居前と一致する(family):
    """N-4.6.0.1-04, -06, -09, -13; N-1.2.2-16, -17."""
    before = [entries(one) for one in family]
    moved(family)
    cancel(event_of("relocation"))
    assert [entries(one) for one in family] == before
    head = SheetVersion.objects.filter(person__public_id=family[0]).order_by("history_no")
    assert [(v.history_no, v.event.standard_code, hasattr(v, "annulment"), v.asserts) for v in head] == [
        (1, "国内転入", False, None), (2, "転居", True, head[1].asserts), (3, "異動の取消し（修正）", False, {}),
    ]  # fmt: skip
    done = CivilEvent.objects.get(code="cancellation")
    assert (done.effect, done.basis, done.filed_on, done.cancels) == ("修正", "職権", None, event_of("relocation"))
    assert Annulment.objects.count() == 4 == Annulment.objects.filter(event=done).count()


def test_取り消した異動はどの時点にも効かず取消し前の時点からは見える(family):
    """design §4: as of D, known at T."""
    moved(family)
    with clock.at(date(2026, 4, 15)):
        known = clock.now()
    with clock.at(date(2026, 4, 20)):
        cancel(event_of("relocation"))
        assert person_as_of(AT_COUNTER, family[0], date(2026, 4, 9)).entries.address.endswith("花園2丁目12番1号")
        assert person_as_of(AT_COUNTER, family[0], date(2026, 4, 9), known).entries.address.endswith("色内1丁目3番5号")


def test_死亡を取り消すと現存に戻り残った者の職権の世帯主も元に戻る(family):
    """N-4.6.0.1-07; an event that touched several people is cancelled for all of them; 世帯主氏名 follows."""
    register("relocation", relocation_form(family[2:], ["世帯主", "弟"], household_choice="new", effective_on="令和8年4月3日", filed_on="令和8年4月10日"))
    register("death", death_form(family[0]))
    assert (current(family[1]).relationship, current(family[1]).householder_name) == ("世帯主", HANAKO.name)
    cancel(event_of("death"))
    assert (current(family[0]).closed_on, current(family[0]).removal_reason_code) == (None, None)
    assert [(current(one).relationship, current(one).householder_name) for one in family[:2]] == [("世帯主", TARO.name), ("妻", TARO.name)]
    assert CivilEvent.objects.get(code="cancellation").standard_code == "異動の取消し（増）"


def test_転入を取り消すと住民でなくなりどの日にも見つからない(family):
    """N-4.6.0.1-08; fold.md 10: the sheet stays, with its last values and the 事由."""
    cancel(event_of("domestic_move_in"))
    done = CivilEvent.objects.get(code="cancellation")
    assert (done.standard_code, done.effect) == ("異動の取消し（減）", "消除")
    for one, role in zip(family, FAMILY, strict=True):
        row = current(one)
        assert (row.name_kanji, row.opened_on, row.closed_on, row.removal_reason_code) == (role.name, date(2026, 4, 1), date(2026, 4, 1), "entry_cancelled")
        assert all(person_as_of(AT_COUNTER, one, day).entries is None for day in (date(2026, 4, 1), date(2026, 4, 5), date(2026, 4, 10)))


def test_転入の取消しは一部の者だけでもできる(family):
    """N-4.6.0.1-03."""
    cancel(event_of("domestic_move_in"), family[2:])
    assert [current(one).closed_on for one in family] == [None, None, date(2026, 4, 1), date(2026, 4, 1)]
    cancel(event_of("domestic_move_in"), family[:2])
    assert CivilEvent.objects.filter(cancels__code="domestic_move_in").count() == 2


def test_世帯主だけ転入を取り消すと残る者の世帯主氏名は空欄になる(family):
    """std 1.1.10; design §4: the copies that the event wrote follow."""
    assert "H101" in [code for code, _, _ in problems_of_cancel(event_of("domestic_move_in"), family[:1])]
    cancel(event_of("domestic_move_in"), family[:1])
    assert {current(one).householder_name for one in family[1:]} == {None}


def test_世帯主変更を取り消すと続柄も並びも世帯主氏名も戻る(family):
    """N-4.6.0.1-01."""
    before = [(*entries(one).items(), current(one).householder_name) for one in family]
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"]))
    cancel(event_of("head_change"))
    assert [(*entries(one).items(), current(one).householder_name) for one in family] == before


@pytest.mark.parametrize("code", ["household_split", "household_change", "household_merge"])
def test_世帯の組替えを取り消すと元の世帯に戻り両方の世帯主氏名が従う(family, code):
    """N-4.6.0.1-01, -10."""
    sato = register("domestic_move_in", move_in_form([SATO]))[0].person.public_id
    old = {one: (current(one).household_no, current(one).householder_name) for one in (*family, sato)}
    if code == "household_split":
        register(code, household_form([family[0]], ["世帯主"]))
        assert current(family[1]).householder_name is None
    elif code == "household_change":
        register(code, household_form([family[0]], ["同居人"], household_no=current(sato).household_no))
    else:
        register(code, household_form([sato], ["同居人"], household_no=current(family[0]).household_no))
    cancel(event_of(code))
    assert {one: (current(one).household_no, current(one).householder_name) for one in (*family, sato)} == old


def test_上に載る後の異動は名前を挙げて先に取り消させる(family):
    """design §4; domain §13 取消しの順序."""
    moved(family)
    first = event_of("relocation")
    moved(family, address="稲穂3丁目9番1号", effective_on="令和8年4月9日")
    found = problems_of_cancel(first)
    assert [(code, blocks) for code, _, blocks in found] == [("Z008", True)] * 4
    assert "履歴番号3、転居、異動日令和8年4月9日" in found[0][1] and "その異動を取り消してから" in found[0][1]
    cancel(event_of("relocation"))
    cancel(first)
    assert current(family[0]).address.endswith("花園2丁目12番1号")


def test_住民票を開いた異動は上の異動がすべて消えるまで取り消せない(family):
    """design §4: what lies on the spell that it opened; copies and 取消し rest on nothing."""
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"]))
    opened = event_of("domestic_move_in")
    assert {code for code, _, _ in problems_of_cancel(opened)} >= {"Z008"}
    cancel(event_of("head_change"))
    cancel(opened)
    assert not SheetCurrent.objects.filter(closed_on__isnull=True).exists()


def test_除票になった者の転居は消除を先に取り消させる(family):
    """fold.md 14: of a closed sheet only its closing and what a 除票 says."""
    moved(family)
    register("death", death_form(family[0], "令和8年4月9日"))
    found = problems_of_cancel(event_of("relocation"), family[:1])
    assert [code for code, _, _ in found] == ["Z008"] and "死亡" in found[0][1]
    assert problems_of_cancel(event_of("death")) == []


def test_再転入があれば前の消除は取り消せない(family):
    """fold.md 8: a later spell needs its closing."""
    register("ex_officio_removal", recorded_form("ex_officio_removal", {family[0]: {}}, effective_on="令和8年4月5日", ground="absent"))
    closed = event_of("ex_officio_removal")
    again = register("domestic_move_in", of_person(move_in_form([TARO], effective_on="令和8年4月9日"), family[0]))
    assert [code for code, _, _ in problems_of_cancel(closed, family[:1])] == ["Z008"]
    cancel(event_of("domestic_move_in"), [again[0].person.public_id])
    cancel(closed, family[:1])
    assert SheetCurrent.objects.get(person__public_id=family[0], closed_on__isnull=True).opened_on == date(2026, 4, 1)


def test_取消しは取り消せず同じ異動を二度取り消せない(family):
    """fold.md 9."""
    moved(family)
    target = event_of("relocation")
    cancel(target)
    assert {code for code, _, _ in problems_of_cancel(target)} == {"Z006"}
    assert [code for code, _, _ in problems_of_cancel(event_of("cancellation"), family)] == ["Z003"]


def test_対象でない人は選べず人も異動日も要る(family):
    sato = register("domestic_move_in", move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    moved(family[:1], relationships=["世帯主"], household_choice="new")
    target = event_of("relocation")
    assert [code for code, _, _ in problems_of_cancel(target, [sato])] == ["Z005"]
    assert [code for code, _, _ in problems_of_cancel(target, [])] == ["Z004"]
    assert [code for code, _, _ in problems_of_cancel(target, family[:1], effective_on="", reason="")] == ["F001", "F001"]
    assert "D002" in [code for code, _, _ in problems_of_cancel(target, family[:1], effective_on="令和8年4月11日")]


def test_取消しは記載と消除と修正に一件ずつ分かれる(family):
    """N-1.2.2-16: 増, 減 and 修正, one of each."""
    moved(family)
    cancel(event_of("relocation"))
    register("death", death_form(family[3]))
    cancel(event_of("death"))
    cancel(event_of("domestic_move_in"), family[2:])
    done = CivilEvent.objects.filter(code="cancellation").values_list("standard_code", "effect")
    assert sorted(done) == [("異動の取消し（修正）", "修正"), ("異動の取消し（増）", "記載"), ("異動の取消し（減）", "消除")]


def test_申出による取消しは申出日とともに区別して残る(family):
    """N-4.6.1.1-01, -02; N-1.2.1-06."""
    moved(family)
    assert [code for code, _, _ in problems_of_cancel(event_of("relocation"), basis="petition", filed_on="")] == ["Z001"]
    cancel(event_of("relocation"), basis="petition", filed_on="令和8年4月9日")
    done = CivilEvent.objects.get(code="cancellation")
    assert (done.basis, done.filed_on) == ("申出", date(2026, 4, 9))


def test_一部が出た世帯には残る者のいる元の世帯へ戻る(family):
    """N-4.6.0.1-10."""
    number = current(family[0]).household_no
    moved(family[2:3], relationships=["世帯主"], household_choice="new")
    cancel(event_of("relocation"))
    assert {current(one).household_no for one in family} == {number}


def test_元の世帯が別の住所へ移っていれば元の住所に新たな世帯として戻る(family):
    """N-4.6.0.1-11: at the former address, mixed with nobody; alone there, 世帯主."""
    number = current(family[0]).household_no
    moved(family[2:3], relationships=["世帯主"], household_choice="new", effective_on="令和8年4月3日")
    left = event_of("relocation")
    moved([family[0], family[1], family[3]], address="稲穂3丁目9番1号", effective_on="令和8年4月9日")
    cancel(left)
    son = current(family[2])
    assert son.address.endswith("花園2丁目12番1号") and son.household_no not in {number, None}
    assert (son.relationship, son.householder_name, son.order_in_household) == ("世帯主", son.name_kanji, 1)
    assert SheetCurrent.objects.filter(household_no=son.household_no).count() == 1 and Household.objects.filter(household_no=son.household_no).exists()
    assert person_as_of(AT_COUNTER, family[2], date(2026, 4, 2)).entries.household_no == number


def test_転入と同じ日の転居を取り消しても後から世帯に入った人とは別の世帯で元の住所に戻る(family):
    """N-4.6.0.1-11: 住所を定めた年月日 is the same before and after; the address is not."""
    number, home = current(family[0]).household_no, current(family[0]).address
    moved(family, effective_on="令和8年4月1日")
    lodger = move_in_form([replace(SATO, relationship="同居人")], household_choice="existing", household_no=number, address="色内1丁目3番5号")
    sato = register("domestic_move_in", lodger)[0].person.public_id
    cancel(event_of("relocation"))
    back = [current(one) for one in family]
    assert {row.address for row in back} == {home} and len({row.household_no for row in back}) == 1 and back[0].household_no != number
    assert current(sato).household_no == number and current(sato).address.endswith("色内1丁目3番5号")


def test_新たな世帯として戻った後もさらに前の異動を取り消せる(family):
    """decision 0013: what a 取消し says of the household rests on nothing, so that the way back never closes."""
    moved(family[2:3], relationships=["世帯主"], household_choice="new", effective_on="令和8年4月3日")
    left = event_of("relocation")
    moved([family[0], family[1], family[3]], address="稲穂3丁目9番1号", effective_on="令和8年4月9日")
    cancel(left)
    cancel(event_of("relocation"))
    assert {current(one).address for one in family} == {current(family[2]).address}
    cancel(event_of("domestic_move_in"))
    assert not SheetCurrent.objects.filter(closed_on__isnull=True).exists()


def test_残った者が世帯主になった後は世帯主変更を先に取り消させる(family):
    """法7条4号: two heads; the event that made the other is named though it is about somebody else."""
    moved(family[:1], relationships=["世帯主"], household_choice="new", effective_on="令和8年4月3日")
    left = event_of("relocation")
    register("head_change", household_form(family[1:], ["世帯主", "子", "子"]))
    [(code, message, blocks)] = problems_of_cancel(left)
    assert (code, blocks) == ("Z009", True) and "履歴番号3、世帯主変更、異動日令和8年4月9日" in message
    cancel(event_of("head_change"))
    cancel(left)
    assert {current(one).householder_name for one in family} == {TARO.name}


def test_転出予定日の到来で世帯主になった者がいれば職権の世帯主変更を先に取り消させる(family):
    """fold.md 18: what the job of the day recorded is an event of its own, and is chosen from the history like any other."""
    moved(family[2:], relationships=["世帯主", "弟"], household_choice="new", effective_on="令和8年4月3日")
    register("move_out", move_out_form(family[:1], "令和8年4月15日"))
    left = event_of("move_out")
    with clock.at(date(2026, 4, 16)):
        settle_all(JOB, date(2026, 4, 16))
        assert current(family[1]).relationship == "世帯主"
        [(code, message, _)] = problems_of_cancel(left)
        assert code == "Z009" and "世帯主変更、異動日令和8年4月15日" in message
        cancel(event_of("head_by_removal"))
        cancel(left)
        assert [current(one).householder_name for one in family[:2]] == [TARO.name, TARO.name]
        assert settle_all(JOB, date(2026, 4, 16)) == {"消除": 0, "世帯主の変わった世帯": 0}


def test_虚偽の転入の取消しにも特別な扱いはない(family):
    """N-4.6.0.1-14: no 改製, no word of its own."""
    written = cancel(event_of("domestic_move_in"), reason="虚偽の届出")
    assert len(written) == 4 and {w.opened for w in written} == {False}
    assert not SheetVersion.objects.filter(remark__isnull=False).exists() and "虚偽" not in str([w.entries for w in written])


def test_一部が転出した世帯には転出を取り消すと元の世帯に戻る(family):
    """N-4.6.0.1-10: the household still lives where they left it; before the day and after it."""
    number = current(family[0]).household_no
    for day, processed in ((date(2026, 4, 10), date(2026, 4, 10)), (date(2026, 5, 1), date(2026, 5, 2))):
        register("move_out", move_out_form([family[1]], JapaneseDate.of(day).wareki()))
        with clock.at(processed):
            turn_to(processed)
            assert current(family[1]).closed_on == day
            cancel(event_of("move_out"))
        assert (current(family[1]).household_no, current(family[1]).closed_on, current(family[1]).relationship) == (number, None, "妻")
        assert len(set(SheetCurrent.objects.values_list("household_no", flat=True))) == 1
    assert prove().proven


def test_転入通知の受理も予定日を過ぎた転出もそれを理由に確かめさせない(family):
    """N-4.6.0.1-15: neither an error nor an alert speaks of it."""
    register("move_out", move_out_form([family[0], family[1], family[2], family[3]]))
    with clock.at(date(2026, 5, 10)):
        turn_to(date(2026, 5, 10))
        assert problems_of_cancel(event_of("move_out")) == []
        register("move_in_notice_received", notice_form(family[0], "令和8年5月1日", filed_on="令和8年5月3日"))
        assert problems_of_cancel(event_of("move_in_notice_received")) == []


def test_除票になって年月が過ぎた転出も取り消せば現存に戻る(family):
    """N-4.6.0.1-05: a 除票 of more than five years (std 9.3) lies in the same register; nothing need be typed in again."""
    before = current(family[1]).to_entries()
    register("move_out", move_out_form([family[1]]))
    with clock.at(date(2032, 6, 1)):
        turn_to(date(2032, 6, 1))
        cancel(event_of("move_out"))
        assert current(family[1]).to_entries() == before
        assert prove().proven
