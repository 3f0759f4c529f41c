"""フォントの設置 — fetches the certificate's font (IPAmj明朝) without root and registers it.

    python -m daicho.paper.font_setup DIR

The font comes from the Debian package named below, by whatever archive this machine's apt is configured for. Exit 0: DIR holds the
verified font, its licence and the register. Exit 3: this machine cannot give it; what needs the font will refuse by name.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from daicho.paper.errors import FontMissing
from daicho.paper.fonts import FontSet, RegisteredFont, open_fonts, write_register

CANNOT = 3
SECONDS_FOR_APT = 300


@dataclass(frozen=True)
class PinnedFont:
    """One font as a Debian package offers it; `members` maps a path inside the package to the name it gets in our folder."""

    package: str
    version: str
    family: str
    file: str
    sha256: str
    members: dict[str, str]


IPAMJ_MINCHO = PinnedFont(
    package="fonts-ipamj-mincho",
    version="005.01-2.1",
    family="IPAmjMincho",
    file="ipamjm.ttf",
    sha256="75268aa9ac2d92080048196af08adee37f1c286cf4b7777ed5ac3722a8737f5f",
    members={
        "usr/share/fonts/truetype/ipamj/ipamjm.ttf": "ipamjm.ttf",
        "usr/share/doc/fonts-ipamj-mincho/IPA_Font_License_Agreement_v1.0.txt.gz": "ipamjm-IPA_Font_License_Agreement_v1.0.txt",
        "usr/share/doc/fonts-ipamj-mincho/copyright": "ipamjm-copyright.txt",
    },
)


class CannotFetch(Exception):
    """This machine cannot give the font; `str()` says why, in English, for the operator."""


def set_up(directory: Path, pinned: PinnedFont = IPAMJ_MINCHO) -> FontSet:
    """Put the pinned font, its licence and the register into `directory` (made when absent).

    A register that is whole is left as it is; further fonts registered there stay, behind the pinned one. A font file put into the folder by
    hand is taken when it is the pinned one. Raises `CannotFetch`.
    """
    others: list[RegisteredFont] = []
    with contextlib.suppress(FontMissing):
        others = list(open_fonts(directory).fonts)
    if any(font.sha256 == pinned.sha256 for font in others):
        return open_fonts(directory)
    directory.mkdir(parents=True, exist_ok=True)
    if not _is_pinned(directory / pinned.file, pinned):
        with tempfile.TemporaryDirectory(prefix="daicho-font-") as scratch:
            unpacked = _unpack(_download(pinned, Path(scratch)), Path(scratch))
            _install(pinned, unpacked, directory)
    write_register(directory, [RegisteredFont(pinned.family, directory / pinned.file, pinned.sha256), *others])
    return open_fonts(directory)


def _is_pinned(path: Path, pinned: PinnedFont) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == pinned.sha256


def _download(pinned: PinnedFont, scratch: Path) -> Path:
    """The package file. Asks apt with a state of its own: no root needed, and no other apt run is in the way."""
    if shutil.which("apt-get") is None:
        raise CannotFetch(f"apt-get is not on this machine; put {pinned.file} of the package {pinned.package} {pinned.version} into the folder by hand")
    options = _private_state(scratch)
    wanted = f"{pinned.package}={pinned.version}"
    _run(["apt-get", *options, "-q", "update"], scratch, f"apt-get update for {pinned.package}")
    _run(["apt-get", *options, "-q", "download", wanted], scratch, f"apt-get download {wanted}")
    found = sorted(scratch.glob(f"{pinned.package}_*.deb"))
    if not found:
        raise CannotFetch(f"apt-get did not leave a package file for {wanted}")
    return found[0]


def _private_state(scratch: Path) -> list[str]:
    """Options that point apt at lists and caches under `scratch`, with this machine's own sources and keys."""
    for part in ("state/lists/partial", "cache/archives/partial"):
        (scratch / part).mkdir(parents=True)
    (scratch / "state/status").touch()
    options = [f"Dir::State={scratch}/state", f"Dir::State::status={scratch}/state/status", f"Dir::Cache={scratch}/cache", "Debug::NoLocking=1"]
    options += ["Acquire::Languages=none", "Acquire::Retries=2", "Acquire::http::Timeout=20", "Acquire::https::Timeout=20"]
    if os.geteuid() == 0:
        options.append("APT::Sandbox::User=root")  # the sandbox user cannot write into a private folder
    return [word for option in options for word in ("-o", option)]


def _run(command: list[str], directory: Path, what: str) -> None:
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=SECONDS_FOR_APT, env={**os.environ, "LC_ALL": "C"}, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotFetch(f"{what}: {type(error).__name__}") from error
    if done.returncode != 0:
        raise CannotFetch(f"{what} failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")


def _unpack(package: Path, scratch: Path) -> Path:
    target = scratch / "unpacked"
    _run(["dpkg-deb", "-x", str(package), str(target)], scratch, f"dpkg-deb -x {package.name}")
    return target


def _install(pinned: PinnedFont, unpacked: Path, directory: Path) -> None:
    """Copy the members, the font itself last and only when it is the pinned one."""
    font = unpacked / next(member for member, name in pinned.members.items() if name == pinned.file)
    if not _is_pinned(font, pinned):
        raise CannotFetch(f"{pinned.file} of {pinned.package} is absent or not the pinned file (SHA-256 differs); it was not installed")
    for member, name in sorted(pinned.members.items(), key=lambda pair: pair[1] == pinned.file):
        contents = (unpacked / member).read_bytes()
        partial = directory / f".{name}.partial"
        partial.write_bytes(gzip.decompress(contents) if member.endswith(".gz") else contents)
        partial.replace(directory / name)


def main(arguments: list[str]) -> int:
    """Entry of `python -m daicho.paper.font_setup DIR`."""
    if len(arguments) != 1:
        print("usage: python -m daicho.paper.font_setup DIR", file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        fonts = set_up(Path(arguments[0]).resolve())
    except CannotFetch as error:
        print(f"The certificate's font could not be set up: {error}. Certificates will be refused by name until it is there.", file=sys.stderr)
        return CANNOT
    print(f"{', '.join(fonts.families)} in {fonts.directory} (digest {fonts.digest[:16]}…, {time.monotonic() - started:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
