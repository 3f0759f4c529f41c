"""世帯員の並べ替え — by the rules or as written, for one household; printed so from then on. 標準5.2, 1.1.1; domain §3.3."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho.outbox.models import Notice
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.queries.certificates import choose
from daicho.residents.queries.proof import prove
from tests.cast import HANAKO, ICHIRO, NGUYEN, TARO, Role
from tests.residents.counter import household_form, move_in_form, register, removed, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
FATHER = Role(5, "花園　茂", "ハナゾノ　シゲル", "昭和25年1月1日", "1", "父")
MINH = Role(**{**vars(NGUYEN), "relationship": "同居人", "texts": {**NGUYEN.texts, "nationality_code": "ベトナム"}})


def moved_in(*people: Role, **texts: str) -> list[UUID]:
    return [written.person.public_id for written in register("domestic_move_in", move_in_form(people, **texts))]


def joined(head: UUID, *people: Role) -> list[UUID]:
    """They move into the household of someone."""
    number = SheetCurrent.objects.get(person__public_id=head).household_no
    return moved_in(*people, household_choice="existing", household_no=str(number))


def form(people: list[UUID], *places: str, way: str = "as_written", on: str = "令和8年4月10日") -> TypedForm:
    numbers = places or [""] * len(people)
    return TypedForm({"effective_on": on, "way": way}, tuple(TypedPerson(str(p), {"place": n}) for p, n in zip(people, numbers, strict=True)))


def codes(typed: TypedForm) -> list[tuple[str, bool]]:
    """What is found before anybody answers it."""
    return [(p.code, p.blocks) for p in filings.judge(filings.definition_of("member_order"), typed, visit()).problems]


def on_paper(head: UUID) -> list[str]:
    """The names in the order in which a certificate of the whole household would bear them."""
    return [row.entries.name_kanji or row.entries.foreign_name_alphabet or "" for row in choose(head, None, TODAY).people]


@pytest.fixture
def family() -> list[UUID]:
    return moved_in(TARO, HANAKO, ICHIRO, Role(4, "花園　二郎", "ハナゾノ　ジロウ", "平成25年2月28日", "1", "子"))


def test_三番目と四番目を手で入れ替えるとその順で証明書に並び続ける(family):
    """N-1.1.1-26, N-5.2-02, -03: kept with the sheets; as the history's newest row it stands until another 異動 says otherwise."""
    register("member_order", form(family, "1", "2", "4", "3"))
    assert on_paper(family[0]) == ["花園　太郎", "花園　花子", "花園　二郎", "花園　一郎"]
    assert [SheetCurrent.objects.get(person__public_id=person).order_in_household for person in family] == [1, 2, 4, 3]
    assert prove().proven


def test_日本人と外国人の混じった世帯でも変更した順に並ぶ(family):
    """N-1.1.2-37."""
    [minh] = joined(family[0], MINH)
    register("member_order", form([*family, minh], "1", "2", "4", "5", "3"))
    assert on_paper(family[0]) == ["花園　太郎", "花園　花子", "NGUYEN VAN AN", "花園　一郎", "花園　二郎"]


def test_末尾に加わった妻を標準の順に並べ替えると世帯主の次になる():
    """N-5.2-04, -05: 世帯主 and 子; wife and father join at the end, until the officer puts them in order."""
    head, child = moved_in(TARO, ICHIRO)
    [wife] = joined(head, HANAKO)
    [father] = joined(head, FATHER)
    assert on_paper(head) == ["花園　太郎", "花園　一郎", "花園　花子", "花園　茂"]
    register("member_order", form([head, child, wife, father], way="by_rule"))
    assert on_paper(head) == ["花園　太郎", "花園　花子", "花園　一郎", "花園　茂"]


def test_未届の妻と子のいる縁故者の家族は書いた順で一団になる():
    """N-5.2-23: two 戸籍, one word; by the rules the elder wife would stand first."""
    kin = [
        Role(31, "山田　健", "ヤマダ　ケン", "昭和45年1月1日", "1", "縁故者", {"family_register_head_name": "山田　健"}),
        Role(32, "川口　実", "カワグチ　ミノリ", "昭和40年1月1日", "2", "縁故者", {"family_register_head_name": "川口　実"}),
        Role(33, "山田　子", "ヤマダ　コ", "平成20年1月1日", "1", "縁故者", {"family_register_head_name": "山田　健"}),
    ]
    people = moved_in(TARO, *kin)
    assert on_paper(people[0])[1:] != [role.name for role in kin]
    register("member_order", form(people, "1", "2", "3", "4"))
    assert on_paper(people[0]) == [TARO.name, *(role.name for role in kin)]


def test_番号は飛んでいても1からの並びになる(family):
    register("member_order", form(family, "10", "20", "40", "30"))
    assert [SheetCurrent.objects.get(person__public_id=person).order_in_household for person in family] == [1, 2, 4, 3]


@pytest.mark.parametrize(
    "places", [("1", "2", "3", ""), ("1", "2", "3", "3"), ("1", "2", "3", "四"), ("1", "2", "3", "0")], ids=["空欄", "同じ番号", "数字でない", "0"]
)
def test_書いた順に並べるには全員の番号が要る(family, places):
    """N-5.2-03."""
    assert codes(form(family, *places)) == [("O003", True)]


def test_世帯員の一部や二つの世帯は並べ替えられない(family):
    assert codes(form(family[:3], "1", "2", "3")) == [("O002", True)]
    other = moved_in(Role(41, "別府　湯", "ベップ　ユ", "昭和60年1月1日", "1", "世帯主"), address="色内1丁目3番5号")
    assert codes(form([*family, *other], "1", "2", "3", "4", "5")) == [("O001", True)]
    removed(family[3], date(2026, 4, 5))
    assert ("P001", True) in codes(form(family, "1", "2", "3", "4"))


def test_変わらない並びは確かめるよう促し誰の家族か推した人は示す(family):
    """N-5.2-09: whose child a 子の子 is, the words do not say where two have families."""
    assert codes(form(family, "1", "2", "3", "4")) == [("O101", False)]
    two = [
        Role(51, "花園　祖父", "ハナゾノ　ソフ", "昭和20年1月1日", "1", "世帯主"), Role(52, "花園　長男", "ハナゾノ　チョウナン", "昭和45年1月1日", "1", "子"),
        Role(53, "花園　次男", "ハナゾノ　ジナン", "昭和47年1月1日", "1", "子"), Role(54, "花園　孫", "ハナゾノ　マゴ", "平成15年1月1日", "2", "子の子"),
    ]  # fmt: skip
    people = moved_in(*two, address="色内1丁目3番5号")
    problems = filings.judge(filings.definition_of("member_order"), form(people, way="by_rule"), visit()).problems
    assert [(p.code, p.member, p.blocks) for p in problems] == [("O101", None, False), ("O102", 3, False)]


def test_後の並べ替えに追い越される並べ替えは先に取り消すものを示す(family):
    """design §4."""
    register("member_order", form(family, "1", "2", "4", "3"))
    assert ("P002", True) in codes(form(family, "1", "3", "2", "4", on="令和8年4月5日"))


def test_世帯主が替わると並びは標準の順に改まる(family):
    """N-5.2-06: 世帯主変更 says everybody's 続柄 anew, and the order follows from it."""
    register("member_order", form(family, "1", "2", "4", "3"))
    register("head_change", household_form(family, ["夫", "世帯主", "子", "子"], effective_on="令和8年4月10日"))
    assert on_paper(family[0]) == ["花園　花子", "花園　太郎", "花園　一郎", "花園　二郎"]


def test_職権の修正として残り外へは何も知らせない(family):
    """std 1.2.2; 法30条の6: the order is no identity information; the rooms of the house are told of the sheets."""
    told = Notice.objects.filter(kind="identity_info").count()
    register("member_order", form(family, "1", "2", "4", "3"))
    event = CivilEvent.objects.get(code="member_order")
    assert (event.basis, event.effect, event.standard_code, event.filed_on) == ("職権", "修正", "職権修正", None)
    assert Notice.objects.filter(kind="identity_info").count() == told


def test_並び順のほかには何も変わらない(family):
    before = {row.person_id: replace(row.to_entries(), order_in_household=None) for row in SheetCurrent.objects.all()}
    register("member_order", form(family, "2", "1", "4", "3"))
    assert {row.person_id: replace(row.to_entries(), order_in_household=None) for row in SheetCurrent.objects.all()} == before
