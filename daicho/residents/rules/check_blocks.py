"""抑止の検査 — an 異動 of somebody for whom it is stopped, or warned of. 標準仕様3.1; domain §11."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daicho.residents.rules.blocks import KIND_JA, Block, BlockKind, Process, Strength, standing
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation


@dataclass(frozen=True)
class BlocksOn:
    """抑止 by 宛名番号, and those of whole households by 世帯番号: two series, in which the same number may stand for both."""

    of_person: Mapping[str, tuple[Block, ...]]
    of_household: Mapping[str, tuple[Block, ...]]

    def of(self, atena_no: str, household_no: str | None) -> tuple[Block, ...]:
        return self.of_person.get(atena_no, ()) + self.of_household.get(household_no or "", ())


def check_blocks(situation: Situation, filing: Filing, blocks: BlocksOn, now: datetime) -> tuple[Problem, ...]:
    """One finding for each block and person filed for."""
    found: list[Problem] = []
    for index, member in enumerate(filing.members):
        if member.atena_no is None or member.atena_no not in situation.persons:
            continue
        mine = blocks.of(member.atena_no, situation.person(member.atena_no).entries.household_no)
        found += [_problem(block, strength, index) for block, strength in standing(mine, Process.FILING, situation.today, now)]
    return tuple(found)


def _problem(block: Block, strength: Strength, index: int) -> Problem:
    if strength is Strength.ERROR:
        return problem("U501", f"person:{block.public_id}", index, kind=KIND_JA[block.kind], why=block.reason)
    if block.kind is BlockKind.SUPPORT:
        return problem("U602", f"person:{block.public_id}", index)
    return problem("U601", f"person:{block.public_id}", index, kind=KIND_JA[block.kind], why=block.reason)
