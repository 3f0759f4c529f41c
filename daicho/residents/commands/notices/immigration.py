"""入管庁への通知 — 市町村通知・市町村伝達 of an event, noted in its transaction, and sent: by the post room, or on a medium. 入管法61条の8の2; std 4.5.7.

What is due is a row of its own (対象者), which keeps what became of it. A person's earlier ones always go first (N-4.5.7-06).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings

from daicho import city, clock, outbox, rows, vault
from daicho.contracts import base
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.models import CivilEvent, ImmigrationNotice, Person
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.events import event_recorded_as
from daicho.residents.rules.immigration_notice import Duty, Source, duty_of, immigration_notice

IMMIGRATION = "immigration"


def tell_immigration(telling: Telling) -> None:
    """Note whom of it 入管庁 is to be told, and send. Nothing is asked where it is about nobody; else a fixed number of statements."""
    due = [] if IMMIGRATION not in settings.DAICHO.peers else _due(telling)
    if not due or _upon_commissioner_notice(telling):
        return
    cards = _cards([duty for _, duty in due])
    notices = [immigration_notice(duty, _source(telling), cards.get(duty.after.residence_card_no)) for _, duty in due]
    note([Noted(person, telling.recording.event, notice) for (person, _), notice in zip(due, notices, strict=True)])


def _due(telling: Telling) -> list[tuple[Person, Duty]]:
    day, basis = clock.jst(telling.recording.recorded_at).date(), Basis(telling.recording.event.basis)
    written: dict[int, list[Written]] = {}
    for w in telling.written:
        written.setdefault(w.person.pk, []).append(w)
    duties = [(of[0].person, duty_of([(w.before, w.entries) for w in of], basis, day)) for of in written.values()]
    return [(person, duty) for person, duty in duties if duty is not None]


def _upon_commissioner_notice(telling: Telling) -> bool:
    """Whether it rests on a 長官通知, or cancels what did: that is known there. One statement for a 取消し, none otherwise."""
    if telling.recording.event.cancels_id is None:
        return telling.definition.upon_commissioner_notice
    cancelled = event_recorded_as(CivilEvent.objects.get(pk=telling.recording.event.cancels_id).definition)
    return cancelled is not None and cancelled.upon_commissioner_notice


def _cards(duties: Sequence[Duty]) -> dict[int | None, str]:
    """Numbers of the cards in the clear, by reference. One statement, none where nobody has one."""
    refs = [duty.after.residence_card_no for duty in duties if duty.after.residence_card_no is not None]
    return {**vault.reveal_many(refs, because="出入国在留管理庁への通知")} if refs else {}


def _source(telling: Telling) -> Source:
    event, recording = telling.recording.event, telling.recording
    day = clock.jst(recording.recorded_at).date()
    return Source(new_control_no(), settings.INSTALLATION.municipality_code, event.standard_code, recording.effective_on, day, event.filed_on)


def new_control_no() -> str:
    """A 依頼管理番号: the city's code and 64 random bits, so that none comes twice, after a restore either."""
    return str(settings.INSTALLATION.municipality_code) + uuid4().hex[:16]


@dataclass(frozen=True)
class Noted:
    """One message that is due. `resends`: the one that it repeats, who wants that and why."""

    person: Person
    event: CivilEvent
    message: ImmigrationNoticeV1
    resends: tuple[ImmigrationNotice, str, str] | None = None


def note(due: Sequence[Noted]) -> None:
    """Keep these, and send them after whatever of the same persons was not sent yet; on a medium an officer writes it when he will."""
    refs = vault.seal_payloads([base.encode(one.message) for one in due])
    ids, now = rows.draw_ids({ImmigrationNotice: len(due)})[ImmigrationNotice], clock.now()
    made = []
    for one, ref in zip(due, refs, strict=True):
        again, by, why = one.resends or (None, "", "")
        made.append(
            ImmigrationNotice(
                pk=next(ids), municipality_code=settings.INSTALLATION.municipality_code, control_no=one.message.request_control_no, person=one.person,
                event_id=one.event.pk, law_code=one.message.law_code, effect_code=one.message.effect_code, noted_at=now, payload_ref=ref, resends=again,
                resent_by=by, resent_because=why,
            )
        )  # fmt: skip
    rows.insert(made)
    if not city.setting("immigration_by_medium", clock.today()):
        send_online([one.person.pk for one in due])


def unsent(person_ids: Collection[int] | None = None) -> list[ImmigrationNotice]:
    """What has gone neither way yet, locked, in the order of the events; of these persons, or of all. One statement."""
    found = ImmigrationNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, notice_id=None, file=None)
    if person_ids is not None:
        found = found.filter(person_id__in=list(person_ids))
    return list(found.select_related("person").order_by("pk").select_for_update(of=("self",)))


def send_online(person_ids: Collection[int] | None = None) -> int:
    """Hand to the post room what was not sent; returns how many. In the caller's transaction, which holds the locks of these persons."""
    waiting = unsent(person_ids)
    if not waiting:
        return 0
    messages = messages_of(waiting)
    handles = outbox.subject_handles(IMMIGRATION, [row.person.public_id for row in waiting])
    posted = [outbox.Outgoing(messages[row.pk], IMMIGRATION, (handle,), row.event_id) for row, handle in zip(waiting, handles, strict=True)]
    for row, notice_id in zip(waiting, outbox.post_many(posted), strict=True):
        row.notice_id = notice_id
    ImmigrationNotice.objects.bulk_update(waiting, ["notice_id"])
    return len(waiting)


def messages_of(noted: Sequence[ImmigrationNotice]) -> dict[int, ImmigrationNoticeV1]:
    """What they say, by row. One statement."""
    opened = vault.open_payloads([row.payload_ref for row in noted])
    messages = {row.pk: base.decode("immigration_notice", 1, opened[row.payload_ref]) for row in noted}
    return {pk: message for pk, message in messages.items() if isinstance(message, ImmigrationNoticeV1)}
