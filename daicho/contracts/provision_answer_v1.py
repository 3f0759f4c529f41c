"""情報提供 — what chukan answers to an inquiry: the information, readable for the asker alone, or why not. 番号法第19条第8号, 第22条; G-19, S3-03, S3-08.

`sealed` is made for the asker's key: X25519 (a key of this answer alone), HKDF-SHA256, AES-256-GCM. What is inside is
`ProvisionContent` in canonical JSON. `signature` is chukan's, apart from the wire, so that the asker can prove whose answer it is.
"""

from dataclasses import dataclass
from datetime import datetime

from daicho.contracts.base import contract


@dataclass(frozen=True)
class SealedAnswer:
    """All three in base64."""

    ephemeral_key: str
    nonce: str
    ciphertext: str


@dataclass(frozen=True)
class ProvidedItem:
    """One item of 住民票関係情報: its identifier of layouts/replica.csv, and its value as the replica has it."""

    identifier: str
    value: str | None


@dataclass(frozen=True)
class ProvisionContent:
    """What the asker reads once it has opened `sealed`."""

    information_code: str
    state: str  # current 現存 | removed 消除
    as_of: datetime  # 基準日時 of the replica
    items: tuple[ProvidedItem, ...]


@contract("provision_answer", version=1, category="answer")
@dataclass(frozen=True)
class ProvisionAnswerV1:
    """`result` answered 提供 | refused 拒否 | held 職員の確認を待つ (F-1-52); `reasons` are identifiers of layouts/codes.csv list provision_reason."""

    question_id: str
    provider_municipality_code: str
    result: str
    reasons: tuple[str, ...]
    answered_at: datetime
    route: str
    sealed: SealedAnswer | None
    signature: str  # Ed25519, base64
