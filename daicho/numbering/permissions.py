"""採番の権限 — who may look at the series. 標準10.3."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class NumberingPermission(StrEnum):
    READ = "numbering:series:read"


LABELS_JA: Mapping[str, str] = MappingProxyType({NumberingPermission.READ: "付番の状況を見る"})
