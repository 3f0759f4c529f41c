"""特例転入を利用した転出 — moving to another city by 個人番号カード, without a 転出証明書. 住民基本台帳法第24条の2; std 4.1.3.0.4 (N-4.1.3.0.4-01…-07).

A 転出 (move_out.py) whose 転出証明書情報 goes to 市町村CS by itself, for the city that asks for it. For who holds a card and those of the same
household who leave with them; nothing but a 届出, and never begun as another 転出. The sheet keeps that it was planned so: a 転出証明書 that is
asked for all the same says 「特例による転出処理済」.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.basis import BASIS
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.definitions import Field, FieldKind, NoticeKind, Notify
from daicho.residents.rules.events.move_out import FIELDS, MOVE_OUT, check_planned, planned_destination
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.leaving import DAYS_AS_A_FILING, apply_leaving, check_leaving, is_late
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import MOVED_OUT_SPECIALLY

_HOLDS = Field("holds_card", "個人番号カードを持っている", FieldKind.FLAG, hint="カードを確かめた人に印を付ける", group="個人番号カード")


def _holders(situation: Situation, filing: Filing) -> set[str | None]:
    """The households of those who hold a card: the clerk saw it, or the register knows the serial number of its certificate."""
    people = [(m, situation.person(m.atena_no).entries) for m in filing.members if m.atena_no is not None]
    return {entries.household_no for m, entries in people if m.values.get(_HOLDS.name) or entries.user_certificate_serial is not None}


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_planned(situation, filing), *_check_cards(situation, filing)]
    if is_late(filing):
        found.append(problem("T003", "filed_on", days=DAYS_AS_A_FILING))
    return check_leaving(SPECIAL_MOVE_OUT, situation, filing, planned_destination(filing), found)


def _check_cards(situation: Situation, filing: Filing) -> list[Problem]:
    households = _holders(situation, filing)
    if filing.members and not households:
        return [problem("T001", "members")]
    return [
        problem("T002", "person", index)
        for index, member in enumerate(filing.members)
        if member.atena_no is not None and situation.person(member.atena_no).entries.household_no not in households
    ]


def _apply(situation: Situation, filing: Filing) -> Changes:
    return apply_leaving(SPECIAL_MOVE_OUT, situation, filing, planned_destination(filing))


SPECIAL_MOVE_OUT = replace(
    MOVE_OUT,
    code=MOVED_OUT_SPECIALLY,
    ja="転出（特例転入を利用）",
    article="住民基本台帳法第24条、第24条の2",
    fields=tuple(field for field in FIELDS if field != BASIS),
    member_fields=(_HOLDS,),
    notices=(*MOVE_OUT.notices, Notify(NoticeKind.MOVE_OUT_CERTIFICATE)),
    check=_check,
    apply=_apply,
    certificates=(),
)
