"""鍵の更新 — `daicho keys rotate|forget`: new keys for the vault, every row rewrapped, no version touched. 設計6章."""

from __future__ import annotations

import argparse
import sys

NAME = "keys"
HELP = "rotate the vault's keys, or forget those that no row needs any more (after the backups were renewed)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("rotate", "forget"))
    parser.add_argument("--system", required=True)


def run(chosen: argparse.Namespace) -> int:
    from daicho.site.process import enter

    enter(chosen.system)
    from django.conf import settings

    from daicho import vault
    from daicho.vault import keys

    file = settings.DAICHO.vault_key_file
    try:
        with keys.alone(file, waits=False):
            if chosen.what == "forget":
                print(f"{chosen.system}: keys forgotten: {vault.forget_retired_keys() or 'none'}")
                return 0
            keys.add_key(file)
            done = vault.rotate()
    except vault.VaultError as refused:
        print(f"{chosen.system}: {refused}", file=sys.stderr)
        return 1
    print(f"{chosen.system}: key {done.key_number}: {done.numbers:,} numbers and {done.payloads:,} payloads rewrapped; retired: {done.retired or 'none'}")
    for row in done.damaged:
        print(f"{chosen.system}: cannot be opened: {row}")
    return 1 if done.damaged else 0
