"""エラーとアラート — the catalogue, and what the two do to a filing: an error keeps it out of the register, an alert asks for a reason. std 11.1 (N-11.1-01…-07)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedForm
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import Filing, SheetVersion
from daicho.residents.rules.problems import CATALOGUE, problem
from daicho.residents.rules.problems_doc import PLACES, listed, problems_document
from daicho.site.commands.problems import DOCUMENT
from tests.cast import CLERK, EXAMINER, HANAKO, TARO
from tests.residents.counter import enter, move_in_form, register, relocation_form, removed, visit

DAYS = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


# ---- 目録 ----


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_どの符号にも項目と理由と対応方法と条文がある(entry):
    """N-11.1-07; style 9."""
    assert re.fullmatch("[A-Z][0-9]{3}", entry.code)
    assert entry.item and entry.article
    assert entry.reason.endswith("。")
    assert entry.action.endswith("。") or entry.action in ("{fault}", "{refusal}")  # what a value or another filing says of itself
    assert not entry.action.endswith("）。")  # the article is added there


def test_同じことを言う符号は二つない():
    said = [(e.item, e.reason, e.action) for e in CATALOGUE.values()]
    assert [one for one in said if said.count(one) > 1] == []


def test_文言は目録から場の言葉だけを替えて出る():
    found = problem("D101", "filed_on", label="届出日", article="住民基本台帳法第22条")
    assert found.message == "届出日が異動日より前です。届出日と異動日を確認してください（住民基本台帳法第22条）。"
    assert (found.code, found.field, found.blocks, found.member, found.item) == ("D101", "filed_on", False, None, "届出日")
    assert problem("R101", "address", 2).key == "R101:2:address"
    assert problem("F002", "x", label="続柄", fault="「鬼」は続柄ではありません（標準1.1.11）。", article="法").message == (
        "続柄を読み取れません。「鬼」は続柄ではありません（標準1.1.11）。"
    )


def test_目録にない符号や足りない言葉や余る言葉はプログラムの誤りである():
    with pytest.raises(KeyError):
        problem("X999", "members")
    with pytest.raises(TypeError, match="label"):
        problem("D003", "filed_on")
    with pytest.raises(TypeError, match="name"):
        problem("D002", "effective_on", name="花園　太郎")


def test_一覧は目録のとおり新しくどの符号もある():
    """`daicho problems --check`."""
    text = problems_document()
    assert DOCUMENT.read_text("utf-8") == text
    assert all(f"`{code}`" in text for code in CATALOGUE)
    assert {name for entry in CATALOGUE.values() for name in entry.places} == PLACES.keys()
    assert "{" not in "".join(e.item + e.reason + e.action + e.article for e in listed())


# ---- エラーは本登録させない ----


@pytest.mark.django_db
def test_エラーの残る届出は仮登録にも本登録にもならず直せばなる():
    """N-11.1-01."""
    wrong, right = move_in_form([TARO], effective_on="令和8年4月11日"), move_in_form([TARO])
    row = filings.start(CLERK, visit(), "domestic_move_in", wrong)
    reasons = {p.key: "どうしても" for p in filings.judge(filings.definition_of(row.code), wrong, row.visit).problems}
    assert [p.code for p in filings.enter(CLERK, row.public_id, wrong, reasons).standing(reasons)] == ["D002"]  # no reason answers an error
    for step in (filings.examine, registering.register):
        with pytest.raises(CannotDo, match="入力中"):
            step(EXAMINER, row.public_id)
    assert not SheetVersion.objects.exists()
    assert filings.enter(CLERK, row.public_id, right, reasons).standing(reasons) == ()
    filings.examine(EXAMINER, row.public_id)
    assert len(registering.register(EXAMINER, row.public_id)) == 1


@pytest.fixture
def waiting(request):
    """A 転居 of 太郎 and 花子, entered and examined without a fault, of whom one is gone from the register since then."""
    people = [w.person.public_id for w in register("domestic_move_in", move_in_form([TARO, HANAKO]))]
    filing = enter("relocation", relocation_form(people, **DAYS))
    if request.param == "照合の後":
        filings.examine(EXAMINER, filing)
    removed(people[0], date(2026, 4, 10))
    return filing


@pytest.mark.django_db
@pytest.mark.parametrize("waiting", ["照合の前", "照合の後"], indirect=True)
def test_仮登録の後に生じたエラーもどの道からも本登録させない(waiting):
    """N-11.1-01, -03: judged again against the register as it is; one by one, with the examination, and in a batch."""
    before = SheetVersion.objects.count()
    if Filing.objects.get(public_id=waiting).state == "entered":
        with pytest.raises(HasProblems) as refused:
            registering.examine_and_register(EXAMINER, waiting, filings.seen_mark(Filing.objects.get(public_id=waiting)))
        filings.examine(EXAMINER, waiting)
    with pytest.raises(HasProblems) as refused:
        registering.register(EXAMINER, waiting)
    assert [(p.code, p.blocks) for p in refused.value.problems if p.blocks] == [("P001", True)]
    assert [bool(one.refusal) for one in registering.register_many(EXAMINER, [waiting])] == [True]
    assert SheetVersion.objects.count() == before


# ---- アラートは確かめて進める ----


def late(**texts: str) -> TypedForm:
    return move_in_form([TARO], effective_on="令和8年3月10日", **texts)


@pytest.mark.django_db
def test_アラートは理由なしには進めず理由があれば値を変えずに本登録できる():
    """N-11.1-04, -06."""
    row = filings.start(CLERK, visit(), "domestic_move_in", late())
    for reasons in ({}, {"D102::filed_on": " 　"}):
        assert [(p.code, p.blocks) for p in filings.enter(CLERK, row.public_id, late(), reasons).standing(reasons)] == [("D102", False)]
    assert Filing.objects.get().state == "draft"
    reasons = {"D102::filed_on": "入院していた"}
    assert filings.enter(CLERK, row.public_id, late(), reasons).standing(reasons) == ()
    kept = Filing.objects.get().overrides
    assert kept == {"D102::filed_on": {"reason": "入院していた", "message": kept["D102::filed_on"]["message"], "by": CLERK.name}}
    assert "14日を過ぎています" in kept["D102::filed_on"]["message"]
    filings.examine(EXAMINER, row.public_id)
    [written] = registering.register(EXAMINER, row.public_id)
    assert written.entries.opened_on == date(2026, 3, 10)


@pytest.mark.django_db
def test_仮登録の後に生じたアラートも確かめるまで本登録できない():
    """N-11.1-06: nobody has seen it yet."""
    with clock.at(date(2026, 4, 3)):
        filing = enter("domestic_move_in", move_in_form([TARO], filed_on="令和8年4月3日"))
        filings.examine(EXAMINER, filing)
        register("domestic_move_in", move_in_form([replace(HANAKO, relationship="世帯主")]))  # another household at that address by now
    with pytest.raises(HasProblems) as refused:
        registering.register(EXAMINER, filing)
    assert [(p.code, p.blocks) for p in refused.value.problems] == [("H105", False)]
