"""人の欄 — what is asked about a person who enters the register, and how it becomes entries. 住民基本台帳法第7条, 第30条の45."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any  # entries are of many types

from daicho.residents.rules.alias import ENTERED, alias_history
from daicho.residents.rules.definitions import Field, FieldKind
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Member
from daicho.residents.rules.managed_fields import ENTERED_WITH_A_FOREIGNER, ENTERED_WITH_A_PERSON, USER_CERTIFICATE
from daicho.residents.rules.vocabulary import (
    ARTICLE_30_45,
    FOREIGN,
    JAPANESE,
    KINSHIP_PROOFS,
    NOTARISED,
    NOTARISED_BOTH,
    NOTARISED_GIVEN,
    NOTARISED_NONE,
    NOTARISED_SURNAME,
    RESIDENT_KINDS,
    SEXES,
)

_WHO, _FAMILY, _NUMBERS, _FOREIGN, _OTHER = "氏名など", "世帯・戸籍", "番号", "外国人住民", "その他"
FOREIGNERS_GROUP = _FOREIGN
"""The group that is asked of 外国人住民 only."""

KINSHIP_PROOF = Field(
    "kinship_proof",
    "続柄を証する文書",
    FieldKind.CHOICE,
    hint="外国人住民の続柄は、文書で確かめたもの。ないときは「縁故者」",
    choices=KINSHIP_PROOFS,
    group=_FOREIGN,
)
"""By what the 続柄 of a foreign resident was confirmed: kept with the filing (N-1.1.11-09)."""

PERSON_FIELDS = (
    Field("resident_kind", "住民種別", FieldKind.CHOICE, required=True, choices=RESIDENT_KINDS, group=_WHO, default=JAPANESE),
    Field("name_kanji", "氏名", FieldKind.NAME, hint="氏と名の間に空白。外国人で漢字の氏名がないときは空欄", group=_WHO),
    Field("name_kana", "振り仮名", FieldKind.KANA, hint="カタカナ。氏と名の間に空白", group=_WHO),
    Field("kana_notarised", "振り仮名の公証", FieldKind.CHOICE, choices=NOTARISED, group=_WHO),
    Field("birth_date", "生年月日", FieldKind.UNCERTAIN_DATE, required=True, hint="例　昭和55年3月9日、S55.3.9。外国人は西暦", group=_WHO),
    Field("sex_code", "性別", FieldKind.CHOICE, choices=SEXES, group=_WHO),
    Field("former_surname", "旧氏", FieldKind.NAME, group=_WHO),
    Field("former_surname_kana", "旧氏の振り仮名", FieldKind.KANA, group=_WHO),
    Field(
        "relationship",
        "続柄",
        FieldKind.RELATIONSHIP,
        hint="世帯主からみた続柄。例　世帯主、妻、子。二通りあるときは「／」で並べると、上位のものになります",
        group=_FAMILY,
    ),
    Field("registered_domicile", "本籍", FieldKind.TEXT, hint="日本人だけ。ないときは「なし」、わからないときは「不明」", group=_FAMILY),
    Field("family_register_head_name", "筆頭者", FieldKind.NAME, group=_FAMILY),
    Field("juminhyo_code", "住民票コード", FieldKind.JUMINHYO_CODE, hint="11桁。転出証明書のとおり", group=_NUMBERS),
    Field("individual_number", "個人番号", FieldKind.INDIVIDUAL_NUMBER, hint="12桁", group=_NUMBERS),
    replace(USER_CERTIFICATE, group=_NUMBERS),
    Field("foreign_name_alphabet", "アルファベット氏名", FieldKind.TEXT, hint="在留カード等のとおり", group=_FOREIGN),
    Field("foreign_name_kanji", "漢字氏名", FieldKind.TEXT, group=_FOREIGN),
    Field("foreign_name_katakana", "カタカナ表記", FieldKind.KANA, group=_FOREIGN),
    Field("foreign_alias", "通称", FieldKind.TEXT, group=_FOREIGN),
    Field("foreign_alias_kana", "通称のフリガナ", FieldKind.KANA, group=_FOREIGN),
    Field("alias_history_entered_municipality", "通称の記載市町村名", FieldKind.TEXT, hint="転出証明書のとおり。例　札幌市中央区", group=_FOREIGN),
    Field("alias_history_entered_municipality_code", "通称の記載市町村コード", FieldKind.MUNICIPALITY, hint="名前か6桁のコード", group=_FOREIGN),
    Field("alias_history_entered_date", "通称の記載年月日", FieldKind.DATE, hint="転出証明書のとおり", group=_FOREIGN),
    Field("nationality_code", "国籍・地域", FieldKind.TEXT, group=_FOREIGN),
    Field("article_30_45_class_code", "法第30条の45の区分", FieldKind.CHOICE, choices=ARTICLE_30_45, group=_FOREIGN),
    Field("residence_status_code", "在留資格", FieldKind.TEXT, group=_FOREIGN),
    Field("residence_period", "在留期間等", FieldKind.TEXT, group=_FOREIGN),
    Field("residence_expiry_date", "在留期間等の満了の日", FieldKind.WESTERN_DATE, hint="西暦。例　2028-04-30", group=_FOREIGN),
    Field("residence_card_no", "在留カード等の番号", FieldKind.RESIDENCE_CARD_NO, hint="英字2・数字8・英字2", group=_FOREIGN),
    Field("special_permanent_cert_issued_date", "特別永住者証明書の交付日", FieldKind.DATE, group=_FOREIGN),
    KINSHIP_PROOF,
    *ENTERED_WITH_A_FOREIGNER,
    *ENTERED_WITH_A_PERSON,
    Field("became_resident_date", "住民となった年月日（異動日と違うとき）", FieldKind.UNCERTAIN_DATE, hint="外国人は外国人住民となった年月日", group=_OTHER),
    Field("remarks", "備考", FieldKind.TEXT, group=_OTHER),
)

BIRTH_FIELDS = tuple(
    field
    for field in PERSON_FIELDS
    if field.name
    in {
        "resident_kind", "name_kanji", "name_kana", "kana_notarised", "sex_code", "relationship", "registered_domicile", "family_register_head_name",
        "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "nationality_code", "article_30_45_class_code", "residence_status_code",
        "residence_period", "residence_expiry_date", "residence_card_no", "remarks",
    }
)  # fmt: skip
"""Of someone just born: no number is known yet but that of a 特別永住者証明書, and 生年月日 is the day of the event."""

_AS_ENTERED = (
    "name_kanji", "name_kana", "former_surname", "former_surname_kana", "relationship", "registered_domicile", "family_register_head_name",
    "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "foreign_alias", "foreign_alias_kana", "nationality_code",
    "article_30_45_class_code", "residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no", "sex_code", "birth_date",
    "resident_kind", "remarks", *ENTERED, "alias_history_entered_municipality_code", "special_permanent_cert_issued_date",
    *(field.name for field in (*ENTERED_WITH_A_FOREIGNER, *ENTERED_WITH_A_PERSON)),
)  # fmt: skip


_NOTARISED: dict[tuple[bool | None, bool | None], str] = {
    (True, True): NOTARISED_BOTH, (True, False): NOTARISED_SURNAME, (False, True): NOTARISED_GIVEN, (False, False): NOTARISED_NONE,
}  # fmt: skip


def notarised_entries(code: str) -> dict[str, object]:
    """公証 of each part of 振り仮名 (法7条1号の2)."""
    return {
        "surname_kana_notarised": code in (NOTARISED_BOTH, NOTARISED_SURNAME),
        "given_kana_notarised": code in (NOTARISED_BOTH, NOTARISED_GIVEN),
    }


def notarised_code(entries: SheetEntries) -> str:
    """The same as one code of NOTARISED; "" where the sheet does not say it of both parts."""
    return _NOTARISED.get((entries.surname_kana_notarised, entries.given_kana_notarised), "")


def person_entries(member: Member) -> dict[str, Any]:
    """A person's fields → entries of their sheet, apart from numbers, address and household."""
    entries = {name: member.values.get(name) for name in _AS_ENTERED}
    notarised = member.text("kana_notarised")
    if member.text("name_kana") and notarised and member.text("resident_kind") != FOREIGN:
        entries |= notarised_entries(notarised)
    entries |= alias_history(entries)
    expiry = entries["residence_expiry_date"]
    assert expiry is None or isinstance(expiry, date)
    return entries
