"""二重登録の候補の説明 — by which rule two sheets may be one person's, and how they stand in each fact. 法8条; decision 0038."""

from __future__ import annotations

from datetime import date

import pytest

from daicho.residents.rules.doubles import Agreement, Ground, Party, facts_digest, facts_of, grounds_of, refusal
from daicho.residents.rules.entries import SheetEntries
from daicho.values.dates import JapaneseDate

BASE = SheetEntries(
    name_kanji="渡邉　花子", name_kana="ワタナベ　ハナコ", birth_date=JapaneseDate.parse("昭和57年7月1日"), sex_code="2", address="北海道小樽市花園2丁目12番1号",
    juminhyo_code=1, individual_number=11, opened_on=date(2020, 4, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "grounds"),
    [
        ({"juminhyo_code": 2}, {Ground.INDIVIDUAL_NUMBER, Ground.FOUR_FACTS}),
        ({"juminhyo_code": 2, "individual_number": 12, "name_kanji": "渡辺　花子"}, {Ground.FOUR_FACTS}),  # a variant of the same character
        ({"juminhyo_code": 2, "individual_number": 12, "address": "北海道小樽市色内1丁目1番1号"}, {Ground.THREE_FACTS}),
        ({"juminhyo_code": 2, "individual_number": 12, "name_kanji": "小樽　花子", "name_kana": "ワタナベ　ハナコ"}, {Ground.NAME_AND_BIRTH}),
        ({"juminhyo_code": 2, "individual_number": 12, "birth_date": JapaneseDate.parse("1982-07-01")}, {Ground.FOUR_FACTS}),  # the same day in 西暦
        ({"individual_number": 12, "birth_date": JapaneseDate.parse("昭和57年7月2日")}, {Ground.JUMINHYO_CODE}),
        ({"juminhyo_code": 2, "individual_number": 12, "birth_date": None}, set()),
        ({"juminhyo_code": 2, "individual_number": 12, "name_kanji": "渡邉　花代", "name_kana": "ワタナベ　ハナヨ"}, set()),  # twins
        ({"juminhyo_code": None, "individual_number": None, "birth_date": None}, set()),  # what is blank on one sheet agrees with nothing
    ],
)
def test_決まりごとに見つかる(changes: dict[str, object], grounds: set[Ground]):
    assert grounds_of(BASE, BASE.but(**changes)) == grounds


def test_前の住所と今の住所が重なれば似ているという():
    moved = BASE.but(address="北海道小樽市色内1丁目1番1号", previous_address="北海道小樽市花園2丁目12番1号")
    facts = {fact.label: fact.agreement for fact in facts_of(BASE, moved)}
    assert (facts["住所"], facts["氏名"], facts["本籍"]) == (Agreement.ALIKE, Agreement.AGREES, Agreement.MISSING)


def test_比べたことが変わらなければ判断はそのまま効く():
    """What is not compared (備考) changes nothing; what is (住所, 消除日) does."""
    assert facts_digest((BASE, BASE.but(remarks="備考"))) == facts_digest((BASE, BASE))
    assert facts_digest((BASE, BASE.but(closed_on=date(2026, 4, 1)))) != facts_digest((BASE, BASE))


@pytest.mark.parametrize(
    ("stays", "given_up", "said"),
    [
        (Party("1", True, False), Party("2", True, False), ""),
        (Party("1", True, False), Party("2", False, False), ""),
        (Party("1", False, False), Party("2", False, False), ""),
        (Party("1", False, False), Party("2", True, False), "消除されています"),
        (Party("1", True, True), Party("2", False, False), "仮登録中"),
        (Party("1", True, False), Party("1", True, False), "同じ宛名番号"),
    ],
)
def test_統合できない組は理由とともに断る(stays: Party, given_up: Party, said: str):
    assert said in refusal(stays, given_up) and bool(refusal(stays, given_up)) == bool(said)
