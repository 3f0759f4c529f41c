"""転出証明書情報の通知 — residents tells juki_net what it certifies of those who leave by 特例, and that it does no more. 住民基本台帳法第24条の2; G-11.

juki_net keeps it until the last day on which the new city may ask, and answers with it (move_out_certificate_v1.py).
"""

from dataclasses import dataclass
from datetime import date

from daicho.contracts.base import contract
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate


@contract("move_out_certificate_info", version=1)
@dataclass(frozen=True)
class MoveOutCertificateInfoV1:
    """All who leave by one 届出, in the order of their household."""

    certificate_id: str  # UUID of the 転出: its withdrawal names it
    answer_until: date  # the last day on which it is given out
    certificate: MoveOutCertificate


@contract("move_out_certificate_withdrawn", version=1)
@dataclass(frozen=True)
class MoveOutCertificateWithdrawnV1:
    """The 転出 of these was cancelled (取消し): nothing is certified of them any more."""

    certificate_id: str
    juminhyo_codes: tuple[str, ...]  # file (2) item 1
