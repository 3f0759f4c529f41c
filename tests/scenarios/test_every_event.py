"""異動ごとの物語 — `make day` plays each 異動 of the counter's menu from a file of its own, so that none can be forgotten. 設計10章."""

from __future__ import annotations

import json

import pytest

from daicho.residents.rules.events import ALL_EVENTS
from daicho.values.numbers import IndividualNumber, JuminhyoCode, ResidenceCardNo
from scenarios.day import made_up
from scenarios.day.case import STORY, case, names, residents, words_of
from scenarios.day.papers import STORIES

OFFERED = {event.code: event for event in ALL_EVENTS if event.is_offered}


def test_一覧にある異動はどれも物語の一件を持ちほかの一件はない():
    assert {name: json.loads((STORIES / STORY / f"{name}.json").read_text("utf-8"))["異動"] for name in names()} == {
        code: event.ja for code, event in OFFERED.items()
    }


@pytest.mark.parametrize("name", names())
def test_一件の言葉はそろっていて届書の欄だけを書いている(name: str):
    """The labels are those of the form (F-1-04): a paper that says another would fail only in the evening."""
    one = case(name, words_of(3) | {"もう一つの世帯番号": "1234567890"})
    event = OFFERED[name]
    assert set(one.paper.filing) <= {field.label for field in event.fields}
    assert {label for person in one.paper.people for label in person} <= {field.label for field in event.member_fields}
    assert all(before in OFFERED for before in one.first)
    assert bool(one.paper.movers) == (not event.newcomers or event.into_household)
    assert all(paper.people for paper in residents(one.residents, words_of(3)))


def test_架空の番号は正しい形でだれとも重ならない():
    """番号法施行令8条の式; written here by an outsider, read by the register's own values."""
    codes = [made_up.juminhyo_code(index) for index in range(300)]
    assert all(JuminhyoCode.is_valid(code) for code in codes) and len(set(codes)) == 300
    assert str(IndividualNumber.parse(made_up.individual_number(7))) == made_up.individual_number(7)
    assert str(ResidenceCardNo.parse(made_up.residence_card_no(7))) == made_up.residence_card_no(7)


def test_発明された人の名はどれも違う():
    shown = [(w["氏名"], w["二人目"], w["三人目"], w["ローマ字"]) for w in map(words_of, range(len(names()) + 20))]
    everyone = [name for names_of_one in shown for name in names_of_one]
    assert len(set(everyone)) == len(everyone)
