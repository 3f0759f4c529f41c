"""戸籍の附票記載事項通知・法9条2項通知の中身 — what the wire says, on paper. 住民基本台帳法第9条第2項, 第19条第1項."""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.letter import Letter
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.contracts.layouts import code_list
from daicho.residents.rules.birth import birth_text
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.letters_of_cases.addressees import handling, municipality, sex_text
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.rules.received.reading import Reading
from daicho.values.dates import uncertain_digits_text, wareki
from daicho.values.municipalities import municipality_name


def fuhyo_letter(message: FuhyoNoticeV1, *, protected: bool) -> Letter:
    """To the municipality of the 本籍, as it is told by wire."""
    facts = {
        "registered_domicile": message.registered_domicile, "head_name": message.family_register_head_name or "", "name": message.name_kanji or "",
        "birth_date": _day(message.birth_date), "sex": sex_text(message.sex_code), "reason": _reason_ja(message.reason_code),
        "event_date": _day(message.event_date), "address": message.address,
        "address_fixed_on": _day(message.address_fixed_date) if message.address_fixed_date else "",
        "planned_move_out_on": wareki(message.planned_move_out_date) if message.planned_move_out_date else "", "juminhyo_code": message.juminhyo_code,
        "handling": handling(protected=protected),
    }  # fmt: skip
    return Letter(municipality(message.addressee_municipality_code), facts=facts)


def _day(digits: str) -> str:
    """Eight digits of the wire, as they are read on paper."""
    try:
        return wareki(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return uncertain_digits_text(digits)


def _reason_ja(code: str) -> str:
    return next((one.ja for one in code_list("fuhyo_reason").values() if one.code == code), code)


def fuhyo_letter_without_wire(entries: SheetEntries, seat: str, reason: str, event_date: str, juminhyo_code: str, *, protected: bool) -> Letter:
    """Of who has a 本籍 from which no municipality could be read: `seat` as the clerk found it."""
    fixed, abroad = entries.address_changed_date, entries.planned_move_out_date
    facts = {
        "registered_domicile": entries.registered_domicile or "", "head_name": entries.family_register_head_name or "", "name": shown_name(entries) or "",
        "birth_date": birth_text(entries), "sex": sex_text(entries.sex_code), "reason": reason, "event_date": event_date,
        "address": address_in_full(entries.address, entries.address_building), "address_fixed_on": fixed.wareki() if fixed else "",
        "planned_move_out_on": wareki(abroad) if abroad else "", "juminhyo_code": juminhyo_code, "handling": handling(protected=protected),
    }  # fmt: skip
    return Letter(municipality(seat), facts=facts)


def passed_on_letter(message: FamilyRegisterNoticeV1, reading: Reading, to: str) -> Letter:
    """What came here of somebody who lives elsewhere, to the municipality of the 住所 (法9条2項, 法19条2項)."""
    said = {one.label: one.text for one in reading.said}
    facts = {
        "matter": reading.matter_ja, "event_date": said.get("異動日", ""), "accepted_on": wareki(message.accepted_on),
        "accepted_by": municipality_name(message.municipality_code),
    }  # fmt: skip
    lines = tuple((f"{person.role.value}{place}", one.label, one.text) for place, person in enumerate(reading.people, 1) for one in person.said if one.text)
    return Letter(municipality(to), facts=facts, lines=lines)
