"""市町村通知・市町村伝達の要否 — which changes of which sheets are told, and under which law. 入管法61条の8の2; std 4.5.7; spec/domain.md §2.1 E."""

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.immigration_notice import Duty, Source, duty_of, immigration_notice, kind_ja
from daicho.values.dates import JapaneseDate

DAY = date(2026, 4, 10)
LIVES = SheetEntries(
    resident_kind="2", foreign_name_alphabet="NGUYEN VAN AN", birth_date=JapaneseDate.of(date(1985, 3, 9), western=True), sex_code="1", nationality_code="VNM",
    address="北海道小樽市花園2丁目12番1号", article_30_45_class_code="1", opened_on=date(2026, 4, 1), relationship="世帯主", household_no="10",
)  # fmt: skip
JAPANESE = LIVES.but(resident_kind="1", name_kanji="安　太郎", article_30_45_class_code=None, nationality_code=None, foreign_name_alphabet=None)
MOVED = LIVES.but(address="北海道小樽市色内1丁目3番5号")
GONE = LIVES.but(closed_on=DAY, removal_reason_code="death")


def due(*rows: tuple[SheetEntries | None, SheetEntries], basis: Basis = Basis.FILING) -> tuple[str, str] | None:
    duty = duty_of(rows, basis, DAY)
    return (duty.law, duty.effect) if duty else None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"foreign_name_alphabet": "NGUYEN VAN ANH"}, True),
        ({"foreign_name_kanji": "阮　安"}, True),
        ({"birth_date": JapaneseDate.of(date(1985, 3, 10), western=True)}, True),
        ({"sex_code": "2"}, True),
        ({"nationality_code": "KOR"}, True),
        ({"address": MOVED.address}, True),
        ({"address_building": "花園荘1号"}, True),
        ({"relationship": "夫"}, False),
        ({"household_no": "28"}, False),
        ({"householder_name": "花園　太郎"}, False),
        ({"nhi_qualified_flag": True}, False),
        ({"foreign_alias": "安　一"}, False),
        ({"individual_number": 5}, False),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else "",
)
def test_氏名生年月日性別国籍住居地の修正だけを知らせる(changed, told):
    """N-4.5.7-01; domain §2.1 E: not 世帯変更, 続柄, 被保険者資格."""
    assert (due((LIVES, LIVES.but(**changed)), basis=Basis.EX_OFFICIO) == ("juki", "correction")) is told


def test_届出による転入と転居は住基法と入管法の両方である():
    """入管法19条の7第3項, 19条の9第3項; 特例法10条5項: the 届出 is the 住居地届出."""
    assert due((None, LIVES)) == ("both", "entry")
    assert due((LIVES, MOVED)) == ("both", "correction")
    special = MOVED.but(article_30_45_class_code="2")
    assert due((LIVES.but(article_30_45_class_code="2"), special)) == ("both", "correction")


@pytest.mark.parametrize("class_code", ["3", "4", "5", "6"])
def test_在留カード等のない者の届出は住基法だけである(class_code):
    """一時庇護許可者, 仮滞在許可者 and 経過滞在者 have no duty of 住居地届出."""
    assert due((LIVES.but(article_30_45_class_code=class_code), MOVED.but(article_30_45_class_code=class_code))) == ("juki", "correction")


def test_職権による記載と修正と消除は住基法だけである():
    assert due((None, LIVES), basis=Basis.EX_OFFICIO) == ("juki", "entry")
    assert due((LIVES, MOVED), basis=Basis.EX_OFFICIO) == ("juki", "correction")
    assert due((LIVES, GONE), basis=Basis.EX_OFFICIO) == ("juki", "removal")


def test_住居地の届出や証明書の交付だけなら入管法だけである():
    """N-4.5.7-03, -08: 入管法19条の8; 特例法7条."""
    assert due((LIVES, LIVES.but(residence_notified_date=DAY))) == ("immigration", "notification")
    assert due((LIVES, LIVES.but(special_permanent_cert_issued_date=DAY)), basis=Basis.EX_OFFICIO) == ("immigration", "notification")


def test_転出は予定日まで知らせない():
    """N-4.5.7-07: the day is a value until it comes."""
    planned = LIVES.but(closed_on=date(2026, 4, 20), removal_reason_code="move_out")
    assert due((LIVES, planned)) is None
    assert duty_of([(planned.but(closed_on=None), planned)], Basis.FILING, date(2026, 4, 20)) == Duty("juki", "removal", planned.but(closed_on=None), planned)


def test_日本人の異動は知らせない():
    assert due((None, JAPANESE)) is None
    assert due((JAPANESE, JAPANESE.but(address=MOVED.address))) is None


def test_帰化は外国人の票の消除国籍喪失は記載である():
    """入管法61条の8の2: 帰化 closes one sheet and opens another; whichever order the rows have, one message."""
    closed = LIVES.but(closed_on=DAY, removal_reason_code="naturalised")
    for rows in ([(LIVES, closed), (None, JAPANESE)], [(LIVES, JAPANESE), (LIVES, closed)]):
        assert due(*rows, basis=Basis.EX_OFFICIO) == ("juki", "removal")
    closed = JAPANESE.but(closed_on=DAY, removal_reason_code="nationality_lost")
    for rows in ([(JAPANESE, closed), (None, LIVES)], [(JAPANESE, LIVES), (JAPANESE, closed)]):
        assert due(*rows, basis=Basis.EX_OFFICIO) == ("juki", "entry")


def test_改製は同じ内容なら知らせない():
    """domain §2.1: 改製・再製 なし."""
    assert due((LIVES, LIVES.but(closed_on=DAY)), (None, LIVES.but(opened_on=DAY)), basis=Basis.EX_OFFICIO) is None


def test_除票に追記しても知らせない():
    assert due((GONE.but(closed_on=date(2026, 4, 5)), GONE.but(closed_on=date(2026, 4, 5), confirmed_move_out_address="北海道旭川市"))) is None


def test_取消しで戻る者は記載減る者は消除である():
    """std 4.6: told as what it does to the sheet."""
    assert due((GONE, LIVES), basis=Basis.PETITION) == ("juki", "entry")
    assert due((LIVES, LIVES.but(closed_on=LIVES.opened_on, removal_reason_code="entry_cancelled")), basis=Basis.PETITION) == ("juki", "removal")


SOURCE = Source("0120330000000000000001", "012033", "転居", JapaneseDate.of(DAY), DAY, DAY)


def message(before, after, basis=Basis.FILING, **changes):
    duty = duty_of([(before, after)], basis, DAY)
    assert duty is not None
    return immigration_notice(duty, replace(SOURCE, **changes), "AB12345678CD")


def test_修正は変わった項目の前の値だけを添える():
    told = message(LIVES, MOVED)
    assert (told.address, told.former_address, told.former_name_alphabet, told.former_birth_date) == (MOVED.address, LIVES.address, None, None)
    assert (told.law_code, told.effect_code, told.card_no, told.birth_date, told.residence_notified_on) == ("1", "3", "AB12345678CD", "19850309", DAY)


def test_転出には転出先を死亡には何も添えない():
    left = LIVES.but(closed_on=DAY, removal_reason_code="move_out", planned_move_out_address="北海道旭川市七条通九丁目")
    assert message(LIVES, left).moved_to == "北海道旭川市七条通九丁目"
    gone = message(LIVES, GONE.but(planned_move_out_address="北海道旭川市七条通九丁目"), Basis.EX_OFFICIO)
    assert (gone.moved_to, gone.address, gone.former_address) == (None, LIVES.address, None)


def test_三つの区分の名():
    """N-4.5.7-01, -04."""
    assert [kind_ja(code) for code in ("1", "2", "3")] == ["市町村通知・市町村伝達", "市町村伝達", "市町村通知"]
