"""転入通知・転入通知未着照会書・成年被後見人の通知の中身 — between this city and another. 住民基本台帳法第9条第1項; 標準仕様4.1.3.1.4, 9.4."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from daicho.certificates.letters.letter import Letter
from daicho.contracts.layouts import code_list
from daicho.contracts.move_in_notice_v1 import MoveInNoticeV1
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_cases.addressees import handling, municipality, sex_text
from daicho.residents.rules.names_shown import shown_name
from daicho.values.dates import JapaneseDate, wareki
from daicho.values.municipalities import municipality_of


def move_in_notice_letter(message: MoveInNoticeV1, *, protected: bool) -> Letter:
    """The notice that the wire would carry, but for 住民票コード."""
    born = JapaneseDate.decode(message.birth_date)
    facts = {
        "name": message.name_kanji, "name_kana": message.name_furigana or "", "birth_date": str(born), "sex": sex_text(message.sex_code),
        "former_address": message.former_address, "address": message.new_address, "moved_in_on": wareki(message.move_in_date),
        "filed_on": wareki(message.notified_date) if message.notified_date else "", "basis": code_list("notice_basis")[message.notice_basis].ja,
        "handling": handling(protected=protected),
    }  # fmt: skip
    return Letter(municipality(message.addressee_municipality_code), facts=facts)


def destination_of(entries: SheetEntries) -> str | None:
    """The municipality to which somebody left, by the planned address; None where it names none (abroad, 不明, removed ex officio)."""
    return municipality_of(entries.planned_move_out_address or "")


def by_destination(people: Sequence[SheetEntries]) -> Mapping[str, tuple[int, ...]]:
    """The places of these people by the municipality they said they go to, in order of its code; who said none is in none."""
    found: dict[str, tuple[int, ...]] = {}
    for place, entries in enumerate(people):
        if code := destination_of(entries):
            found[code] = (*found.get(code, ()), place)
    return dict(sorted(found.items()))


_PROTECTED = "（支援措置の対象者。取扱いに注意）"


def missing_letter(code: str, people: Sequence[SheetEntries], protected: Collection[int] = ()) -> Letter:
    """転入通知未着照会書 to one municipality about all who said they go there. What is asked for is left white. `protected`: places of people."""
    return Letter(municipality(code), lines=tuple(_missing_line(entries, place in protected) for place, entries in enumerate(people)))


def _missing_line(entries: SheetEntries, is_protected: bool) -> tuple[str, ...]:
    left_on = entries.planned_move_out_date or entries.closed_on
    return (
        f"{shown_name(entries) or ''}{_PROTECTED if is_protected else ''}", _two_lines(birth_text(entries)), address_in_full(entries.address, entries.address_building),
        address_in_full(entries.planned_move_out_address, entries.planned_move_out_building), _two_lines(wareki(left_on)) if left_on else "", "",
    )  # fmt: skip


def _two_lines(day: str) -> str:
    """The year above month and day: a narrow column would part a month from its number."""
    return day.replace("年", "年\n", 1) if not day.endswith("年") else day


def adult_ward_letter(entries: SheetEntries, *, protected: bool) -> Letter:
    """To where the ward goes: the confirmed address where 転入通知 has told it, else the planned one."""
    to = (entries.confirmed_move_out_address, entries.confirmed_move_out_building)
    to = to if to[0] else (entries.planned_move_out_address, entries.planned_move_out_building)
    on = entries.confirmed_move_out_date or entries.planned_move_out_date
    facts = {
        "name": shown_name(entries) or "", "birth_date": birth_text(entries), "sex": sex_text(entries.sex_code),
        "address": address_in_full(entries.address, entries.address_building), "moves_to": address_in_full(*to), "moves_on": wareki(on) if on else "",
        "handling": handling(protected=protected),
    }  # fmt: skip
    return Letter(municipality(municipality_of(to[0] or "") or ""), facts=facts)


def is_leaving_ward(entries: SheetEntries) -> bool:
    """成年被後見人 who left, or will, for another municipality (N-9.4-02)."""
    to = entries.confirmed_move_out_address or entries.planned_move_out_address
    return bool(entries.adult_ward) and municipality_of(to or "") is not None
