"""統合記載欄の画面 — 異動履歴 (Ａ), 留意事項 (Ｂ) with the items they are tied to, and 備考 (Ｃ) of the newest 住民票, apart from one another. 標準仕様1.1.14."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import audit
from daicho.certificates.record import Note, NoteKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.column_notes import column_of
from daicho.residents.rules.cautions import Caution
from daicho.residents.rules.entry_words import entry_label
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.counter import Counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.search import kana_of
from daicho.ui.dates import wareki_text

KINDS = {NoteKind.HISTORY: "Ａ　異動履歴", NoteKind.CAUTION: "Ｂ　留意事項", NoteKind.REMARK: "Ｃ　備考"}
_ALL = "その異動で記載した全ての項目"


@dataclass(frozen=True)
class Line:
    """A paragraph as it is drawn. `tied`: of a 留意事項 the event and its items; `printed`: when a copy bears it."""

    kind: str
    text: str
    changes: tuple[str, ...]
    tied: str
    printed: str


@require_GET
@audit.personal
@for_visitor(Permission.HISTORY_READ)
def column(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """The column as it stands, everything in it."""
    found = column_of(counter.actor, public_id)
    if found is None:
        raise Http404
    said = {caution.note: caution for caution in found.cautions}
    lines = [_line(note, said.get(note)) for note in found.notes]
    if found.entries.remarks:
        lines.append(Line(KINDS[NoteKind.REMARK], found.entries.remarks, (), "", "いつも"))
    context = {"public_id": public_id, "name": shown_name(found.entries) or "（氏名空欄）", "kana": kana_of(found.entries), "lines": lines}
    may = {"may_file": counter.actor.may(Permission.FILING_ENTER)}
    return render(request, "residents/integrated_column.html", {**context, **may})


def _line(note: Note, caution: Caution | None) -> Line:
    changes = tuple(f"{one.item}　{one.before or '空欄'} → {one.after or '空欄'}" for one in note.changes)
    return Line(KINDS[note.kind], note.text, changes, _tied(caution) if caution else "", _printed(note))


def _tied(caution: Caution) -> str:
    items = "、".join(entry_label(name) for name in caution.names) if caution.names else _ALL
    return f"履歴番号{caution.on}　{items}"


def _printed(note: Note) -> str:
    if note.special:
        return "特別な事由の履歴を選んだとき"
    words = "いつも" if note.kind is NoteKind.CAUTION and note.of_present else "異動履歴を選んだとき"
    return f"{wareki_text(note.not_before)}から、{words}" if note.not_before else words


ROUTES = [path("person/<uuid:public_id>/column/", column, name="column")]
