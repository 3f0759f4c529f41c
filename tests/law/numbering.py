"""番号 — another 住民票コード or 個人番号, put right, and given for the first time. 住民基本台帳法30条の4, 15条の2; 番号法7条, 8条; 標準4.3, 4.4.

A 個人番号 is given by 機構 alone. Here it comes at once; that a 請求 waits for it is none of what the sheet says.
"""

from __future__ import annotations

from tests.law.diary import Items, Person
from tests.law.ruling import GIVEN, Ruling

CODE, NUMBER = "juminhyo_code", "individual_number"


def _of_one(ruling: Ruling) -> Person | None:
    ruling.refuse("番号の異動は一人ずつ", len(ruling.filing.members) != 1)
    people = ruling.residents()
    return people[0][2] if len(people) == 1 else None


def change_code(ruling: Ruling) -> None:
    """住民票コードの変更: at the 請求 of a resident, from the codes that nobody has; it is written after it was asked for (法30条の4)."""
    filed, person = ruling.filing.filed_on, _of_one(ruling)
    ruling.refuse("請求の前の日の変更（法30条の4）", filed is not None and ruling.day < filed)
    if person:
        ruling.say(person, {CODE: GIVEN})


def correct_code(ruling: Ruling) -> None:
    _put_right(ruling, CODE)


def correct_number(ruling: Ruling) -> None:
    """誤記 or 記載漏れ (令12条3項)."""
    _put_right(ruling, NUMBER)


def _put_right(ruling: Ruling, name: str) -> None:
    if person := _of_one(ruling):
        right = ruling.filing.members[0].values.get(name)
        ruling.refuse("正しい番号がない（標準4.3.2、4.4）", right is None)
        ruling.refuse("いまと同じ番号（標準4.3.2、4.4）", ruling.now(person)[name] == right)
        _only_theirs(ruling, person, {name: right})


def change_number(ruling: Ruling) -> None:
    """個人番号の変更, at a 請求 or ex officio: of who has one (番号法7条2項)."""
    if person := _of_one(ruling):
        ruling.refuse("個人番号のない者の変更（番号法7条2項）", ruling.now(person)[NUMBER] is None)
        _only_theirs(ruling, person, {NUMBER: ruling.filing.members[0].values.get(NUMBER)})


def assign_number(ruling: Ruling) -> None:
    """個人番号の指定: to a resident who has none (番号法7条1項); a 除票 stays as it was (法15条の2)."""
    if person := _of_one(ruling):
        ruling.refuse("個人番号のある者の指定（番号法7条1項）", ruling.now(person)[NUMBER] is not None)
        _only_theirs(ruling, person, {NUMBER: ruling.filing.members[0].values.get(NUMBER)})


def _only_theirs(ruling: Ruling, person: Person, says: Items) -> None:
    """No two persons have the same, also of those who left (法7条13号; 番号法8条)."""
    for other in ruling.city.people.values():
        last = other.last()
        ruling.refuse("別の人の番号（番号法8条）", other is not person and last and any(last[1][name] == value for name, value in says.items()))
    ruling.say(person, says)
