"""再同期 — `daicho resync A B`: after B alone was restored, what it lost of A's notices is sent again, in the old order. 設計5章; decision 0019.

Runs as A and asks B over the signed wire what it holds, as `daicho books` does.
"""

from __future__ import annotations

import argparse
import sys

from daicho.site import config
from daicho.site.config import ConfigError

NAME = "resync"
HELP = "send again what system A sent and system B no longer holds; exit 0 when nothing is missing any more, 1 when B holds what A does not know"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sender", metavar="A")
    parser.add_argument("receiver", metavar="B")
    parser.add_argument("--reason", required=True, help="why; it stays in the trail")


def run(chosen: argparse.Namespace) -> int:
    peer = config.read().system(chosen.sender).peers.get(chosen.receiver)
    if peer is None or peer.kind != "system":
        raise ConfigError(f"{chosen.sender} and {chosen.receiver} are no pair of systems of this house")
    from daicho.site.process import enter

    enter(chosen.sender)
    from daicho import audit
    from daicho.contracts.base import ContractError
    from daicho.outbox.errors import DeliveryError, NotAllowed
    from daicho.outbox.permissions import OutboxPermission
    from daicho.outbox.resync import resync_with

    operator = audit.Actor.system("resync", OutboxPermission.ASK, OutboxPermission.RESYNC)
    try:
        found, again = resync_with(chosen.receiver, operator, chosen.reason)
    except (NotAllowed, DeliveryError, ContractError) as error:
        print(f"daicho resync: {chosen.receiver} could not be asked: {type(error).__name__} ({getattr(error, 'code', '')})", file=sys.stderr)
        return 2
    print(f"{again:,} notices of {chosen.sender} go to {chosen.receiver} again")
    if found.told_anew:
        print(f"{found.told_anew:,} notices that {chosen.sender} forgot in a restore are made good by later ones")
    if found.forgotten:
        print(
            f"{chosen.receiver} holds {len(found.forgotten):,} notices that {chosen.sender} forgot in a restore and has not told anew: "
            "resync its own senders first, then enter again what was entered here; `daicho books` shows which are left"
        )
    if unknown := len(found.not_sent) + len(found.differing):
        print(f"{chosen.receiver} holds {unknown:,} notices that are not {chosen.sender}'s, or not as {chosen.sender} sent them")
    if found.forgotten or unknown:
        return 1
    return 0
