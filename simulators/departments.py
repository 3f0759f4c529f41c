"""庁内各課の業務システム — the departments' own systems, all fifteen behind one port. 番号法第9条; G-25, G-26, G-30."""

from __future__ import annotations

from simulators.counterpart import Counterpart


class Departments(Counterpart):
    """Speaks first (simulators/sending.py)."""

    name = "departments"
