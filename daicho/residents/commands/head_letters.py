"""世帯主の通知書の決定 — that a household's new 世帯主 is told, or that those without one are asked to file. std 4.0.4, 4.0.5 (N-4.0.5-01…-06).

Nothing of the register changes here. A city that does not use the function (dated setting) writes to nobody and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.errors import CannotDo
from daicho.residents.models import HeadLetter
from daicho.residents.models.head_letter import LetterKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.headless import household_without_head, writes_letters
from daicho.residents.rules.changes import Changes
from daicho.residents.rules.headless import appointed
from daicho.residents.rules.situation import Situation


def note_letters(recording: Recording, situation: Situation, changes: Changes, written: Sequence[Written]) -> None:
    """世帯主変更通知書 of every household in which this event made somebody 世帯主 ex officio. Two statements, none where it made nobody."""
    found = appointed(recording.event.code, situation, changes)
    if not found or not writes_letters():
        return
    people = {w.person.atena_no: w.person for w in written}
    event = recording.event
    rows.insert(
        [
            HeadLetter(
                municipality_code=event.municipality_code, household_no=one.household_no, event=event, kind=LetterKind.CHANGED,
                addressee=people[one.addressee], decided_by=event.examined_by or event.entered_by, decided_at=recording.recorded_at,
            )
            for one in found
        ]
    )  # fmt: skip


@transaction.atomic
def leave_without_head(actor: Actor, person: UUID) -> HeadLetter:
    """職権で定めない: the household of this person stays without a 世帯主, and is asked to file (世帯主変更依頼通知書).

    CannotDo when it has a 世帯主 by now, when this was decided already, or where the city does not use the function.
    """
    audit.require(actor, Permission.FILING_ENTER)
    if not writes_letters():
        raise CannotDo("世帯主変更依頼通知書の機能は、市の設定により使っていません。")
    found = household_without_head(person, lock=True)
    if found is None:
        raise CannotDo("この世帯には、いま世帯主がいます。一覧を開き直してください。")
    if found.letter is not None:
        raise CannotDo("この世帯は、職権で世帯主を定めないと決めてあります。一覧を開き直してください。")
    letter = HeadLetter.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, household_no=found.household_no, event_id=found.gone_by, kind=LetterKind.REQUESTED,
        addressee_id=found.addressee.person_id, decided_by=actor.name, decided_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, Permission.FILING_ENTER, [found.addressee.public_id], detail={"step": "leave_without_head", "event": found.gone_by})
    return letter
