"""新規付番用の住民票コード — 機構 gives the codes that were asked for; juki_net hands them on and keeps none. 住民基本台帳法第30条の2; G-13; std 4.3.1."""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("stocked_codes", version=1)
@dataclass(frozen=True)
class StockedCodesV1:
    """The answer to one code_stock_request_v1, found again by its control number."""

    request_control_no: str
    municipality_code: str
    juminhyo_codes: tuple[str, ...]
