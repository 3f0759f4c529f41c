"""照会の判定 — whether the list in force on the day of the request permits what is asked. 番号法第19条第8号, 命令第2条の表; E-01, F-1-51, H-01, H-17.

A request is judged by the list of its own day: one dated before 令和7年7月25日 by 別表第二, whatever the item is called today.
A row whose inquirer or affair nobody has confirmed permits nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.contracts.provision_question_v1 import ProvisionQuestionV1


@dataclass(frozen=True)
class ProvisionRow:
    """One row of the list, as it is asked about. `kinds` are those of inquirers, `items` identifiers of layouts/replica.csv."""

    law_version: str
    basis_ja: str
    item_no: str
    valid_from: date
    valid_to: date | None
    inquirer_ja: str
    kinds: frozenset[str]
    affair_ja: str
    affair_code: str
    procedure_code: str
    information_ja: str
    information_code: str
    items: tuple[str, ...]
    decided: bool
    key: str = ""  # of the row it was read from

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class InquirerRow:
    """One institution of the network on a day."""

    institution_code: str
    name_ja: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class Judgement:
    """Every reason against the question (none: it is permitted), and the row it was judged by, when one could be named."""

    reasons: tuple[str, ...]
    row: ProvisionRow | None


def judge(question: ProvisionQuestionV1, rows: Sequence[ProvisionRow], inquirer: InquirerRow | None, day: date) -> Judgement:
    """`rows`: all of the list with the question's codes, whenever in force; `inquirer`: as registered on `day`, the day of the request."""
    named = [row for row in rows if _is_asked(row, question)]
    row = next((row for row in named if row.in_force_on(day)), None)
    reasons: list[str] = []
    if row is None:
        reasons.append("not_in_force" if named else "not_listed")
    elif not row.decided:
        reasons.append("undecided")
    if inquirer is None:
        reasons.append("inquirer_unknown")
    elif row is not None and row.decided and not row.kinds & inquirer.kinds:
        reasons.append("inquirer_not_listed")
    return Judgement(tuple(reasons), row)


def _is_asked(row: ProvisionRow, question: ProvisionQuestionV1) -> bool:
    return (row.affair_code, row.item_no, row.procedure_code, row.information_code) == (
        question.affair_code, question.item_no, question.procedure_code, question.information_code,
    )  # fmt: skip
