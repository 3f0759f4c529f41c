"""住民票から証明へ — a sheet's entries as the record that a certificate is composed from. 住民基本台帳法第12条; certificates/record.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from daicho.certificates.record import (
    AliasEntry,
    CertificateRecord,
    ConfirmedDestination,
    ForeignEntries,
    Note,
    NoteKind,
    RemovalCause,
    RemovedEntries,
    ResidentKind,
)
from daicho.certificates.request import Omissible
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full, became_resident
from daicho.residents.rules.vocabulary import ARTICLE_30_45, DIED, FOREIGN, LEFT, REASONS, RENEWED
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.kana import Furigana, Notarised
from daicho.values.names import OtherName, PersonName
from daicho.values.numbers import IndividualNumber, JuminhyoCode, ResidenceCardNo
from daicho.values.relationship import BadRelationship, Relationship, Sex

NOT_AT_A_SHOP = frozenset({Omissible.HISTORY, Omissible.SPECIAL_HISTORY})
"""What a certificate of a shop never bears, so that konbini is not told of it (S5-01)."""


@dataclass(frozen=True)
class OpenNumbers:
    """The numbers that this certificate shall show, in the clear; only those asked for are opened."""

    juminhyo_code: JuminhyoCode | None = field(default=None, repr=False)
    individual_number: IndividualNumber | None = field(default=None, repr=False)
    residence_card_no: ResidenceCardNo | None = field(default=None, repr=False)


@dataclass(frozen=True)
class CodedEntry:
    """An entry that is a code of one of the city's tables, or the words themselves where the clerk wrote them (std 1.3.3)."""

    omissible: Omissible
    entry: str
    ja: str
    table: str


CODED = (
    CodedEntry(Omissible.NATIONALITY, "nationality_code", "国籍・地域", "nationality"),
    CodedEntry(Omissible.RESIDENCE_STATUS, "residence_status_code", "在留資格", "residence_status"),
)
CodeNames = Mapping[str, Mapping[str, str]]
"""Table → code → name; it need only hold what will be printed."""
NO_NAMES: CodeNames = {}


def is_code(value: str | None) -> bool:
    """Whether an entry's value is a code to be looked up: the names are never written in ASCII."""
    return bool(value) and str(value).isascii()


def certificate_record(
    entries: SheetEntries, numbers: OpenNumbers, names: CodeNames = NO_NAMES, notes: tuple[Note, ...] = (), *, is_stopped: bool = False
) -> CertificateRecord:
    """All that a 住民票 can print about one person. An unknown code stays empty: `unprintable` refuses it where it would be printed.

    `notes`: 異動履歴 and 留意事項, in their order. `is_stopped`: by a 抑止 of the person or the household (std 3.1).
    """
    foreign = entries.resident_kind == FOREIGN
    return CertificateRecord(
        kind=resident_kind(entries.resident_kind),
        name=person_name(entries),
        birth_date=entries.birth_date,
        sex=_sex(entries.sex_code),
        address=_address(entries.address, entries.address_building, entries.address_postal_code),
        became_resident_on=became_resident(entries),
        address_fixed_on=entries.address_changed_date,
        moved_within_city=bool(entries.moved_within_city),
        filed_on=entries.foreign_resident_notified_date if foreign else entries.became_resident_notified_date,
        head_name=entries.householder_name or "",
        relationship=_relationship(entries.relationship),
        previous_address=_address(entries.previous_address, entries.previous_address_building),
        registered_domicile=entries.registered_domicile or "",
        family_register_head_name=entries.family_register_head_name or "",
        juminhyo_code=numbers.juminhyo_code,
        individual_number=numbers.individual_number,
        foreign=_foreign(entries, numbers, names) if foreign else None,
        individual_entries=_individual_entries(entries),
        notes=(*notes, *((Note(NoteKind.REMARK, entries.remarks),) if entries.remarks else ())),
        removed=_removed(entries),
        closes_on=entries.closed_on,
        is_prohibited=is_stopped or bool(entries.issue_prohibited_setting),
    )


def _removed(entries: SheetEntries) -> RemovedEntries | None:
    if entries.closed_on is None:
        return None
    reason = entries.removal_reason_code or ""
    if reason not in LEFT:
        return RemovedEntries(REASONS.get(reason, reason), entries.removal_date, "事由の生じた年月日", cause=_CAUSES.get(reason, RemovalCause.OTHER))
    planned = JapaneseDate.of(entries.planned_move_out_date) if entries.planned_move_out_date else entries.removal_date
    address = address_in_full(entries.planned_move_out_address, entries.planned_move_out_building)
    lot = address_in_full(entries.planned_move_out_address, None)
    return RemovedEntries(REASONS[reason], planned, "転出予定年月日", address, lot, RemovalCause.LEFT, _confirmed(entries))


_CAUSES = {DIED: RemovalCause.DIED, RENEWED: RemovalCause.RENEWED}


def _confirmed(entries: SheetEntries) -> ConfirmedDestination | None:
    """What the 転入通知 told; None before it has come."""
    if entries.confirmed_move_out_date is None and not entries.confirmed_move_out_address:
        return None
    address = address_in_full(entries.confirmed_move_out_address, entries.confirmed_move_out_building)
    return ConfirmedDestination(address, entries.confirmed_move_out_date, entries.confirmed_move_out_notified_date)


def resident_kind(code: str | None) -> ResidentKind:
    """住民種別 as certificates name it."""
    return ResidentKind.FOREIGN if code == FOREIGN else ResidentKind.JAPANESE


def unprintable(entries: SheetEntries, shown: frozenset[Omissible], names: CodeNames) -> tuple[tuple[str, str], ...]:
    """Why this sheet cannot be printed as asked, as (entry, message): what the record cannot say as the law wants it. Empty = it can."""
    found = []
    if Omissible.RELATIONSHIP in shown and entries.relationship and not _is_relationship(entries.relationship):
        found.append(
            ("relationship", f"続柄「{entries.relationship}」は証明書に記載できる続柄ではありません。修正してから交付してください（標準仕様1.1.11）。")
        )
    for coded in CODED:
        code = getattr(entries, coded.entry)
        if coded.omissible in shown and is_code(code) and code not in names.get(coded.table, {}):
            found.append((coded.omissible.value, f"{coded.ja}のコード「{code}」の名称が登録されていません。市の設定を確認してください（標準仕様1.3.3）。"))
    if Omissible.RESIDENCE_CLASS in shown and (code := entries.article_30_45_class_code) and code not in dict(ARTICLE_30_45):
        found.append(
            ("residence_class", f"法第30条の45に規定する区分のコード「{code}」は、定められた区分にありません。修正してから交付してください（法第30条の45）。")
        )
    return tuple(found)


def _is_relationship(text: str) -> bool:
    try:
        Relationship.parse(text)
    except BadRelationship:
        return False
    return True


def person_name(entries: SheetEntries) -> PersonName:
    """Every name on the sheet as one value."""
    if entries.resident_kind == FOREIGN:
        alias = OtherName(entries.foreign_alias, entries.foreign_alias_kana or "") if entries.foreign_alias else None
        return PersonName.foreign(
            entries.foreign_name_alphabet or "",
            entries.foreign_name_kanji or entries.name_kanji or "",
            katakana=entries.foreign_name_katakana or "",
            alias=alias,
        )
    surname, _, given = (entries.name_kanji or "").partition("　")
    furigana = (
        Furigana.from_text(entries.name_kana, _state(entries.surname_kana_notarised), _state(entries.given_kana_notarised)) if entries.name_kana else None
    )
    former = OtherName(entries.former_surname, entries.former_surname_kana or "") if entries.former_surname else None
    return PersonName.japanese(surname, given, furigana, former_surname=former)


def _state(notarised: bool | None) -> Notarised:
    return Notarised.YES if notarised else Notarised.NO


def _sex(code: str | None) -> Sex | None:
    return Sex(code) if code in ("1", "2") else None


def _relationship(text: str | None) -> Relationship | None:
    """None for a migrated word that is none: `unprintable` refuses it where it would be printed."""
    return Relationship.parse(text) if text and _is_relationship(text) else None


def _address(text: str | None, building: str | None, postal_code: str | None = None) -> Address:
    parsed = Address.parse(text or "")
    return Address(parsed.prefecture, parsed.city, parsed.town, parsed.lot, building or parsed.building, postal_code or "")


def _named(entries: SheetEntries, names: CodeNames) -> dict[str, str]:
    """The words of the coded entries, by table."""
    values = {coded.table: getattr(entries, coded.entry) or "" for coded in CODED}
    return {table: names.get(table, {}).get(value, "") if is_code(value) else value for table, value in values.items()}


def _foreign(entries: SheetEntries, numbers: OpenNumbers, names: CodeNames) -> ForeignEntries:
    named = _named(entries, names)
    history = (
        AliasEntry(
            entries.alias_history_alias, entries.alias_history_entered_municipality or "", entries.alias_history_entered_date,
            entries.alias_history_deleted_municipality or "", entries.alias_history_deleted_date,
        ),
    ) if entries.alias_history_alias else ()  # fmt: skip
    return ForeignEntries(
        nationality=named["nationality"],
        residence_class=dict(ARTICLE_30_45).get(entries.article_30_45_class_code or "", ""),
        residence_status=named["residence_status"],
        period=entries.residence_period or "",
        expires_on=entries.residence_expiry_date,
        card_no=numbers.residence_card_no,
        alias_history=history,
    )


_INSURANCES = (
    ("国民健康保険", "nhi"),
    ("後期高齢者医療", "late_elderly"),
    ("介護保険", "ltc"),
    ("国民年金", "np"),
)


def _individual_entries(entries: SheetEntries) -> tuple[tuple[str, str], ...]:
    """個別記載事項 (法7条9号–11号の2), those that are recorded, in the order of the law."""
    found = []
    if entries.electoral_roll_flag is not None:
        found.append(("選挙人名簿", "登録あり" if entries.electoral_roll_flag else "登録なし"))
    for ja, stem in _INSURANCES:
        qualified = getattr(entries, f"{stem}_qualified_flag")
        if qualified is not None:
            found.append((ja, "資格あり" if qualified else "資格なし"))
    return tuple(found)
