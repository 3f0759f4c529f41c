"""保留した情報提供の回答 — what an officer decided about an inquiry that was not answered by itself. 番号法第19条第8号; F-1-52, G-19; layouts/provision_release.csv.

It follows an answer `held`, and says the same as an answer would have said: sealed for the asker, signed by chukan.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@contract("provision_release", version=1)
@dataclass(frozen=True)
class ProvisionReleaseV1:
    """Field names are the identifiers of layouts/provision_release.csv, in its order. The three sealed parts are there together, or none is."""

    request_control_no: str
    question_id: str
    provider_municipality_code: str
    result: str  # answered | refused
    reason: str | None  # identifier of list provision_reason
    answered_at: datetime
    route: str
    ephemeral_key: str | None
    nonce: str | None
    ciphertext: str | None
    signature: str
