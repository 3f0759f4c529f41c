"""空欄 — which entries may not be empty, and which belong to whom. std 1.1.6, 1.1.12; domain §1.1.8, §11."""

from __future__ import annotations

from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.vocabulary import FOREIGN, JAPANESE, LOST_NATIONALITY, MID_TO_LONG_TERM, SPECIAL_PERMANENT
from daicho.values.dates import JapaneseDate

_ALWAYS = ("birth_date", "address", "juminhyo_code", "household_no")
_OF_JAPANESE = ("registered_domicile", "family_register_head_name", "became_resident_date")
_OF_FOREIGN = ("foreign_resident_since_date", "article_30_45_class_code")
_OF_CLASS = {
    MID_TO_LONG_TERM: ("residence_card_no",),
    SPECIAL_PERMANENT: ("residence_card_no",),
    "3": ("residence_period",),
    "4": ("residence_period",),
}
_ONLY_FOREIGN = (
    "foreign_name_alphabet", "foreign_name_kanji", "foreign_name_katakana", "foreign_alias", "foreign_alias_kana", "nationality_code",
    "article_30_45_class_code", "residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no", "foreign_resident_since_date",
    "foreign_alias_kana_confirmed", "residence_notified", "landing_permit_move_in", "alien_registration_date", "name_priority_code", "mailing_name_code",
)  # fmt: skip
_ONLY_JAPANESE = (
    "registered_domicile",
    "family_register_head_name",
    "former_surname",
    "former_surname_kana",
    "former_surname_kana_confirmed",
    "became_resident_date",
)


def required_of(entries: SheetEntries, *, of_removed: bool = False) -> tuple[str, ...]:
    """The entries that may not be empty on this sheet. On a 除票 住民票コード and 在留カードの番号 may, 特別永住者証明書の番号 may not (N-1.1.6-05, -08, -10)."""
    if entries.resident_kind != FOREIGN:
        found = (*_ALWAYS, *_OF_JAPANESE)
    else:
        found = (*_ALWAYS, *_OF_FOREIGN, *_OF_CLASS.get(entries.article_30_45_class_code or "", ()))
    may_be = ("juminhyo_code", *(("residence_card_no",) if entries.article_30_45_class_code == MID_TO_LONG_TERM else ())) if of_removed else ()
    return tuple(name for name in found if name not in may_be)


def check_blanks(entries: SheetEntries, member: int, *, of_removed: bool = False) -> list[Problem]:
    """Errors for what may not be empty or does not belong; alerts for what is empty though usual (氏名・性別・続柄)."""
    found = [_blank(name, member) for name in required_of(entries, of_removed=of_removed) if getattr(entries, name) is None]
    foreign = entries.resident_kind == FOREIGN
    strange = _ONLY_JAPANESE if foreign else _ONLY_FOREIGN
    whose = "外国人住民" if foreign else "日本人住民"
    found += [problem("B002", name, member, whose=whose, label=ENTRIES[name].ja) for name in strange if getattr(entries, name) is not None]
    if entries.article_30_45_class_code == LOST_NATIONALITY and entries.alien_registration_date is not None:  # they were Japanese (N-4.5.5-05)
        label = ENTRIES["alien_registration_date"].ja
        found.append(problem("B002", "alien_registration_date", member, whose="国籍喪失による経過滞在者", label=label))
    name_fields = ("name_kanji",) if not foreign else ("name_kanji", "foreign_name_alphabet", "foreign_name_kanji")
    if not any(getattr(entries, name) for name in name_fields):
        found.append(problem("B101", name_fields[-1] if foreign else "name_kanji", member))
    for name in ("sex_code", "relationship"):
        if getattr(entries, name) is None:
            found.append(problem("B102", name, member, label=ENTRIES[name].ja))
    if entries.resident_kind == JAPANESE and entries.name_kanji and "　" not in entries.name_kanji:
        found.append(problem("B103", "name_kanji", member))
    return found + _check_birth(entries.birth_date, member)


def _check_birth(born: JapaneseDate | None, member: int) -> list[Problem]:
    """不詳 and days that no calendar has are kept as written and looked at once more (domain §11; N-1.1.8-*)."""
    if born is None:
        return []
    if not born.is_certain:
        return [problem("B104", "birth_date", member)]
    if born.alerts and not born.is_old_calendar:
        return [problem("B105", "birth_date", member, written=born.as_written)]
    return []


def _blank(name: str, member: int) -> Problem:
    code = "B003" if name in ("registered_domicile", "family_register_head_name") else "B001"
    return problem(code, name, member, label=ENTRIES[name].ja)
