"""コンビニ交付への通知 — what konbini is told of an event: 証明データ of everybody whose certificate it changed, in one message. 住民基本台帳法第12条; S5-01, G-21."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daicho import clock, outbox, vault
from daicho.city.queries import code_names
from daicho.contracts.certificate_data_v1 import CertificateDataV1
from daicho.residents.commands.notices.telling import Telling
from daicho.residents.commands.writing import Written
from daicho.residents.models import SheetCurrent
from daicho.residents.rules.certificate_data import Told, certificate_changed, certified_person, codes_of
from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import CodeNames

KONBINI = "konbini"
AT_ONCE = 200  # people in one message; an event of so many is no household's


def outgoing(telling: Telling) -> list[outbox.Outgoing]:
    """A fixed number of statements, whatever the people."""
    told = _newest(telling.written) if NoticeKind.CERTIFICATE_DATA in telling.kinds else []
    if not told:
        return []
    serials, names = _serials([w.entries for w in told]), _names([w.entries for w in told])
    handles = outbox.subject_handles(KONBINI, [w.person.public_id for w in told])
    today = clock.jst(telling.recording.recorded_at).date()
    persons = [
        certified_person(w.entries, Told(w.person.atena_no, w.version.history_no, serials.get(w.entries.user_certificate_serial), today), names) for w in told
    ]
    because = telling.recording.event.pk
    return [
        outbox.Outgoing(CertificateDataV1(tuple(persons[at : at + AT_ONCE])), KONBINI, handles[at : at + AT_ONCE], because)
        for at in range(0, len(persons), AT_ONCE)
    ]


def of_sheet(sheet: SheetCurrent) -> list[outbox.Outgoing]:
    """The same of one person whose newest sheet was written on without an event (備考)."""
    entries, person = sheet.to_entries(), sheet.person
    told = Told(person.atena_no, sheet.history_no, _serials([entries]).get(entries.user_certificate_serial), clock.today())
    message = CertificateDataV1((certified_person(entries, told, _names([entries])),))
    return [outbox.Outgoing(message, KONBINI, outbox.subject_handles(KONBINI, [person.public_id]))]


def _newest(written: Sequence[Written]) -> list[Written]:
    """Each person once, as the newest row has them, if anything changed of what konbini holds."""
    newest: dict[int, Written] = {}
    for w in written:
        known = newest.get(w.person.pk)
        if known is None or known.version.history_no < w.version.history_no:
            newest[w.person.pk] = w
    return [w for w in newest.values() if certificate_changed(w.before, w.entries)]


def _serials(told: Sequence[SheetEntries]) -> Mapping[int | None, str | None]:
    """The cards' serial numbers in the clear, by reference. One statement, none without any."""
    refs = [entries.user_certificate_serial for entries in told if entries.user_certificate_serial is not None]
    return {**vault.reveal_many(refs, because="コンビニ交付への証明データの通知")} if refs else {}


def _names(told: Sequence[SheetEntries]) -> CodeNames:
    """The words of all codes. One statement for each table that is asked, none for what was written in words."""
    wanted: dict[str, set[str]] = {}
    for entries in told:
        for table, code in codes_of(entries).items():
            wanted.setdefault(table, set()).add(code)
    return {table: code_names(table, sorted(codes)) for table, codes in wanted.items()}
