"""取込み — `daicho import`: a file of one of layouts/*.csv becomes the register, file (2), the replicas, a dictionary or a list; all of it, or nothing. 設計10章; C-07.

Where it may, it works as the owner of the tables, so that the first load of a city is quick; nobody can be using them meanwhile. Where
one database serves many municipalities it works as the web role: the owner sees nobody's rows there (F-1-60).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

NAME = "import"
_SHOWN = 1000


class _Fault(Protocol):
    @property
    def row_no(self) -> int: ...
    @property
    def item(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Taking:
    """How files of one layout are taken in: by which system, with which role, by which command; what one row is."""

    system: str
    take: Callable[[Path], int]
    ja: str
    of: str = "people"
    as_owner: bool = True


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


def _commissioner_notices(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.commissioner import import_notices
    from daicho.residents.permissions import IntakePermission

    return import_notices(Actor.system("import", IntakePermission.IMMIGRATION_RECEIVE), file)


def _immigration_results(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.residents.commands.immigration import import_results
    from daicho.residents.permissions import IntakePermission

    return import_results(Actor.system("import", IntakePermission.IMMIGRATION_RECEIVE), file)


def _towns(file: Path) -> int:
    from daicho.city.imports import import_towns, read_towns

    return _edition(import_towns, read_towns(file))


def _buildings(file: Path) -> int:
    from daicho.city.imports import import_buildings, read_buildings

    return _edition(import_buildings, read_buildings(file))


def _lots(file: Path) -> int:
    from daicho.city.imports import import_lots, read_lots

    return _edition(import_lots, read_lots(file))


def _edition(take: Callable[..., object], rows: list[Any]) -> int:  # Any: 町字 or 方書
    """A whole edition of a dictionary, in force from today."""
    from daicho import clock
    from daicho.audit.actor import Actor
    from daicho.city.permissions import CityPermission

    take(Actor.system("import", CityPermission.DICTIONARY_IMPORT), rows, clock.today())
    return len(rows)


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


def _replicas(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.chukan.commands import import_replicas
    from daicho.chukan.permissions import ChukanPermission

    return import_replicas(Actor.system("import", ChukanPermission.REPLICA_ACCEPT), file, progress=_progress)


def _provisions(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.chukan.commands import import_provisions
    from daicho.chukan.permissions import ChukanPermission

    return import_provisions(Actor.system("import", ChukanPermission.LIST_IMPORT), file)


def _inquirers(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.chukan.commands import import_inquirers
    from daicho.chukan.permissions import ChukanPermission

    return import_inquirers(Actor.system("import", ChukanPermission.LIST_IMPORT), file)


def _transfers(file: Path) -> int:
    from daicho.audit.actor import Actor
    from daicho.transfers.commands.importing import import_people
    from daicho.transfers.permissions import TransfersPermission

    return import_people(Actor.system("import", TransfersPermission.PERSON_UPDATE), file, progress=_progress)


LAYOUTS: Mapping[str, Taking] = {
    "resident_register": Taking("residents", _register, "住民記録"),
    "juminhyo_codes": Taking("residents", _codes, "住民票コードの空き番", "codes"),
    "towns": Taking("residents", _towns, "住所辞書", "rows", as_owner=False),
    "lots": Taking("residents", _lots, "番地の辞書", "rows", as_owner=False),
    "buildings": Taking("residents", _buildings, "方書の辞書", "rows", as_owner=False),
    "commissioner_notice": Taking("residents", _commissioner_notices, "出入国在留管理庁長官通知", "notices", as_owner=False),
    "immigration_result": Taking("residents", _immigration_results, "市町村通知・市町村伝達の処理結果", "results", as_owner=False),
    "identity_confirmation": Taking("juki_net", _identity, "本人確認情報"),
    "certificate_data": Taking("konbini", _certificates, "コンビニ交付の証明書情報"),
    "atena_person": Taking("atena", _atena, "統合宛名"),
    "replica": Taking("chukan", _replicas, "副本", as_owner=False),
    "provision_list": Taking("chukan", _provisions, "照会許可用照合リスト", "rows", as_owner=False),
    "transfer_person": Taking("transfers", _transfers, "庁内連携"),
    "inquirers": Taking("chukan", _inquirers, "照会者の機関", "rows", as_owner=False),
}
HELP = f"take in a file of a layout: {', '.join(f'{name} ({one.ja})' for name, one in LAYOUTS.items())}; exit 1 with every fault"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--layout", required=True, choices=tuple(LAYOUTS))
    parser.add_argument("--faults", type=Path, help="write every fault to this file as well (row, item, reason)")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    taking = LAYOUTS[chosen.layout]
    enter(taking.system, as_owner=taking.as_owner)
    if not chosen.file.is_file():
        print(f"there is no file {chosen.file}")
        return 2
    began = time.monotonic()
    try:
        count = taking.take(chosen.file)
    except ValueError as error:
        faults = getattr(error, "bad", ())
        _tell(faults, chosen.faults)
        for word, times in getattr(error, "relationships", {}).items():
            print(f"続柄「{word}」 {times}行: 置き換える語を決めてください")
        print(f"{chosen.file}: {error}")
        return 1
    seconds = time.monotonic() - began
    print(f"{taking.system}: {count:,} {taking.of} from {chosen.file.name} in {seconds:.1f} s ({count / seconds:,.0f} {taking.of}/s)")
    return 0


def _tell(faults: Iterable[_Fault], file: Path | None) -> None:
    lines = [f"{fault.row_no}行目 {fault.item}: {fault.reason}" for fault in faults]
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"… {len(lines) - _SHOWN:,} more; --faults FILE has them all")
    if file is not None:
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
