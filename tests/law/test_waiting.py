"""待っている食い違い — each of waiting.py played once, so that it cannot be forgotten: when the register is put right, its test here fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from daicho.residents.rules.filing import CLEARED, Filing, Member
from daicho.values.dates import JapaneseDate
from tests.law import waiting
from tests.law.lives import DEFINITIONS, Life

ON_ARRIVAL = {"household_choice": "new", "address": "花園1番"}
JAPANESE = {
    "resident_kind": "1", "name_kanji": "小樽　一郎", "name_kana": "オタル　イチロウ", "sex_code": "1", "birth_date": JapaneseDate.of(date(1970, 1, 1)),
    "registered_domicile": "北海道小樽市花園1番", "family_register_head_name": "小樽　一郎", "relationship": "世帯主",
}  # fmt: skip
BORN = {name: value for name, value in JAPANESE.items() if name != "birth_date"}
FOREIGNER = {
    "resident_kind": "2", "foreign_name_alphabet": "NAME", "sex_code": "1", "birth_date": JapaneseDate.of(date(1970, 1, 1), western=True),
    "article_30_45_class_code": "1", "nationality_code": "USA", "residence_card_no": 5_000_001, "relationship": "世帯主",
}  # fmt: skip


def day(month: int, of: int = 1) -> date:
    return date(2000, month, of)


def files(
    life: Life, code: str, on: date, said: dict[str, object] | None = None, *, who: str | None = "人1", about: int | None = None, **values: object
) -> None:
    definition = DEFINITIONS[code]
    filed = life.city.today if "filed_on" in definition.all_fields() else None
    values |= {"filer": "self"} if "filer" in definition.all_fields() else {}
    life.settle(definition, Filing(code, JapaneseDate.of(on), filed, values, (Member(who, said or {}),)), about)


def comes(life: Life, said: dict[str, object] = JAPANESE, who: str | None = None) -> None:
    life.turn((day(5) - life.city.today).days if life.city.today < day(5) else 0)
    files(life, "domestic_move_in", life.city.today, {**said, "juminhyo_code": 7_000_001}, who=who, **ON_ARRIVAL)


def moved_before_coming(life: Life) -> None:
    comes(life)
    files(life, "relocation", day(4), address="稲穂3番", household_choice="same")


def the_dead_come_back(life: Life) -> None:
    comes(life)
    files(life, "death", day(5), ground="article_9_2")
    comes(life, who="人1")


def present_surname(life: Life) -> None:
    comes(life)
    files(life, "former_surname_entry", day(5), {"former_surname": "小樽", "former_surname_kana": "オタル"})


def wrong_date_of_entry(life: Life) -> None:
    comes(life)
    files(life, "ex_officio_correction", day(5), {"foreign_resident_since_date": JapaneseDate.of(day(4))}, reason="調査")


def head_files_for_himself(life: Life) -> None:
    comes(life, FOREIGNER)
    files(life, "relationship_30_48", day(5), {"relationship": "子"}, papers_seen=True)


def mended_to_blank(life: Life) -> None:
    comes(life)
    files(life, "register_transfer", day(5), {"registered_domicile": "北海道小樽市稲穂3番"}, ground="article_9_2")
    files(life, "mend", day(5), {"wrong_history_no": "1", "registered_domicile": CLEARED}, reason="転記の誤り")


def move_out_after_notice(life: Life) -> None:
    comes(life)
    files(life, "move_out", day(5), planned_address="北海道旭川市2番", planned_municipality_code="012041")
    files(life, "move_in_notice_received", day(5), confirmed_address="北海道旭川市2番")
    files(life, "cancellation", day(5), about=2, basis="ex_officio", reason="試験")


def restored_after_cancelled_entry(life: Life) -> None:
    comes(life)
    files(life, "ex_officio_removal", day(5), ground="absent", reason="実態調査")
    comes(life, who="人1")
    files(life, "cancellation", day(5), about=3, basis="ex_officio", reason="試験")
    files(life, "restoration", day(5), {"relationship": "世帯主"}, household_choice="new", reason="居住")


def renewal_cancelled(life: Life) -> None:
    comes(life)
    life.turn(30)
    files(life, "sheet_renewal", life.city.today, reason="改製")
    files(life, "cancellation", life.city.today, about=2, basis="ex_officio", reason="試験")


def entered_after_emptied(life: Life) -> None:
    comes(life)
    files(life, "minor_correction", day(5), {"former_surname": CLEARED}, ground="other", reason="文字の同定")
    files(life, "former_surname_entry", day(5), {"former_surname": "手宮", "former_surname_kana": "テミヤ"})


def back_to_who_moved(life: Life) -> None:
    """The head leaves, who stays alone becomes 世帯主 and moves; then the parting is cancelled of both."""
    comes(life)
    files(life, "birth", day(5), {**BORN, "relationship": "子"}, who=None, household_choice="existing", household_no="世帯1", ground="article_9_2")
    files(life, "household_split", day(5), {"relationship": "世帯主"})
    files(life, "relocation", day(5), who="人2", address="稲穂3番", household_choice="same")
    split = Filing("cancellation", JapaneseDate.of(day(5)), None, {"basis": "ex_officio", "reason": "試験"}, (Member("人1"), Member("人2")))
    life.settle(DEFINITIONS["cancellation"], split, 3)


WAYS: dict[str, Callable[[Life], None]] = {
    "住民となる前の異動（法5条）": moved_before_coming,
    "死亡した者は転入しない": the_dead_come_back,
    "いまの氏は旧氏でない（令30条の13）": present_surname,
    "日本人に外国人住民となった日、外国人に住民となった日（標準1.1.1、1.1.2）": wrong_date_of_entry,
    "世帯主は自分の続柄を届け出ない（法30条の48）": head_files_for_himself,
    waiting.MENDED_UNLAWFULLY: mended_to_blank,
    waiting.AFTER_EMPTIED: entered_after_emptied,
    waiting.BACK_WITH_OTHERS: back_to_who_moved,
    waiting.AFTER_NOTICE: move_out_after_notice,
    waiting.AFTER_CANCELLED_ENTRY: restored_after_cancelled_entry,
    waiting.RENEWAL_TOLD: renewal_cancelled,
}
ALL = {**waiting.WAITING, **waiting.REFUSED, **waiting.TOLD}


def test_待つものはすべて試される():
    assert WAYS.keys() == ALL.keys()


@pytest.mark.parametrize("ground", WAYS)
def test_待っている食い違いはまだある(ground):
    """The register still does otherwise than the law's words; else take the line out of waiting.py, and this with it."""
    life = Life(0)
    WAYS[ground](life)
    assert life.waiting[ground] == 1, ALL[ground]
