"""戸籍の届出・法9条2項通知・法19条2項通知 — what the 戸籍 tells of those who live here. 住民基本台帳法第9条第2項, 第19条第2項; 令第12条第2項; G-22.

From the city's own 戸籍情報システム straight to residents; from another municipality through 市町村CS, which passes it on as it came. Which of the
three it is follows from who sent it and from `matter`. What does not agree with the register is for a clerk of residents to judge. 個人番号 is not in it.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@dataclass(frozen=True)
class RegisterEntries:
    """What is to be entered of one person. None: the 戸籍 says nothing of it."""

    name_kanji: str | None
    name_kana: str | None
    kana_notarised: str | None  # both, surname, given, none: what of the 振り仮名 the 戸籍 holds
    sex_code: str | None
    registered_domicile: str | None
    family_register_head_name: str | None
    relationship: str | None  # to the 世帯主, where the paper says it


@dataclass(frozen=True)
class RegisterPerson:
    """Someone who lives here: how the register knows them until now, and what is to be entered."""

    juminhyo_code: str | None
    name_kanji: str
    birth_date: str  # as a JapaneseDate is kept
    sex_code: str
    entries: RegisterEntries


@contract("family_register_notice", version=1)
@dataclass(frozen=True)
class FamilyRegisterNoticeV1:
    """One 届書 or notice. Of a 出生 `people` are those whose household the children join, and `newborns` the children."""

    request_control_no: str  # of the sender; the same notice sent again bears the same
    addressee_municipality_code: str
    municipality_code: str  # which accepted the 届書, or found the disagreement
    matter: str  # residents' rules/received/family_register.py lists them
    event_date: str  # as a JapaneseDate is kept: 死亡 may be 推定 or 頃
    accepted_on: date  # the day the 届書 was accepted
    people: tuple[RegisterPerson, ...]
    newborns: tuple[RegisterEntries, ...]
