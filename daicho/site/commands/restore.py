"""復元 — `daicho restore SYSTEM FILE --reason TEXT`: one system alone goes back to a backup, and says so to everybody. 設計2章・5章.

What was given out after the backup is known to others and not to us: so a new epoch of notices begins, every series of numbers leaps over
what it may have given out, and every open use ends. `daicho resync` then mends each pair.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAME = "restore"
HELP = "put one system back to a backup (its processes must be down); then migrate, resync with each neighbour and compare the books"

LEAP = 100_000  # numbers of each series that are left out: more than a city gives out between two backups


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("system")
    parser.add_argument("file", type=Path)
    parser.add_argument("--reason", required=True, help="why; it stays in the trail and in the ledger of numbers left out")
    parser.add_argument("--leap", type=int, default=LEAP, help=f"numbers of each series to leave out (default {LEAP:,})")


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter(chosen.system, as_owner=True)
    from django.conf import settings
    from django.db import connections

    from daicho.site import backup, row_security

    if others := row_security.also_served():
        print(f"daicho restore: this database holds the rows of {', '.join(others)} too, and would lose them", file=sys.stderr)
        return 1
    if at_work := _at_work(settings.DAICHO.database.web):
        print(f"daicho restore: {at_work} connections of {settings.DAICHO.database.web} are open; end the system first (daicho down)", file=sys.stderr)
        return 1
    last_epoch = _last_epoch()
    connections.close_all()
    backup.load(settings.DAICHO.database, chosen.file)
    left_out = _make_known(chosen.reason, chosen.leap, chosen.file.name, last_epoch)
    for line in left_out:
        print(line)
    peers = [peer.name for peer in settings.DAICHO.peers.values() if peer.kind == "system"]
    print(
        f"{chosen.system} is as it was. Now: daicho migrate --system {chosen.system}; start it; daicho resync A B from each of its neighbours and to each ({', '.join(peers)})"
    )
    return 0


def _at_work(web: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = current_database()", [web])
        return int(cursor.fetchone()[0])


def _last_epoch() -> int:
    """The number of the last epoch of the database that goes; 0 when nothing is there. A backup may come back a second time, and epochs between."""
    from django.db import connection

    from daicho.outbox import epochs

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.outbox_epoch') IS NOT NULL")
        begun = epochs.begun() if cursor.fetchone()[0] else []
    return begun[-1].number if begun else 0


def _make_known(reason: str, leap: int, file: str, last_epoch: int) -> list[str]:
    """In one transaction: grants, epoch, numbers, open uses, the trail. Returns what an operator should read."""
    from django.conf import settings
    from django.db import connection, transaction

    from daicho import audit, numbering
    from daicho.outbox import commands as post_room
    from daicho.outbox import resync
    from daicho.site import grants, restored, row_security
    from daicho.staff import commands as staff

    with transaction.atomic():
        problems = grants.apply()
        row_security.apply()
        of_backup = post_room.current_epoch().number
        epoch = post_room.begin_epoch(reason, above=last_epoch)
        resync.close_doors(peer.name for peer in settings.DAICHO.peers.values() if peer.kind == "system")
        left_out = leap * (epoch.number - of_backup)
        leapt = numbering.leap(left_out, f"復元：{reason}", "restore")
        for series, last in leapt.items():
            restored.tell(series, last - left_out + 1, last)
        staff.end_every_use()
        with connection.cursor() as cursor:
            # In another cluster a notice's transaction may not have happened yet, and the relay would wait for it.
            cursor.execute("UPDATE outbox_notice SET posted_xid = '3' WHERE posted_xid >= pg_snapshot_xmin(pg_current_snapshot())")
        audit.record(audit.Actor.system("restore"), "site:backup:restore", purpose=reason, detail={"file": file, "epoch": epoch.number, "leapt": leapt})
    return [*problems, f"epoch {epoch.number} of notices begins", *(f"{series}: goes on after {last:,}" for series, last in sorted(leapt.items()))]
