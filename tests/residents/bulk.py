"""まとめて交付の道具 — orders of made-up people, and what a file of an order says page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from daicho import clock
from daicho.audit.actor import Actor
from daicho.residents.commands import blocks, bulk_issue
from daicho.residents.commands.bulk_issue import Order
from daicho.residents.commands.bulk_work import work_all
from daicho.residents.models import BulkIssue, SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.rules.blocks import BlockKind, Process, Strength, Term
from tests.cast import CLERK, SATO, Role
from tests.paper import tools
from tests.residents.counter import move_in_form, register, visit

JOB = replace(Actor.system("job.bulk_issue", Permission.CERTIFICATE_ISSUE, Permission.BULK_ISSUE), name="まとめて交付（自動）", terminal="BATCH")
PURPOSE = "選挙人名簿の確認のため"


def alone(count: int, first: int = 40) -> list[str]:
    """So many who live alone, each named by their 宛名番号 (花子一, 花子二 …)."""
    made = [register("domestic_move_in", move_in_form([stranger(first + no)], address=f"花園2丁目{no + 1}番1号"))[0] for no in range(count)]
    return [written.person.atena_no for written in made]


def stranger(index: int) -> Role:
    return replace(SATO, index=index, name=f"一覧　{'甲乙丙丁戊己庚辛壬癸'[index % 10]}子", kana="イチラン　コ", birth="昭和60年4月1日")


def atena_nos(*people) -> list[str]:
    return [SheetCurrent.objects.get(person__public_id=person, closed_on=None).person.atena_no for person in people]


def ordered(people: Sequence[str], by: Actor = CLERK, **more) -> BulkIssue:
    return bulk_issue.order(by, visit(by), Order(people, PURPOSE, **more))


def worked() -> dict[str, int]:
    return work_all(JOB)


def blocked(person: UUID, strength: Strength) -> None:
    """抑止 of certificates."""
    blocks.set_block(CLERK, person, blocks.BlockForm(BlockKind.IDENTITY, "本人確認待ち", (Term(Process.CERTIFICATE, strength, clock.today()),), False))


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as poppler reads it."""
    return tools.text_of(pdf, folder, "-raw").split("\f")[:-1]
