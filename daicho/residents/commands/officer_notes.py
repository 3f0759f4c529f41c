"""職員の記載を書く — a メモ, or 備考, 摘要, 付箋 and 警告 on a sheet: written, put right, taken away, each wording kept. 標準1.1.14, 1.1.15; decision 0032.

Who and when come from the door, never from the form (N-1.1.15-02). No 異動 and no 履歴番号 comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404

from daicho import audit, clock, outbox
from daicho.audit.actor import Actor
from daicho.residents.commands.notices import konbini
from daicho.residents.errors import CannotDo
from daicho.residents.models import OfficerNote, SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.queries.situations import lock_current
from daicho.residents.rules.certificate_data import certificate_changed
from daicho.residents.rules.officer_notes import MEMO, cleaned, entry_value, entry_words, refusal


@dataclass(frozen=True)
class NoteForm:
    """What was typed. `juminhyo_no`: the sheet, None = the newest. `note_no` and `wording_no`: of a メモ the one that is changed and as it was seen; 0 = a new one.

    `seen`: what stood on the page, of a note of the sheet.
    """

    kind: str
    text: str
    juminhyo_no: int | None = None
    note_no: int = 0
    seen: str = ""


@transaction.atomic
def write_note(actor: Actor, person: UUID, form: NoteForm) -> OfficerNote:
    """Write one wording. CannotDo when it says nothing new, is too long, or another officer wrote meanwhile. Http404 for who is not there."""
    audit.require(actor, Permission.NOTE_WRITE, (person,))
    sheet = _locked(person, form.juminhyo_no)
    text = cleaned(form.text)
    note = _memo(sheet, form) if form.kind == MEMO else _of_sheet(sheet, form)
    if why := refusal(form.kind, text, note.before):
        raise CannotDo(why)
    if cleaned(form.seen) != note.before:
        raise CannotDo("画面を開いたあとに、ほかの職員がこの記載を変えました。画面を開き直し、内容を確かめてから入力してください。")
    note.text, note.recorded_by, note.recorded_by_id, note.terminal = text, actor.name, actor.login, actor.terminal
    note.recorded_at = clock.now()
    note.save(force_insert=True)
    if form.kind != MEMO:
        _copy(sheet, form.kind, text)
    detail = {"kind": form.kind, "note": note.note_no, "wording": note.wording_no, "step": "write" if text else "take_away"}
    audit.record(actor, Permission.NOTE_WRITE, (person,), detail=detail)
    return note


def _locked(person: UUID, juminhyo_no: int | None) -> SheetCurrent:
    sheets = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__public_id=person).select_related("person", "sheet")
    first = sheets.first()
    if first is None:
        raise Http404
    lock_current([], [first.person.atena_no])
    of_number = sheets.filter(sheet__juminhyo_no=juminhyo_no) if juminhyo_no is not None else sheets
    sheet = of_number.order_by("-history_no").first()
    if sheet is None:
        raise Http404
    return sheet


def _memo(sheet: SheetCurrent, form: NoteForm) -> OfficerNote:
    """The next wording of this メモ, or the first of a new one."""
    memos = OfficerNote.objects.filter(person=sheet.person, kind=MEMO)
    last = memos.filter(note_no=form.note_no).order_by("wording_no").last() if form.note_no else None
    if form.note_no and (last is None or not last.text):
        raise CannotDo("そのメモは削除されています。画面を開き直してください。")
    newest = memos.order_by("note_no").last()
    number = last.note_no if last else (newest.note_no if newest else 0) + 1
    return _wording(sheet, MEMO, number, last.wording_no + 1 if last else 1, last.text if last else "", of_sheet=False)


def _of_sheet(sheet: SheetCurrent, form: NoteForm) -> OfficerNote:
    if form.kind and not hasattr(sheet, form.kind):
        raise CannotDo(refusal(form.kind, "", ""))
    last = OfficerNote.objects.filter(person=sheet.person, sheet=sheet.sheet, kind=form.kind).order_by("wording_no").last()
    return _wording(sheet, form.kind, 1, last.wording_no + 1 if last else 1, entry_words(form.kind, getattr(sheet, form.kind)), of_sheet=True)


def _wording(sheet: SheetCurrent, kind: str, number: int, wording: int, before: str, *, of_sheet: bool) -> OfficerNote:
    return OfficerNote(
        municipality_code=sheet.municipality_code, person=sheet.person, sheet=sheet.sheet if of_sheet else None,
        history_no=sheet.history_no if of_sheet else None, kind=kind, note_no=number, wording_no=wording, before=before,
    )  # fmt: skip


def _copy(sheet: SheetCurrent, kind: str, text: str) -> None:
    """The sheet as it stands says it too, and konbini is told of a 備考 as of any other change of what a certificate shows (S5-01)."""
    before = sheet.to_entries()
    setattr(sheet, kind, entry_value(kind, text))
    sheet.save(update_fields=[kind])
    if "konbini" in settings.DAICHO.peers and certificate_changed(before, sheet.to_entries()) and sheet.history_no == _newest_no(sheet):
        outbox.post_many(konbini.of_sheet(sheet))


def _newest_no(sheet: SheetCurrent) -> int:
    return int(SheetCurrent.objects.filter(person=sheet.person).order_by("-history_no").values_list("history_no", flat=True)[0])
