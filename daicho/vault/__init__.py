"""金庫 — numbers lie only here, and payloads at rest; everything else holds references. 番号法第12条, F-0-18, F-1-61."""

from daicho.vault.erasure import erase, erase_payloads
from daicho.vault.errors import ErasedError, MissingKeyError, TamperedError, UnknownReferenceError, VaultError
from daicho.vault.kinds import NumberKind, mask
from daicho.vault.numbers import Number, find, find_many, find_numbers, keep, keep_many, keep_numbers, reveal, reveal_many
from daicho.vault.payloads import open_payload, open_payloads, replace_payload, seal_payload, seal_payloads
from daicho.vault.rotation import Rotated, forget_retired_keys, rotate
from daicho.vault.rows import key_in_use_since

__all__ = [
    "ErasedError",
    "MissingKeyError",
    "Number",
    "NumberKind",
    "Rotated",
    "TamperedError",
    "UnknownReferenceError",
    "VaultError",
    "erase",
    "erase_payloads",
    "find",
    "find_many",
    "find_numbers",
    "forget_retired_keys",
    "keep",
    "keep_many",
    "keep_numbers",
    "key_in_use_since",
    "mask",
    "open_payload",
    "open_payloads",
    "replace_payload",
    "reveal",
    "reveal_many",
    "rotate",
    "seal_payload",
    "seal_payloads",
]
