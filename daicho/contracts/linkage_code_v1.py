"""情報提供用個人識別符号 — the national network gives chukan the 符号 that it asked for. 番号法第21条の2; G-14, S3-01, S3-07.

The only message that carries a 符号 into the house; it is kept in chukan's vault and goes no further (F-1-56).
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("linkage_code", version=1)
@dataclass(frozen=True)
class LinkageCodeV1:
    """The answer to one code_acquisition_v1, found again by its control number."""

    request_control_no: str
    municipality_code: str
    linkage_code: str  # 符号: 32 hexadecimal digits, our own form (the real one is not public)
    issued_at: datetime
