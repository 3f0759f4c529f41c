"""対象となる本人の範囲 — which persons a department may see by its grant, and what it is told when one leaves that range. 評価書II(1)5⑤; D-01…D-15.

All fifteen 移転先 have the same range, that of file (1) itself (II(1)2③): residents, and those removed, except those removed by 死亡. That a
purpose concerns fewer people (④) does not make the range smaller: 国民健康保険 must see who moves in before it can insure them. A grant may be
narrower: residents alone.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from daicho.contracts.transfer_info_v1 import TransferPerson


class Scope(StrEnum):
    """The ranges a grant can have."""

    FILE_ONE = "file_one"
    RESIDENTS = "residents"


SCOPES_JA = {Scope.FILE_ONE: "住民と、死亡以外の事由で消除された者（評価書II(1)2③）", Scope.RESIDENTS: "住民だけ"}

PERSON, OUT_OF_SCOPE = "person", "out_of_scope"
"""What a department is told of somebody; identifiers of layouts/codes.csv, list feed_kind."""

RESIDENT, MOVED_OUT, REMOVED = "resident", "moved_out", "removed"
"""住民状態; identifiers of layouts/codes.csv, list resident_state. There is none for the dead: nothing is told of them."""


def is_resident(person: TransferPerson, day: date) -> bool:
    """Half open, as the register has it: on the day of removal nobody is a resident any more."""
    return person.opened_on <= day and (person.removed_on is None or day < person.removed_on)


def in_scope(scope: str, person: TransferPerson | None, day: date) -> bool:
    """Whether the range holds this person on that day. `person` None: removed by 死亡, and in no range."""
    return person is not None and (scope == Scope.FILE_ONE or is_resident(person, day))


def told_as(scope: str, person: TransferPerson | None, day: date, *, told_before: bool) -> str | None:
    """PERSON; OUT_OF_SCOPE, and that only to whom the person was told before; None: nothing."""
    if in_scope(scope, person, day):
        return PERSON
    return OUT_OF_SCOPE if told_before else None


def resident_state(person: TransferPerson, day: date) -> str:
    """住民状態 on that day. Who will move out is a resident until the day comes (domain §2.0)."""
    if is_resident(person, day):
        return RESIDENT
    return MOVED_OUT if (person.removal_reason or "").startswith("move_out") else REMOVED
