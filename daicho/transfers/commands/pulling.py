"""取出し — answers a department that asks for everybody of its grant, or for what changed since; who has no grant is refused, on record. 標準7.2.3 全件・異動差分; F-1-41, F-1-43."""

from __future__ import annotations

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.contracts.department_pull_v1 import DepartmentPullAnswerV1, DepartmentPullQuestionV1
from daicho.outbox.commands import current_epoch
from daicho.transfers.commands.feeding import line_of, told_by
from daicho.transfers.commands.positions import horizon
from daicho.transfers.commands.records import keep, keep_refusal
from daicho.transfers.models import Person, TransferRecord
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.changes import changed_since, everybody_after
from daicho.transfers.queries.in_force import find_grant
from daicho.transfers.rules.grants import Direction
from daicho.transfers.rules.positions import Position
from daicho.transfers.rules.problems import Problem
from daicho.transfers.rules.strangers import plain

MOST = 200
"""People in one answer."""

_NO_GRANT = Problem("P001", "purpose_code", "この事務への移転の許可が、いま有効ではありません。移転元の管理者に利用を依頼してください（評価書III(1)5）。")
_BAD_POSITION = Problem("P002", "after", "取出しの位置を読み取れません。前の回答の位置をそのまま使うか、全件から取り直してください。")
_OLD_EPOCH = Problem("P003", "after", "連携の台帳が復元されたため、前の位置からは取り出せません。全件から取り直してください。")
_LATE = Problem("P005", "deadline", "回答の期限を過ぎているため回答しません。必要であれば新しい番号で取り出し直してください。")
_BAD_LIMIT = Problem("P004", "limit", f"一度に取り出せるのは1人から{MOST}人までです。")


def answer_pull(actor: Actor, question: DepartmentPullQuestionV1) -> DepartmentPullAnswerV1:
    """One page. Inside the caller's transaction, which holds the receipt: record and answer stand or fall together."""
    audit.require(actor, TransfersPermission.FEED_SEND)
    # A longer code is nobody's, even where its beginning is somebody's.
    grant = find_grant(plain(question.department_code, 5), plain(question.purpose_code, 4), Direction.READ, clock.today())
    position, problem = _position(question)
    if grant is None or problem is not None:
        return _refuse(actor, question, _NO_GRANT if grant is None else problem or _BAD_POSITION)
    people, following, more = _page(position, question.limit)
    told = told_by([grant], people, clock.today())
    way = TransferRecord.Way.WHOLE if position is None or position.whole else TransferRecord.Way.DIFFERENCE
    keep([line_of(grant, person, what, way) for _, person, what in told], actor.login)
    detail = {"grant": grant.no, "way": way.value, "given": len(told)}
    audit.record(actor, TransfersPermission.FEED_SEND, [person.public_id for _, person, _ in told], purpose=plain(question.purpose, 200), detail=detail)
    return DepartmentPullAnswerV1(question.question_id, "given", (), grant.no, tuple(what for _, _, what in told), following.to_text(), more)


def _position(question: DepartmentPullQuestionV1) -> tuple[Position | None, Problem | None]:
    """Where to go on, None = at the beginning; or why that cannot be told. Nobody waits for a late answer: what it gave would be on record as told."""
    if clock.now() > question.deadline:
        return None, _LATE
    if not 1 <= question.limit <= MOST:
        return None, _BAD_LIMIT
    if question.after is None:
        return None, None
    position = Position.read(question.after)
    if position is None:
        return None, _BAD_POSITION
    return position, None if position.epoch == _epoch() else _OLD_EPOCH


def _page(position: Position | None, limit: int) -> tuple[list[Person], Position, bool]:
    """The people, where the next page begins, and whether there is one now."""
    until = horizon()
    if position is None or position.whole:
        begun = position or Position(_epoch(), True, until, 0)
        people = everybody_after(begun.row_id, limit)
        if len(people) == limit:
            return people, Position(begun.epoch, True, begun.xid, people[-1].pk), True
        return people, Position(begun.epoch, False, begun.xid, 0), False
    people = changed_since(position.xid, position.row_id, until, limit)
    if len(people) == limit:
        return people, Position(position.epoch, False, int(people[-1].changed_xid), people[-1].pk), True
    return people, Position(position.epoch, False, max(until, position.xid), 0), False


def _epoch() -> str:
    return str(current_epoch().uuid)


def _refuse(actor: Actor, question: DepartmentPullQuestionV1, problem: Problem) -> DepartmentPullAnswerV1:
    department, purpose = _whose(question)
    way = TransferRecord.Way.WHOLE if question.after is None else TransferRecord.Way.DIFFERENCE
    keep_refusal(department, purpose, way, problem.code, actor.login)
    detail = {"department": department, "purpose": purpose, "reason": problem.code}
    audit.record(actor, TransfersPermission.FEED_SEND, outcome=audit.Outcome.REFUSED, purpose=plain(question.purpose, 200), detail=detail)
    return DepartmentPullAnswerV1(question.question_id, "refused", (problem.message,), None, (), None, False)


def _whose(question: DepartmentPullQuestionV1) -> tuple[str, str]:
    """Department and purpose as they may stand in a record."""
    return plain(question.department_code, 4), plain(question.purpose_code, 3)
