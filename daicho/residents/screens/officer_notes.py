"""メモ・付箋・備考の画面 — what officers noted of a person without a 異動: read, written, put right, taken away, with every wording. 標準1.1.14, 1.1.15; decision 0032."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from daicho import audit, clock
from daicho.residents.commands.officer_notes import NoteForm, write_note
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.officer_notes import PersonNotes, officer_notes
from daicho.residents.rules.entries import NOTED
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.officer_notes import KINDS, LONGEST, MEMO, Note
from daicho.residents.screens.answers import go
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.residents.screens.standing import standing_of
from daicho.ui.forms import BoundForm, FieldSpec, Kind, Problem, Width

_HINTS = {
    "warning_info": "個人票の初めに示します。証明書には出ません",
    "sticky_note": "個人票の初めに示します。証明書には出ません",
    MEMO: "この人だけのメモです。証明書にもほかの課にも出ません",
    "remarks": "統合記載欄のＣ類型。住民票の写しに出ます。異動履歴には残りません",
    "summary_note": "証明書には出ません",
}


@dataclass(frozen=True)
class Line:
    """One note as it is drawn, or the place where one can be written. `juminhyo_no` None = of the person."""

    kind: str
    ja: str
    hint: str
    juminhyo_no: int | None
    note: Note | None

    @property
    def note_no(self) -> int:
        return self.note.note_no if self.note else 0

    @property
    def text(self) -> str:
        return self.note.text if self.note else ""

    @property
    def stands(self) -> bool:
        return bool(self.text)


@require_http_methods(["GET", "POST"])
@audit.personal
@for_visitor(Permission.PERSON_READ)
def notes(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The notes of a person, and the form for the one that is chosen (a new メモ unless another is)."""
    found = officer_notes(counter.actor, public_id)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(_lines(found), asked.get("kind", MEMO), asked.get("no", "0"), asked.get("sheet", ""))
    if request.method == "GET":
        return _page(request, counter, public_id, found, chosen, BoundForm((_field(chosen),), {"text": chosen.text}))
    form = BoundForm((_field(chosen),), request.POST)
    text = "" if "take_away" in request.POST else form.value("text")
    wanted = NoteForm(chosen.kind, text, chosen.juminhyo_no, chosen.note_no if chosen.kind == MEMO else 0, request.POST.get("seen", ""))
    try:
        write_note(counter.actor, public_id, wanted)
    except CannotDo as refused:
        return _page(request, counter, public_id, found, chosen, form.with_problems([Problem("text", refused.message)]), 422)
    return go(request, "notes", public_id, say=f"{chosen.ja}を{'書きました' if text else '削除しました'}。")


def _page(request: HttpRequest, counter: Counter, public_id: UUID, found: PersonNotes, chosen: Line, form: BoundForm, status: int = 200) -> HttpResponse:
    newest, lines = found.sheets[0], _lines(found)
    wordings = [(note.ja, one) for note in _all(found) for one in note.wordings]
    context = {
        "public_id": public_id,
        "name": shown_name(newest.entries) or "（氏名空欄）",
        "kana": kana_of(newest.entries),
        "sheets": {sheet.juminhyo_no: standing_of(sheet.entries, clock.today()) for sheet in found.sheets},
        "lines": lines,
        "chosen": chosen,
        "form": form,
        "wordings": sorted(wordings, key=lambda pair: pair[1].recorded_at, reverse=True),
        "may_write": counter.actor.may(Permission.NOTE_WRITE),
    }
    return render(request, "residents/officer_notes.html", context, status=status)


def _field(chosen: Line) -> FieldSpec:
    return FieldSpec("text", chosen.ja, Kind.TEXTAREA, required=True, width=Width.FULL, max_length=LONGEST, hint=chosen.hint)


def _all(found: PersonNotes) -> list[Note]:
    return [*found.memos, *(note for sheet in found.sheets for note in sheet.notes)]


def _lines(found: PersonNotes) -> list[Line]:
    """What stands, and what can be written, in the order in which it must be seen; of each 除票 the same again."""
    words, lines = dict(KINDS), []
    for place, sheet in enumerate(found.sheets):
        of_sheet = {note.kind: note for note in sheet.notes}
        for kind, ja in KINDS:
            if kind in NOTED:
                lines.append(Line(kind, ja, _HINTS[kind], sheet.juminhyo_no, of_sheet.get(kind)))
            elif place == 0:
                lines += [Line(MEMO, f"{words[MEMO]}{note.note_no}", _HINTS[MEMO], None, note) for note in found.memos if note.stands]
                lines.append(Line(MEMO, "新しいメモ", _HINTS[MEMO], None, None))
    return lines


def _chosen(lines: list[Line], kind: str, number: str, sheet: str) -> Line:
    """The line that the address names. Http404 when there is none (any more)."""
    for line in lines:
        if line.kind == kind and (str(line.note_no) == number if kind == MEMO else sheet in ("", str(line.juminhyo_no))):
            return line
    raise Http404("その記載はありません。削除されたかもしれません。画面を開き直してください。")


ROUTES = [path("person/<uuid:public_id>/notes/", notes, name="notes")]
