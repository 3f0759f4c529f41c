"""生体認証 — the answer of an authenticator opens a use, or takes one up again; whatever proves nothing is recorded, counted, and locks. F-2-08, F-2-14, F-3-08.

The person's body is recognised by the device. What is judged here is that the device is one of this account's, that it signed this
very question just now, and that it says it has recognised its owner. std 10.3-15, -16.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff.commands import challenges
from daicho.staff.commands.authenticators import revoke_copied
from daicho.staff.commands.sign_in import ACTION_ASK, ACTION_IN, Outcome, Result, actor_at, admit, count_failure, end_open_uses, stopped_since
from daicho.staff.models import Account, Authenticator, Challenge, EndedBy, SignIn
from daicho.staff.ports import NotProven, SecondFactor, Terminal, second_factor
from daicho.staff.queries import CurrentUse, actor_from, live_authenticators
from daicho.staff.rules import count_goes_on

ACTION_RESUME = "staff:assertion:resume"


def ask_to_resume(use: CurrentUse) -> str:
    """A question for an officer who was away from an open use; returns its token."""
    with transaction.atomic():
        purpose = Challenge.Purpose.RESUME
        audit.record(actor_from(use), ACTION_ASK, detail={"purpose": purpose.value})
        return challenges.put(use.account, purpose, use.sign_in.terminal_code, sign_in=use.sign_in)


def prove(token: str, answer: str, terminal: Terminal) -> Result:
    """Judge `answer`, which the page of `terminal` sent: DONE opens a use (`token`), or lets the paused one go on (no token).

    Else TOO_LATE, NOT_PROVEN (counted; `token` is the next question's), LOCKED, WRONG (the account is not in force any more), IN_USE.
    """
    with transaction.atomic():
        challenge = challenges.take(token)
        if challenge is None or challenge.purpose == Challenge.Purpose.ENROL or challenge.terminal_code != terminal.code:
            return Result(Outcome.TOO_LATE)
        account = Account.objects.select_for_update().get(pk=challenge.account_id)
        actor, now = actor_at(account, terminal), clock.now()
        action = ACTION_RESUME if challenge.purpose == Challenge.Purpose.RESUME else ACTION_IN
        if stopped := stopped_since(account, actor, action, now):
            return stopped
        try:
            authenticator = _proven(account, challenge, answer)
        except NotProven as error:
            return _not_proven(account, actor, action, challenge, error.why)
        authenticator.last_used_at = now
        authenticator.save(update_fields=["sign_count", "last_used_at"])
        if challenge.sign_in_id is None:
            return admit(account, actor, terminal, now, take_over=challenge.take_over, asserted=True)
        return _resume(account, actor, challenge.sign_in_id, now)


def _proven(account: Account, challenge: Challenge, answer: str) -> Authenticator:
    """The authenticator that answered, with its new count; NotProven."""
    factor = _factor()
    named = factor.credential_of(answer)
    authenticator = live_authenticators(account).select_for_update().filter(credential_id=named).first()
    if authenticator is None:
        raise NotProven("another's authenticator")
    count = factor.prove(answer, challenge.value, bytes(authenticator.public_key))
    if not count_goes_on(authenticator.sign_count, count):
        revoke_copied(authenticator)
        raise NotProven("count went back")
    authenticator.sign_count = count
    return authenticator


def _not_proven(account: Account, actor: Actor, action: str, challenge: Challenge, why: str) -> Result:
    """Recorded and counted like a wrong password; at the limit the account is locked, and a paused use is over."""
    reached = count_failure(account, clock.now())
    detail = {"why": f"assertion: {why}", "attempt": str(account.failed_attempts)} if not reached else {"why": f"assertion: {why}, locked now"}
    audit.record(actor, action, outcome="refused", detail=detail)
    if not reached:
        return Result(Outcome.NOT_PROVEN, account=account, token=challenges.put_again(challenge))
    if challenge.sign_in_id is not None:
        end_open_uses(account, EndedBy.REVOKED)
    return Result(Outcome.LOCKED, locked_until=account.locked_until)


def _resume(account: Account, actor: Actor, sign_in_id: int, now: datetime) -> Result:
    """The use goes on from this moment, unless it ended meanwhile."""
    if not SignIn.objects.filter(pk=sign_in_id, ended_at__isnull=True).update(asserted_at=now, last_seen_at=now):
        return Result(Outcome.TOO_LATE)
    account.failed_attempts, account.locked_until, account.last_seen_at = 0, None, now
    account.save(update_fields=["failed_attempts", "locked_until", "last_seen_at"])
    audit.record(actor, ACTION_RESUME)
    return Result(Outcome.DONE, account=account)


def _factor() -> SecondFactor:
    factor = second_factor()
    if factor is None:
        raise LookupError("this system demands no second factor")
    return factor
