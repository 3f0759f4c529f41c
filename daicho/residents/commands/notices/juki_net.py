"""市町村CSへの通知 — what juki_net is told of an event: 本人確認情報 and 転入通知. 住民基本台帳法第9条第1項, 第30条の6; A-04, A-06."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import connection

from daicho import clock, outbox, rows, vault
from daicho.residents.commands.notices.doubles import borne_by_another
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Recording, Written
from daicho.residents.models import ToldIdentity
from daicho.residents.rules.closing import identity_reason
from daicho.residents.rules.definitions import EventDefinition, NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.identity_info import Numbers, Source, correction_detail, identity_changed, identity_info, move_in_notice
from daicho.residents.rules.outcome import effect_on
from daicho.residents.rules.unfiled import addressees

JUKI_NET = "juki_net"
TO_JUKI_NET = frozenset({NoticeKind.IDENTITY_INFO, NoticeKind.MOVE_IN_NOTICE})


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """Of those whose 本人確認情報 changed, but for doubles who go on there under the same code. A fixed number of statements, whatever the people."""
    told = [w for w in telling.written if not w.replaced and _is_changed(w, _day(telling))]
    elsewhere = borne_by_another(told)
    told = [w for w in told if w.person.pk not in elsewhere]
    if not told or not telling.kinds & TO_JUKI_NET:
        return []
    numbers = _numbers(told)
    sources = _sources(telling, told)
    handles = outbox.subject_handles(JUKI_NET, [w.person.public_id for w in told])
    posted = []
    for w, source, handle in zip(told, sources, handles, strict=True):
        if NoticeKind.IDENTITY_INFO in telling.kinds:
            posted.append(_post(identity_info(w.entries, numbers[w.sheet_id], source), handle, telling.recording))
        if NoticeKind.MOVE_IN_NOTICE in telling.kinds and telling.filing and w.opened:
            former = addressees(telling.filing, w.entries, settings.INSTALLATION.municipality_code)
            posted += [_post(move_in_notice(w.entries, one, numbers[w.sheet_id], source), handle, telling.recording) for one in former]
    return posted


def _is_changed(w: Written, day: date) -> bool:
    """A removal that lies ahead is told on its day; on a sheet that was and stays a 除票 nothing changes of which 市町村CS knows."""
    before, after = w.before and _on(w.before, day), _on(w.entries, day)
    return (before is None or is_open(before, day) or is_open(after, day)) and identity_changed(before, after)


def _on(entries: SheetEntries, day: date) -> SheetEntries:
    return entries.but(closed_on=None) if is_open(entries, day) else entries


def _day(telling: Telling) -> date:
    return clock.jst(telling.recording.recorded_at).date()


def _post(message: object, handle: str, recording: Recording) -> outbox.Outgoing:
    return outbox.Outgoing(message, JUKI_NET, (handle,), recording.event.pk)


def _numbers(told: Sequence[Written]) -> dict[int, Numbers]:
    """Each person's numbers in the clear, by sheet. One statement."""
    refs = [ref for w in told for ref in (w.entries.juminhyo_code, w.entries.individual_number, _old_code(w)) if ref is not None]
    clear = vault.reveal_many(refs, because="本人確認情報の通知")
    return {
        w.sheet_id: Numbers(
            clear[w.entries.juminhyo_code] if w.entries.juminhyo_code is not None else "",
            clear[w.entries.individual_number] if w.entries.individual_number is not None else None,
            clear[old] if (old := _old_code(w)) is not None else None,
        )
        for w in told
    }


def _old_code(w: Written) -> int | None:
    """The 住民票コード that this event changed: file (2) keeps it, and finds the person by it (法30条の4; items 24, 25)."""
    return w.before.juminhyo_code if w.before is not None and w.before.juminhyo_code != w.entries.juminhyo_code else None


def _sources(telling: Telling, told: Sequence[Written]) -> list[Source]:
    """Each person's next 更新順番号, taken under the person's lock and kept."""
    recording, actor, day = telling.recording, telling.actor, _day(telling)
    code = settings.INSTALLATION.municipality_code
    last = _last_told([w.person.pk for w in told if w.version.history_no > 1])
    sources = [
        Source(
            _reason(telling.definition, w, day),
            recording.effective_on,
            recording.event.filed_on,
            last.get(w.person.pk, 0) + 1,
            actor.login,
            actor.terminal,
            code,
            day,
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


def _reason(definition: EventDefinition, w: Written, day: date) -> tuple[str, str | None]:
    """更新事由: of a 取消し that of what it does to this sheet; the detail of a 修正 by what it changes, of a 職権消除 by its 事由."""
    reason = definition.reason_for(effect_on(w.before, w.entries, day))
    assert reason is not None, f"{definition.code} tells of identity information and says no 更新事由"
    if reason == ("correction_ex_officio", None) and w.before is not None:
        return reason[0], correction_detail(w.before, w.entries)
    if reason == ("removal_ex_officio", None):
        return identity_reason(w.entries.removal_reason_code)
    return reason


_LAST_TOLD = "SELECT person_id, max(update_sequence_no) FROM residents_toldidentity WHERE person_id = ANY(%s) GROUP BY person_id"


def _last_told(person_ids: list[int]) -> dict[int, int]:
    """Each person's last 更新順番号. One statement; none when all are newcomers, of whom nobody was told."""
    if not person_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST_TOLD, [person_ids])
        return dict(cursor.fetchall())
