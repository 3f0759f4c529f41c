"""金庫の誤り — what can go wrong with the vault. Their words name references and keys, never a number. 設計6章."""


class VaultError(Exception):
    """Something is wrong with the vault or with what was asked of it."""


class UnknownReferenceError(VaultError):
    """There is no such row (of this municipality)."""


class ErasedError(VaultError):
    """The row's data key was destroyed; its purge record says when and why."""


class TamperedError(VaultError):
    """The row is not what was sealed into it: altered, or moved from another row, kind or municipality."""


class MissingKeyError(VaultError):
    """The key file lacks a key, or is not as it must be."""


class KeysBusyError(VaultError):
    """Somebody else is changing the keys of this file."""
