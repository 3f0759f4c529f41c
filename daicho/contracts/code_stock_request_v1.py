"""新規付番用の住民票コードの要求 — residents asks 機構, by way of 市町村CS, for codes that nobody has. 住民基本台帳法第30条の2; G-13; std 4.3.1.

The same message goes both stretches of the way; asked again, it is the same request.
"""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("code_stock_request", version=1)
@dataclass(frozen=True)
class CodeStockRequestV1:
    """One request; field names are the identifiers of layouts/code_stock_request.csv, in its order."""

    request_control_no: str
    municipality_code: str
    count: int
