"""記録の要約値 — the digest of a row's entries, which the audit trail carries beside the write. design §6; F-1-14."""

from __future__ import annotations

import hashlib
import json

from daicho.residents.rules.entries import SheetEntries, to_json


def digest_of(entries: SheetEntries) -> bytes:
    """SHA-256 over the filled entries of a row, in the order of their names; the audit trail carries it."""
    filled = {name: to_json(name, value) for name, value in entries.__dict__.items() if value is not None}
    return hashlib.sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).digest()
