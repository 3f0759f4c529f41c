"""副本の内容 — what of a replica lies sealed, and what of it an inquiry is given. 住民基本台帳法第7条第4号; E-03."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from daicho.contracts.base import encode, write_instant
from daicho.contracts.provision_answer_v1 import ProvidedItem, ProvisionContent
from daicho.contracts.replica_v1 import ReplicaV1


def sealed_text(replica: ReplicaV1) -> bytes:
    """The whole replica as it lies in the vault: the contract's own canonical text, so that it can be read back as it came."""
    return encode(replica)


def content_for(replica: ReplicaV1, information_code: str, items: Sequence[str]) -> ProvisionContent:
    """The items that the list's row names, and nothing else; with whether the person is 現存, and as of when."""
    provided = tuple(ProvidedItem(name, text_of(getattr(replica, name))) for name in items)
    return ProvisionContent(information_code, replica.state, replica.as_of, provided)


def text_of(value: object) -> str | None:
    """A value of a replica as text: an instant as it travels, a date in ISO form."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return write_instant(value)
    return value.isoformat() if isinstance(value, date) else str(value)
