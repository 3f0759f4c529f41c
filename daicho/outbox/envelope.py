"""封筒 — what travels around a contract: who tells whom, under which id, about whom. design §5. Pure: it asks no database.

The bytes of an envelope are made once, when the notice is posted, and sealed in the vault; every attempt sends the same bytes.
`salt` is random, so that the digest kept in both books (and by nobody else) cannot be used to guess a number inside by trial.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daicho.contracts import base

Status = Literal["acknowledged", "duplicate", "refused", "unauthorized", "unavailable"]


@dataclass(frozen=True)
class Envelope:
    """One message as it travels. `body` is the contract's canonical JSON; `subjects` are handles of this pair of systems."""

    sender: str
    receiver: str
    epoch: str
    notice_id: str
    kind: str
    version: int
    subjects: tuple[str, ...]
    posted_at: datetime
    salt: str
    body: str

    def to_bytes(self) -> bytes:
        return base.write(self, Envelope)

    @property
    def digest(self) -> str:
        """SHA-256 of the whole envelope, in hexadecimal: the same at both ends when the content is."""
        return digest_of(self.to_bytes())

    def message(self) -> object:
        """The contract inside. ContractError when it is not what kind and version say."""
        return base.decode(self.kind, self.version, self.body.encode("utf-8"))


@dataclass(frozen=True)
class Reply:
    """What the receiver answers. `answer` is the answer's own envelope body when a question was asked."""

    status: str
    code: str
    reason_ja: str
    answer: str | None = None

    def to_bytes(self) -> bytes:
        return base.write(self, Reply)


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
