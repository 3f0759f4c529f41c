"""認証の問い — put to one account's authenticators, taken once with its answer, forgotten when its time is over. F-2-08."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings

from daicho import clock
from daicho.staff.models import Account, Challenge, Enrolment, SignIn
from daicho.staff.queries import digest_of, policy_on

VALUE_BYTES = 32  # WebAuthn §13.4.3 wants 16 at least


def put(
    account: Account,
    purpose: Challenge.Purpose,
    terminal_code: str,
    *,
    take_over: bool = False,
    sign_in: SignIn | None = None,
    enrolment: Enrolment | None = None,
) -> str:
    """A new question; returns the token that the browser's session keeps. In the caller's transaction. Two queries."""
    token, now = secrets.token_urlsafe(32), clock.now()
    Challenge.objects.create(
        municipality_code=account.municipality_code,
        token_digest=digest_of(token),
        account=account,
        purpose=purpose,
        value=secrets.token_urlsafe(VALUE_BYTES),
        terminal_code=terminal_code,
        take_over=take_over,
        sign_in=sign_in,
        enrolment=enrolment,
        asked_at=now,
        expires_at=now + timedelta(seconds=policy_on(clock.today()).answer_seconds),
    )
    return token


def put_again(challenge: Challenge) -> str:
    """The same question anew, with other bytes."""
    return put(
        challenge.account,
        Challenge.Purpose(challenge.purpose),
        challenge.terminal_code,
        take_over=challenge.take_over,
        sign_in=challenge.sign_in,
        enrolment=challenge.enrolment,
    )


def take(token: str) -> Challenge | None:
    """The question, locked and answered by this very call; None when there is none, it was answered before, or its time is over.

    In the caller's transaction: of two answers that come at once one waits here, and finds it answered.
    """
    mine = Challenge.objects.select_for_update().filter(municipality_code=settings.INSTALLATION.municipality_code, token_digest=digest_of(token))
    challenge = mine.first()
    now = clock.now()
    if challenge is None or challenge.answered_at is not None or challenge.expires_at <= now:
        return None
    challenge.answered_at = now
    challenge.save(update_fields=["answered_at"])
    return challenge


def delete_expired() -> int:
    """Delete the questions that nobody can answer any more; returns how many. What became of each stands in the trail."""
    return Challenge.objects.filter(expires_at__lte=clock.now()).delete()[0]
