"""控えの中身 — one system's database in one file: dumped by PostgreSQL's own program, sealed under the vault's key as it goes. F-1-85, F-2-13.

The file is unreadable without the system's key file, and stays so when its key is forgotten (`daicho keys forget`): a backup is
erased by destroying its key, as everything else is. Layout: MAGIC, key number and salt; then blocks, each its length, and its bytes
under AES-256-GCM with the block's place (and whether it is the last) bound to it: a cut, doubled or moved block is noticed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from daicho.site import row_security
from daicho.site.config import Database
from daicho.site.launch import binaries
from daicho.site.launch.binaries import LaunchError
from daicho.vault.keys import ring

MAGIC = b"daicho-backup-1\n"
BLOCK = 1 << 20
_HEAD = struct.Struct(">I16s")
_SIZE = struct.Struct(">I")


def dump(database: Database, file: Path) -> str:
    """Write the whole database to `file` (mode 600), which is there only when it is whole; returns its SHA-256. LaunchError when it fails."""
    draft = file.with_name(f".{file.name}.part")
    digest = sha256()
    try:
        with (
            open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
            _program("pg_dump", database, *_WHOLE, *row_security.dump_words(), stdout=subprocess.PIPE) as process,
        ):
            assert process.stdout is not None
            for piece in _sealed(_packed(process.stdout)):
                out.write(piece)
                digest.update(piece)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return digest.hexdigest()


_WHOLE = ("--no-owner", "--no-privileges", "--no-comments")  # `migrate` and `restore` give the web role what the models declare
_ALL_OR_NOTHING = ("--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null", "--variable=ON_ERROR_STOP=1", "--variable=VERBOSITY=terse")
_EMPTY = (
    "DO $$ DECLARE name text; BEGIN FOR name IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
    " LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP; END $$;\n"  # also a schema beside public: 除票用データベース
    "CREATE SCHEMA public; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {web};\n"
)


def load(database: Database, file: Path) -> None:
    """Put the dump in the place of all that the database holds, in one transaction: all of it, or nothing. LaunchError when it fails."""
    verify(file)
    unpack = zlib.decompressobj()
    with _program("psql", database, *_ALL_OR_NOTHING, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as script:  # it ended early, and says why
            script.write(_EMPTY.format(web=f'"{database.web}"').encode())
            for piece in _opened(file):
                script.write(unpack.decompress(piece))


def verify(file: Path) -> None:
    """LaunchError unless the file is whole and ours: read to its end before anything is dropped for it."""
    for _ in _opened(file):
        pass


def _packed(plain: IO[bytes]) -> Iterator[bytes]:
    """Compressed, in blocks of one size but the last."""
    pack, waiting = zlib.compressobj(1), b""
    while read := plain.read(BLOCK):
        waiting += pack.compress(read)
        while len(waiting) >= BLOCK:
            yield waiting[:BLOCK]
            waiting = waiting[BLOCK:]
    yield waiting + pack.flush()


def _sealed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    keys = ring()
    salt = secrets.token_bytes(16)
    head = MAGIC + _HEAD.pack(keys.newest, salt)
    cipher = keys.key(keys.newest).for_backup(salt)
    yield head
    place, block = 0, next(blocks)
    while True:
        following = next(blocks, b"")
        sealed = cipher.encrypt(place.to_bytes(12, "big"), block, head + (b"more" if following else b"last"))
        yield _SIZE.pack(len(sealed)) + sealed
        if not following:
            return
        place, block = place + 1, following


def _opened(file: Path) -> Iterator[bytes]:
    try:
        with open(file, "rb") as sealed:
            head = sealed.read(len(MAGIC) + _HEAD.size)
            if not head.startswith(MAGIC) or len(head) != len(MAGIC) + _HEAD.size:
                raise LaunchError(f"{file} is no backup of ours")
            number, salt = _HEAD.unpack(head[len(MAGIC) :])
            yield from _blocks(sealed, ring().key(number).for_backup(salt), head)
    except (InvalidTag, struct.error):
        raise LaunchError(f"{file} was altered, cut short, or belongs to another system; nothing was changed") from None


def _blocks(sealed: IO[bytes], cipher: AESGCM, head: bytes) -> Iterator[bytes]:
    place, size = 0, _SIZE.unpack(sealed.read(_SIZE.size))[0]
    while True:
        block = sealed.read(size)
        following = sealed.read(_SIZE.size)
        yield cipher.decrypt(place.to_bytes(12, "big"), block, head + (b"more" if following else b"last"))
        if not following:
            return
        place, size = place + 1, _SIZE.unpack(following)[0]


@contextmanager
def _program(name: str, database: Database, *arguments: str, **pipes: int) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's programs at work as the owner. LaunchError when it fails, with the kind of its error: its words may quote a row."""
    assert database.owner_password is not None  # an operator's configuration has it
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PGPASSWORD": database.owner_password, **row_security.environment()}
    at = [f"--host={database.host}", f"--port={database.port}", f"--username={database.owner}", f"--dbname={database.name}", "--no-password"]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen([str(binaries.find() / name), *arguments, *at], env=environment, stderr=words, **pipes)
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        words.seek(0)
        said = words.read().decode("utf-8", "replace").splitlines()
    if process.returncode:
        first = next((line for line in said if "error" in line), said[0] if said else "it said nothing")
        raise LaunchError(f"{name} failed: {first[:200]}")
