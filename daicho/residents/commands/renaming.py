"""住所の一括変更 — a case from 抽出・仮処理 to its examination by another officer, and its 取消し. 住民基本台帳法第8条; std 9.7; decision 0024.

Nothing of the register changes here: 本処理 is the job's (commands/renaming_work.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.jobs import commands as jobs
from daicho.jobs.models import Reservation
from daicho.jobs.permissions import JobPermission
from daicho.jobs.wanted import Wanted
from daicho.residents.commands.writing import moment_after
from daicho.residents.errors import CannotDo, HasProblems
from daicho.residents.models import Renaming, RenamingLine
from daicho.residents.models.renaming import WAITING, LineState, RenamingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import CurrentRow
from daicho.residents.queries.renamings import Holders, TownCodes, candidates, find_renaming, instructions_of
from daicho.residents.rules.entries import to_json
from daicho.residents.rules.problems import CATALOGUE
from daicho.residents.rules.renaming import Instructions, RenamingKind
from daicho.residents.rules.renaming_order import read_order

JOB = "renamings"
HELD = "仮登録中の異動（届出番号{}）があります。その異動の本登録か取下げを待ってください。"
_NO_HOUSEHOLD = "世帯番号がありません。世帯を確認し、個別に修正してください。"


@transaction.atomic
def prepare(actor: Actor, typed: Mapping[str, str], file: bytes | None = None) -> Renaming:
    """抽出・仮処理 of a new case from its form and file. HasProblems with all that is wrong (`member`: the line of the file); nothing is kept then."""
    audit.require(actor, Permission.RENAMING_MANAGE)
    order, problems = read_order(typed, file, settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name)
    if order is None:
        raise HasProblems(tuple(problems))
    now = clock.now()
    row = Renaming(
        municipality_code=settings.INSTALLATION.municipality_code, title=order.title, kind=order.kind.value, effective_on=order.effective_on,
        ground=order.ground, source=order.source, instructions=[asdict(one) for one in order.instructions], entered_by=actor.name,
        entered_by_id_no=actor.account_id, office_code=actor.office_code, terminal=actor.terminal, entered_at=now, staged_at=now,
    )  # fmt: skip
    rows.insert([row])
    _stage(row)
    _record(actor, row, "prepare")
    return row


@transaction.atomic
def stage_again(actor: Actor, public_id: UUID) -> Renaming:
    """抽出 once more, for who came, left or was let go meanwhile: the lines are made anew."""
    row = _locked(actor, public_id, RenamingState.STAGED)
    row.lines.all().delete()
    row.staged_at = moment_after(row.staged_at)
    rows.update(row, "staged_at")
    _stage(row)
    _record(actor, row, "stage_again")
    return row


def _stage(row: Renaming) -> None:
    """A line for everyone whom an instruction is about. A fixed number of statements, whatever the people."""
    kind = RenamingKind(row.kind)
    given = instructions_of(row)
    instructions, towns = Instructions(kind, given), TownCodes()
    lines = [line for one in candidates(kind, given) if (line := _line(row, one, instructions, towns)) is not None]
    held = Holders({no for _, no in lines}, {line.household_no for line, _ in lines})
    for line, atena_no in lines:
        if line.state == LineState.STAGED and (filing_no := held.of(atena_no, line.household_no)):
            line.state, line.why = LineState.HELD, HELD.format(filing_no)
    rows.insert([line for line, _ in lines])


def _line(row: Renaming, of: CurrentRow, instructions: Instructions, towns: TownCodes) -> tuple[RenamingLine, str] | None:
    """What becomes of one resident, with their 宛名番号; None for whom no instruction is about."""
    about = list(instructions.about(of.atena_no, of.entries))
    if not about:
        return None
    one, after = about[0]
    if "address" in after:
        after["address_town_code"] = towns.of(str(after["address"]))
    before = {name: to_json(name, getattr(of.entries, name)) for name in after}
    household_no, why = of.entries.household_no or "", ""
    if len(about) > 1:
        why = f"{len(about)}つの行（{'、'.join(f'{one.no}行目' for one, _ in about)}）に当たりました。どの行によるか決まりません。"
    elif not household_no:
        why = _NO_HOUSEHOLD
    elif before == after:
        why = CATALOGUE["Q001"].message
    line = RenamingLine(
        municipality_code=row.municipality_code, renaming=row, person_id=of.person_id, instruction_no=one.no, household_no=household_no, before=before,
        after=after, state=LineState.LEFT if why else LineState.STAGED, why=why,
    )  # fmt: skip
    return line, of.atena_no


@transaction.atomic
def examine(actor: Actor, public_id: UUID, seen: str) -> Renaming:
    """照合: another officer has compared before and after, and 本処理 begins when its day has come (F-1-02). `seen`: the mark of what was shown."""
    row = _locked(actor, public_id, RenamingState.STAGED)
    _must_be_another(actor, row.entered_by_id_no, "自分が作成した一括変更は、照合できません。ほかの職員が行ってください。")
    if seen != mark(row):
        raise CannotDo("画面を開いた後に、抽出し直されました。いまの内容をもう一度照合してください。")
    if not row.lines.filter(state__in=WAITING).exists():
        raise CannotDo("本処理の対象者がいません。変更の指示を確認し、新しい一括変更を作成してください。")
    row.state, row.examined_by, row.examined_at = RenamingState.EXAMINED, actor.name, clock.now()
    rows.update(row, "state", "examined_by", "examined_at")
    _record(actor, row, "examine")
    if row.effective_on <= clock.today():
        _begin_work(actor)
    return row


def mark(row: Renaming) -> str:
    """A mark of what was staged, so that an officer examines what was shown."""
    return row.staged_at.isoformat()


@transaction.atomic
def drop(actor: Actor, public_id: UUID, reason: str) -> Renaming:
    """取りやめ before 本処理 has begun: nothing was recorded, nothing is."""
    row = _locked(actor, public_id, RenamingState.STAGED, RenamingState.EXAMINED)
    if row.lines.filter(state=LineState.DONE).exists():
        raise CannotDo("本処理が始まっています。終わってから、取消しを行ってください。")
    row.state, row.cancel_reason, row.cancelled_at = RenamingState.DROPPED, _given(reason), clock.now()
    row.cancel_asked_by, row.cancel_asked_by_id_no = actor.name, actor.account_id
    rows.update(row, "state", "cancel_reason", "cancelled_at", "cancel_asked_by", "cancel_asked_by_id_no")
    _record(actor, row, "drop")
    return row


@transaction.atomic
def ask_to_cancel(actor: Actor, public_id: UUID, reason: str) -> Renaming:
    """取消し after 本処理, of everybody whose change stands; asked again for those who were left. Another officer examines it."""
    row = _locked(actor, public_id, RenamingState.DONE, RenamingState.CANCELLED)
    if not row.lines.filter(state__in=(LineState.DONE, LineState.STANDS)).exists():
        raise CannotDo("取り消す異動がありません。")
    row.state, row.cancel_reason = RenamingState.CANCEL_ASKED, _given(reason)
    row.cancel_asked_by, row.cancel_asked_by_id_no, row.cancel_asked_at = actor.name, actor.account_id, clock.now()
    rows.update(row, "state", "cancel_reason", "cancel_asked_by", "cancel_asked_by_id_no", "cancel_asked_at")
    _record(actor, row, "ask_to_cancel")
    return row


@transaction.atomic
def examine_cancel(actor: Actor, public_id: UUID) -> Renaming:
    """照合 of a 取消し by another officer: every event of the case is annulled by the job."""
    row = _locked(actor, public_id, RenamingState.CANCEL_ASKED)
    assert row.cancel_asked_by_id_no is not None
    _must_be_another(actor, row.cancel_asked_by_id_no, "自分が求めた取消しは、照合できません。ほかの職員が行ってください。")
    row.lines.filter(state=LineState.STANDS).update(state=LineState.DONE, why="")
    row.state, row.cancel_examined_by = RenamingState.CANCELLING, actor.name
    rows.update(row, "state", "cancel_examined_by")
    _record(actor, row, "examine_cancel")
    _begin_work(actor)
    return row


@transaction.atomic
def keep(actor: Actor, public_id: UUID) -> Renaming:
    """取消しをやめる: what was asked for is not done."""
    row = _locked(actor, public_id, RenamingState.CANCEL_ASKED)
    row.state = RenamingState.CANCELLED if row.cancelled_at else RenamingState.DONE
    rows.update(row, "state")
    _record(actor, row, "keep")
    return row


def _begin_work(actor: Actor) -> None:
    """本処理 at once, by the worker; the officer's own right stands for that of reserving a job."""
    jobs.reserve(actor.with_right(JobPermission.RUN), Wanted(JOB, Reservation.When.NOW))


def _given(reason: str) -> str:
    if not reason.strip():
        raise CannotDo("理由を入力してください。")
    return reason.strip()


def _must_be_another(actor: Actor, entered_by_id_no: int, message: str) -> None:
    """Nobody examines what they entered (F-1-02)."""
    if actor.account_id == entered_by_id_no:
        raise CannotDo(message)


def _locked(actor: Actor, public_id: UUID, *states: RenamingState) -> Renaming:
    """The case, locked, in one of `states`; CannotDo otherwise."""
    audit.require(actor, Permission.RENAMING_MANAGE)
    row = find_renaming(public_id, lock=True)
    if row.state not in states:
        raise CannotDo(f"この一括変更は「{RenamingState(row.state).label}」になっています。一覧を開き直して確認してください。")
    return row


def _record(actor: Actor, row: Renaming, step: str) -> None:
    audit.record(actor, Permission.RENAMING_MANAGE, detail={"renaming": row.pk, "step": step})
