"""情報提供ネットワークシステム — asks the city for 特定個人情報 and gives the permits. 番号法第21条; G-19."""

from __future__ import annotations

from simulators.counterpart import Counterpart


class NetworkCore(Counterpart):
    """Speaks first (simulators/sending.py)."""

    name = "network_core"
