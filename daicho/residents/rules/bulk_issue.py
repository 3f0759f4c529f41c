"""まとめて交付の決まり — when another officer must approve, and how a list of 宛名番号 is read. F-2-17; domain §4; decision 0052.

People are counted over a window that rolls: of the officer and of the whole city. Parting one list into several passes under neither.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 5_000
"""People of one order. More is not certificates any more (N-10.7-11)."""


@dataclass(frozen=True)
class Limits:
    """What the city allows without approval: so many people in so many days, of one officer and of all together."""

    days: int
    officer: int
    city: int


def reasons_for_approval(asked: int, before_officer: int, before_city: int, limits: Limits) -> list[str]:
    """Why another officer must approve an order for so many people; empty when it may begin at once. `before_*`: already ordered within the window."""
    found = []
    for whose, before, most in (("申請した職員", before_officer, limits.officer), ("市全体", before_city, limits.city)):
        if before + asked > most:
            found.append(f"{whose}の直近{limits.days}日の合計が、この申請を含めて{before + asked:,}人となり、承認なしで作成できる{most:,}人を超えます。")
    return found


class UnreadableList(ValueError):
    """`problems`: each line that cannot be read, for the clerk."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("".join(problems))


def read_list(text: str) -> list[str]:
    """宛名番号 in the order of the list: the first column of each line of a CSV, or one to a line. A heading is passed over. UnreadableList with every problem."""
    found: dict[str, int] = {}
    problems = []
    for no, cells in enumerate(csv.reader(io.StringIO(text.removeprefix("\ufeff"))), 1):
        cell = unicodedata.normalize("NFKC", cells[0]).strip() if cells else ""
        if not cell or (no == 1 and not any(letter.isdigit() for letter in cell)):
            continue
        if not (cell.isascii() and cell.isdigit()) or len(cell) > 20:
            problems.append(f"{no}行目の宛名番号が数字ではありません。")
        elif cell in found:
            problems.append(f"{no}行目の宛名番号は、{found[cell]}行目と同じです。")
        else:
            found[cell] = no
    if not found and not problems:
        problems.append("宛名番号がありません。1行に1人ずつ入力してください。")
    if len(found) > MOST:
        problems.append(f"一度に申請できるのは{MOST:,}人までです。この一覧は{len(found):,}人です。")
    if problems:
        raise UnreadableList(problems)
    return list(found)


BLOCKED = "抑止のある人です（{}）。まとめて交付の対象にできません。確認のうえ、窓口で個別に交付してください。"
BLOCKED_HOUSEHOLD = "世帯に抑止のある人がいます（{}）。まとめて交付の対象にできません。確認のうえ、窓口で個別に交付してください。"


def left_because(own: Sequence[str], of_household: Sequence[str], *, by_household: bool) -> str:
    """Why nothing is made of somebody: the names of the 抑止 (エラー or アラート) of their own, and of those who live with them. "" = nothing stands against it."""
    if own:
        return BLOCKED.format("、".join(dict.fromkeys(own)))
    if by_household and of_household:
        return BLOCKED_HOUSEHOLD.format("、".join(dict.fromkeys(of_household)))
    return ""
