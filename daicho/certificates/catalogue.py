"""証明書の一覧 — every certificate that the house can issue, by code and day. A new one is a file and a line here."""

from __future__ import annotations

from datetime import date

from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL

ALL_CERTIFICATES: tuple[CertificateDefinition, ...] = (JUMINHYO_PERSONAL, JUMINHYO_HOUSEHOLD)


def certificate(code: str, on: date) -> CertificateDefinition:
    """The definition of `code` in force on that day; KeyError when there is none."""
    for definition in ALL_CERTIFICATES:
        if definition.code == code and definition.is_in_force(on):
            return definition
    raise KeyError(f"no certificate {code!r} in force on {on}")
