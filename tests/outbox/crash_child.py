"""倒れる子 — one process of the crash tests: posts a notice and relays it to a folder that plays the counterpart. Issue step 5.

`python -m tests.outbox.crash_child post NO | relay` on the database of DAICHO_CONFIG. What no process is killed in, the test does itself by `work`.
"""

import os
import sys
import time
from pathlib import Path


class FolderCourier:
    """A counterpart that outlives us: a file for each notice it received."""

    def deliver(self, envelope):
        from daicho.outbox.envelope import Reply
        from daicho.outbox.errors import Duplicate

        file = Path(os.environ["CRASH_FOLDER"]) / envelope.notice_id
        known = file.exists()
        file.write_text(f"{envelope.epoch} {envelope.digest} {time.monotonic_ns()} {envelope.message().no}\n") if not known else None
        if known:
            raise Duplicate
        return Reply("acknowledged", "ok", "")


def work(command: str, *arguments: str) -> list[tuple[str, ...]]:
    """post NO, relay or relay later; what was sent, for `books`."""
    from django.db import transaction

    from daicho import clock, outbox
    from daicho.outbox import books, claims, courier, relay
    from tests.outbox.horizon import wait_until_visible
    from tests.outbox.messages import OutboxSampleV1

    courier.allow("there", "outbox_sample", courier=FolderCourier)
    if command == "post":
        with transaction.atomic():
            outbox.post(OutboxSampleV1(int(arguments[0]), ""), to="there", subjects=["a" * 32])
    elif command == "relay":
        wait_until_visible()
        with clock.at(clock.now() + 2 * claims.LEASE if "later" in arguments else clock.now()):
            relay.run_until_idle()
    elif command == "books":
        return [(line.epoch, line.notice_id, line.digest, line.state) for line in books.sent_to("there")]
    return []


def main(command: str, *arguments: str) -> None:
    import django

    django.setup()
    work(command, *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
