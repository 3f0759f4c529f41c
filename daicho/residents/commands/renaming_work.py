"""一括変更の本処理・取消し — one event for each household, some households in each transaction; begun again, it goes on where it ended. std 9.7; decision 0024.

A line says what became of it in the transaction of its event: nobody is done twice. What cannot be done is named on its line.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands.by_system import Ordered, record_by_system
from daicho.residents.commands.renaming import HELD, JOB
from daicho.residents.models import Renaming, RenamingLine
from daicho.residents.models.renaming import WAITING, LineState, RenamingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.renamings import Holders
from daicho.residents.queries.situations import gather, lock_current
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.entries import from_json
from daicho.residents.rules.events import event_on
from daicho.residents.rules.events.address_renamed import ADDRESS_RENAMED
from daicho.residents.rules.events.cancellation import CANCELLATION
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.undoing import versions_by
from daicho.residents.rules.vocabulary import EX_OFFICIO
from daicho.values.dates import JapaneseDate

BLOCK = 25
"""Households of one transaction: they are locked together, for well under a second."""

log = logging.getLogger(__name__)
_FAILED = "この世帯は処理できませんでした。システムの管理者に知らせ、記載を確かめて個別に修正してください。"
_MOVED = "抽出の後に、世帯が変わったか消除されました。記載を確かめてください。"
_CHANGED = "抽出の後に、変更前の記載が変わりました。記載を確かめてください。"
_ALREADY = "個別に取り消されています。"


def work_all(actor: Actor, until: date) -> dict[str, int]:
    """本処理 of every examined case whose day has come, and every 取消し that was examined. A second time there is nothing.

    A household that cannot be done holds up no other; RuntimeError at the end when there was one.
    """
    audit.require(actor, Permission.RENAMING_MANAGE)
    due = Q(state=RenamingState.EXAMINED, effective_on__lte=min(until, clock.today())) | Q(state=RenamingState.CANCELLING)
    done: Counter[str] = Counter({"件": 0, LineState.DONE.label: 0, LineState.LEFT.label: 0, LineState.CANCELLED.label: 0, LineState.STANDS.label: 0})
    failed = 0
    for case in Renaming.objects.filter(due, municipality_code=settings.INSTALLATION.municipality_code).order_by("pk").values_list("pk", flat=True):
        done["件"] += 1
        failed += _work(actor, case, done)
    if failed:
        raise RuntimeError(f"{failed} households could not be renamed")
    return dict(done)


def _work(actor: Actor, case: int, done: Counter[str]) -> int:
    """One case, household by household in the order of their numbers. Returns how many failed."""
    failed, last = 0, ""
    while numbers := _next_households(case, last):
        last = numbers[-1]
        try:
            done += work_block(actor, case, numbers)
        except Exception:  # noqa: BLE001, whichever household it was, the others are done
            for number in numbers:
                failed += _alone(actor, case, number, done)
    _finish(case)
    return failed


def _alone(actor: Actor, case: int, number: str, done: Counter[str]) -> int:
    """One household of a block that failed. What the database refused for the moment is tried again by the next run; all else is named on the lines."""
    try:
        done += work_block(actor, case, [number])
    except Exception as problem:  # noqa: BLE001, as above
        log.error("one household could not be renamed: %s", type(problem).__name__)  # no message: it may name a person
        if not isinstance(problem, DatabaseError):
            with transaction.atomic():
                row = _locked(case)
                aside = LineState.STANDS if row.state == RenamingState.CANCELLING else LineState.LEFT
                _open_lines(row).filter(household_no=number).update(state=aside, why=_FAILED)
        return 1
    return 0


def _locked(case: int) -> Renaming:
    """The case without its instructions, which may be thousands; locked, so that it is not dropped meanwhile."""
    return Renaming.objects.select_for_update().defer("instructions").get(pk=case)


def _next_households(case: int, last: str) -> list[str]:
    row = Renaming.objects.defer("instructions").get(pk=case)
    numbers = _open_lines(row).filter(household_no__gt=last).order_by("household_no").values_list("household_no", flat=True).distinct()
    return list(numbers[:BLOCK])


def _open_lines(row: Renaming) -> QuerySet[RenamingLine]:
    """What is still to be done of a case."""
    return row.lines.filter(state__in=WAITING if row.state == RenamingState.EXAMINED else (LineState.DONE,))


@transaction.atomic
def work_block(actor: Actor, case: int, household_nos: Sequence[str]) -> Counter[str]:
    """These households, in one transaction. A case that was dropped meanwhile is left. Returns how many lines came to which state."""
    row = _locked(case)
    if row.state not in (RenamingState.EXAMINED, RenamingState.CANCELLING):
        return Counter()
    lines = list(_open_lines(row).filter(household_no__in=household_nos).select_related("person").order_by("household_no", "pk"))
    held = Holders({line.person.atena_no for line in lines}, set(household_nos))
    with rows.together():
        (_rename if row.state == RenamingState.EXAMINED else _cancel)(actor, row, lines, held)
    _save(lines)
    return Counter(LineState(line.state).label for line in lines)


def _save(lines: Sequence[RenamingLine]) -> None:
    """What became of them. One statement."""
    columns = ([getattr(line, name) for line in lines] for name in ("pk", "state", "why", "event_id"))
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, list(columns))


_SAVE = """
    UPDATE residents_renamingline l SET state = s.state, why = s.why, event_id = s.event_id
      FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS s (id, state, why, event_id) WHERE l.id = s.id
"""


def _rename(actor: Actor, row: Renaming, lines: Sequence[RenamingLine], held: Holders) -> None:
    definition = event_on(ADDRESS_RENAMED.code, clock.jst(row.entered_at).date())
    whole = gather(definition, _renaming_of(row, lines), lock=True)
    ordered = Ordered(row.entered_by, row.examined_by, row.office_code, row.terminal)
    for household_no, of_household in _by_household(lines):
        situation = _part(whole, household_no)
        going = [line for line in _not_held(of_household, held, LineState.LEFT) if not _drifted(line, whole)]
        going = _able(definition, situation, lambda lines: _renaming_of(row, lines), going, LineState.LEFT)
        if going:
            filing = _renaming_of(row, going)
            written = record_by_system(actor, definition, situation, filing, definition.apply(situation, filing), JOB, ordered)
            for line in going:
                line.state, line.why, line.event_id = LineState.DONE, "", written[0].version.event_id


def _cancel(actor: Actor, row: Renaming, lines: Sequence[RenamingLine], held: Holders) -> None:
    """異動の取消し of what the case recorded, as an officer would cancel it from the history (std 4.6)."""
    definition = event_on(CANCELLATION.code, clock.today())
    lock_current({line.household_no for line in lines}, {line.person.atena_no for line in lines})  # all at once, in the order of everybody else
    for _, of_household in _by_household(lines):
        event_no = of_household[0].event_id
        assert event_no is not None, "what was done bears its event"
        filing = _cancelling_of(row, of_household)
        situation = gather(definition, filing, lock=True, cancels=event_no)
        for line in of_household:
            if not versions_by(situation.person(line.person.atena_no), event_no):
                line.state, line.why = LineState.CANCELLED, _ALREADY
        going = [line for line in _not_held(of_household, held, LineState.STANDS) if line.state == LineState.DONE]
        going = _able(definition, situation, lambda lines: _cancelling_of(row, lines), going, LineState.STANDS)
        if going:
            filing = _cancelling_of(row, going)
            ordered = Ordered(row.cancel_asked_by, row.cancel_examined_by, row.office_code, row.terminal, event_no)
            record_by_system(actor, definition, situation, filing, definition.apply(situation, filing), JOB, ordered)
            for line in going:
                line.state, line.why = LineState.CANCELLED, ""


def _by_household(lines: Sequence[RenamingLine]) -> list[tuple[str, list[RenamingLine]]]:
    return [(number, list(of)) for number, of in groupby(lines, key=lambda line: line.household_no)]


def _renaming_of(row: Renaming, lines: Sequence[RenamingLine]) -> Filing:
    members = (Member(line.person.atena_no, {name: from_json(name, value) for name, value in line.after.items()}) for line in lines)
    return Filing(ADDRESS_RENAMED.code, JapaneseDate.of(row.effective_on), None, {}, tuple(members))


def _cancelling_of(row: Renaming, lines: Sequence[RenamingLine]) -> Filing:
    values = {"basis": EX_OFFICIO, "reason": row.cancel_reason}
    return Filing(CANCELLATION.code, JapaneseDate.of(clock.today()), None, values, tuple(Member(line.person.atena_no) for line in lines))


def _not_held(lines: Sequence[RenamingLine], held: Holders, aside: LineState) -> list[RenamingLine]:
    """Those whom no 仮登録 holds; the others are set aside (N-4.0.8-04)."""
    for line in lines:
        if filing_no := held.of(line.person.atena_no, line.household_no):
            line.state, line.why = aside, HELD.format(filing_no)
    return [line for line in lines if line.state != aside]


def _drifted(line: RenamingLine, situation: Situation) -> bool:
    """Whether the register says something else than when they were found (N-9.7-09): then nothing is written over."""
    person = situation.person(line.person.atena_no)
    if not person.is_open or person.entries.household_no != line.household_no:
        line.state, line.why = LineState.LEFT, _MOVED
    elif any(getattr(person.entries, name) != from_json(name, value) for name, value in line.before.items()):
        line.state, line.why = LineState.LEFT, _CHANGED
    return line.state == LineState.LEFT


def _able(
    definition: EventDefinition, situation: Situation, filing_of: Callable[[Sequence[RenamingLine]], Filing], lines: Sequence[RenamingLine], aside: LineState
) -> list[RenamingLine]:
    """Those of whom it can be recorded together; who cannot be is set aside with the reasons, and the rest is judged again without them."""
    going = list(lines)
    while going:
        problems = [problem for problem in definition.check(situation, filing_of(going)) if problem.blocks]
        if not problems:
            return going
        own = {problem.member for problem in problems} - {None} or set(range(len(going)))
        for index in own:
            messages = [problem.message for problem in problems if problem.member in (index, None)]
            going[index].state, going[index].why = aside, "\n".join(dict.fromkeys(messages))
        going = [line for index, line in enumerate(going) if index not in own]
    return []


def _part(whole: Situation, household_no: str) -> Situation:
    """One household of those that were locked together."""
    household = whole.households.get(household_no)
    members = household.members if household else ()
    return replace(whole, persons={no: whole.persons[no] for no in members}, households={household_no: household} if household else {})


@transaction.atomic
def _finish(case: int) -> None:
    """The case is done when nothing of it is left to do."""
    row = _locked(case)
    if row.state not in (RenamingState.EXAMINED, RenamingState.CANCELLING) or _open_lines(row).exists():
        return
    if row.state == RenamingState.EXAMINED:
        row.state, row.done_at = RenamingState.DONE, clock.now()
        rows.update(row, "state", "done_at")
    else:
        row.state, row.cancelled_at = RenamingState.CANCELLED, clock.now()
        rows.update(row, "state", "cancelled_at")
