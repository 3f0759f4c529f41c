"""符号の取得要求 — chukan asks the national network for the 符号 of one person. 番号法第21条の2; G-14, S3-07; layouts/code_acquisition.csv.

The network answers by a message of its own (linkage_code_v1) under the same control number. The request names nobody: in the real
network the person is made known to the core by the way over J-LIS (std 7.1.2.2).
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("code_acquisition", version=1)
@dataclass(frozen=True)
class CodeAcquisitionV1:
    """One request; field names are the identifiers of layouts/code_acquisition.csv, in its order."""

    request_control_no: str  # 依頼管理番号, drawn at random: whom it is for is known here alone
    municipality_code: str
    requested_on: date
