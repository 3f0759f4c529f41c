"""紙と原票の見比べ — the fields of the paper as they are read, and every sheet before and after, entry by entry. F-1-02."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daicho import clock
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent
from daicho.residents.rules.definitions import Effect, EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import ENTRIES, Kind, SheetEntries
from daicho.residents.rules.entry_words import entry_label, entry_text, is_in_glyphs, shown_entries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.outcome import Outcome, effect_on
from daicho.residents.rules.vocabulary import word
from daicho.ui.dates import moment, reading_of, wareki_text
from daicho.values.municipalities import municipality_name, read_municipality

_DATES = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE, FieldKind.WESTERN_DATE)
_EMPTY = SheetEntries()


@dataclass(frozen=True)
class PaperField:
    label: str
    text: str
    reading: str = ""  # a code's name


@dataclass(frozen=True)
class Row:
    """One entry before and after, as texts."""

    label: str
    old: str
    new: str
    is_name: bool


@dataclass(frozen=True)
class SheetRows:
    """One 住民票: whose, what happens to it, and its entries, those that change first."""

    title: str
    number: int | None
    kind: str
    is_new: bool  # nothing to compare with: the entries are only listed
    changed: tuple[Row, ...]
    same: tuple[Row, ...]


def facts_of(event: CivilEvent | None) -> tuple[PaperField, ...]:
    """An event as it was recorded, so that whoever cancels it, or examines that, knows which; nothing for none."""
    if event is None:
        return ()
    filed = (PaperField("届出日等", wareki_text(event.filed_on)),) if event.filed_on else ()
    paper = (PaperField("届出番号", str(event.filing_no)),) if event.filing_no else ()
    return (
        PaperField("異動", f"{event.standard_code}（{event.basis}・{event.effect}）"),
        PaperField("異動日", event.effective_on.wareki()),
        *filed,
        PaperField("処理日時", moment(event.recorded_at)),
        *paper,
    )


def paper_of(definition: EventDefinition, form: TypedForm) -> tuple[tuple[str, tuple[PaperField, ...]], ...]:
    """The filing's own fields by group, in the order of the paper."""
    groups: dict[str, list[PaperField]] = {}
    for field in definition.fields:
        groups.setdefault(field.group, []).append(_paper_field(field, form.filing.get(field.name, "")))
    return tuple((legend, tuple(fields)) for legend, fields in groups.items())


def _paper_field(field: Field, text: str) -> PaperField:
    if field.kind is FieldKind.CHOICE:
        return PaperField(field.label, word(field.choices, text))
    if field.kind in _DATES:
        reading = reading_of(text, western=field.kind is FieldKind.WESTERN_DATE)
        return PaperField(field.label, reading.text if reading else "")  # as it was read: what was typed may be of the other calendar (N-1.1.9-06)
    if field.kind is FieldKind.MUNICIPALITY and text:
        try:
            return PaperField(field.label, text, municipality_name(read_municipality(text)))
        except ValueError:
            return PaperField(field.label, text)
    return PaperField(field.label, text)


def sheets_of(outcomes: Sequence[Outcome]) -> tuple[SheetRows, ...]:
    return tuple(_sheet(outcome) for outcome in outcomes)


def _sheet(outcome: Outcome) -> SheetRows:
    before = outcome.before or _EMPTY
    changed, same = [], []
    for name in shown_entries():
        if getattr(before, name) is None and getattr(outcome.after, name) is None:
            continue
        row = _row(name, before, outcome.after)
        if row.old != row.new or getattr(before, name) != getattr(outcome.after, name):
            changed.append(row)
        elif row.new:
            same.append(row)
    if outcome.remark:
        changed.append(Row("留意事項", "", outcome.remark, is_name=True))
    number = None if outcome.member is None else outcome.member + 1
    return SheetRows(shown_name(outcome.after) or "（氏名空欄）", number, _kind(outcome), outcome.before is None, tuple(changed), tuple(same))


def _row(name: str, before: SheetEntries, after: SheetEntries) -> Row:
    old, new = entry_text(name, before), entry_text(name, after)
    if ENTRIES[name].kind is Kind.NUMBER and old and old == new and getattr(before, name) != getattr(after, name):
        new = "●●●●●●（別の番号に変わります）"
    return Row(entry_label(name), old, new, is_in_glyphs(name))


def _kind(outcome: Outcome) -> str:
    if outcome.opened:
        return "再転入の新しい住民票（変更前は除票の記載）" if outcome.atena_no else "新しい住民票"
    if outcome.renews:
        return "続きの新しい住民票（変更前は、いまの住民票の記載）"
    if outcome.replaced:
        return "除票になる（その人の記載はもう一つの住民票に続く）"
    if outcome.undoes:
        return _UNDONE[effect_on(outcome.before, outcome.after, clock.today())]
    if outcome.member is not None:
        return _closing_words(outcome) if outcome.closes else "修正"
    if outcome.asserts:
        return "職権の世帯主変更（令第25条）"
    return "世帯主氏名だけ変わる" if outcome.before != outcome.after else "変わらない（除票への記載にともなう履歴だけ）"


_UNDONE = {
    Effect.ENTRY: "取消し（除票から現存に戻る）",
    Effect.REMOVAL: "取消し（住民でなかったことになる）",
    Effect.CORRECTION: "取消し（その異動のない記載に戻る）",
}


def _closing_words(outcome: Outcome) -> str:
    """消除 now or on a day to come."""
    return "消除（除票になる）" if not is_open(outcome.after, clock.today()) else "消除の予定（その日までは現存）"
