"""戸籍附票記載事項通知 — what the 附票 is told of an event: the city's own of who has the 本籍 here, else by 市町村CS that of the other city.

住民基本台帳法第19条第1項; G-22, G-23; S1-09. Of whom no 本籍 can be read nobody is told, and a clerk finds him on a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings

from daicho import clock, outbox, rows, vault
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.models import FuhyoWithoutSeat, Person
from daicho.residents.rules.fuhyo import Duty, Recorded, SheetChange, Source, fuhyo_duty, fuhyo_notice, seat_of_register

JUKI_NET, FAMILY_REGISTER = "juki_net", "family_register"


@dataclass(frozen=True)
class _Due:
    """One person whose 附票 is to be told; `seat`: the municipality of the 本籍, None = none can be read."""

    person: Person
    duty: Duty
    seat: str | None


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """Nothing is asked where it is about nobody; else at most four statements, whatever the people. In the event's transaction."""
    due = _due(telling)
    _note_without_seat(telling, [one for one in due if one.seat is None])
    here = settings.INSTALLATION.municipality_code
    ours, theirs = [one for one in due if one.seat == here], [one for one in due if one.seat not in (here, None)]
    told = [(to, of) for to, of in ((FAMILY_REGISTER, ours), (JUKI_NET, theirs)) if of and to in settings.DAICHO.peers]
    codes = _codes([one for _, of in told for one in of])
    return [notice for to, of in told for notice in _addressed(telling, to, of, codes)]


def _due(telling: Telling) -> list[_Due]:
    event = telling.recording.event
    recorded = Recorded(event.standard_code, clock.jst(telling.recording.recorded_at).date(), event.cancels_id is not None)
    written: dict[int, list[Written]] = {}
    for w in telling.written:
        written.setdefault(w.person.pk, []).append(w)
    duties = [(of[0].person, fuhyo_duty(map(_change, of), recorded)) for of in written.values()]
    return [_Due(person, duty, seat_of_register(duty.entries)) for person, duty in duties if duty is not None]


def _change(w: Written) -> SheetChange:
    return SheetChange(None if w.opened else w.on_sheet or w.before, w.entries, w.version.history_no)


def _codes(told: Sequence[_Due]) -> dict[int | None, str]:
    """住民票コード in the clear, by reference. One statement, none for nobody."""
    refs = [one.duty.entries.juminhyo_code for one in told if one.duty.entries.juminhyo_code is not None]
    return {**vault.reveal_many(refs, because="戸籍附票記載事項通知")} if refs else {}


def _addressed(telling: Telling, to: str, due: Sequence[_Due], codes: dict[int | None, str]) -> list[outbox.Outgoing]:
    handles = outbox.subject_handles(to, [one.person.public_id for one in due])
    return [
        outbox.Outgoing(fuhyo_notice(one.duty, codes.get(one.duty.entries.juminhyo_code, ""), _source(telling, one)), to, (handle,), telling.recording.event.pk)
        for one, handle in zip(due, handles, strict=True)
    ]


def _source(telling: Telling, one: _Due) -> Source:
    code, recording = str(settings.INSTALLATION.municipality_code), telling.recording
    control_no = code + uuid4().hex[:16]  # 64 random bits: none comes twice, after a restore either
    return Source(control_no, one.seat or "", code, recording.effective_on, clock.jst(recording.recorded_at).date())


def _note_without_seat(telling: Telling, due: Sequence[_Due]) -> None:
    """One statement, none for nobody."""
    recording = telling.recording
    rows.insert(
        [
            FuhyoWithoutSeat(
                municipality_code=settings.INSTALLATION.municipality_code, person=one.person, event=recording.event, noted_at=recording.recorded_at
            )
            for one in due
        ]
    )
