"""通知を出す — whom an event tells, posted in the event's own transaction. design §5; 住民基本台帳法第9条第1項, 第30条の6; A-04, A-06."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date

from django.conf import settings
from django.db import connection

from daicho import clock, outbox, rows, vault
from daicho.audit.actor import Actor
from daicho.residents.commands.filings import Judged
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.models import ToldIdentity
from daicho.residents.rules.definitions import EventDefinition, NoticeKind
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import Numbers, Source, identity_changed, identity_info, move_in_notice
from daicho.residents.rules.outcome import effect_on

JUKI_NET = "juki_net"
TO_JUKI_NET = frozenset({NoticeKind.IDENTITY_INFO, NoticeKind.MOVE_IN_NOTICE})


def post_notices(actor: Actor, definition: EventDefinition, recording: Recording, judged: Judged, written: Sequence[Written]) -> None:
    """Post every notice that the event's definition declares. A fixed number of statements, whatever the people."""
    kinds = {n.kind for n in definition.notices if n.when is None or n.when(judged.situation, judged.filing)}
    for reason, of_reason in _by_reason(definition, judged.situation.today, written).items():
        tell(actor, kinds, reason, recording, of_reason)


def _by_reason(definition: EventDefinition, today: date, written: Sequence[Written]) -> dict[tuple[str, str | None] | None, list[Written]]:
    """The sheets by 更新事由: a 取消し brings one back and corrects another. 市町村CS holds nothing of a sheet that was and stays a 除票."""
    groups: dict[tuple[str, str | None] | None, list[Written]] = {}
    for w in written:
        if w.before is None or is_open(w.before, today) or is_open(w.entries, today):
            groups.setdefault(definition.reason_for(effect_on(w.before, w.entries, today)), []).append(w)
    return groups


def tell(actor: Actor, kinds: Set[NoticeKind], identity_reason: tuple[str, str | None] | None, recording: Recording, written: Sequence[Written]) -> None:
    """Post the notices of these kinds about what was written because of an event."""
    told = [w for w in written if identity_changed(w.before, w.entries)]
    if not told or not kinds & TO_JUKI_NET:
        return
    numbers = _numbers(told)
    sources = _sources(actor, identity_reason, recording, told)
    handles = outbox.subject_handles(JUKI_NET, [w.person.public_id for w in told])
    outgoing = []
    for w, source, handle in zip(told, sources, handles, strict=True):
        if NoticeKind.IDENTITY_INFO in kinds:
            outgoing.append(_post(identity_info(w.entries, numbers[w.sheet_id], source), handle, recording))
        if NoticeKind.MOVE_IN_NOTICE in kinds and w.opened:
            outgoing.append(_post(move_in_notice(w.entries, numbers[w.sheet_id], source), handle, recording))
    outbox.post_many(outgoing)


def _post(message: object, handle: str, recording: Recording) -> outbox.Outgoing:
    return outbox.Outgoing(message, JUKI_NET, (handle,), recording.event.pk)


def _numbers(told: Sequence[Written]) -> dict[int, Numbers]:
    """Each person's numbers in the clear, by sheet. One statement."""
    refs = [ref for w in told for ref in (w.entries.juminhyo_code, w.entries.individual_number) if ref is not None]
    clear = vault.reveal_many(refs, because="本人確認情報の通知")
    return {
        w.sheet_id: Numbers(
            clear[w.entries.juminhyo_code] if w.entries.juminhyo_code is not None else "",
            clear[w.entries.individual_number] if w.entries.individual_number is not None else None,
        )
        for w in told
    }


def _sources(actor: Actor, reason: tuple[str, str | None] | None, recording: Recording, told: Sequence[Written]) -> list[Source]:
    """Each person's next 更新順番号, taken under the person's lock and kept."""
    assert reason is not None, f"{recording.event.code} tells of identity information and says no 更新事由"
    code = settings.INSTALLATION.municipality_code
    last = _last_told([w.person.pk for w in told if w.version.history_no > 1])
    sources = [
        Source(
            reason,
            recording.effective_on,
            recording.event.filed_on,
            last.get(w.person.pk, 0) + 1,
            actor.login,
            actor.terminal,
            code,
            clock.jst(recording.recorded_at).date(),
        )
        for w in told
    ]
    rows.insert(
        [
            ToldIdentity(municipality_code=code, person=w.person, update_sequence_no=s.update_sequence_no, history_no=w.version.history_no)
            for w, s in zip(told, sources, strict=True)
        ]
    )
    return sources


_LAST_TOLD = "SELECT person_id, max(update_sequence_no) FROM residents_toldidentity WHERE person_id = ANY(%s) GROUP BY person_id"


def _last_told(person_ids: list[int]) -> dict[int, int]:
    """Each person's last 更新順番号. One statement; none when all are newcomers, of whom nobody was told."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST_TOLD, [person_ids])
        return dict(cursor.fetchall())
