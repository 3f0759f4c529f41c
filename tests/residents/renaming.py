"""窓口のことば：一括変更 — a case's steps, for tests: 仮処理 by one officer, 照合 by another, 本処理 by the job."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from daicho import clock
from daicho.audit.actor import Actor
from daicho.residents.commands import renaming, renaming_work
from daicho.residents.models import Renaming, SheetCurrent
from daicho.residents.permissions import Permission
from tests.cast import CLERK, EXAMINER, Role
from tests.residents.counter import move_in_form, register

JOB = replace(Actor.system("job.renamings", Permission.RENAMING_MANAGE), name="住所の一括変更（自動）", terminal="BATCH")
CASE = {"title": "花園2丁目の町名変更", "kind": "town", "effective_on": "令和8年4月9日", "ground": "令和8年告示第12号"}
TYPED = {**CASE, "source": "rule", "old": "花園2丁目", "new": "新花園2丁目"}
BY_FILE = {**CASE, "source": "file"}


HANAZONO, RENAMED = "北海道小樽市花園2丁目12番1号", "北海道小樽市新花園2丁目12番1号"


def moved_in(*roles: Role, **texts: str) -> list[UUID]:
    """A household that lives in 花園2丁目, or where `texts` say."""
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles, **texts))]


def sheet(person: UUID) -> SheetCurrent:
    return SheetCurrent.objects.get(person__public_id=person)


def prepared(**texts: str) -> Renaming:
    return renaming.prepare(CLERK, {**TYPED, **texts})


def prepared_by_file(text: str, **texts: str) -> Renaming:
    return renaming.prepare(CLERK, {**BY_FILE, **texts}, text.encode())


def worked(row: Renaming) -> dict[str, int]:
    """照合 and 本処理."""
    row.refresh_from_db()
    renaming.examine(EXAMINER, row.public_id, renaming.mark(row))
    done = renaming_work.work_all(JOB, clock.today())
    row.refresh_from_db()
    return done


def cancelled(row: Renaming) -> dict[str, int]:
    renaming.ask_to_cancel(CLERK, row.public_id, "告示の取消し")
    renaming.examine_cancel(EXAMINER, row.public_id)
    done = renaming_work.work_all(JOB, clock.today())
    row.refresh_from_db()
    return done


def states(row: Renaming) -> list[tuple[str, str]]:
    """(宛名番号 order, state) of a case."""
    return [(line.person.atena_no, line.state) for line in row.lines.select_related("person").order_by("person__atena_no")]
