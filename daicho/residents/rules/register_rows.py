"""様式の行 — the rows of one person in file (1), 記載順, to the versions they stand for, with all that is wrong with them. std 1.2.1; C-07.

Pure: refs of numbers, the moment of import and the officer come from the command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import Tie
from daicho.residents.rules.digests import digest_of_members
from daicho.residents.rules.entries import ASSERTED, ENTRIES, NOTED, NUMBER_ENTRIES, SheetEntries, from_json
from daicho.residents.rules.fold import Version, fold, key_of, spells_overlap
from daicho.residents.rules.history_numbers import may_follow
from daicho.residents.rules.register_layout import NAME, identifier_of
from daicho.residents.rules.register_row import BadRow, Plan, Row, in_calendar_of_birth, put_births, read_cells
from daicho.residents.rules.vocabulary import FOREIGN, JAPANESE
from daicho.values.dates import JapaneseDate

JST = timezone(timedelta(hours=9))
MIGRATED = "migrated"
"""In a version's `sources`: what a migrated row says and no column of ours holds (items 63 and 129)."""
_SAME = {  # 異動履歴情報 says of each row again what 異動情報 says of its event
    "event_history_juminhyo_history_no": "juminhyo_history_no", "event_history_event_date": "event_date", "event_history_notified_date": "event_notified_date",
    "event_history_reason_code": "event_reason_code", "event_history_entry_kind_code": "event_class_code",
}  # fmt: skip


@dataclass(frozen=True)
class ReadEvent:
    """異動 of a row, as its own columns say."""

    code: str
    standard_code: str
    definition: str
    basis: str
    effect: str
    effective_on: JapaneseDate
    filed_on: date | None
    filing_no: int | None
    office_code: str
    terminal: str
    entered_by: str
    examined_by: str


@dataclass(frozen=True)
class ReadVersion:
    """One row of the file as the version it becomes. `columns` are its entries as the columns of a line."""

    row_no: int
    spell_no: int
    juminhyo_no: int | None
    history_no: int
    sheet_history_no: int
    key: date
    anchor: int
    recorded_at: datetime
    entries: SheetEntries
    columns: str
    digest: bytes
    asserts: dict[str, object] | None
    sources: dict[str, object] | None
    remark: str | None
    remark_tie: dict[str, object] | None
    annulled_at: datetime | None
    event: ReadEvent


@dataclass(frozen=True)
class Import:
    """What holds for the whole file: the moment, and what stands where a row names no officer."""

    recorded_at: datetime
    entered_by: str


Refs = Mapping[str, Mapping[str, int]]
"""Kind of number → digits → reference into the vault."""


def read_person(plan: Plan, rows: Sequence[tuple[int, Sequence[str]]], refs: Refs, whole: Import) -> tuple[list[ReadVersion], list[BadRow]]:
    """The versions of one person; with a bad row none of them may be used."""
    bad: list[BadRow] = []
    versions: list[ReadVersion] = []
    for row_no, cells in rows:
        if len(cells) != len(plan.columns):
            bad.append(BadRow(row_no, "行", f"{len(plan.columns)}列の様式に対し{len(cells)}列です。"))
            continue
        row = read_cells(plan, row_no, cells, bad)
        if not bad:
            _read_row(row, versions, refs, whole, bad)
    if not bad:
        _check_person(versions, bad)
    return versions, bad


def _read_row(row: Row, versions: list[ReadVersion], refs: Refs, whole: Import, bad: list[BadRow]) -> None:
    """One row after those before it. Adds a version, or what is wrong."""
    other = row.other
    for again, first in _SAME.items():
        if again in other and other.setdefault(first, other[again]) != other[again]:
            bad.append(row.bad(again, "異動情報の値と違います。"))
    before = versions[-1] if versions else None
    recorded_at = other.get("recorded_at") or max(whole.recorded_at, before.recorded_at if before else whole.recorded_at)
    assert isinstance(recorded_at, datetime)
    if before and recorded_at < before.recorded_at:
        bad.append(row.bad("recorded_at", "前の行の処理日時より前です。行を記載順に並べてください。"))
    _put_refs(row, refs)
    recorded_on = recorded_at.astimezone(JST).date()
    spell_no, opens = _spell(row, before)
    effective = other.get("event_date") or (_became(row.entries) if opens else None) or JapaneseDate.of(recorded_on)
    assert isinstance(effective, JapaneseDate)
    _complete(row, effective, recorded_on)
    put_births(row, bad)
    entries = SheetEntries.of(row.entries)
    history_no = _counted(row, "atena_history_no", before.history_no if before else 0, bad, leaps=True)
    juminhyo_no = int(str(other["juminhyo_no"])) if "juminhyo_no" in other else (None if opens or before is None else before.juminhyo_no)
    same_sheet = before is not None and not opens and juminhyo_no == before.juminhyo_no
    sheet_history_no = _counted(row, "juminhyo_history_no", before.sheet_history_no if before and same_sheet else 0, bad)
    key = other.get("place_key") or key_of(effective, recorded_on)
    if not isinstance(key, date) or key > recorded_on:
        bad.append(row.bad("place_key", "処理日より後です。"))
        return
    asserts = None if opens else _asserts(row, entries, before, refs, bad)
    event, kept = _event(row, entries, effective, opens, before, whole)
    sources = {**_group(other.get("value_sources")), **({MIGRATED: kept} if kept else {})}
    anchor = other.get("place_anchor") or history_no
    annulled_at, remark = other.get("annulled_at"), other.get("event_history_remark")
    versions.append(
        ReadVersion(
            row.row_no,
            spell_no,
            juminhyo_no,
            history_no,
            sheet_history_no,
            key,
            int(str(anchor)),
            recorded_at,
            entries,
            "\t".join(row.columns),
            digest_of_members(filter(None, row.members)),
            asserts,
            sources or None,
            None if remark is None else str(remark),
            _tie(row, bad),
            annulled_at if isinstance(annulled_at, datetime) else None,
            event,
        )
    )


def _tie(row: Row, bad: list[BadRow]) -> dict[str, object] | None:
    """To what the 留意事項 belongs, as its version keeps it."""
    cell = row.other.get("event_history_remark_tie")
    if cell is None:
        return None
    kept = _group(cell)
    try:
        tie = Tie.from_json(kept) or Tie()
        if set(tie.names or ()) <= ENTRIES.keys() and all(isinstance(number, int | None) for number in (tie.on, tie.instead_of)):
            return kept
    except (TypeError, ValueError):
        pass
    bad.append(row.bad("event_history_remark_tie", "留意事項の紐付け先を読み取れません。"))
    return None


def _counted(row: Row, identifier: str, last: int, bad: list[BadRow], *, leaps: bool = False) -> int:
    """The number after `last`. `leaps`: the installation whose file it is may have been restored (decision 0019)."""
    given = row.other.get(identifier, last + 1)
    if given != last + 1 and not (leaps and last and isinstance(given, int) and may_follow(last, given)):
        bad.append(row.bad(identifier, "履歴番号が1からの連番になっていません。行を記載順に並べてください。"))
    return given if isinstance(given, int) else last + 1


def _put_refs(row: Row, refs: Refs) -> None:
    for name in NUMBER_ENTRIES:
        if name in row.entries:
            row.put(name, refs[name][str(row.entries[name])])


def _spell(row: Row, before: ReadVersion | None) -> tuple[int, bool]:
    """The spell of a row, and whether the row opens it."""
    if before is None:
        return int(str(row.other.get("spell_no", 1))), True
    default = before.spell_no + 1 if before.entries.closed_on is not None and row.entries.get("closed_on") is None else before.spell_no
    spell_no = int(str(row.other.get("spell_no", default)))
    return spell_no, spell_no > before.spell_no


def _became(values: Mapping[str, object]) -> object:
    return values.get("became_resident_date") or values.get("foreign_resident_since_date")


def _complete(row: Row, effective: JapaneseDate, recorded_on: date) -> None:
    """住民種別 and 在住の始まり, where a file of another system lacks them."""
    if "resident_kind" not in row.entries:
        foreign = any(name in row.entries for name in ("nationality_code", "foreign_name_alphabet", "article_30_45_class_code"))
        row.put("resident_kind", FOREIGN if foreign else JAPANESE)
    if "opened_on" not in row.entries:
        became = _became(row.entries) or effective
        assert isinstance(became, JapaneseDate)
        row.put("opened_on", min(became.last, recorded_on))


def _asserts(row: Row, entries: SheetEntries, before: ReadVersion | None, refs: Refs, bad: list[BadRow]) -> dict[str, object]:
    """What the event of a later row said: told whole, told by its items, or what differs from the row before."""
    said = row.other.get("event_asserted")
    if said is not None:
        try:
            values = {name: refs[name][value] if name in NUMBER_ENTRIES and value is not None else value for name, value in json.loads(str(said)).items()}
            return {name: in_calendar_of_birth(name, from_json(name, value), entries) for name, value in values.items() if _may_assert(name)}
        except (KeyError, ValueError, TypeError, AttributeError):
            bad.append(row.bad("event_asserted", "異動が述べた値を読み取れません。"))
            return {}
    names = row.other.get("event_history_changed_item")
    if names is not None:
        by_identifier = _asserted_by_identifier()
        unknown = [name for name in str(names).split() if name not in by_identifier]
        if unknown:
            bad.append(row.bad("event_history_changed_item", "様式にない項目があります。様式の識別名を空白で区切って記入してください。"))
        chosen = {by_identifier[name] for name in str(names).split() if name in by_identifier}
    else:
        assert before is not None
        former = before.entries.__dict__
        chosen = {name for name, value in entries.__dict__.items() if value != former[name] and name in ASSERTED}
    return {name: getattr(entries, name) for name in ENTRIES if name in chosen}


@cache
def _asserted_by_identifier() -> Mapping[str, str]:
    return {identifier: name for name, identifier in identifier_of().items() if name in ASSERTED}


def _may_assert(name: str) -> bool:
    if name not in ASSERTED:
        raise KeyError(name)
    return True


def _group(value: object) -> dict[str, object]:
    loaded = json.loads(str(value)) if value else {}
    return loaded if isinstance(loaded, dict) else {"value": loaded}


OURS = ("entered_by", "examined_by", "office_code", "terminal")


def _event(
    row: Row, entries: SheetEntries, effective: JapaneseDate, opens: bool, before: ReadVersion | None, whole: Import
) -> tuple[ReadEvent, dict[str, object]]:
    """異動 of the row, and what it says beyond our columns."""
    other = row.other
    record = _group(other.get("notification_record"))
    closes = entries.closed_on is not None and (opens or before is None or before.entries.closed_on is None)
    filed_on, filing_no = other.get("event_notified_date"), other.get("notification_no")
    event = ReadEvent(
        code=str(other.get("event_reason_code", "import")),
        standard_code=str(other.get("event_standard_code", "移行")),
        definition=str(other.get("event_definition", f"import:{NAME}")),
        basis=str(other.get("event_cause_code", "移行")),
        effect=str(other.get("event_class_code", "消除" if closes else "記載" if opens else "修正")),
        effective_on=effective,
        filed_on=filed_on if isinstance(filed_on, date) else None,
        filing_no=None if filing_no is None else int(str(filing_no)),
        entered_by=str(record.get("entered_by", whole.entered_by)),
        examined_by=str(record.get("examined_by", "")),
        office_code=str(record.get("office_code", "")),
        terminal=str(record.get("terminal", "")),
    )
    rest = {name: value for name, value in record.items() if name not in OURS}
    kept: dict[str, object] = {"notification_record": rest} if rest else {}
    if "event_notice_class_code" in other:
        kept["event_notice_class_code"] = other["event_notice_class_code"]
    return event, kept


_CODE_LENGTHS = (("code", "event_reason_code", 40), ("basis", "event_cause_code", 8), ("effect", "event_class_code", 8))


_NEVER_BLANK = ("household_no", "residence_card_no")
"""Also on a 除票: 世帯番号, and the number of a 特別永住者証明書 (N-1.1.6-10, -18); 宛名番号 is asked of every row."""


def _check_person(versions: Sequence[ReadVersion], bad: list[BadRow]) -> None:
    """What only the whole history of a person shows: blanks of the open sheet, fold, spells."""
    for version in versions:
        for name, identifier, longest in _CODE_LENGTHS:
            if len(getattr(version.event, name)) > longest:
                bad.append(Row(version.row_no).bad(identifier, f"{longest}文字を超えています。"))
    newest = versions[-1]
    row = Row(newest.row_no)
    if newest.entries.closed_on is None:
        bad += [row.bad(identifier_of()[p.field], "空欄にできないか、この住民に記載できない項目です。") for p in check_blanks(newest.entries, 0) if p.blocks]
    else:  # of a 除票 no more: registers of former years lack much else that may not be empty today
        missing = [
            p for p in check_blanks(newest.entries, 0, of_removed=True) if p.blocks and p.field in _NEVER_BLANK and getattr(newest.entries, p.field) is None
        ]
        bad += [row.bad(identifier_of()[p.field], "除票でも空欄にできない項目です。") for p in missing]
    spells: dict[int, list[ReadVersion]] = {}
    for version in versions:
        spells.setdefault(version.spell_no, []).append(version)
    wholes = [whole for of_spell in spells.values() if (whole := _whole(of_spell, row, bad)) is not None]
    if spells_overlap(wholes):
        bad.append(row.bad("spell_no", "在住の期間が重なるか、始まりより前に終わっています。"))


def _whole(of_spell: Sequence[ReadVersion], row: Row, bad: list[BadRow]) -> SheetEntries | None:
    """The fold of a spell, which its newest row must be."""
    if len(of_spell) == 1 and of_spell[0].annulled_at is None:
        return of_spell[0].entries
    whole = fold([_as_version(v) for v in of_spell])
    newest = of_spell[-1].entries.__dict__
    differing = [name for name, value in whole.__dict__.items() if value != newest[name] and name in ASSERTED and name not in NOTED] if whole else []
    bad += [row.bad(identifier_of()[name], "履歴を効力の順に重ねた値と、最新の行の値が違います。") for name in differing]
    return whole


def _as_version(v: ReadVersion) -> Version:
    return Version(v.history_no, v.spell_no, v.juminhyo_no or 0, v.key, v.anchor, v.recorded_at, v.entries, v.asserts, v.annulled_at)
