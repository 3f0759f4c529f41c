"""操作履歴の検証（運用者） — `daicho audit verify|heads|seal|partitions`, inside a process that serves one system. F-1-14, 設計10章.

`daicho.site.commands.audit` enters the system and calls `run`.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from daicho.audit.partitions import ensure_partitions
from daicho.audit.proof import verify
from daicho.audit.sealer import Head, heads, seal_all

NAME = "audit"
HELP = "prove that nothing in the trail was altered, deleted or reordered (verify), print seals to be kept outside (heads)"
AS_OWNER = frozenset({"partitions"})  # these words need the owner's role


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's words."""
    parser.add_argument("what", choices=("verify", "heads", "seal", "partitions"))
    parser.add_argument("--heads", type=Path, metavar="FILE", help="verify: seals that `daicho audit heads` printed earlier")
    parser.add_argument("--last", type=int, default=1, metavar="N", help="heads: how many (default: the last one)")


def run(chosen: argparse.Namespace) -> int:
    """Do it; 0 when all is well, 1 when `verify` found something."""
    if chosen.what == "verify":
        return _verify(list(_read_heads(chosen.heads)) if chosen.heads else [])
    if chosen.what == "heads":
        for head in heads(chosen.last):
            print(json.dumps({**head.__dict__, "made_at": head.made_at.isoformat(), "system": settings.DAICHO.name}))
    elif chosen.what == "seal":
        made = seal_all()
        print(f"{settings.DAICHO.name}: {sum(head.entries for head in made)} rows sealed under {len(made)} seals")
    else:
        print(f"{settings.DAICHO.name}: {ensure_partitions()} months made")
    return 0


def _verify(exported: list[Head]) -> int:
    report = verify(exported)
    for finding in report.findings:
        print(f"{settings.DAICHO.name}: {finding}")
    verdict = "nothing altered, deleted or reordered" if report.ok else f"first bad row: {report.first_bad or 'none can be named'}"
    print(f"{settings.DAICHO.name}: {report.entries} rows under {report.seals} seals, {report.unsealed} not sealed yet: {verdict}")
    return 0 if report.ok else 1


def _read_heads(file: Path) -> Iterator[Head]:
    """The seals of this system in a file of `daicho audit heads`; lines of other systems are passed over."""
    for line in file.read_text("utf-8").splitlines():
        said = json.loads(line)
        if said.pop("system") == settings.DAICHO.name:
            yield Head(**{**said, "made_at": datetime.fromisoformat(said["made_at"])})
