"""異動履歴 — the A類型 of 統合記載欄: what each 異動 of a sheet changed, made from its versions; nobody types it. std 1.1.4, 1.1.14, 20.0.2.

An event that does not show in the history (`shows_in_history`) is either special, 特別養子縁組, its dissolution or a change of sex, and printed only
by name, or none of the person's life (留意事項). What was entered before a special event of the entries that it changed is as special: the former
name or sex would tell of it (N-1.1.4-06).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from daicho.certificates.record import Change, Note, NoteKind
from daicho.certificates.request import Omissible
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.events import event_recorded_as
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.vocabulary import SEXES, word
from daicho.values.dates import JapaneseDate, wareki

SPECIAL = frozenset({"special_adoption", "sex_change"})


@dataclass(frozen=True)
class HistoryRow:
    """A live version of a sheet, with the row before it on that sheet. `asserted` None = 記載 of the sheet; `code`, `definition` of its event."""

    place: tuple[object, ...]  # in 効力順
    code: str
    definition: str
    ja: str
    effective_on: JapaneseDate
    asserted: frozenset[str] | None
    before: SheetEntries | None
    after: SheetEntries


_Words = Callable[[SheetEntries], str]


@dataclass(frozen=True)
class _Item:
    """An item that the history tells of: the entries behind it and how they are written."""

    ja: str
    entries: tuple[str, ...]
    words: _Words
    omissible: Omissible | None = None


def _text(name: str) -> _Words:
    return lambda entries: getattr(entries, name) or ""


def _days(name: str) -> _Words:
    def words(entries: SheetEntries) -> str:
        value = getattr(entries, name)
        return value.wareki() if isinstance(value, JapaneseDate) else wareki(value) if value else ""

    return words


def _address(stem: str) -> tuple[tuple[str, str], _Words]:
    text, building = ("address", "address_building") if stem == "" else (f"{stem}_address", f"{stem}_address_building")
    return (text, building), lambda entries: address_in_full(getattr(entries, text), getattr(entries, building))


ITEMS = (
    _Item("氏名", ("name_kanji",), _text("name_kanji")),
    _Item("振り仮名", ("name_kana",), _text("name_kana")),
    _Item("旧氏", ("former_surname",), _text("former_surname")),
    _Item("氏名", ("foreign_name_alphabet",), _text("foreign_name_alphabet")),
    _Item("漢字氏名", ("foreign_name_kanji",), _text("foreign_name_kanji")),
    _Item("通称", ("foreign_alias",), _text("foreign_alias")),
    _Item("生年月日", ("birth_date",), birth_text),
    _Item("性別", ("sex_code",), lambda entries: word(SEXES, entries.sex_code)),
    _Item("世帯主", ("householder_name",), _text("householder_name"), Omissible.HEAD_NAME),
    _Item("続柄", ("relationship",), _text("relationship"), Omissible.RELATIONSHIP),
    _Item("住所", *_address("")),
    _Item("住所を定めた年月日", ("address_changed_date",), _days("address_changed_date")),
    _Item("住民となった年月日", ("became_resident_date",), _days("became_resident_date")),
    _Item("外国人住民となった年月日", ("foreign_resident_since_date",), _days("foreign_resident_since_date")),
    _Item("転入前住所", *_address("previous")),
    _Item("本籍", ("registered_domicile",), _text("registered_domicile"), Omissible.REGISTERED_DOMICILE),
    _Item("筆頭者", ("family_register_head_name",), _text("family_register_head_name"), Omissible.REGISTERED_DOMICILE),
    _Item("在留期間等", ("residence_period",), _text("residence_period"), Omissible.RESIDENCE_PERIOD),
    _Item("在留期間の満了の日", ("residence_expiry_date",), _days("residence_expiry_date"), Omissible.RESIDENCE_EXPIRY),
)
"""No number is among them, nor a code whose words the city keeps, nor what the departments write."""


def history_notes(rows: Sequence[HistoryRow]) -> tuple[tuple[tuple[object, ...], Note], ...]:
    """Each 異動 of one sheet with its place in 効力順. `rows`: in 記載順."""
    changed_specially = {row.place: row.asserted or frozenset() for row in rows if row.code in SPECIAL}
    return tuple((row.place, note) for row in rows if (note := _note(row, changed_specially)) is not None)


def _note(row: HistoryRow, changed_specially: dict[tuple[object, ...], frozenset[str]]) -> Note | None:
    definition = event_recorded_as(row.definition)
    is_special = row.code in SPECIAL
    if definition is not None and not definition.shows_in_history and not is_special:
        return None
    changes = [] if row.before is None else [_change(item, row.before, row.after) for item in ITEMS if _is_said(item, row)]
    told = [change for change in changes if change is not None]
    if row.before is not None and not told:
        return None
    hides = any(place > row.place and (row.asserted or frozenset()) & said for place, said in changed_specially.items())
    leaves = row.asserted is not None and "planned_move_out_date" in row.asserted
    return Note(
        NoteKind.HISTORY, f"{row.effective_on.wareki()}\u3000{row.ja}", special=is_special or hides,
        not_before=row.after.closed_on if leaves else None, changes=tuple(told),
    )  # fmt: skip


def _is_said(item: _Item, row: HistoryRow) -> bool:
    """Of what the event said, and of 世帯主氏名, which follows it."""
    return bool(set(item.entries) & (row.asserted or frozenset())) or item.entries == ("householder_name",)


def _change(item: _Item, before: SheetEntries, after: SheetEntries) -> Change | None:
    old, new = item.words(before), item.words(after)
    return Change(item.ja, old, new, item.omissible) if old != new else None
