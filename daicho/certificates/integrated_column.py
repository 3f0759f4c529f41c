"""統合記載欄 — 異動履歴, 留意事項 and 備考, and what was asked for and has no box of its own. 標準仕様 1.1.14, 5.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from daicho.certificates.record import AliasEntry, CertificateRecord, ConfirmedDestination, Note, NoteKind, RemovedEntries
from daicho.certificates.request import CertificateRequest, Omissible
from daicho.values.dates import wareki

COLUMN = "統合記載欄"


def paragraphs(record: CertificateRecord, request: CertificateRequest, blank: str) -> tuple[str, ...]:
    """The column's paragraphs in order: alias history, 個別記載事項, A and B in their own order, C last. `blank`: the city's 【空欄】."""
    found = [*_of_removed(record, request, blank), *own_words(record, request, blank)]
    history = [text for note in record.notes if note.kind is not NoteKind.REMARK and (text := _text(note, request, blank))]
    if history:
        found += ["【異動履歴・留意事項】" if Omissible.HISTORY in request.shown else "【留意事項】", *history]
    remarks = [note.text for note in record.notes if note.kind is NoteKind.REMARK and is_printed(note, request)]
    if remarks:
        found += ["【備考】", *remarks]
    return tuple(line for text in found for line in _lines(text))


def own_words(record: CertificateRecord, request: CertificateRequest, blank: str) -> list[str]:
    """What was asked for by name and has no box: the alias history, then 個別記載事項."""
    found: list[str] = []
    if tells_alias_history(record, request) and record.foreign:
        found += ["【通称の記載及び削除に関する事項】", *(_alias(entry, blank) for entry in record.foreign.alias_history)]
        if not record.foreign.alias_history:
            found.append("なし")
    if Omissible.INDIVIDUAL_ENTRIES in request.shown and record.individual_entries:
        found += ["【個別記載事項】", *(f"{item}\u3000{words}" for item, words in record.individual_entries)]
    return found


def tells_alias_history(record: CertificateRecord, request: CertificateRequest) -> bool:
    """Whether 通称の記載及び削除に関する事項 was asked for and this person can have one."""
    return Omissible.ALIAS_HISTORY in request.shown and record.foreign is not None


def is_printed(note: Note, request: CertificateRequest) -> bool:
    """Whether this certificate bears the note: 転出届 entries not before the planned day, history only on request, special causes only by name."""
    if note.not_before is not None and request.issued_on < note.not_before:
        return False
    if note.kind is NoteKind.REMARK:
        return True
    if note.special and Omissible.SPECIAL_HISTORY not in request.shown:
        return False
    return Omissible.HISTORY in request.shown or (note.kind is NoteKind.CAUTION and note.of_present)


def _text(note: Note, request: CertificateRequest, blank: str) -> str:
    """The words of a note on this certificate; "" where it bears none of it. What of the sheet it omits, it omits of the history too."""
    if not is_printed(note, request):
        return ""
    if note.kind is not NoteKind.HISTORY:
        return note.text
    told = [change for change in note.changes if change.omissible is None or change.omissible in request.shown]
    if note.changes and not told:
        return ""
    return "\u3000".join([note.text, *(f"{one.item}：{one.before or blank}→{one.after or blank}" for one in told)])


def _of_removed(record: CertificateRecord, request: CertificateRequest, blank: str) -> Iterator[str]:
    """除票固有の記載事項, of a 除票 alone (N-1.1.5-12, -13; N-1.1.14-06)."""
    removed = record.removed
    if removed is None or not record.is_removed(request.issued_on):
        return
    yield "【除票の記載事項】"
    yield f"消除事由\u3000{removed.reason or blank}"
    if removed.planned_address is not None:
        yield f"転出先住所（予定）\u3000{removed.planned_address or blank}"
    yield f"{removed.day_ja}\u3000{removed.happened_on.wareki() if removed.happened_on else blank}"
    if Omissible.CONFIRMED_DESTINATION in request.shown and removed.planned_address is not None:
        yield from confirmed_destination(removed, blank)


def confirmed_destination(removed: RemovedEntries, blank: str) -> Iterator[str]:
    """その他の項目 (std 1.1.5), only where asked for: what the 転入通知 told, beside what was planned and never in its place."""
    confirmed = removed.confirmed or ConfirmedDestination("")
    yield f"転出先住所（確定）\u3000{confirmed.address or blank}"
    yield f"転出年月日\u3000{wareki(confirmed.moved_on) if confirmed.moved_on else blank}"
    yield f"転入通知年月日\u3000{wareki(confirmed.notified_on) if confirmed.notified_on else blank}"


def _alias(entry: AliasEntry, blank: str) -> str:
    """A day or municipality that is not recorded is 空欄, never 不詳: nobody has found that it cannot be known (std 1.1.6, 1.1.8)."""
    entered = f"{entry.alias}\u3000記載 {_at(entry.entered_on, entry.entered_in, blank)}"
    return f"{entered}\u3000削除 {_at(entry.removed_on, entry.removed_in, blank)}" if entry.removed_on or entry.removed_in else entered


def _at(day: date | None, municipality: str, blank: str) -> str:
    return f"{wareki(day) if day else blank} {municipality or blank}"


def _lines(text: str) -> Iterator[str]:
    """A clerk's line ends begin a new line on paper too; they are not characters to print."""
    yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
