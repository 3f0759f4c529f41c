"""証明データから証明へ — what the register told, as the record that a certificate is composed from. 住民基本台帳法第12条; certificates/record.py.

It asks nobody. What a shop's paper never bears (numbers, history, 個別記載事項, 通称の履歴) was not told, so it is not here.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.record import CertificateRecord, ForeignEntries, Note, NoteKind, ResidentKind
from daicho.certificates.request import Omissible
from daicho.contracts.certificate_data_v1 import CertifiedEntries
from daicho.values.address import Address
from daicho.values.dates import JapaneseDate
from daicho.values.kana import Furigana, Notarised
from daicho.values.names import OtherName, PersonName
from daicho.values.relationship import BadRelationship, Relationship, Sex

_FOREIGN = "2"


def certificate_record(told: CertifiedEntries, closes_on: date | None, is_prohibited: bool) -> CertificateRecord:
    """One person as the paper may show them. 消除日 and 発行禁止 were judged before; the certificate's own rules judge them once more."""
    return CertificateRecord(
        kind=ResidentKind.FOREIGN if told.resident_kind == _FOREIGN else ResidentKind.JAPANESE,
        name=_name(told),
        birth_date=birth_of(told),
        sex=Sex(told.sex_code) if told.sex_code in ("1", "2") else None,
        address=_address(told.address, told.address_building),
        became_resident_on=_day(told.became_resident_date),
        address_fixed_on=_day(told.address_changed_date),
        moved_within_city=bool(told.moved_within_city),
        filed_on=told.filed_on,
        head_name=told.householder_name or "",
        relationship=_relationship(told.relationship),
        previous_address=_address(told.previous_address, told.previous_address_building),
        registered_domicile=told.registered_domicile or "",
        family_register_head_name=told.family_register_head_name or "",
        foreign=_foreign(told) if told.resident_kind == _FOREIGN else None,
        notes=(Note(NoteKind.REMARK, told.remarks),) if told.remarks else (),
        closes_on=closes_on,
        is_prohibited=is_prohibited,
    )


def birth_of(told: CertifiedEntries) -> JapaneseDate | None:
    return _day(told.birth_date)


def cannot_be_printed(told: CertifiedEntries, shown: frozenset[Omissible]) -> bool:
    """Whether something that was asked for cannot be said as the law wants it: the register said so, and it is never printed otherwise."""
    return not shown.isdisjoint(told.unprintable)


def _name(told: CertifiedEntries) -> PersonName:
    if told.resident_kind == _FOREIGN:
        alias = OtherName(told.foreign_alias, told.foreign_alias_kana or "") if told.foreign_alias else None
        return PersonName.foreign(
            told.foreign_name_alphabet or "", told.foreign_name_kanji or told.name_kanji or "", katakana=told.foreign_name_katakana or "", alias=alias
        )
    surname, _, given = (told.name_kanji or "").partition("\u3000")
    furigana = Furigana.from_text(told.name_kana, _state(told.surname_kana_notarised), _state(told.given_kana_notarised)) if told.name_kana else None
    former = OtherName(told.former_surname, told.former_surname_kana or "") if told.former_surname else None
    return PersonName.japanese(surname, given, furigana, former_surname=former)


def _state(notarised: bool | None) -> Notarised:
    return Notarised.YES if notarised else Notarised.NO


def _day(text: str | None) -> JapaneseDate | None:
    return JapaneseDate.decode(text) if text else None


def _relationship(text: str | None) -> Relationship | None:
    """None for a migrated word that is none: it is among `unprintable`."""
    try:
        return Relationship.parse(text) if text else None
    except BadRelationship:
        return None


def _address(text: str | None, building: str | None) -> Address:
    parsed = Address.parse(text or "")
    return Address(parsed.prefecture, parsed.city, parsed.town, parsed.lot, building or parsed.building, "")


def _foreign(told: CertifiedEntries) -> ForeignEntries:
    return ForeignEntries(
        nationality=told.nationality or "",
        residence_class=told.residence_class or "",
        residence_status=told.residence_status or "",
        period=told.residence_period or "",
        expires_on=told.residence_expiry_date,
    )
