"""届出の帳票 — 住民異動届 filled from what was typed, its receipt with the procedures, 職権記録書; pure. 住民基本台帳法第27条; 標準仕様 4.2.0.1 (N-4.2.0.1-02); decision 0049."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daicho.certificates.letters.form import Pair, Section
from daicho.certificates.letters.forms import CHANGES, MOVED, PROCEDURES
from daicho.residents.rules.basis import BASIS, filed_label
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.definitions import NUMBER_KINDS, Basis, EventDefinition, Field, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.follow_ups import Procedure
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_events.occasion import Happened, Wrote
from daicho.residents.rules.letters_of_events.written import NAMELESS, changes_of, numbers_changed
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.vocabulary import EX_OFFICIO, FILERS, PETITION, word
from daicho.values.dates import BadDate, JapaneseDate, wareki
from daicho.values.municipalities import municipality_name, read_municipality

SEALED = "（記入あり）"
"""Stands for a number: it was typed, and nobody but who examines it sees it."""
_DATES = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE, FieldKind.WESTERN_DATE)
_OF_WHO_FILES = ("filer", "filer_name")
_BASES = {EX_OFFICIO: Basis.EX_OFFICIO, PETITION: Basis.PETITION}


@dataclass(frozen=True)
class PersonTyped:
    """One person of the form: their sheet where the register knows them, and what was typed of them."""

    now: SheetEntries | None
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Received:
    """What the desk knows of the filing beside the form: its number, the visitor's, who came and how they were identified, who typed."""

    filing_no: int
    visit_no: int
    visitor: str
    identity: str
    entered_by: str


def filing_form(definition: EventDefinition, texts: Mapping[str, str], people: Sequence[PersonTyped], received: Received) -> tuple[Section, ...]:
    """住民異動届, for the filer to check and sign: what they said, nothing that they did not."""
    groups: dict[str, list[Pair]] = {"届出": [Pair("届出の種類", definition.ja), Pair("届出番号", str(received.filing_no))]}
    basis = _BASES.get(texts.get(BASIS.name, ""), Basis.FILING)
    for field in definition.fields:
        text = field_text(field, texts.get(field.name, ""))
        if field.name in _OF_WHO_FILES or (field.name == BASIS.name and basis is Basis.FILING):
            continue
        if text or field.required:
            label = filed_label(field, basis) if field.name == "filed_on" else field.label
            groups.setdefault(field.group, []).append(Pair(label, text))
    sections = [Section(group, _in_rows(pairs)) for group, pairs in groups.items()]
    sections += [_person(definition, place, one) for place, one in enumerate(people, 1)]
    filer = texts.get("filer", "")
    by = texts.get("filer_name", "").strip() or received.visitor
    sections.append(
        Section(
            "届出をする人",
            (
                (Pair("届出人", word(FILERS, filer) if filer else ""), Pair("氏名", by)),
                (Pair("署名", "", by_hand=True), Pair("電話番号", "", by_hand=True)),
            ),
            text="上の内容のとおり届け出ます。",
            together=True,
        )
    )
    sections.append(
        Section(
            "市の記入欄",
            (
                (Pair("受付番号", str(received.visit_no)), Pair("本人確認", received.identity)),
                (Pair("入力者", received.entered_by), Pair("照合者", "")),
            ),
            together=True,
        )
    )
    return tuple(sections)


def _person(definition: EventDefinition, place: int, one: PersonTyped) -> Section:
    pairs = []
    if one.now is not None:
        pairs += [
            Pair("氏名", shown_name(one.now) or NAMELESS), Pair("生年月日", birth_text(one.now)), Pair("性別", entry_text("sex_code", one.now)),
            Pair("いまの住所", address_in_full(one.now.address, one.now.address_building)), Pair("いまの世帯主", one.now.householder_name or ""),
            Pair("いまの続柄", one.now.relationship or ""),
        ]  # fmt: skip
    for field in definition.member_fields:
        if text := field_text(field, one.texts.get(field.name, "")):
            pairs.append(Pair(field.label, text))
    return Section(f"異動する人（{place}人目）", _in_rows(pairs))


def _in_rows(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], ...]:
    """In their order, as many beside one another as their texts leave room: three short ones, two longer ones, one long one."""
    rows: list[tuple[Pair, ...]] = []
    row: tuple[Pair, ...] = ()
    for pair in pairs:
        if row and len(row) >= min(map(_most_beside, (*row, pair))):
            rows.append(row)
            row = ()
        row = (*row, pair)
    return (*rows, row) if row else tuple(rows)


def _most_beside(pair: Pair) -> int:
    return 1 if len(pair.text) > 15 else 2 if len(pair.text) > 9 or len(pair.label) > 7 else 3


def field_text(field: Field, text: str) -> str:
    """What was typed, as it is read: a code by its word, a day in 和暦; a number is only said to be there."""
    text = text.strip()
    if not text:
        return ""
    if field.kind in NUMBER_KINDS:
        return SEALED
    if field.kind is FieldKind.CHOICE:
        return word(field.choices, text)
    if field.kind in _DATES:
        try:
            read = JapaneseDate.parse(text)
        except BadDate:
            return text
        return read.seireki() if field.kind is FieldKind.WESTERN_DATE else read.wareki()
    if field.kind is FieldKind.MUNICIPALITY:
        try:
            return municipality_name(read_municipality(text))
        except ValueError:
            return text
    return text


def receipt(event: Happened, filing_no: int | None, procedures: Sequence[Procedure]) -> tuple[Section, ...]:
    """届出の控えと手続の案内: that it was accepted, about whom, and what this household has to see to elsewhere. No address."""
    people = list({one.public_id: one.entries for one in event.wrote if not one.follows}.values())
    rows = (
        (Pair("届出の種類", event.ja), Pair("届出番号", str(filing_no or ""))),
        (Pair("届出日", wareki(event.filed_on) if event.filed_on else ""), Pair("異動日", event.effective_on.wareki())),
        (Pair("受理した日", wareki(event.recorded_on)), Pair("届出人", event.filed.name if event.filed else "")),
    )
    moved = tuple((shown_name(one) or NAMELESS, birth_text(one), entry_text("sex_code", one), one.relationship or "") for one in people)
    needed = tuple((one.what, one.desk, "、".join(one.names), "") for one in procedures)
    return (
        Section("届出", rows),
        Section("", table=MOVED, lines=moved),
        Section("ほかの窓口の手続", table=PROCEDURES, lines=needed, none_ja="この届出で必要な、ほかの窓口の手続はありません。"),
    )


@dataclass(frozen=True)
class Decided:
    """Who wrote ex officio, and why."""

    article: str
    reason: str
    entered_by: str
    examined_by: str
    recorded_on: date


def ex_officio_record(event: Happened, decided: Decided) -> tuple[Section, ...]:
    """職権記録書: what was written, removed or corrected, of whom, before and after; why and by whom (N-4.2.0.1-02)."""
    rows = (
        (Pair("異動事由", event.ja), Pair("届出・職権等の別", event.basis)),
        (Pair("記載等の別", event.effect), Pair("異動日", event.effective_on.wareki())),
        (Pair("記載等をした日", wareki(decided.recorded_on)), Pair("通知日等", wareki(event.filed_on) if event.filed_on else "")),
        (Pair("根拠", decided.article),),
        (Pair("理由・資料", decided.reason),),
        (Pair("入力者", decided.entered_by), Pair("照合者", decided.examined_by)),
    )
    told = [one for one in event.wrote if not one.follows]
    return (Section("職権による記載等", rows), *(_changed(one) for one in told))


def _changed(one: Wrote) -> Section:
    lines = (*((label, old, new) for _, label, old, new in changes_of(one)), *numbers_changed(one))
    name = shown_name(one.entries) or NAMELESS
    return Section(f"{name}　宛名番号 {one.atena_no}　履歴番号 {one.history_no}", table=CHANGES, lines=lines, none_ja="記載事項の変更はありません。")
