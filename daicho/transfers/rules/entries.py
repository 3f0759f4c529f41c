"""書戻しの審査 — everything that is wrong with what a department sends, before it goes to the register. G-26, D-R6."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from daicho.contracts.department_entry_v1 import DepartmentEntryV1, EntryItem
from daicho.contracts.department_items_v1 import WrittenItem
from daicho.contracts.transfer_info_v1 import TransferPerson
from daicho.transfers.rules.grants import Grant
from daicho.transfers.rules.layouts import ENTRY, Item, by_code, layout, writable_items
from daicho.transfers.rules.problems import Problem
from daicho.transfers.rules.scope import is_resident


def entry_problems(
    entry: DepartmentEntryV1, grant: Grant | None, person: TransferPerson | None, is_known: bool, last_sequence_no: int | None, day: date
) -> tuple[Problem, ...]:
    """All of them. `person` None while `is_known`: removed by 死亡. `last_sequence_no`: of this department, purpose and person, None = none yet."""
    if grant is None:
        return (Problem("W001", "purpose_code", "この事務で書き戻す許可が、いま有効ではありません。移転元の管理者に依頼してください（評価書III(1)5）。"),)
    return (*_form(entry), *_items(entry.items, grant), *_whom(person, is_known, day), *_order(entry.sequence_no, last_sequence_no))


def _form(entry: DepartmentEntryV1) -> Iterator[Problem]:
    if not 1 <= len(entry.entry_no) <= 36 or not entry.entry_no.isprintable():
        yield Problem("W002", "entry_no", "書戻し番号は36文字以内で入れてください。")
    if not entry.items:
        yield Problem("W003", "items", "書き戻す項目がありません。1つ以上入れてください。")


def _items(items: Sequence[EntryItem], grant: Grant) -> Iterator[Problem]:
    known = {item.identifier: item for item in writable_items()}
    seen: set[str] = set()
    for given in items:
        item = known.get(given.item)
        if item is None:
            yield Problem("W010", given.item[:60], "書戻しの様式にない項目があります。様式を確認してください。")
        elif item.identifier not in grant.items:
            yield Problem("W011", item.identifier, f"{item.ja}を書き戻すことは許可されていません。許可された項目だけを送ってください。")
        elif item.identifier in seen:
            yield Problem("W012", item.identifier, f"{item.ja}が2度あります。1つにしてください。")
        elif given.value is not None and (reason := _fault(item, given.value)):
            yield Problem("W013", item.identifier, f"{item.ja}が{reason}")
        seen.add(given.item)


def _fault(item: Item, value: str) -> str:
    """What is wrong with a value, "" when it is right."""
    if item.type == "flag" and value not in ("0", "1"):
        return "「1」でも「0」でもありません。有は1、無は0で入れてください。"
    if item.type == "date" and _read_day(value) is None:
        return "年月日として読み取れません。YYYYMMDDの8桁で入れてください。"
    if item.type == "digits" and not re.fullmatch(f"[0-9]{{{item.min_length}}}", value):
        return f"数字{item.min_length}桁ではありません。区切りなしの半角数字で入れてください。"
    if item.code_list and value not in by_code(item.code_list):
        return "コード表にない値です。コード表を確認してください。"
    return ""


def _whom(person: TransferPerson | None, is_known: bool, day: date) -> Iterator[Problem]:
    if not is_known:
        yield Problem("W020", "atena_no", "この宛名番号の者は連携の対象にいません。宛名番号を確認してください。")
    elif person is None or not is_resident(person, day):
        yield Problem("W021", "atena_no", "この者は住民ではありません。消除された者の住民票には書き戻せません。")


def _order(sequence_no: int, last: int | None) -> Iterator[Problem]:
    """順番号 goes on by one; the first may be any, because a department's system may be older than this one."""
    if sequence_no < 1:
        yield Problem("W030", "sequence_no", "順番号は1以上の整数で入れてください。")
    elif last is not None and sequence_no <= last:
        yield Problem("W031", "sequence_no", f"順番号{sequence_no}は受付済みです（最後は{last}）。順番号を確認してください。")
    elif last is not None and sequence_no > last + 1:
        yield Problem("W032", "sequence_no", f"順番号が{last + 1}ではなく{sequence_no}です。間の書戻しが届いていません。届いていないものを先に送ってください。")


def items_for_register(items: Sequence[EntryItem]) -> tuple[WrittenItem, ...]:
    """The entries as the register is told them: days YYYY-MM-DD. For items without a problem alone."""
    return tuple(WrittenItem(item.item, _for_register(item)) for item in items)


def _for_register(item: EntryItem) -> str | None:
    if item.value is None or layout(ENTRY)[item.item].type != "date":
        return item.value
    day = _read_day(item.value)
    assert day is not None, "judged before"
    return day.isoformat()


def _read_day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
