"""架空の小樽市 — a made-up city of any size, loaded the way a real one would be: files of the layouts, taken in by `daicho import`.

    python -m synthetic.city --size 10000 [--seed 1]           in an operator's environment, with DAICHO_SYSTEM: loads that system's file
    python -m synthetic.city --size 10000 --files FOLDER       writes every file and loads nothing; with --system only that system's

The same size and seed give the same people in every system. No real person; numbers bear the mark of made-up ones.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from synthetic import atena_file, certificate_file, identity_file, register_file, replica_file, transfer_file
from synthetic.households import households
from synthetic.people import Person

FILES = {
    "residents": ("resident_register", register_file.write),
    "juki_net": ("identity_confirmation", identity_file.write),
    "atena": ("atena_person", atena_file.write),
    "chukan": ("replica", replica_file.write),
    "konbini": ("certificate_data", certificate_file.write),
    "transfers": ("transfer_person", transfer_file.write),
}
_EVERY = 20_000  # people between two lines of progress


def people(seed: int, size: int) -> Iterator[Person]:
    """Everybody: `size` residents, and the former residents beside them."""
    for household, _ in households(seed, size):
        yield from household


def _say(text: str) -> None:
    print(text, flush=True)


def _timed(seed: int, size: int, what: str) -> Iterator[Person]:
    for count, person in enumerate(people(seed, size), 1):
        yield person
        if count % _EVERY == 0:
            _say(f"  {what}: {count:,} people")


def write_files(folder: Path, seed: int, size: int, systems: tuple[str, ...]) -> dict[str, Path]:
    """The files of some systems, readable for their owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for system in systems:
        layout, write = FILES[system]
        found[system] = folder / f"{layout}.csv"
        found[system].touch(mode=0o600)
        write(_timed(seed, size, "made"), found[system])
    return found


def load(system: str, seed: int, size: int) -> int:
    """Fill a system as its owner, unless it holds people already. Refused in production. Needs Django."""
    from daicho.site.process import enter

    enter(system, as_owner=True)  # as `daicho import`: a first load is quicker so
    from django.conf import settings

    if settings.INSTALLATION.environment == "production":
        _say("made-up people are not registered in production")
        return 1
    from synthetic import loading

    if loading.holds_people(system):
        _say(f"{system} holds people already: nothing was made")
        return 0
    began = time.monotonic()
    var_dir = Path(settings.INSTALLATION.var_dir)
    with tempfile.TemporaryDirectory(dir=var_dir if var_dir.is_dir() else None, prefix="synthetic-") as folder:
        file = write_files(Path(folder), seed, size, (system,))[system]
        made = time.monotonic()
        count = loading.load(system, file, lambda n: _say(f"  loaded: {n:,} people") if n % _EVERY < 1000 else None)
    done = time.monotonic()
    _say(f"{system}: {count:,} made-up people; made in {made - began:.1f} s, loaded in {done - made:.1f} s ({count / (done - made):,.0f} people/s)")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="synthetic.city", description="a made-up city")
    parser.add_argument("--size", type=int, default=10_000, help="residents; some 15 %% former residents come beside them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path, help="write the files into this folder and load nothing")
    parser.add_argument("--system", choices=tuple(FILES), help="with --files: this system's file alone")
    chosen = parser.parse_args()
    if chosen.files:
        for path in write_files(chosen.files, chosen.seed, chosen.size, (chosen.system,) if chosen.system else tuple(FILES)).values():
            _say(str(path))
        return 0
    system = os.environ.get("DAICHO_SYSTEM", "")
    if system not in FILES:
        _say(f"{system} begins without people; those that have a file: {', '.join(FILES)}")
        return 0
    return load(system, chosen.seed, chosen.size)


if __name__ == "__main__":
    sys.exit(main())
