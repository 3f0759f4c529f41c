"""中継 — takes what was posted to where it must go: claim, send outside of any transaction, settle. 住民基本台帳法第30条の6, design §5.

At least once: a crash between sending and settling sends again when the lease has run out, and the receiver answers "duplicate".
One worker runs `run_line` again and again, for each destination by itself; polling is the truth.
"""

import logging
from collections import Counter

from django.conf import settings

from daicho import clock
from daicho.contracts.base import ContractError
from daicho.outbox import courier, lines
from daicho.outbox.claims import LEASE, Claim, Outcome, any_due, claim, settle
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import Duplicate, NotToBeSent, Refused, Unauthorized, Unavailable
from daicho.outbox.models import Delivery

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 24  # of one notice while its line was up: most of a day, then it is a clerk's
State = Delivery.State

ERASED = Refused("erased", "通知の内容が消去されているため送信できません。取り下げてください。")
EXHAUSTED_JA = "繰り返し送信しましたが、相手方で処理できませんでした。相手方に確認のうえ、再送してください。"


def run_once(limit: int = 50) -> Counter[str]:
    """One round over all open lines, up to `limit` notices each; how many ended in which state. Must not run in a transaction."""
    return sum((_carry(destination, limit) for destination in lines.open_now(courier.destinations())), Counter())


def run_line(destination: str, limit: int = 50) -> Counter[str]:
    """One round over one line, if it is open. Each line has a round of its own in the worker: what is slow holds up nobody else.

    A line for which nothing is due costs one statement.
    """
    if not any_due(destination):
        return Counter()
    return sum((_carry(each, limit) for each in lines.open_now([destination])), Counter())


def _carry(destination: str, limit: int) -> Counter[str]:
    claims = claim(destination, limit)
    outcomes = _send_all(destination, claims) if claims else []
    if claims:
        settle(claims[0].lease_by, outcomes)
    return Counter(str(outcome.state) for outcome in outcomes)


def run_until_idle(limit: int = 50, rounds: int = 1000) -> Counter[str]:
    """Rounds until nothing more is settled: what tests and `daicho` commands call."""
    total: Counter[str] = Counter()
    for _ in range(rounds):
        tally = run_once(limit)
        total.update(tally)
        if not tally[State.ACKNOWLEDGED] and not tally[State.WITHDRAWN]:
            break
    return total


def _send_all(destination: str, claims: list[Claim]) -> list[Outcome]:
    """Send until the line fails or half the lease is over; what was not tried goes back into the queue, uncounted."""
    outcomes: list[Outcome] = []
    stop_sending_at = clock.now() + LEASE / 2
    line_failed = False
    for claimed in claims:
        if line_failed or clock.now() >= stop_sending_at:
            outcomes.append(Outcome(claimed.order_no, State.PENDING, replied=False, counted=False))
            continue
        try:
            outcomes.append(_send(destination, claimed))
        except Unauthorized as error:
            line_failed = True
            lines.stop(destination, error.code)
            logger.critical(
                "line to %s stopped: %s; after mending, run: daicho line reopen %s --system %s --as LOGIN --reason TEXT",
                destination, error.code, destination, settings.DAICHO.name,
            )  # fmt: skip
            outcomes.append(Outcome(claimed.order_no, State.PENDING, error.code, error.reason_ja, counted=False))
        except Unavailable as error:  # only those of the whole line come here
            line_failed = True
            lines.failed(destination, error.code)
            logger.warning("line to %s unavailable: %s", destination, error.code)
            outcomes.append(Outcome(claimed.order_no, State.PENDING, error.code, counted=False))
    if not line_failed:
        lines.worked(destination)
    return outcomes


def _send(destination: str, claimed: Claim) -> Outcome:
    """One attempt. Raises Unauthorized, and Unavailable when it concerns the whole line."""
    try:
        if claimed.envelope is None:
            raise ERASED
        reply = courier.courier_to(destination).deliver(claimed.envelope)
    except Duplicate as error:
        reply = Reply("duplicate", error.code, "")
    except Refused as error:
        return Outcome(claimed.order_no, State.REFUSED, error.code, error.reason_ja)
    except NotToBeSent as error:
        return Outcome(claimed.order_no, State.WITHDRAWN, error.code, error.reason_ja)
    except Unavailable as error:
        if error.whole_line:
            raise
        return _again(claimed, error.code)
    except Unauthorized as error:
        if lines.is_first_stale(destination, error.code):
            raise Unavailable(error.code) from error
        raise
    except ContractError as error:
        logger.error("notice %s to %s: %s", claimed.order_no, destination, error)
        return Outcome(claimed.order_no, State.REFUSED, "contract", "通知の形式に誤りがあります。システム管理者へ連絡してください。")
    except Exception as error:  # noqa: BLE001 — a defect of ours must not stop the city: this notice waits, the others go on
        logger.error("notice %s to %s: courier failed with %s", claimed.order_no, destination, type(error).__name__)
        return _again(claimed, "courier_failed")
    return Outcome(claimed.order_no, State.ACKNOWLEDGED, reply.code, reply.reason_ja)


def _again(claimed: Claim, code: str) -> Outcome:
    if claimed.attempts >= MAX_ATTEMPTS:
        return Outcome(claimed.order_no, State.DEAD, code, EXHAUSTED_JA)
    return Outcome(claimed.order_no, State.PENDING, code, next_at=clock.now() + lines.back_off(claimed.attempts))
