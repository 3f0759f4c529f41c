"""届出の一生 — 仮登録, 照合, 本登録: who may do what, and that nothing is lost or booked twice. design §3; F-1-01, F-1-02, F-1-04; N-4.0.8-*."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import audit
from daicho.audit.models import AuditEntry
from daicho.city.permissions import CityPermission
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, registering, visits
from daicho.residents.commands.typed import TypedForm, TypedPerson, unseal
from daicho.residents.errors import CannotDo, HeldByAnother
from daicho.residents.models import Claim, Filing, SheetVersion
from daicho.residents.queries.waiting import drafts, waiting
from daicho.residents.rules.reading import UnknownField
from daicho.residents.rules.visits import VisitForm
from tests.cast import CLERK, EXAMINER, HANAKO, SATO, STRANGER, TARO, officer
from tests.city.deciding import decide_setting
from tests.residents.counter import death_form, enter, move_in_form, register, relocation_form, visit

pytestmark = pytest.mark.django_db
RELOCATION_TODAY = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


def test_自分の入力した届出は照合できない():
    """F-1-02: nobody examines what they entered."""
    filing = enter("domestic_move_in", move_in_form())
    with pytest.raises(CannotDo, match="自分が入力した"):
        filings.examine(CLERK, filing)


def test_照合の記録がなければ本登録できない():
    """F-1-02; N-4.0.8-02."""
    filing = enter("domestic_move_in", move_in_form())
    with pytest.raises(CannotDo, match="仮登録"):
        registering.register(EXAMINER, filing)
    assert not SheetVersion.objects.exists()


def test_仮登録は履歴にならず何も外へ出ない():
    """N-4.0.8-06, -12, -13; F-1-02."""
    enter("domestic_move_in", move_in_form())
    assert not SheetVersion.objects.exists()
    assert not Notice.objects.exists()


def test_本登録すると相手ごとに一回ずつ通知される():
    """N-7.1.1.1-17, N-4.0.8-24; A-04, A-06: two notices to 市町村CS for each of four, in the order of persons, then 法19条1項."""
    register("domestic_move_in", move_in_form())
    assert [n.kind for n in Notice.objects.filter(destination="juki_net").order_by("pk")] == [*["identity_info", "move_in_notice"] * 4, *["fuhyo_notice"] * 4]


def test_二度押しても一度だけ登録される():
    filing = enter("domestic_move_in", move_in_form())
    filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)
    with pytest.raises(CannotDo, match="本登録"):
        registering.register(EXAMINER, filing)
    assert SheetVersion.objects.count() == 4


def test_同じ世帯への別の異動は誰が持っているかを告げて断る():
    """N-4.0.8-04; design §3."""
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    held = enter("relocation", relocation_form(family, **RELOCATION_TODAY))
    other = officer(9, "渡辺　別人")
    form = relocation_form(family[3:], ["世帯主"], household_choice="new", **RELOCATION_TODAY)
    row = filings.start(other, visit(other), "relocation", form)
    overrides = {p.key: "確認" for p in filings.judge(filings.definition_of("relocation"), form, row.visit).problems}
    with pytest.raises(HeldByAnother, match="小林　窓子"):
        filings.enter(other, row.public_id, form, overrides)
    filings.withdraw(CLERK, held, "来庁者の申出")
    assert not Claim.objects.exists()
    assert not filings.enter(other, row.public_id, form, overrides).standing(overrides)


def test_同じ番号の新しい人を二人が同時に入れられない():
    enter("domestic_move_in", move_in_form([TARO]))
    form = move_in_form([TARO], address="色内1丁目3番5号")
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    with pytest.raises(HeldByAnother, match="住民票コード"):
        filings.enter(CLERK, row.public_id, form, {p.key: "確認" for p in filings.judge(filings.definition_of(row.code), form, row.visit).problems})


def test_定義にない項目は受け付けない():
    """F-1-04: 400."""
    form = move_in_form([TARO])
    forged = TypedForm({**form.filing, "recorded_at": "2020-01-01"}, form.members)
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    with pytest.raises(UnknownField):
        filings.enter(CLERK, row.public_id, forged, {})
    with pytest.raises(UnknownField):
        filings.save_field(CLERK, row, 0, "householder_name", "x")


def test_打った文字は項目ごとに残り番号は封じられる():
    """Each field is kept when left; numbers lie sealed from the first (design §6)."""
    row = filings.start(CLERK, visit(), "domestic_move_in", TypedForm({"filer": "self"}, (TypedPerson(None, {}),)))
    filings.save_field(CLERK, row, None, "effective_on", "令和8年13月1日")
    filings.save_field(CLERK, row, 0, "name_kanji", "花園　太")
    filings.save_field(CLERK, row, 0, "individual_number", "12345")
    stored = Filing.objects.get(pk=row.pk).typed
    assert "12345" not in str(stored)
    assert unseal(stored) == TypedForm(
        {"filer": "self", "effective_on": "令和8年13月1日"}, (TypedPerson(None, {"name_kanji": "花園　太", "individual_number": "12345"}),)
    )
    assert [d.filing_no for d in drafts(CLERK)] == [row.filing_no]


def test_遅れた保存は人の減った届書の別の人に入らない():
    """A save that waited while a person was taken out names a place that is another's by now."""
    row = filings.start(CLERK, visit(), "domestic_move_in", TypedForm({}, (TypedPerson(None, {}), TypedPerson(None, {}))))
    filings.save_form(CLERK, row.public_id, TypedForm({}, (TypedPerson(None, {}),)))
    with pytest.raises(CannotDo):
        filings.save_field(CLERK, row, 0, "name_kanji", "花園　太", people=2)
    filings.save_field(CLERK, row, 0, "name_kanji", "花園　太", people=1)
    assert unseal(Filing.objects.get(pk=row.pk).typed).members[0].texts["name_kanji"] == "花園　太"


def test_仮登録した届書には人を加えられない():
    """What was judged and claimed is what is examined: a change that was under way meets the door (design §3)."""
    filing = enter("domestic_move_in", move_in_form([TARO]))
    before = Filing.objects.get(public_id=filing).typed
    with pytest.raises(CannotDo, match="仮登録"):
        filings.save_form(CLERK, filing, move_in_form([TARO, HANAKO]))
    assert Filing.objects.get(public_id=filing).typed == before


def test_他人の下書きは触れない():
    row = filings.start(CLERK, visit(), "domestic_move_in", move_in_form([TARO]))
    with pytest.raises(CannotDo):
        filings.save_field(EXAMINER, row, 0, "name_kanji", "別人")
    with pytest.raises(CannotDo, match="小林"):
        filings.enter(EXAMINER, row.public_id, move_in_form([TARO]), {})


def test_問題はすべて一度に返り打ったものは残る():
    """style 9; N-4.0.3-03, N-4.1.0.2-03, N-1.1.6-01."""
    form = move_in_form([replace(TARO, birth="")], effective_on="令和8年4月11日", filed_on="令和8年4月12日", address="")
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    judged = filings.enter(CLERK, row.public_id, form, {})
    assert {("D002", "effective_on"), ("D003", "filed_on"), ("F001", "birth_date"), ("F001", "address")} <= {(p.code, p.field) for p in judged.standing({})}
    assert unseal(Filing.objects.get(pk=row.pk).typed) == form


def test_アラートは理由を付ければ進め理由は残る():
    """design §3: an overridden alert is recorded with its reason; 住基法52条2項: lateness is no ground for refusal."""
    form = move_in_form([SATO], filed_on="令和8年4月10日", effective_on="令和8年3月20日")
    row = filings.start(CLERK, visit(), "domestic_move_in", form)
    judged = filings.enter(CLERK, row.public_id, form, {})
    late = next(p for p in judged.standing({}) if p.code == "D102")
    assert not late.blocks
    reasons = {p.key: "入院していたため" for p in judged.problems}
    assert not filings.enter(CLERK, row.public_id, form, reasons).standing(reasons)
    assert Filing.objects.get(pk=row.pk).overrides[late.key]["reason"] == "入院していたため"


def test_差し戻された届出は直してもう一度仮登録できる():
    """N-4.0.8-03, N-4.0.9-02."""
    filing = enter("domestic_move_in", move_in_form([SATO]))
    filings.send_back(EXAMINER, filing, "方書が届書と違います")
    assert [w.state_ja for w in waiting(EXAMINER)] == ["差戻し"]
    form = move_in_form([SATO], address_building="花園荘101号")
    filings.enter(CLERK, filing, form, {p.key: "確認" for p in filings.judge(filings.definition_of("domestic_move_in"), form, visit()).problems})
    filings.examine(EXAMINER, filing)
    assert registering.register(EXAMINER, filing)[0].entries.address_building == "花園荘101号"


def test_支所の分だけまとめて本登録できる():
    """N-4.0.8-09, -10."""
    branch = replace(CLERK, office_code="ekimae")
    here = enter("domestic_move_in", move_in_form([TARO]))
    form = move_in_form([SATO], address="色内1丁目3番5号")
    row = filings.start(branch, visit(branch), "domestic_move_in", form)
    filings.enter(branch, row.public_id, form, {p.key: "確認" for p in filings.judge(filings.definition_of(row.code), form, row.visit).problems})
    assert [str(w.public_id) for w in waiting(EXAMINER, "ekimae")] == [str(row.public_id)]
    for each in (here, row.public_id):
        filings.examine(EXAMINER, each)
    done = registering.register_many(EXAMINER, [row.public_id])
    assert [(d.filing, d.refusal) for d in done] == [(row.public_id, "")]
    assert [w.state_ja for w in waiting(EXAMINER)] == ["照合済み"]


def test_上限を超える本登録は一件もせず上限までならする():
    """N-4.0.8-11: the cap is the city's setting; above it nothing is registered, not even in part."""
    mayor = frozenset(CityPermission)
    decide_setting(officer(21, "入力　係", mayor), officer(22, "承認　係", mayor), "approval_cap", 2, date(2026, 4, 10))
    people = [replace(SATO, index=200 + i, name=f"佐藤　{i}子") for i in range(3)]
    entered = [enter("domestic_move_in", move_in_form([each], address=f"稲穂{i + 1}丁目9番1号")) for i, each in enumerate(people)]
    for each in entered:
        filings.examine(EXAMINER, each)
    with pytest.raises(CannotDo, match="一度に本登録できるのは2件までです。3件が選ばれています"):
        registering.register_many(EXAMINER, entered)
    assert not SheetVersion.objects.exists()
    assert [w.state_ja for w in waiting(EXAMINER)] == ["照合済み"] * 3
    assert [d.refusal for d in registering.register_many(EXAMINER, entered[:2])] == ["", ""]
    assert SheetVersion.objects.count() == 2


def test_本人確認の方法を選ばない受付はできない():
    """F-1-01."""
    opened = visits.open_visit(CLERK, VisitForm("花園　太郎", "self", "", (), "転入"))
    assert opened.visit is None
    assert [field for field, _ in opened.problems] == ["identity_check"]


@pytest.mark.parametrize("check", ["", "not_needed"])
def test_本人確認のない受付では仮登録できない(check):
    """F-1-01; 法27条2項: 確認のいらない用件 is no check of who files, so nothing of the filing reaches 仮登録."""
    unchecked = visit()
    unchecked.identity_check = check
    unchecked.save(update_fields=["identity_check"])
    row = filings.start(CLERK, unchecked, "domestic_move_in", move_in_form([TARO]))
    judged = filings.enter(CLERK, row.public_id, move_in_form([TARO]), {})
    assert [(p.code, p.blocks) for p in judged.standing({})] == [("V001", True)]
    row.refresh_from_db()
    assert (row.state, Claim.objects.exists()) == ("draft", False)


@pytest.mark.parametrize("check", ["one_document", "two_documents", "interview"])
def test_本人確認をした受付なら仮登録できる(check):
    """F-1-01; 法27条2項."""
    checked = visit()
    checked.identity_check = check
    checked.save(update_fields=["identity_check"])
    row = filings.start(CLERK, checked, "domestic_move_in", move_in_form([TARO]))
    assert not filings.enter(CLERK, row.public_id, move_in_form([TARO]), {}).standing({})


def test_代理人の届出は届出人の氏名がなければ仮登録できない():
    """F-1-01; 法27条3項."""
    person = register("domestic_move_in", move_in_form([SATO]))[0].person.public_id
    for code, form in (
        ("domestic_move_in", move_in_form([TARO], address="色内1丁目3番5号", filer="agent")),
        ("relocation", relocation_form([person], filer="agent", **RELOCATION_TODAY)),
    ):
        named = TypedForm({**form.filing, "filer_name": "代理　里子"}, form.members)
        problems = [[p for p in filings.judge(filings.definition_of(code), each, visit()).problems if p.code == "A001"] for each in (form, named)]
        assert [[(p.field, p.blocks) for p in found] for found in problems] == [[("filer_name", True)], []]


def test_権限のない者は何もできず拒否が残る():
    """F-0-12, F-1-08."""
    filing = enter("domestic_move_in", move_in_form([TARO]))
    for act in (
        lambda: filings.examine(STRANGER, filing),
        lambda: registering.register(STRANGER, filing),
        lambda: filings.start(STRANGER, visit(), "domestic_move_in", move_in_form([TARO])),
        lambda: waiting(STRANGER),
    ):
        with pytest.raises(audit.Refused):
            act()


def test_仮登録と本登録が操作履歴に別々に残り異動の別も分かる():
    """N-10.2-05, -06: 記載, 修正 and 消除, each entered and later registered."""
    [taro] = [written.person.public_id for written in register("domestic_move_in", move_in_form([TARO]))]
    register("relocation", relocation_form([taro], **RELOCATION_TODAY))
    register("death", death_form(taro, "令和8年4月10日"))
    steps = [(row.action, row.login, row.detail) for row in AuditEntry.objects.filter(action__startswith="residents:filing:").order_by("id")]
    entered = [detail["filing_no"] for _, login, detail in steps if detail.get("step") == "enter" and login == CLERK.login]
    registered = [(detail["filing_no"], detail["event"]) for action, login, detail in steps if action.endswith(":register") and login == EXAMINER.login]
    assert [no for no, _ in registered] == entered and [event for _, event in registered] == ["domestic_move_in", "relocation", "death"]


def test_本登録の文の数は人数によらない(django_assert_max_num_queries):
    """design: cost is fixed per event; a family of four and one of eight cost the same number of statements."""
    register("domestic_move_in", move_in_form([SATO], address="稲穂3丁目9番1号"))  # the first notice ever makes its epoch and key
    counts = []
    for people, address in ((4, "花園2丁目12番1号"), (8, "色内1丁目3番5号")):
        roles = [
            replace(TARO, index=100 * people + i, name=f"家族　{i}", relationship="世帯主" if i == 0 else "子", birth=f"平成{i + 1}年1月{i + 1}日")
            for i in range(people)
        ]
        filing = enter("domestic_move_in", move_in_form(roles, address=address))
        filings.examine(EXAMINER, filing)
        with django_assert_max_num_queries(60) as captured:
            registering.register(EXAMINER, filing)
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
