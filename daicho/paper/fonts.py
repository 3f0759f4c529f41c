"""登録フォント — the fonts that documents may use: an ordered list in a folder, each file known by its SHA-256."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from daicho.paper.errors import FontMissing

REGISTER_NAME = "fonts.toml"


@dataclass(frozen=True)
class RegisteredFont:
    """One font file: `family` is the name that templates use, `path` the file, `sha256` its contents in hex."""

    family: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class FontSet:
    """The fonts of one installation, in the order in which a character is looked for. Never empty."""

    directory: Path
    fonts: tuple[RegisteredFont, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """Family names in order, as templates name them."""
        return tuple(font.family for font in self.fonts)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over the fonts' contents in their order: what the register of issued documents keeps."""
        return hashlib.sha256("".join(font.sha256 for font in self.fonts).encode("ascii")).hexdigest()


def open_fonts(directory: Path) -> FontSet:
    """Read and verify the register of `directory`.

    Raises `FontMissing` when the register or a file is absent, or a file's contents differ from what was registered.
    Each file is read once per process as long as it keeps size and time of change.
    """
    register = directory / REGISTER_NAME
    if not register.is_file():
        raise FontMissing("証明書用フォントが登録されていません。フォントの設定を行ってから発行してください。")
    status = register.stat()
    entries = _entries(register, status.st_mtime_ns, status.st_size)
    if not entries:
        raise FontMissing("証明書用フォントの登録簿が空です。フォントの設定を行ってから発行してください。")
    return FontSet(directory, tuple(_verified(directory, entry) for entry in entries))


@lru_cache(maxsize=4)
def _entries(register: Path, _changed_ns: int, _size: int) -> tuple[dict[str, str], ...]:
    """What the register says; read again when it has changed."""
    return tuple(tomllib.loads(register.read_text(encoding="utf-8")).get("font", []))


def _verified(directory: Path, entry: dict[str, str]) -> RegisteredFont:
    path = directory / entry["file"]
    if path.parent != directory or not path.is_file():
        raise FontMissing(f"証明書用フォント「{entry['family']}」のファイルがありません。フォントの設定をやり直してください。")
    status = path.stat()
    if file_sha256(path, status.st_mtime_ns, status.st_size) != entry["sha256"]:
        raise FontMissing(f"証明書用フォント「{entry['family']}」の内容が登録時と異なります。発行を止めました。フォントの設定をやり直してください。")
    return RegisteredFont(entry["family"], path, entry["sha256"])


@lru_cache(maxsize=32)
def file_sha256(path: Path, _changed_ns: int, _size: int) -> str:
    """SHA-256 (hex) of a file; the two further arguments make the cached answer die with the file's contents."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_register(directory: Path, fonts: list[RegisteredFont]) -> None:
    """Write the register of `directory`, in the given order."""
    lines = ["# The fonts that documents may use, in the order in which a character is looked for.\n"]
    for font in fonts:
        lines.append(f'\n[[font]]\nfamily = "{font.family}"\nfile = "{font.path.name}"\nsha256 = "{font.sha256}"\n')
    (directory / REGISTER_NAME).write_text("".join(lines), encoding="utf-8")
