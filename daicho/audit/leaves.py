"""封印の計算 — canonical form of a row, Merkle root of leaves, digest of a seal. F-1-14.

One statement of SQL makes the canonical form for both the sealer and the proof, so that the database hashes its own rows; the tree
and the chain are computed here. A layout is never edited: a column that is added gets a new layout, and old seals keep theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

LAYOUT = 1

# jsonb_build_array quotes and separates, so no two rows share a form; the instant is in microseconds since 1970, free of time zones.
_CANONICAL = {
    1: """jsonb_build_array(1, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.written_in::text, e.municipality_code, e.system,
        e.account_id, e.login, e.actor_name, e.unit_code, e.unit_name, e.office_code, e.terminal, e.visit_no, e.action, e.purpose,
        e.outcome, e.screen, e.request_id, e.subjects, e.subject_count, e.shows_numbers, e.digests, e.detail)::text""",
}


def leaf_sql(layout: int, salt: str) -> str:
    """The SQL of a leaf's digest: sha256(0x00 · salt · canonical form) of row `e`. KeyError for a layout we do not know."""
    return f"sha256('\\x00'::bytea || {salt} || convert_to({_CANONICAL[layout]}, 'UTF8'))"


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root of RFC 9162: node = sha256(0x01 · left · right), an odd one moves up as it is. ValueError when empty."""
    if not leaves:
        raise ValueError("no leaves")
    level = list(leaves)
    while len(level) > 1:
        pairs = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            pairs.append(level[-1])
        level = pairs
    return level[0]


@dataclass(frozen=True)
class SealBody:
    """Everything a seal says; its digest covers all of it and the seal in front."""

    municipality_code: str
    no: int
    made_at: datetime
    layout: int
    cluster: str
    sealed_below: str
    entries: int
    first_entry: int
    last_entry: int
    root: bytes
    previous: bytes

    def digest(self) -> bytes:
        """sha256 over the fields in this order, one per line; instants in microseconds, bytes in hexadecimal."""
        microseconds = round(self.made_at.timestamp() * 1_000_000)
        fields = (
            "daicho.audit.seal", self.municipality_code, self.no, microseconds, self.layout, self.cluster, self.sealed_below,
            self.entries, self.first_entry, self.last_entry, self.root.hex(), self.previous.hex(),
        )  # fmt: skip
        return sha256("\n".join(map(str, fields)).encode("ascii")).digest()
