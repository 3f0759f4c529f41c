"""証明データ — residents tells konbini what a 住民票の写し of these people can say. 住民基本台帳法第12条; G-21, S5-01.

Only what paper may show there: no 個人番号, no 住民票コード, no history, no 個別記載事項, no reason of a 発行禁止. Codes have become words.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@dataclass(frozen=True)
class CertifiedEntries:
    """The entries of one 住民票 as they can be printed. None = 空欄. Uncertain dates are `JapaneseDate.encode()`."""

    resident_kind: str  # 住民種別, as the sheet has it
    name_kanji: str | None
    name_kana: str | None
    surname_kana_notarised: bool | None
    given_kana_notarised: bool | None
    former_surname: str | None
    former_surname_kana: str | None
    birth_date: str | None
    sex_code: str | None
    householder_name: str | None
    relationship: str | None
    address: str | None
    address_building: str | None
    became_resident_date: str | None  # of a foreign resident 外国人住民となった年月日
    address_changed_date: str | None
    moved_within_city: bool | None
    filed_on: date | None
    previous_address: str | None
    previous_address_building: str | None
    registered_domicile: str | None
    family_register_head_name: str | None
    remarks: str | None
    foreign_name_alphabet: str | None
    foreign_name_kanji: str | None
    foreign_name_katakana: str | None
    foreign_alias: str | None
    foreign_alias_kana: str | None
    nationality: str | None
    residence_class: str | None
    residence_status: str | None
    residence_period: str | None
    residence_expiry_date: date | None
    unprintable: tuple[str, ...]
    """Omissible entries (certificates.request.Omissible) that the register cannot say as the law wants it."""


@dataclass(frozen=True)
class CertifiedPerson:
    """One person as of now. `entries` is None once the sheet is a 除票: of who has left, nothing is kept but that."""

    atena_no: str
    history_no: int  # 履歴番号: a later one takes the place of an earlier one
    household_no: str | None
    order_in_household: int | None
    user_certificate_serial: str | None  # 利用者証明用電子証明書のシリアル番号, by which the centre names the card's holder
    closes_on: date | None  # 消除日, also when it lies ahead (転出予定)
    is_prohibited: bool  # 発行禁止 (item 95), for whatever reason
    entries: CertifiedEntries | None


@contract("certificate_data", version=1)
@dataclass(frozen=True)
class CertificateDataV1:
    """Everybody of one event whose certificate changed: taken in together, so that no household is ever seen half moved."""

    persons: tuple[CertifiedPerson, ...]
