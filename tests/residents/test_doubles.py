"""二重登録と宛名番号の統合 — pairs found and explained, 別人 with a reason, a union by two officers, and its undoing to exactly what was. 法8条; decision 0038."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.commands.doubles import gather_doubles, name_pair, say_two
from daicho.residents.commands.notices.doubles import borne_by_another
from daicho.residents.commands.typed import TypedForm, TypedPerson, unseal
from daicho.residents.commands.unions import approve, approve_undo, propose, propose_undo, withdraw
from daicho.residents.errors import CannotDo
from daicho.residents.models import Double, PersonUnion, SheetCurrent
from daicho.residents.models.double import UnionState
from daicho.residents.queries.doubles import get_double, undecided
from daicho.residents.queries.proof import prove
from daicho.residents.queries.search import search
from daicho.residents.queries.unions import unions_of
from daicho.residents.rules.doubles import Agreement, Ground
from daicho.residents.rules.entries import ENTRIES
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.residents.rules.vocabulary import DUPLICATE
from tests.cast import CLERK, EXAMINER, HANAKO, ICHIRO, JIRO, TARO, Role
from tests.residents.counter import MOVE_IN_TEXTS, enter, move_in_form, register, removed, told, visit
from tests.residents.recording import family_of, newest, recorded_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, queries

pytestmark = pytest.mark.django_db
AGAIN = replace(TARO, index=70)
"""太郎 entered a second time, with other numbers."""


def twice(second: Role = AGAIN, address: str = "色内1丁目3番5号") -> tuple[UUID, UUID]:
    return family_of(TARO)[0], family_of(second, address=address)[0]


def pair() -> Double:
    gather_doubles(CLERK)
    return Double.objects.get()


def entered(filing: UUID) -> None:
    """仮登録 of what was prepared, every alert answered."""
    row = filings.find_filing(filing)
    form = unseal(row.typed)
    judged = filings.enter(CLERK, filing, form, {})
    again = filings.enter(CLERK, filing, form, {p.key: "確認した" for p in judged.problems})
    assert not again.standing({p.key: "確認した" for p in judged.problems}), [p.message for p in again.problems]


def by_two_officers(filing: UUID) -> None:
    entered(filing)
    filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)


def found_by(**words: str) -> list[str]:
    keys, problems = read_search(SearchForm(**words))
    assert not problems
    return [hit.public_id for hit in search(replace(CLERK, visit_no="1"), keys).hits]


def everything() -> list[tuple[object, ...]]:
    """What every current sheet says, but for when and by which row it says so."""
    return sorted(SheetCurrent.objects.order_by("person_id").values_list("person_id", *ENTRIES), key=lambda row: row[0])


@pytest.mark.parametrize(
    ("second", "address", "ground"),
    [
        (AGAIN, "花園2丁目12番1号", Ground.FOUR_FACTS),
        (AGAIN, "色内1丁目3番5号", Ground.THREE_FACTS),
        (replace(AGAIN, sex="2"), "色内1丁目3番5号", Ground.NAME_AND_BIRTH),
        (replace(AGAIN, name="花苑　太朗"), "色内1丁目3番5号", Ground.NAME_AND_BIRTH),
    ],
    ids=["4情報", "3情報", "性別だけ違う", "読みと生年月日"],
)
def test_候補は決まりで見つかり一致する点と違う点が説明される(second: Role, address: str, ground: Ground):
    twice(second, address)
    family_of(replace(JIRO, index=71, relationship="世帯主"), address="稲穂2丁目12番1号")  # nobody's double
    double = pair()
    assert double.grounds == [ground]
    facts = {fact.label: fact.agreement for fact in get_double(CLERK, double.public_id).facts}
    assert facts["個人番号"] is facts["住民票コード"] is Agreement.DIFFERS and facts["生年月日"] is facts["振り仮名"] is Agreement.AGREES
    assert (facts["性別"] is Agreement.AGREES) == (second.sex == "1") and (facts["住所"] is Agreement.AGREES) == (ground is Ground.FOUR_FACTS)


def test_旧い氏名と生年月日でも見つかる():
    """A name borne before: the register searches by it, and so does the job."""
    [first] = family_of(TARO)
    said = {"name_kanji": "色内　太郎", "name_kana": "イロナイ　タロウ"}
    register("surname_change", recorded_form("surname_change", {first: said}))
    family_of(AGAIN, address="色内1丁目3番5号")
    assert pair().grounds == [Ground.NAME_AND_BIRTH]


def test_別人とした二人は内容が変わるまで候補に挙がらない():
    first, _ = twice()
    double = pair()
    with pytest.raises(CannotDo, match="理由"):
        say_two(CLERK, double.public_id, " ")
    say_two(CLERK, double.public_id, "戸籍の附票で別の人と確かめた")
    assert gather_doubles(CLERK) == {"new": 0, "again": 0, "gone": 0} and undecided(CLERK) == []
    with pytest.raises(CannotDo, match="すでに判断"):
        say_two(CLERK, double.public_id, "もう一度")
    form = TypedForm(
        {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日", "filer": "self", "address": "色内1丁目3番5号", "household_choice": "same"},
        (TypedPerson(str(first), {"relationship": ""}),),
    )
    register("relocation", form)
    assert gather_doubles(CLERK)["again"] == 1
    [line] = undecided(CLERK)
    assert line.double.reason == "戸籍の附票で別の人と確かめた" and line.double.grounds == [Ground.FOUR_FACTS]


def test_二人とも住民なら職権消除の本登録と同時に統合され検索と個人票は残る人へ導く(monkeypatch):
    """法8条: one officer proposes and enters, another examines and registers; one transaction; both records stay readable."""
    stays, given_up = twice()
    union = propose(CLERK, visit(), pair().public_id, stays, "戸籍謄本により同じ人と確かめた")
    assert union.filing is not None and unseal(union.filing.typed).filing["ground"] == DUPLICATE
    entered(union.filing.public_id)
    assert unions_of(given_up).leads_to is None and newest(given_up).closed_on is None  # nothing is in force before 本登録
    with pytest.raises(CannotDo, match="自分が入力した"):
        filings.examine(CLERK, union.filing.public_id)
    sent = told(monkeypatch)
    filings.examine(EXAMINER, union.filing.public_id)
    registering.register(EXAMINER, union.filing.public_id)
    assert (newest(given_up).removal_reason_code, newest(stays).closed_on) == (DUPLICATE, None)
    assert [one.message.event_reason for one in sent] == ["removal_ex_officio"]
    union.refresh_from_db()
    assert (union.state, union.proposed_by, union.approved_by) == (UnionState.UNITED, CLERK.name, EXAMINER.name)
    assert found_by(name="花園太郎") == [str(stays)] and found_by(atena_no=union.given_up.atena_no) == [str(stays)]
    clerk = desk()
    answer = clerk.get(f"/person/{given_up}/")
    page = visible(answer)
    assert (
        f"宛名番号 {union.stays.atena_no} に統合されています" in page and TARO.name in page and "/filings/new/domestic_move_in/" not in answer.content.decode()
    )
    assert f"宛名番号 {union.given_up.atena_no} が、この人に統合されています" in visible(clerk.get(f"/person/{stays}/"))
    with pytest.raises(CannotDo, match="統合されています"):
        enter("restoration", recorded_form("restoration", {given_up: {}}, effective_on="令和8年4月10日", household_choice="new"))
    assert gather_doubles(CLERK) == {"new": 0, "again": 0, "gone": 0} and prove().proven


def test_統合の取消しは二人の職員により統合の前とまったく同じに戻す():
    """The 取消し of the removal; the household, the 世帯主 and every entry of everybody are as they were."""
    stays, wife, given_up = *family_of(TARO, HANAKO), family_of(AGAIN, address="色内1丁目3番5号")[0]
    before = everything()
    union = propose(CLERK, visit(), pair().public_id, stays, "同じ人と確かめた")
    by_two_officers(union.filing.public_id)
    assert everything() != before
    union = propose_undo(CLERK, visit(), union.public_id, "別人と分かった")
    assert union.state is UnionState.UNDOING
    by_two_officers(union.undo_filing.public_id)
    union.refresh_from_db()
    assert (union.state, union.ended_by, everything()) == (UnionState.UNDONE, EXAMINER.name, before)
    assert {*found_by(name="花園太郎")} == {str(stays), str(given_up)} and unions_of(wife).led_here == () and prove().proven
    assert len(undecided(CLERK)) == 1  # they are two again, until somebody says otherwise


def test_履歴から職権消除を取り消しても統合は同じ処理で終わる():
    """Whichever screen the 取消し comes from."""
    from tests.residents.cancelling import cancel, event_of

    stays, given_up = twice()
    by_two_officers(propose(CLERK, visit(), pair().public_id, stays, "同じ人").filing.public_id)
    cancel(event_of("ex_officio_removal"))
    assert PersonUnion.objects.get().state is UnionState.UNDONE and unions_of(given_up).leads_to is None


def test_除票だけの宛名番号は台帳を変えず別の職員の承認で統合しまた戻せる():
    """One-closed: 太郎 left and came back under a new number."""
    [former] = family_of(TARO)
    removed(former, date(2026, 4, 5))
    [now] = family_of(AGAIN, effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    before, double = everything(), pair()
    with pytest.raises(CannotDo, match="消除されています"):
        propose(CLERK, visit(), double.public_id, former, "同じ人")
    union = propose(CLERK, visit(), double.public_id, now, "同じ人と確かめた")
    with pytest.raises(CannotDo, match="自分が提案"):
        approve(CLERK, union.public_id)
    approve(EXAMINER, union.public_id)
    assert everything() == before and found_by(name="花園太郎") == [str(now)]
    back = TypedForm(
        {**MOVE_IN_TEXTS, "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}, (TypedPerson(str(former), TARO.typed(juminhyo_code="", individual_number="")),)
    )  # fmt: skip
    row = filings.start(CLERK, visit(), "domestic_move_in", back)
    judged = filings.judge(filings.definition_of(row.code), back, row.visit)
    with pytest.raises(CannotDo, match="統合されています"):
        filings.enter(CLERK, row.public_id, back, {p.key: "確認" for p in judged.problems})
    propose_undo(EXAMINER, visit(), union.public_id, "別人と分かった")
    with pytest.raises(CannotDo, match="自分が提案"):
        approve_undo(EXAMINER, union.public_id)
    approve_undo(CLERK, union.public_id)
    assert everything() == before and {*found_by(name="花園太郎")} == {str(former), str(now)}


def test_統合のための職権消除にほかの人は加えられない():
    """Only the one given up goes, and as a double: else nothing is registered and nothing united."""
    stays, given_up = twice()
    [other] = family_of(replace(JIRO, index=71, relationship="世帯主"), address="稲穂2丁目12番1号")
    union = propose(CLERK, visit(), pair().public_id, stays, "同じ人")
    form = unseal(union.filing.typed)
    more = replace(form, members=(*form.members, TypedPerson(str(other), {})))
    judged = filings.enter(CLERK, union.filing.public_id, more, {})
    filings.enter(CLERK, union.filing.public_id, more, {p.key: "確認した" for p in judged.problems})
    filings.examine(EXAMINER, union.filing.public_id)
    with pytest.raises(CannotDo, match="差し戻して"):
        registering.register(EXAMINER, union.filing.public_id)
    assert newest(other).closed_on is None and unions_of(given_up).leads_to is None


def test_取り下げた提案はもう一度提案できる():
    """Of one with a removal the filing is withdrawn, and the proposal with it."""
    stays, given_up = twice()
    double = pair()
    union = propose(CLERK, visit(), double.public_id, stays, "同じ人")
    with pytest.raises(CannotDo, match="届出"):
        withdraw(CLERK, union.public_id)
    filings.withdraw(CLERK, union.filing.public_id, "調べ直す")
    union.refresh_from_db()
    assert union.state is UnionState.WITHDRAWN
    name_pair(CLERK, [SheetCurrent.objects.get(person__public_id=one).person.atena_no for one in (stays, given_up)])
    assert propose(CLERK, visit(), double.public_id, stays, "やはり同じ人").state is UnionState.PROPOSED


def test_同じ住民票コードの二重の記載の消除は市町村CSに知らせない():
    """法30条の6; decision 0038: there the person goes on under that code. With a code of their own it is told."""
    first = register("domestic_move_in", move_in_form([TARO]))[0]
    second = register("domestic_move_in", move_in_form([AGAIN], address="色内1丁目3番5号"))[0]
    double = second.entries.but(removal_reason_code=DUPLICATE, closed_on=clock.today())
    same = replace(second, entries=double.but(juminhyo_code=first.entries.juminhyo_code))
    assert borne_by_another([same]) == {second.person.pk}
    assert borne_by_another([replace(same, entries=second.entries, before=same.entries)]) == set()
    assert borne_by_another([replace(second, entries=double)]) == set()


def test_窓口の画面で比べ提案し承認する():
    """By the screens: what was typed is kept when it is refused; numbers are compared and not told."""
    [former] = family_of(TARO)
    removed(former, date(2026, 4, 5))
    family_of(AGAIN, effective_on="令和8年4月9日", filed_on="令和8年4月10日")
    clerk = desk()
    assert "新しい候補1組" in visible(clerk.post("/doubles/gather/", follow=True))
    double = Double.objects.get()
    assert "4情報（氏名・生年月日・性別・住所）が一致" in visible(clerk.get("/doubles/"))
    page = clerk.get(f"/doubles/{double.public_id}/")
    assert "（記録あり）" in visible(page) and TARO.individual_number not in page.content.decode()
    now = get_double(CLERK, double.public_id).people[1].public_id
    refused = clerk.post(f"/doubles/{double.public_id}/unite/", {"stays": now, "unite_reason": ""})
    assert refused.status_code == 422 and "理由を入力" in visible(refused)
    assert clerk.post(f"/doubles/{double.public_id}/two/", {"two_reason": ""}).status_code == 422
    proposed = clerk.post(f"/doubles/{double.public_id}/unite/", {"stays": now, "unite_reason": "戸籍により確認"})
    union = PersonUnion.objects.get()
    assert proposed.url == f"/unions/{union.public_id}/" and "統合を承認する" not in visible(clerk.get(proposed.url))
    assert "ほかの職員" in visible(clerk.post(f"/unions/{union.public_id}/approve/"))
    approve(replace(EXAMINER, account_id=9_999), union.public_id)
    assert "統合済み" in visible(clerk.get(proposed.url))
    clerk.post(f"/unions/{union.public_id}/undo/", {"reason": "別人"})
    assert "統合の取消しの提案中" in visible(clerk.get("/doubles/"))
    assert clerk.post("/doubles/name/", {"first": "1", "second": "2"}).status_code == 422


def test_問合せの数は候補の数によらない():
    """Style 14: of the list, and of the search for pairs that are known."""
    twice()
    clerk = desk()
    clerk.post("/doubles/gather/")
    one = queries(clerk, "get", "/doubles/")
    family_of(replace(ICHIRO, index=71, relationship="世帯主"), address="稲穂2丁目12番1号")
    family_of(replace(ICHIRO, index=72, relationship="世帯主"), address="花園3丁目1番1号")
    clerk.post("/doubles/gather/")
    assert Double.objects.count() == 2 and queries(clerk, "get", "/doubles/") == one
