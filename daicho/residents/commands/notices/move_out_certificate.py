"""転出証明書情報の通知 — what juki_net is told of those who leave by 特例, and when that was cancelled. 住民基本台帳法第24条の2; G-11; N-4.1.3.0.4-03."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from daicho import clock, outbox, vault
from daicho.city.queries import code_names, setting
from daicho.contracts.move_out_certificate_info_v1 import MoveOutCertificateInfoV1, MoveOutCertificateWithdrawnV1
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.models import CivilEvent
from daicho.residents.rules.certificate_data import codes_of
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.move_out_certificate import NUMBERS, certificate_of, leaves_specially, stays_after_all
from daicho.residents.rules.on_certificate import CodeNames

JUKI_NET = "juki_net"


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """One notice of all who leave by the event, or whose 転出 it takes back. A few statements, whatever the people; none for any other event."""
    if NoticeKind.MOVE_OUT_CERTIFICATE in telling.kinds:
        return _certified(telling, [w for w in telling.written if leaves_specially(w.before, w.entries)])
    if NoticeKind.MOVE_OUT_WITHDRAWAL in telling.kinds:
        return _withdrawn(telling, [w for w in telling.written if stays_after_all(w.before, w.entries)])
    return []


def _certified(telling: Telling, leavers: Sequence[Written]) -> list[outbox.Outgoing]:
    sheets = [w.entries for w in leavers]
    refs = [ref for entries in sheets for name in NUMBERS if (ref := getattr(entries, name)) is not None]
    numbers = vault.reveal_many(refs, because="転出証明書情報の通知")
    certificate = certificate_of(sheets, numbers, _names(sheets), settings.INSTALLATION.municipality_code)
    until = certificate.planned_move_out_date + timedelta(days=setting("card_move_in_days_from_move_out", clock.today()))
    return _posted(telling, leavers, MoveOutCertificateInfoV1(str(telling.recording.event.request_key), until, certificate))


def _withdrawn(telling: Telling, staying: Sequence[Written]) -> list[outbox.Outgoing]:
    planned = CivilEvent.objects.values_list("request_key", flat=True).get(pk=telling.recording.event.cancels_id)
    clear = vault.reveal_many([ref for w in staying if (ref := w.entries.juminhyo_code) is not None], because="転出証明書情報の取消しの通知")
    return _posted(telling, staying, MoveOutCertificateWithdrawnV1(str(planned), tuple(clear.values())))


def _posted(telling: Telling, people: Sequence[Written], message: object) -> list[outbox.Outgoing]:
    handles = outbox.subject_handles(JUKI_NET, [w.person.public_id for w in people])
    return [outbox.Outgoing(message, JUKI_NET, tuple(handles), telling.recording.event.pk)]


def _names(sheets: Sequence[SheetEntries]) -> CodeNames:
    """The words of all codes. One statement for each table that is asked, none for what was written in words."""
    wanted: dict[str, set[str]] = {}
    for entries in sheets:
        for table, code in codes_of(entries).items():
            wanted.setdefault(table, set()).add(code)
    return {table: code_names(table, sorted(codes)) for table, codes in wanted.items()}
