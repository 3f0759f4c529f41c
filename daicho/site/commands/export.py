"""書出し — `daicho export`: the register or the replicas as a file of its layout, by an officer who may, with purpose and expiry. 設計6章; F-1-17, F-1-59, F-2-13."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path

NAME = "export"
HELP = "write the register to a file (resident_register): its whole history, as it is now (--current), or as of a day; or the replicas (replica_export)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--layout", required=True, choices=("resident_register", "replica_export"))
    parser.add_argument(
        "--as", dest="login", required=True, help="the officer who answers for the file; needs residents:register:export, or chukan:replica:export"
    )
    parser.add_argument("--purpose", required=True, help="what the file is for; it stays in the register of files and in the trail")
    parser.add_argument("--days", type=int, default=30, help="the file must be gone after that many days")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--history", action="store_true", help="every version, in 記載順 (this is what can be imported again; the default)")
    which.add_argument("--current", action="store_true", help="one row for each person: the newest")
    which.add_argument("--as-of", type=date.fromisoformat, help="one row for each resident of that day, such as 2026-04-01")
    parser.add_argument("--known", type=datetime.fromisoformat, help="with --as-of: as known at that moment")
    parser.add_argument("--numbers", action="store_true", help="with 個人番号 and the other numbers; needs residents:number:reveal too")


def run(chosen: argparse.Namespace) -> int:
    return _replicas(chosen) if chosen.layout == "replica_export" else _register(chosen)


def _progress(rows: int) -> None:
    print(f"  {rows:,} rows", flush=True)


def _replicas(chosen: argparse.Namespace) -> int:
    """For comparison with the original: always as they are now (G-20)."""
    from daicho.site.process import enter

    enter("chukan")
    from daicho import audit
    from daicho.chukan.queries.exporting import export_replicas
    from daicho.site.officers import officer

    if chosen.history or chosen.current or chosen.as_of or chosen.known or chosen.numbers:
        print("replica_export has no choice of rows: it is every replica as it is now")
        return 2
    try:
        made = export_replicas(officer(chosen.login), chosen.file, purpose=chosen.purpose, keep_days=chosen.days, progress=_progress)
    except (audit.Refused, LookupError, ValueError, OSError) as error:
        print(f"no file was made: {error}")
        return 1
    print(f"{chosen.file}: {made.rows:,} rows, SHA-256 {made.digest}, registered as {made.pk}, to be gone after {made.expires_on}")
    return 0


def _register(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter("residents")
    from daicho import audit
    from daicho.residents.queries.exporting import What, export_register
    from daicho.site.officers import officer

    what = What(not (chosen.current or chosen.as_of), chosen.as_of, chosen.known, chosen.numbers)
    try:
        made = export_register(officer(chosen.login), chosen.file, what, purpose=chosen.purpose, keep_days=chosen.days, progress=_progress)
    except (audit.Refused, LookupError, ValueError, OSError) as error:
        print(f"no file was made: {error}")
        return 1
    print(f"{chosen.file}: {made.rows:,} rows, SHA-256 {made.digest}, registered as {made.public_id}, to be gone after {made.expires_on}")
    return 0
