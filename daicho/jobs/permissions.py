"""処理の権限 — who may start a job. 標準10.3-13 (9.1 バッチ処理)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class JobPermission(StrEnum):
    RUN = "jobs:job:run"
    READ = "jobs:run:read"


LABELS_JA: Mapping[str, str] = MappingProxyType({JobPermission.RUN: "バッチ処理の起動", JobPermission.READ: "バッチ処理の実行記録の照会"})
