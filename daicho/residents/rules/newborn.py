"""転入届とともに届けられた出生 — a child born before the 転入 is entered with it, not as 出生. 住民基本台帳法第22条; std 4.1.0.1 (N-4.1.0.1-05).

Nobody registered the child anywhere: it has no 転入前住所, and its 住民票コード comes from the stock.
"""

from __future__ import annotations

from datetime import timedelta

from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.problems import Problem, problem

NEWBORN = Field(
    "newborn",
    "転入届とともに出生届があった子",
    FieldKind.FLAG,
    hint="転入前の住所は空欄になり、住民票コードは空き番から付きます",
    group="その他",
)
LONGEST = timedelta(days=92)
"""A 出生届 is due within 14 days, abroad within three months (戸籍法49条)."""


def is_newborn(member: Member) -> bool:
    return member.values.get(NEWBORN.name) is True


def check_newborns(filing: Filing) -> list[Problem]:
    """Born before they came, and not long before."""
    found: list[Problem] = []
    for index, member in enumerate(filing.members):
        born, came = member.day("birth_date"), filing.effective_on
        if not is_newborn(member) or born is None or came is None:
            continue
        if born.surely_after(came.last):
            found.append(problem("T004", "birth_date", index))
        elif born.last < came.first - LONGEST:
            found.append(problem("T105", "birth_date", index))
        if member.atena_no is not None or member.number("juminhyo_code") is not None:
            found.append(problem("T106", "juminhyo_code", index))
    return found
