"""転出予定日の到来 — on the day the sheet closes the removal is told, and the household that remains goes on. 住民基本台帳法第24条; design §4; fold.md 18.

The sheet is closed by its own value already; nothing of it is written here. One transaction for each household.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

from django.db import DatabaseError, transaction

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.commands.by_system import record_by_system
from daicho.residents.commands.notices import tell
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.removals import note_removals
from daicho.residents.commands.writing import Recording, VersionRow, Written, moment_after, newest_recorded, subjects_of
from daicho.residents.models import SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.due_removals import Due, due_removals, household_on_the_day, sheets_of
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.closing import identity_reason
from daicho.residents.rules.events.head_by_removal import HEAD_BY_REMOVAL
from daicho.residents.rules.events.move_out import MOVE_OUT
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.outcome import outcomes
from daicho.values.dates import JapaneseDate

log = logging.getLogger(__name__)


def settle_all(actor: Actor, until: date) -> dict[str, int]:
    """Settle whatever is due by a day, oldest first; a second time there is nothing. Returns how many people left and households changed.

    A household that cannot be settled holds up no other; RuntimeError at the end when there was one.
    """
    audit.require(actor, Permission.FILING_REGISTER)
    left = changed = failed = 0
    for household_no in dict.fromkeys(due.household_no for due in due_removals(until)):
        try:
            people, households = settle(actor, household_no, until)
        except (DatabaseError, ValueError, KeyError) as problem:  # no message: it may name a person
            log.error("the removals of one household could not be settled: %s", type(problem).__name__)
            failed += 1
        else:
            left, changed = left + people, changed + households
    if failed:
        raise RuntimeError(f"{failed} households could not be settled")
    return {"消除": left, "世帯主の変わった世帯": changed}


@transaction.atomic
def settle(actor: Actor, household_no: str, until: date) -> tuple[int, int]:
    """What is due of one household by a day: how many people left, and how often those who remain changed by it."""
    seen = due_removals(until, household_no)
    lock_current([household_no] if household_no else [], {leaver.atena_no for due in seen for leaver in due.leavers})
    left = changed = 0
    for due in due_removals(until, household_no):  # as it is under the locks
        _tell_removals(actor, due)
        changed += _go_on(actor, due) if household_no else 0
        left += len(due.leavers)
    return left, changed


def _tell_removals(actor: Actor, due: Due) -> None:
    """Whoever is told of a 転出 is told that the day has come, because of the event that planned it."""
    said = SheetVersion.objects.filter(pk__in=[leaver.version_id for leaver in due.leavers]).select_related("person", "event")
    moment, sheets = moment_after(newest_recorded([leaver.atena_no for leaver in due.leavers])), sheets_of(due)
    for version in said.order_by("pk"):
        recording = Recording(version.event, moment, JapaneseDate.of(due.closed_on))
        entries = sheets[version.sheet_id].entries
        written = [Written(version.person, version.sheet_id, entries, entries.but(closed_on=None), _row_of(version), opened=False)]
        note_removals(recording, written)
        definition = replace(MOVE_OUT, identity_reason=identity_reason(entries.removal_reason_code))
        kinds = frozenset(notify.kind for notify in definition.notices)  # its conditions ask whether the day has come, and it has
        tell(Telling(actor, definition, kinds, recording, written))
        audit.record(actor, Permission.FILING_REGISTER, subjects_of(written), detail={"step": "removal_due", "closed_on": due.closed_on.isoformat()})


def _go_on(actor: Actor, due: Due) -> int:
    """世帯主変更 or 未設定 of those who remain, as an event of the day; nothing when none of them changes."""
    situation, day = household_on_the_day(due), JapaneseDate.of(due.closed_on)
    filing = Filing(HEAD_BY_REMOVAL.code, day, None, {}, tuple(Member(leaver.atena_no) for leaver in due.leavers))
    changes = HEAD_BY_REMOVAL.apply(situation, filing)
    if not outcomes(situation, changes):
        return 0
    record_by_system(actor, HEAD_BY_REMOVAL, situation, filing, changes, source="job")
    return 1


def _row_of(version: SheetVersion) -> VersionRow:
    return VersionRow(
        version.person_id, version.spell_id, version.sheet_id, version.event_id, version.history_no, version.sheet_history_no, version.key, version.anchor,
        version.recorded_at, version.asserts, bytes(version.digest),
    )  # fmt: skip
