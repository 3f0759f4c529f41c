"""個人番号の生成・変更要求 — what 機構 is asked for a 個人番号 with. 番号法第8条; G-12; layouts/number_request.csv."""

from dataclasses import dataclass

from daicho.contracts.base import contract


@contract("number_outward", version=1)
@dataclass(frozen=True)
class NumberOutwardV1:
    """One request; field names are the identifiers of layouts/number_request.csv, in its order."""

    request_control_no: str
    municipality_code: str
    reason_code: str
    juminhyo_code: str
    old_individual_number: str | None
