"""記録の要約値 — the digest of a row's entries, which the audit trail carries beside the write. design §6; F-1-14."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields

from daicho.residents.rules.entries import SheetEntries, to_json


def digest_of(entries: SheetEntries) -> bytes:
    """SHA-256 over the filled entries of a row, in the order of their names; the audit trail carries it."""
    filled = {f.name: to_json(f.name, getattr(entries, f.name)) for f in fields(entries) if getattr(entries, f.name) is not None}
    return hashlib.sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).digest()
