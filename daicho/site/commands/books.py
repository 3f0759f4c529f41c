"""帳簿の照合 — `daicho books A B`: what A sent to B, and what B says it received from A. 設計10章, requirements F-2-20.

Runs as A and asks B over the signed wire; no process reads two systems' databases (F-2-31). A counterpart outside the house
keeps no book that it could be asked for: what it answered to each notice stands in A's own deliveries.
"""

from __future__ import annotations

import argparse
import sys

from daicho.site import config
from daicho.site.config import ConfigError

NAME = "books"
HELP = "compare what system A sent with what system B received; exit 0 only when equal, 1 when not, 2 when B could not be asked"
SHOWN = 100  # of each kind of difference


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sender", metavar="A")
    parser.add_argument("receiver", metavar="B")


def run(chosen: argparse.Namespace) -> int:
    peer = config.read().system(chosen.sender).peers.get(chosen.receiver)
    if peer is None:
        raise ConfigError(f"{chosen.sender} and {chosen.receiver} are no pair: neither may send to the other")
    if peer.kind != "system":
        raise ConfigError(f"{chosen.receiver} is outside the house and keeps no book that could be asked for; see the notices of {chosen.sender}")
    from daicho.site.process import enter

    enter(chosen.sender)
    return compare(chosen.receiver)


def compare(receiver: str) -> int:
    """Ask, print ids only, and return the exit code. In a process of the sender."""
    from daicho import audit
    from daicho.contracts.base import ContractError
    from daicho.outbox import books
    from daicho.outbox.errors import DeliveryError, NotAllowed
    from daicho.outbox.permissions import OutboxPermission

    try:
        found = books.compare_with(receiver, audit.Actor.system("books", OutboxPermission.ASK))
    except NotAllowed as error:
        print(f"daicho books: {error}", file=sys.stderr)
        return 2
    except (DeliveryError, ContractError) as error:
        code = getattr(error, "code", "contract")
        print(f"daicho books: {receiver} could not be asked: {type(error).__name__} ({code})", file=sys.stderr)
        return 2
    differences = (
        ("acknowledged but not received", found.not_received),
        ("received but never sent", found.not_sent),
        ("received, forgotten here in a restore, and not told anew yet", found.forgotten),
        ("received with another content", found.differing),
        ("received, acknowledgement still to come", found.received_unsettled),
    )
    for what, keys in differences:
        for epoch, notice_id in keys[:SHOWN]:
            print(f"{what}: epoch {epoch} notice {notice_id}")
        if len(keys) > SHOWN:
            print(f"{what}: {len(keys) - SHOWN:,} more")
    print(f"sent {found.sent:,}, received {found.received:,}; waiting {found.waiting:,}, refused or dead {found.stuck:,}, withdrawn {found.withdrawn:,}")
    if found.told_anew:
        print(f"forgotten in a restore and told anew {found.told_anew:,}")
    print("equal" if found.equal else "not equal, but nothing is lost" if found.consistent else "NOT EQUAL")
    return 0 if found.equal else 1
