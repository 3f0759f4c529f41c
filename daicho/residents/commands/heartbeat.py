"""生存信号 — tells konbini that the register lives, and whose news are on the way: without it nothing is handed out at a shop. S5-01; decision 0016."""

from __future__ import annotations

import logging

from daicho import clock
from daicho.contracts.certificate_heartbeat_v1 import CertificateHeartbeatV1
from daicho.outbox import signs
from daicho.outbox.errors import DeliveryError
from daicho.residents.queries.konbini_waiting import KONBINI, waiting

log = logging.getLogger(__name__)
_was_heard = True  # of this process's worker: a counterpart that is away is told of once, not every few seconds


def beat() -> bool:
    """One sign of life; whether it was heard. Not inside a transaction. Three to six statements."""
    global _was_heard
    at = clock.now()  # before what waits is read: the sign is never newer than what it says
    found = waiting()
    epoch, notice_id = found.last or (None, None)
    sign = CertificateHeartbeatV1(at, found.notices, found.oldest_at, found.atena_nos, found.household_nos, found.all_wait, epoch, notice_id)
    try:
        signs.send(sign, to=KONBINI)
    except DeliveryError as error:
        if _was_heard:
            log.warning("konbini does not hear the sign of life: %s (%s)", type(error).__name__, getattr(error, "code", ""))
        _was_heard = False
        return False
    _was_heard = True
    return True
