"""待っている食い違い — each of waiting.py played once, so that it cannot be forgotten: when the register is put right, its test here fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from daicho.residents.rules.filing import Filing, Member
from daicho.values.dates import JapaneseDate
from tests.law import waiting
from tests.law.lives import DEFINITIONS, Life

ON_ARRIVAL = {"household_choice": "new", "address": "花園1番"}
JAPANESE = {
    "resident_kind": "1", "name_kanji": "小樽　一郎", "name_kana": "オタル　イチロウ", "sex_code": "1", "birth_date": JapaneseDate.of(date(1970, 1, 1)),
    "registered_domicile": "北海道小樽市花園1番", "family_register_head_name": "小樽　一郎", "relationship": "世帯主",
}  # fmt: skip
BORN = {name: value for name, value in JAPANESE.items() if name != "birth_date"}


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
    files(life, "domestic_move_in", life.city.today, {"juminhyo_code": 7_000_001, **said}, who=who, **ON_ARRIVAL)


def child(life: Life, of: str) -> None:
    born = {**BORN, "relationship": "子"}
    files(life, "birth", day(5), born, who=None, household_choice="existing", household_no=of, ground="article_9_2")


def settles(life: Life, code: str, people: tuple[Member, ...], about: int | None = None, **values: object) -> None:
    """Of several people."""
    filed = life.city.today if code == "relocation" else None
    life.settle(DEFINITIONS[code], Filing(code, JapaneseDate.of(day(5)), filed, values, people), about)


def back_to_several(life: Life) -> None:
    """The heads of two households move in together, and those they left move, too; then the first is cancelled of both."""
    comes(life)
    child(life, "世帯1")
    comes(life, {**JAPANESE, "juminhyo_code": 7_000_002})
    child(life, "世帯2")
    heads = (Member("人1", {"relationship": "世帯主"}), Member("人3", {"relationship": "妻"}))
    settles(life, "relocation", heads, address="色内2番", household_choice="new", filer="self")
    files(life, "relocation", day(5), who="人2", address="稲穂3番", household_choice="same")
    files(life, "relocation", day(5), who="人4", address="稲穂3番", household_choice="same")
    settles(life, "cancellation", (Member("人1"), Member("人3")), 5, basis="ex_officio", reason="試験")


def restored_after_cancelled_entry(life: Life) -> None:
    comes(life)
    files(life, "ex_officio_removal", day(5), ground="absent", reason="実態調査")
    comes(life, who="人1")
    files(life, "cancellation", day(5), about=3, basis="ex_officio", reason="試験")
    files(life, "restoration", day(5), {"relationship": "世帯主"}, household_choice="new", reason="居住")


def move_out_after_notice(life: Life) -> None:
    comes(life)
    files(life, "move_out", day(5), planned_address="北海道旭川市2番", planned_municipality_code="012041")
    files(life, "move_in_notice_received", day(5), confirmed_address="北海道旭川市2番")
    files(life, "cancellation", day(5), about=2, basis="ex_officio", reason="試験")


WAYS: dict[str, Callable[[Life], None]] = {
    waiting.AFTER_NOTICE: move_out_after_notice,
    waiting.AFTER_CANCELLED_ENTRY: restored_after_cancelled_entry,
    waiting.BACK_TO_SEVERAL: back_to_several,
}


def test_待つものはすべて試される():
    assert WAYS.keys() == waiting.REFUSED.keys()


@pytest.mark.parametrize("ground", WAYS)
def test_待っている食い違いはまだある(ground):
    """The register still does otherwise than the law's words; else take the line out of waiting.py, and this with it."""
    life = Life(0)
    WAYS[ground](life)
    assert life.waiting[ground] == 1, waiting.REFUSED[ground]
