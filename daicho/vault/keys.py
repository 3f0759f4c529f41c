"""金庫の鍵 — the keys of the vault, read from the system's key file; they never enter the database. F-0-18, F-1-61.

The file (mode 600) has one line per key, `<number> <32 bytes in base64>`, numbers rising; the last is the newest. From each come
two keys by HKDF: one wraps data keys (AES-256-GCM), one per kind of number makes search hashes (HMAC-SHA256).
"""

import base64
import binascii
import fcntl
import hmac
import os
import secrets
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from daicho.vault.errors import KeysBusyError, MissingKeyError

KEY_BYTES = 32


class Key:
    """One key of the file. Shows its number, never itself."""

    def __init__(self, number: int, secret: bytes) -> None:
        self.number = number
        self.__secret = secret
        self._search = lru_cache(maxsize=None)(lambda purpose: self._derive(b"daicho.vault.search|" + purpose))

    def __repr__(self) -> str:
        return f"<vault key {self.number}>"

    def _derive(self, info: bytes) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self.__secret)

    @cached_property
    def wrapping(self) -> AESGCM:
        """The cipher that wraps data keys."""
        return AESGCM(self._derive(b"daicho.vault.wrap"))

    def for_backup(self, salt: bytes) -> AESGCM:
        """The cipher of one backup of this system; each has a salt of its own."""
        return AESGCM(self._derive(b"daicho.vault.backup|" + salt))

    def search_hash(self, municipality_code: str, kind: str, value: str) -> bytes:
        """The keyed hash by which a number is found: without the key it tells nothing, not even of twelve digits."""
        return hmac.digest(self._search(f"{municipality_code}|{kind}".encode("ascii")), value.encode("ascii"), "sha256")


class KeyRing:
    """All keys of one file."""

    def __init__(self, keys: dict[int, Key]) -> None:
        self.keys = MappingProxyType(keys)
        self.newest = max(keys)

    def key(self, number: int) -> Key:
        """Raises MissingKeyError when the file has no key of that number."""
        if number not in self.keys:
            raise MissingKeyError(f"the vault's key file has no key {number}")
        return self.keys[number]


_lock = threading.Lock()
_mine = threading.local()  # the key files that this thread holds alone
_read: dict[Path, tuple[tuple[int, int, int], KeyRing]] = {}


def ring() -> KeyRing:
    """The keys of this system, read again when the file has changed. Raises MissingKeyError."""
    path = settings.DAICHO.vault_key_file
    try:
        status = path.stat()
    except FileNotFoundError:
        raise MissingKeyError(f"{path}: the vault's key file is not there") from None
    seen = (status.st_mtime_ns, status.st_ino, status.st_size)
    with _lock:
        known = _read.get(path)
        if known is None or known[0] != seen:
            if stat.S_IMODE(status.st_mode) & 0o077:
                raise MissingKeyError(f"{path} can be read by others: chmod 600 it")
            known = (seen, KeyRing(_parse(path)))
            _read[path] = known
        return known[1]


@contextmanager
def alone(path: Path, *, waits: bool = True) -> Iterator[None]:
    """Nobody else adds, drops or rotates keys of this file meanwhile; within one thread it may be entered again.

    Two who read the file at once would both make the same next number, and what the lost key had wrapped by then would be
    unreadable for good. Without `waits` KeysBusyError when somebody is at it. A process that dies lets go.
    """
    held: set[Path] = _mine.__dict__.setdefault("held", set())
    if path in held:
        yield
        return
    descriptor = _open_lock(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            raise KeysBusyError(f"{path}: somebody else is adding, rotating or forgetting keys; try again when that has ended") from None
        held.add(path)
        yield
    finally:
        held.discard(path)
        os.close(descriptor)


def add_key(path: Path) -> int:
    """Add a new key to the file for `rotate()`; returns its number. Keep a copy of the file where the backups are not."""
    with alone(path):
        keys = _lines(path)
        number = max(keys) + 1
        _write(path, {**keys, number: base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")})
        return number


def drop_keys(path: Path, numbers: set[int]) -> None:
    """Take keys out of the file for good: what only they open (in old backups) is erased. Raises MissingKeyError on the last."""
    with alone(path):
        keys = {number: text for number, text in _lines(path).items() if number not in numbers}
        if not keys:
            raise MissingKeyError("the vault would be left without a key")
        _write(path, keys)


def _lines(path: Path) -> dict[int, str]:
    keys: dict[int, str] = {}
    for place, line in enumerate(path.read_text("ascii").splitlines(), 1):
        number, _, text = line.partition(" ")
        if not number.isdigit() or int(number) in keys or (keys and int(number) < max(keys)):
            raise MissingKeyError(f"{path}: line {place} is not `<number> <key>` with rising numbers")
        keys[int(number)] = text
    if not keys:
        raise MissingKeyError(f"{path} holds no key")
    return keys


def _parse(path: Path) -> dict[int, Key]:
    keys = {}
    for number, text in _lines(path).items():
        try:
            secret = base64.b64decode(text, validate=True)
        except binascii.Error:
            secret = b""
        if len(secret) != KEY_BYTES:
            raise MissingKeyError(f"{path}: key {number} is not {KEY_BYTES} bytes in base64")
        keys[number] = Key(number, secret)
    return keys


def _write(path: Path, keys: dict[int, str]) -> None:
    """Replace the file in one step, for good once this returns; nobody ever sees half of it, nor a readable one.

    Owner, group and mode stay: a rotation by root must not leave the service without its keys. The caller is `alone`.
    """
    before = path.stat()
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)  # of one who was cut off: nobody else is here
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{number} {text}\n" for number, text in sorted(keys.items())))
            file.flush()
            _give_to(file.fileno(), before, path)
            os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)  # without it the disk may still know the old name after a power cut, and the new key be gone
    finally:
        os.close(folder)


def _open_lock(path: Path) -> int:
    """The lock lies beside the key file, which is itself replaced, and belongs to the same owner."""
    lock = path.with_name(f".{path.name}.lock")
    try:
        owner = path.stat()
    except FileNotFoundError:
        raise MissingKeyError(f"{path}: the vault's key file is not there") from None
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        _give_to(descriptor, owner, path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _give_to(descriptor: int, owner: os.stat_result, path: Path) -> None:
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) == (owner.st_uid, owner.st_gid):
        return
    try:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    except PermissionError:
        raise MissingKeyError(f"{path} belongs to another user: change its keys as that user, or as root") from None
