"""取込み — `daicho import`: a file of one of layouts/*.csv fills the room it is for; all of it, or nothing. 設計10章; C-07.

It works as the owner of the tables, so that the first load of a city is quick; nobody can be using the register meanwhile.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

NAME = "import"
HELP = "take in a file of a layout: resident_register (住民記録), identity_confirmation (本人確認情報), transfer_person (庁内連携); exit 1 with every fault"
SYSTEMS = {"resident_register": "residents", "identity_confirmation": "juki_net", "transfer_person": "transfers"}
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
    parser.add_argument("--layout", required=True, choices=tuple(SYSTEMS))
    parser.add_argument("--faults", type=Path, help="write every fault to this file as well (row, item, reason)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    system = SYSTEMS[chosen.layout]
    enter(system, as_owner=True)
    if not chosen.file.is_file():
        print(f"there is no file {chosen.file}")
        return 2
    began = time.monotonic()
    try:
        count = {"residents": _register, "juki_net": _identity, "transfers": _transfers}[system](chosen.file)
    except ValueError as error:
        faults = getattr(error, "bad", ())
        _tell(faults, chosen.faults)
        for word, times in getattr(error, "relationships", {}).items():
            print(f"続柄「{word}」 {times}行: 置き換える語を決めてください")
        print(f"{chosen.file}: {error}")
        return 1
    seconds = time.monotonic() - began
    print(f"{system}: {count:,} people from {chosen.file.name} in {seconds:.1f} s ({count / seconds:,.0f} people/s)")
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


def _transfers(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.transfers.commands.importing import import_people
    from daicho.transfers.permissions import TransfersPermission

    return import_people(Actor.system("import", TransfersPermission.PERSON_UPDATE), file, progress=_progress)


def _tell(faults: Iterable[_Fault], file: Path | None) -> None:
    lines = [f"{fault.row_no}行目 {fault.item}: {fault.reason}" for fault in faults]
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"… {len(lines) - _SHOWN:,} more; --faults FILE has them all")
    if file is not None:
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
