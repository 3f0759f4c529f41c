"""庁内連携への通知 — what transfers is told of an event: everybody of whom the departments may know something else by it. 番号法第9条第1項; S1-11, G-25."""

from __future__ import annotations

from collections.abc import Iterable

from daicho import clock, outbox
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.transfer_info import Told, transfer_changed, transfer_info

TRANSFERS = "transfers"


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """Of those whose sheet changed in what departments may be told. One statement for the handles, whatever the people; none for nobody."""
    if NoticeKind.TRANSFER_INFO not in telling.kinds:
        return []
    told = [w for w in _newest(telling.written) if transfer_changed(w.before, w.entries)]
    if not told:
        return []
    recording = telling.recording
    today = clock.jst(recording.recorded_at).date()
    handles = outbox.subject_handles(TRANSFERS, [w.person.public_id for w in told])
    return [
        outbox.Outgoing(transfer_info(w.entries, _told(telling, w), today), TRANSFERS, (handle,), recording.event.pk)
        for w, handle in zip(told, handles, strict=True)
    ]


def _told(telling: Telling, w: Written) -> Told:
    event = telling.recording.event
    return Told(w.person.atena_no, w.version.history_no, telling.recording.recorded_at, event.standard_code, telling.recording.effective_on)


def _newest(written: Iterable[Written]) -> list[Written]:
    """Of each person the newest row: an older 除票 that is written on says nothing of how the person stands (fold.md 15)."""
    newest: dict[int, Written] = {}
    for w in written:
        known = newest.get(w.person.pk)
        if known is None or known.version.history_no < w.version.history_no:
            newest[w.person.pk] = w
    return list(newest.values())
