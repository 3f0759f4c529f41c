"""記載事項の言葉 — how an entry of a 住民票 is shown to a clerk: words for codes, 和暦 for days, numbers covered. 住民基本台帳法第7条; design §6."""

from __future__ import annotations

import json
from datetime import date

from daicho.residents.rules.birth import BIRTH_DATES, birth_text
from daicho.residents.rules.changes import NEW_CODE, NEW_HOUSEHOLD
from daicho.residents.rules.department_items import MONTHS
from daicho.residents.rules.entries import ENTRIES, NOTED, Kind, SheetEntries
from daicho.residents.rules.officer_notes import entry_words
from daicho.residents.rules.vocabulary import (
    ARTICLE_30_45,
    BECAME,
    JUKI_CARD_STATES,
    MAILING_NAMES,
    MY_NUMBER_CARD_STATES,
    NAME_PRIORITIES,
    REASONS,
    RESIDENT_KINDS,
    SEXES,
    word,
)
from daicho.values.dates import JapaneseDate, seireki, wareki
from daicho.values.municipalities import municipality_name

COVERED, NEW_NUMBER = "●●●●●●（記録あり）", "新しい番号（記録あり）"
_WORDS = {
    "sex_code": SEXES, "resident_kind": RESIDENT_KINDS, "article_30_45_class_code": ARTICLE_30_45,
    "my_number_card_status_code": MY_NUMBER_CARD_STATES, "juki_card_status_code": JUKI_CARD_STATES, "mailing_name_code": MAILING_NAMES,
    "name_priority_code": NAME_PRIORITIES,
}  # fmt: skip
_FLAGS = {
    "surname_kana_notarised": ("公証済み", "公証なし"), "given_kana_notarised": ("公証済み", "公証なし"),
    **dict.fromkeys(("name_kana_confirmed", "former_surname_kana_confirmed", "foreign_alias_kana_confirmed"), ("確認済", "未確認")),
    **dict.fromkeys(("adult_ward", "landing_permit_move_in", "care_facility_setting"), ("該当", "非該当")),
    "residence_notified": ("有", "無"),
}  # fmt: skip
_BECAME = frozenset({"became_resident_reason_code", "foreign_resident_reason_code", "address_reason_code"})
_IN_GLYPHS = frozenset({Kind.TEXT})
_NOT_SHOWN = frozenset({"search_kana"})


def entry_text(name: str, entries: SheetEntries) -> str:
    """One entry as text; "" when it is empty. A number is never in it."""
    value = getattr(entries, name)
    if value is None:
        return ""
    if ENTRIES[name].kind is Kind.NUMBER:
        return COVERED if value != NEW_CODE else "新しい番号（本登録のときに空き番から付きます）"
    if name in _WORDS:
        return word(_WORDS[name], value)
    if name.endswith("_reason_code"):
        return str((BECAME if name in _BECAME else REASONS).get(value, value))
    if name.endswith("_municipality_code"):
        return municipality_name(value)
    if name == "household_no" and value == NEW_HOUSEHOLD:
        return "新しい世帯（番号は本登録のときに付きます）"
    if name in NOTED:
        return entry_words(name, value)
    if name in BIRTH_DATES:
        return birth_text(entries, name)
    return _plain(name, value)


def _plain(name: str, value: object) -> str:
    if isinstance(value, bool):
        yes, no = _FLAGS.get(name, ("あり", "なし"))
        return yes if value else no
    if isinstance(value, JapaneseDate):
        return value.wareki()
    if isinstance(value, date):
        return seireki(value) if name == "residence_expiry_date" else f"{wareki(value).partition('月')[0]}月" if name in MONTHS else wareki(value)
    if ENTRIES[name].kind is Kind.GROUP:
        return _group(str(value))
    return str(value)


def _group(text: str) -> str:
    """名：値 of a group, in its order; what holds no such pairs as it is."""
    held = json.loads(text)
    return "、".join(f"{key}：{value}" for key, value in held.items()) if isinstance(held, dict) else text


def entry_label(name: str) -> str:
    return ENTRIES[name].ja.removesuffix("(外国人)")


def is_in_glyphs(name: str) -> bool:
    """Whether the entry is drawn with the certificate's glyphs: names, addresses and other free text."""
    return ENTRIES[name].kind in _IN_GLYPHS


def shown_entries() -> tuple[str, ...]:
    """The entries a clerk compares, in the order of the sheet."""
    return tuple(name for name in ENTRIES if name not in _NOT_SHOWN)
