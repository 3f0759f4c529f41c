"""通称 of a foreign mover — entered with where and when it was first entered. 法30条の45; 令30条の16, 30条の17; items 101, 114–117."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.commands import filings
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from daicho.residents.rules.returning import texts_of_returning
from daicho.residents.rules.vocabulary import MOVED_IN_FROM_ABROAD, MOVED_OUT_ABROAD
from tests.cast import TARO, TRAN, Role
from tests.residents.counter import move_in_form, register, visit

pytestmark = pytest.mark.django_db
WHERE, WHEN = "alias_history_entered_municipality", "alias_history_entered_date"
WHOLE = {"foreign_alias": "海野　実", "foreign_alias_kana": "ウミノ　ミノル", WHERE: "札幌市中央区", WHEN: "令和元年5月1日"}


def with_alias(role: Role = TRAN, **texts: str) -> Role:
    return replace(role, texts={**role.texts, **texts})


def problems_of(role: Role) -> list[tuple[str, str, bool]]:
    judged = filings.judge(filings.definition_of("domestic_move_in"), move_in_form([role]), visit())
    return [(p.code, p.field, p.blocks) for p in judged.problems if p.code[0] == "L" or p.field in WHOLE]


def moved_in(role: Role) -> SheetEntries:
    return register("domestic_move_in", move_in_form([role]))[0].entries


def test_通称は記載した市町村と年月日とともに票に載る():
    """items 114–117; 令30条の17: what a certificate says of the history is what was typed."""
    assert problems_of(with_alias(**WHOLE)) == []
    sheet = moved_in(with_alias(**WHOLE))
    assert (sheet.alias_history_order, sheet.alias_history_alias) == (1, "海野　実")
    assert (getattr(sheet, WHERE), getattr(sheet, WHEN)) == ("札幌市中央区", date(2019, 5, 1))
    foreign = certificate_record(sheet, OpenNumbers()).foreign
    assert foreign is not None
    [entry] = foreign.alias_history
    assert (entry.alias, entry.entered_in, entry.entered_on, entry.removed_on) == ("海野　実", "札幌市中央区", date(2019, 5, 1), None)


@pytest.mark.parametrize("missing", [(WHERE,), (WHEN,), (WHERE, WHEN)])
def test_記載した市町村か年月日のわからない通称は知らせ証明は出せないという(missing: tuple[str, ...]):
    """令30条の16, 30条の17: an alert with a reason; no half of an item stands as the whole."""
    role = with_alias(**{**WHOLE, **dict.fromkeys(missing, "")})
    assert problems_of(role) == [("L101", missing[0], False)]
    [alert] = [p for p in filings.judge(filings.definition_of("domestic_move_in"), move_in_form([role]), visit()).problems if p.code == "L101"]
    assert "わかるまで、通称の記載及び削除に関する事項を載せる証明書は交付できません" in alert.message
    moved_in(role)
    current = SheetCurrent.objects.get()
    assert (current.foreign_alias, current.alias_history_order, current.alias_history_alias) == ("海野　実", None, None)
    assert {name: bool(getattr(current, name)) for name in (WHERE, WHEN)} == {name: name not in missing for name in (WHERE, WHEN)}


def test_通称のない者に記載の事項は入らず先の日も入らない():
    assert problems_of(with_alias(**{WHERE: "札幌市中央区", WHEN: "令和元年5月1日"})) == [("L001", WHERE, True), ("L001", WHEN, True)]
    assert problems_of(with_alias(TARO, **{WHERE: "札幌市中央区"})) == [("L001", WHERE, True)]
    assert problems_of(with_alias(**{**WHOLE, WHEN: "令和8年4月11日"})) == [("L002", WHEN, True)]
    assert problems_of(with_alias()) == []


def test_国外から直接戻った人の通称の記載の事項は除票から入る():
    """N-4.1.1.2-05, N-1.1.7-07."""
    left = moved_in(with_alias(**WHOLE)).but(removal_reason_code=MOVED_OUT_ABROAD)
    texts = texts_of_returning(left, MOVED_IN_FROM_ABROAD)
    assert (texts["foreign_alias"], texts[WHERE], texts[WHEN]) == ("海野　実", "札幌市中央区", "2019-05-01")
