"""済みの印 — what was prepared already, by a digest of what it was made from; a second start skips it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from daicho.site.config_write import write_private

PACKAGE = Path(__file__).resolve().parents[2]

# What decides how a migrated database looks, beside its models.
SCHEMA_SOURCES = (
    "*/migrations/**/*.py",
    "*/models.py",
    "*/models/**/*.py",
    "site/grants.py",
    "site/row_security.py",
    "site/settings/*.py",
    "site/commands/migrate.py",
    "site/launch/roles.py",
)
STATIC_SOURCES = ("*/static/**/*", "site/settings/*.py", "site/commands/static.py")
FURNITURE_SOURCES = ("city/demo.py", "city/data/**/*", "*/permissions.py", "site/launch/furnish.py")


def digest_of(patterns: Iterable[str], *also: object) -> str:
    """Digest of all files of this package that match, and of `also`."""
    digest = hashlib.sha256(repr(also).encode())
    for pattern in patterns:
        for path in sorted(PACKAGE.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class Stamps:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str, digest: str) -> bool:
        try:
            return (self.folder / name).read_text() == digest
        except OSError:
            return False

    def put(self, name: str, digest: str) -> None:
        write_private(self.folder / name, digest)
