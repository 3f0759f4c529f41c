"""証明書の一覧 — every certificate that the house can issue, by code and day. A new one is a file and a line here."""

from __future__ import annotations

from datetime import date

from daicho.certificates.absence import ABSENCE, DISCARDED
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.entries_certificate import ATTESTED_FORM, ATTESTED_REMOVED_FORM, ENTRIES, REMOVED_ENTRIES
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.move_out import MOVE_OUT_CERTIFICATE, MOVE_OUT_EQUIVALENT
from daicho.certificates.record import SheetState
from daicho.certificates.removed_sheet import REMOVED_SHEET, RENEWED_SHEET
from daicho.certificates.wide_area import WIDE_AREA_COPY

ALL_CERTIFICATES: tuple[CertificateDefinition, ...] = (
    JUMINHYO_PERSONAL, JUMINHYO_HOUSEHOLD, ENTRIES, ATTESTED_FORM, REMOVED_SHEET, RENEWED_SHEET, REMOVED_ENTRIES, ATTESTED_REMOVED_FORM,
    MOVE_OUT_CERTIFICATE, MOVE_OUT_EQUIVALENT, ABSENCE, DISCARDED, WIDE_AREA_COPY,
)  # fmt: skip


def certificate(code: str, on: date) -> CertificateDefinition:
    """The definition of `code` in force on that day; KeyError when there is none."""
    for definition in ALL_CERTIFICATES:
        if definition.code == code and definition.is_in_force(on):
            return definition
    raise KeyError(f"no certificate {code!r} in force on {on}")


def certificates_of(state: SheetState, on: date) -> tuple[CertificateDefinition, ...]:
    """Those in force on that day that can be made of such a sheet, in the order of the list."""
    return tuple(definition for definition in ALL_CERTIFICATES if state in definition.sheets and definition.is_in_force(on))


def of_such_a_sheet(code: str, state: SheetState, on: date) -> CertificateDefinition:
    """The certificate of that code, or where it is none of such a sheet, the one that says the like of it: 除票の写し for 住民票の写し."""
    wanted, offered = certificate(code, on), certificates_of(state, on)
    if wanted in offered:
        return wanted
    return next((each for each in offered if (each.chosen_only, each.attests) == (wanted.chosen_only, wanted.attests)), offered[0])
