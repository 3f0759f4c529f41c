"""記録の要約値 — the digest of a row's entries, which the audit trail carries beside the write. design §6; F-1-14."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.writings import written

ORDER = {name: at for at, name in enumerate(sorted(ENTRIES))}
"""The place of each entry in what is digested: in the order of their names."""
MEMBER = {name: f'"{name}":' for name in ORDER}
"""How each begins there."""


def digest_of(entries: SheetEntries) -> bytes:
    """SHA-256 over the filled entries of a row as one JSON object, in the order of their names; the audit trail carries it."""
    filled = entries.__dict__
    return digest_of_members(f"{MEMBER[name]}{written(filled[name])[2]}" for name in ORDER if filled[name] is not None)


def digest_of_members(members: Iterable[str]) -> bytes:
    """The same, of the members already written, in ORDER."""
    return hashlib.sha256(f"{{{','.join(members)}}}".encode()).digest()
