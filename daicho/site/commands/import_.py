"""取込み — `daicho import`: a file of one of layouts/*.csv becomes the register, or file (2); all of it, or nothing. 設計10章; C-07.

It works as the owner of the tables, so that the first load of a city is quick; nobody can be using the register meanwhile.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

NAME = "import"
HELP = "take in a file of a layout (resident_register, identity_confirmation, juminhyo_codes, certificate_data, atena_person …); exit 1 with every fault"
_SHOWN = 1000


class _Fault(Protocol):
    @property
    def row_no(self) -> int: ...
    @property
    def item(self) -> str: ...
    @property
    def reason(self) -> str: ...


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--layout", required=True, choices=tuple(_TAKERS))
    parser.add_argument("--faults", type=Path, help="write every fault to this file as well (row, item, reason)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    system, take = _TAKERS[chosen.layout]
    enter(system, as_owner=True)
    if not chosen.file.is_file():
        print(f"there is no file {chosen.file}")
        return 2
    began = time.monotonic()
    try:
        count = take(chosen.file)
    except ValueError as error:
        faults = getattr(error, "bad", ())
        _tell(faults, chosen.faults)
        for word, times in getattr(error, "relationships", {}).items():
            print(f"続柄「{word}」 {times}行: 置き換える語を決めてください")
        print(f"{chosen.file}: {error}")
        return 1
    seconds = time.monotonic() - began
    what = "codes" if chosen.layout == "juminhyo_codes" else "people"
    print(f"{system}: {count:,} {what} from {chosen.file.name} in {seconds:.1f} s ({count / seconds:,.0f} {what}/s)")
    return 0


def _progress(count: int) -> None:
    if count % 20_000 < 1000:
        print(f"  {count:,} people", flush=True)


def _register(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.importing import import_register
    from daicho.residents.permissions import Permission

    return import_register(Actor.system("import", Permission.REGISTER_IMPORT), file, progress=_progress).persons


def _identity(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.juki_net.commands.importing import import_identity
    from daicho.juki_net.permissions import JukiNetPermission

    return import_identity(Actor.system("import", JukiNetPermission.IDENTITY_UPDATE), file, progress=_progress)


def _codes(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.code_stock import import_codes
    from daicho.residents.permissions import Permission

    return import_codes(Actor.system("import", Permission.REGISTER_IMPORT), file)


def _certificates(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.konbini.commands.importing import import_certificate_data
    from daicho.konbini.permissions import KonbiniPermission

    return import_certificate_data(Actor.system("import", KonbiniPermission.DATA_TAKE), file, progress=_progress)


def _atena(file: Path) -> int:
    from daicho.atena.commands.importing import import_persons
    from daicho.atena.permissions import AtenaPermission
    from daicho.audit.actor import Actor

    return import_persons(Actor.system("import", AtenaPermission.INFO_UPDATE), file, progress=_progress)


# layout → the system that takes it, and how
_TAKERS: Mapping[str, tuple[str, Callable[[Path], int]]] = {
    "resident_register": ("residents", _register),
    "juminhyo_codes": ("residents", _codes),
    "identity_confirmation": ("juki_net", _identity),
    "certificate_data": ("konbini", _certificates),
    "atena_person": ("atena", _atena),
}


def _tell(faults: Iterable[_Fault], file: Path | None) -> None:
    lines = [f"{fault.row_no}行目 {fault.item}: {fault.reason}" for fault in faults]
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"… {len(lines) - _SHOWN:,} more; --faults FILE has them all")
    if file is not None:
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
