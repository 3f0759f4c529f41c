"""証明書交付センター — asks for certificates in the name of a shop's terminal. 住民基本台帳法第12条; G-21."""

from __future__ import annotations

from simulators.counterpart import Counterpart


class CertificateCentre(Counterpart):
    """Speaks first (simulators/sending.py)."""

    name = "certificate_centre"
