"""転入通知（市町村CS間） — the same notice as juki_net hands it to the other municipality's server. 住民基本台帳法第9条第1項; layouts/move_in_notice.csv.

The same both ways: what another municipality's server hands to ours has this form, too (daicho/juki_net/intake.py).
Apart from the notice of residents because it bears the control number of juki_net and the codes of the wire.
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract


@contract("move_in_outward", version=1)
@dataclass(frozen=True)
class MoveInOutwardV1:
    """One notice to one municipality; field names are the identifiers of layouts/move_in_notice.csv, in its order."""

    request_control_no: str
    addressee_municipality_code: str
    municipality_code: str
    notice_basis_code: str  # layouts/codes.csv list notice_basis
    juminhyo_code: str
    name_kanji: str
    name_furigana: str | None
    birth_date: str  # eight digits, 00 where unknown
    sex_code: str
    former_address: str
    new_address: str
    move_in_date: date
    notified_date: date | None
