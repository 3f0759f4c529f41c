"""daicho — the one command of an installation's operator. 設計10章."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from daicho.site.commands import (
    audit,
    backup,
    books,
    city_keys,
    clock,
    down,
    enrol,
    events,
    export,
    import_,
    issuing,
    job,
    keys,
    line,
    migrate,
    problems,
    prove,
    rebuild,
    requirements,
    restore,
    resync,
    roles,
    static,
    status,
    up,
    verify,
    worker,
)
from daicho.site.config import ConfigError
from daicho.site.launch.binaries import LaunchError

# One file each, listed by hand. A new command is a new file and a line here.
COMMANDS = (
    up,
    down,
    status,
    migrate,
    roles,
    static,
    worker,
    clock,
    audit,
    keys,
    job,
    issuing,
    prove,
    rebuild,
    import_,
    export,
    events,
    problems,
    books,
    line,
    backup,
    restore,
    resync,
    enrol,
    requirements,
    city_keys,
    verify,
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="daicho", description="台帳: one city's Basic Resident Register. The installation is the file that DAICHO_CONFIG names."
    )
    words = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        one = words.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(one)
        one.set_defaults(run=module.run)
    chosen = parser.parse_args(argv)
    try:
        return int(chosen.run(chosen))
    except (ConfigError, LaunchError) as error:
        print(f"daicho {chosen.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
