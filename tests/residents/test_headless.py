"""世帯主のいない世帯 — to make somebody 世帯主 ex officio or not, to whom the city writes, the 対象者リスト. std 4.0.4, 4.0.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.conf import settings

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.city.errors import CityProblem
from daicho.contracts.certificate_data_v1 import CertificateDataV1
from daicho.contracts.transfer_info_v1 import TransferInfoV1
from daicho.residents.commands.head_letters import leave_without_head
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, HeadLetter, SheetCurrent
from daicho.residents.queries.headless import get_headless, list_headless
from daicho.residents.queries.proof import prove
from tests.cast import CLERK, EXAMINER, HANAKO, ICHIRO, JIRO, SATO, TARO, Role
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import (
    city_decides,
    death_form,
    household_form,
    move_in_form,
    move_in_received,
    move_out_form,
    problems,
    receive,
    register,
    relocation_form,
    told,
    turn_to,
)

pytestmark = pytest.mark.django_db
FATHER = Role(5, "花園　大造", "ハナゾノ　ダイゾウ", "昭和25年1月5日", "1", "父")


def family_of(*roles: Role) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles))]


def ex_officio(people: list[UUID], words: list[str], **texts: str) -> TypedForm:
    base = {"effective_on": "令和8年4月8日", "reason": "世帯主の死亡の後、届出がない"}
    return TypedForm({**base, **texts}, tuple(TypedPerson(str(p), {"relationship": w}) for p, w in zip(people, words, strict=True)))


@pytest.fixture
def left() -> list[UUID]:
    """世帯主・妻・父・子 of whom the 世帯主 has died on 4/8; 4/10 is the day of processing. 妻, 父, 子."""
    taro, hanako, father, ichiro = family_of(TARO, HANAKO, FATHER, ICHIRO)
    register("death", death_form(taro))
    return [hanako, father, ichiro]


def test_宛先は世帯主が消除される前の住民票で最上位の者(left):
    """N-4.0.5-05: 妻, and not the father who is older; whatever order the sheets have since."""
    register("member_order", TypedForm({"effective_on": "令和8年4月9日", "way": "as_written"},
             tuple(TypedPerson(str(p), {"place": place}) for p, place in zip(left, "213", strict=True))))  # fmt: skip
    assert SheetCurrent.objects.get(person__public_id=left[1]).order_in_household == 1
    found = get_headless(CLERK, left[2])
    assert [UUID(m.public_id) for m in found.members] == [left[0], left[2], left[1]]
    assert (found.gone.code, found.gone.effective_on.encode()) == ("death", "R8-04-08")
    assert str(leave_without_head(CLERK, left[2]).addressee.public_id) == str(left[0])


def test_後から入った者は宛先にならない(left):
    """N-4.0.5-05: 残った世帯員 are those who were there before."""
    [sato] = family_of(SATO)
    number = SheetCurrent.objects.get(person__public_id=left[0]).household_no
    form = relocation_form([sato], ["同居人"], household_choice="existing", household_no=number, address="花園2丁目12番1号",
                           effective_on="令和8年4月9日", filed_on="令和8年4月9日")  # fmt: skip
    register("relocation", form)
    found = get_headless(CLERK, sato)
    assert (UUID(found.addressee.public_id), UUID(found.members[-1].public_id)) == (left[0], sato)


def test_職権で定めると世帯主変更通知書の宛先が決まり届出日は残らない(left):
    """N-4.0.5-02, -05, N-4.2.0.2-02: another of the household becomes 世帯主; the letter still goes to the one who stood first."""
    register("head_ex_officio", ex_officio(left, ["子の妻", "世帯主", "子の子"], reason="妻は施設に入所"))
    event = CivilEvent.objects.get(code="head_ex_officio")
    assert (event.standard_code, event.basis, event.filed_on) == ("世帯主変更", "職権", None)
    letter = HeadLetter.objects.get()
    assert (letter.get_kind_display(), letter.addressee.public_id, letter.event_id, letter.decided_by) == (
        "世帯主変更通知書",
        left[0],
        event.pk,
        EXAMINER.name,
    )
    assert SheetCurrent.objects.get(person__public_id=left[0]).householder_name == FATHER.name
    assert get_headless(CLERK, left[0]) is None
    assert prove().proven


def test_残る一人が職権で世帯主になれば本人が宛先になる():
    """N-4.0.4-02: by a 死亡 at once, and by a planned 転出 on its day."""
    taro, hanako = family_of(TARO, HANAKO)
    register("death", death_form(taro))
    assert [(one.letter.kind, UUID(one.addressee.public_id)) for one in list_headless(CLERK).told] == [("changed", hanako)]
    sato, jiro = family_of(SATO, Role(6, "佐藤　次郎", "サトウ　ジロウ", "平成10年2月1日", "1", "弟"))
    register("move_out", move_out_form([sato]))
    assert HeadLetter.objects.count() == 1
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
        told = {UUID(one.addressee.public_id): one.letter.decided_by for one in list_headless(CLERK).told}
    assert told == {hanako: EXAMINER.name, jiro: "転出予定日の到来（自動）"}


def test_対象者リストには定めないと選んだ世帯だけが載る():
    """N-4.0.5-04: two of 定めない, one decided ex officio, one not decided yet."""
    left = []
    for at, index in enumerate((1, 20, 40, 60)):
        roles = [Role(index + i, f"世帯{at}　{i}", "セタイ", "昭和60年1月1日", "12"[i % 2], word) for i, word in enumerate(["世帯主", "妻", "子"])]
        head, *rest = [w.person.public_id for w in register("domestic_move_in", move_in_form(roles, address=f"花園{at + 1}丁目1番1号"))]
        register("death", death_form(head))
        left.append(rest)
    register("head_ex_officio", ex_officio(left[0], ["世帯主", "子"]))
    for wife, _ in left[1:3]:
        leave_without_head(CLERK, wife)
    found = list_headless(CLERK)
    assert [UUID(one.addressee.public_id) for one in found.asked] == [left[1][0], left[2][0]]
    assert [UUID(one.addressee.public_id) for one in found.undecided] == [left[3][0]]
    assert [UUID(one.addressee.public_id) for one in found.told] == [left[0][0]]


def test_世帯主が定まれば対象者リストから外れ取り消せば選び直す(left):
    """A 届出 came (法25条), or the death was no death: the list is read from the register as it is."""
    leave_without_head(CLERK, left[0])
    register("head_change", household_form(left, ["世帯主", "夫の父", "子"]))
    assert not list_headless(CLERK).asked
    cancel(event_of("head_change"))
    assert len(list_headless(CLERK).asked) == 1
    cancel(event_of("death"))
    assert not list_headless(CLERK).asked and not list_headless(CLERK).undecided
    assert prove().proven


def test_同じ選択は二度できず世帯主のいる世帯にはできない(left):
    leave_without_head(CLERK, left[0])
    with pytest.raises(CannotDo, match="決めてあります"):
        leave_without_head(CLERK, left[1])
    register("head_ex_officio", ex_officio(left, ["世帯主", "夫の父", "子"]))  # 定めない can be followed by 定める
    with pytest.raises(CannotDo, match="いま世帯主がいます"):
        leave_without_head(CLERK, left[1])


def test_選択は操作履歴に残る(left):
    """F-1-13."""
    leave_without_head(CLERK, left[0])
    entry = AuditEntry.objects.filter(action="residents:filing:enter").latest("pk")
    assert (entry.detail["step"], entry.subjects) == ("leave_without_head", [left[0]])


def test_職権では世帯主とする人をひとり定める(left):
    assert ("W201", "members", True) in problems("head_ex_officio", ex_officio(left, ["", "夫の父", "子"]))
    assert ("H001", "relationship", True) in problems("head_ex_officio", ex_officio(left, ["世帯主", "世帯主", "子"]))


def test_機能を使わない市では通知書の処理なしに異動が終わる():
    """N-4.0.5-06: a dated setting of the city."""
    city_decides("head_letters", False)
    taro, hanako, ichiro, jiro = family_of(TARO, HANAKO, ICHIRO, JIRO)
    register("move_out", move_out_form([taro, ichiro, jiro], "令和8年4月10日"))
    assert SheetCurrent.objects.get(person__public_id=hanako).relationship == "世帯主"
    assert not HeadLetter.objects.exists()
    with pytest.raises(CannotDo, match="市の設定により使っていません"):
        leave_without_head(CLERK, hanako)


def test_指定都市では機能を止められない(monkeypatch):
    """N-4.0.5-06."""
    monkeypatch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, municipality_name="札幌市"))
    with pytest.raises(CityProblem, match="指定都市では必須"):
        city_decides("head_letters", False)


def test_はじめから世帯主のいない世帯も載りいまの並びの最上位が宛先になる():
    """std 1.1.10: lawful, and yet to be decided; the event is the one that founded the household."""
    hanako, ichiro = family_of(HANAKO, ICHIRO)
    [found] = list_headless(CLERK).undecided
    assert ([UUID(m.public_id) for m in found.members], found.gone.code) == ([hanako, ichiro], "domestic_move_in")
    assert leave_without_head(CLERK, ichiro).addressee.public_id == hanako
    assert len(list_headless(CLERK).asked) == 1


def test_世帯主未設定のまま他の部屋にも知らされる(monkeypatch):
    """N-1.1.10-01, -02: no 世帯主 is made up, and nothing waits for one."""
    taro, hanako, ichiro = family_of(TARO, HANAKO, ICHIRO)
    heard = {room: told(monkeypatch, room) for room in ("konbini", "transfers")}
    register("death", death_form(taro))
    assert {row.householder_name for row in SheetCurrent.objects.filter(person__public_id__in=[hanako, ichiro])} == {None}
    [certificates] = [one.message for one in heard["konbini"] if isinstance(one.message, CertificateDataV1)]
    assert [p.entries.householder_name for p in certificates.persons if p.entries] == [None, None]
    people = [one.message.person for one in heard["transfers"] if isinstance(one.message, TransferInfoV1)]
    assert [p and p.householder_name for p in people] == [None, None, None]  # of the dead nothing is told
    assert len([p for p in people if p]) == 2


def _relocated(head: UUID) -> None:
    dates = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月9日"}
    register("relocation", relocation_form([head], ["世帯主"], household_choice="new", **dates))


def _split(head: UUID) -> None:
    register("household_split", household_form([head], ["世帯主"]))


def _told_by_another_city(head: UUID) -> None:
    register("move_out", move_out_form([head]))
    receive(move_in_received(TARO, date(2026, 4, 8), notice_date=date(2026, 4, 9)))


@pytest.mark.parametrize(
    ("leave", "code"),
    [(_relocated, "relocation"), (_split, "household_split"), (_told_by_another_city, "move_in_notice_received")],
    ids=["転居", "世帯分離", "転入通知の受理"],
)
def test_世帯主がどの異動で抜けても載り元の並びで宛先が決まる(leave, code):
    """N-4.0.4-05, N-4.0.5-05: whatever the event."""
    taro, hanako, father = family_of(TARO, HANAKO, FATHER)
    leave(taro)
    [found] = list_headless(CLERK).undecided
    assert ([UUID(m.public_id) for m in found.members], found.gone.code) == ([hanako, father], code)


def test_予定日の到来で世帯主が抜けた世帯はその日から載る():
    """N-4.0.4-05 of a 転出予定: the job's event is named."""
    taro, hanako, father = family_of(TARO, HANAKO, FATHER)
    register("move_out", move_out_form([taro]))
    assert not list_headless(CLERK).undecided
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
        [found] = list_headless(CLERK).undecided
        assert ([UUID(m.public_id) for m in found.members], found.gone.code) == ([hanako, father], "head_by_removal")
