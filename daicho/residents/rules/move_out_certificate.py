"""転出証明書情報 — what this city certifies of those who leave, for the city that they move to. 住民基本台帳法第24条の2; 令第23条; G-11."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutPerson
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import CodeNames, is_code
from daicho.residents.rules.vocabulary import FOREIGN, MOVED_OUT_SPECIALLY


def leaves_specially(before: SheetEntries | None, after: SheetEntries) -> bool:
    """Whether this version is the one by which a person leaves by 特例."""
    return _is_special(after) and (before is None or not _is_special(before))


def stays_after_all(before: SheetEntries | None, after: SheetEntries) -> bool:
    """Whether it takes such a 転出 back."""
    return before is not None and _is_special(before) and not _is_special(after)


def _is_special(entries: SheetEntries) -> bool:
    return entries.planned_move_out_reason_code == MOVED_OUT_SPECIALLY


def certificate_of(leavers: Sequence[SheetEntries], numbers: Mapping[int, str], names: CodeNames, municipality_code: str) -> MoveOutCertificate:
    """Of those who leave together. `numbers`: theirs in the clear, by reference; `names`: the words of the codes."""
    together = sorted(leavers, key=lambda entries: entries.order_in_household or 0)
    first = together[0]
    assert first.planned_move_out_date is not None
    return MoveOutCertificate(
        former_municipality_code=municipality_code,
        former_address=first.address or "",
        former_address_building=first.address_building,
        planned_move_out_date=first.planned_move_out_date,
        planned_address=first.planned_move_out_address,
        people=tuple(_person(entries, numbers, names) for entries in together),
    )


NUMBERS = ("juminhyo_code", "individual_number", "residence_card_no")


def _person(entries: SheetEntries, numbers: Mapping[int, str], names: CodeNames) -> MoveOutPerson:
    is_foreign = entries.resident_kind == FOREIGN
    clear = {name: numbers[ref] if (ref := getattr(entries, name)) is not None else None for name in NUMBERS}
    return MoveOutPerson(
        juminhyo_code=clear["juminhyo_code"] or "",  # never 空欄 (std 1.1.6)
        individual_number=clear["individual_number"],
        name_kanji=entries.foreign_name_kanji if is_foreign else entries.name_kanji,
        name_kana=entries.name_kana,
        former_surname=entries.former_surname,
        former_surname_kana=entries.former_surname_kana,
        birth_date=birth_text(entries),
        sex_code=entries.sex_code or "9",
        relationship=entries.relationship,
        registered_domicile=entries.registered_domicile,
        family_register_head_name=entries.family_register_head_name,
        is_foreign=is_foreign,
        foreign_name_alphabet=entries.foreign_name_alphabet,
        foreign_name_katakana=entries.foreign_name_katakana,
        foreign_alias=entries.foreign_alias,
        foreign_alias_kana=entries.foreign_alias_kana,
        nationality=_word(entries.nationality_code, "nationality", names),
        article_30_45_class_code=entries.article_30_45_class_code,
        residence_status=_word(entries.residence_status_code, "residence_status", names),
        residence_period=entries.residence_period,
        residence_expiry_date=entries.residence_expiry_date,
        residence_card_no=clear["residence_card_no"],
    )


def _word(value: str | None, table: str, names: CodeNames) -> str | None:
    """The words of a code; the code itself where the city's table lacks it, since the other city can ask about it."""
    return names.get(table, {}).get(value or "", value) if is_code(value) else value
