"""認証と認証解除 — sign-in, sign-off, and the ends a use can come to. F-1-10, F-1-11, F-1-13, F-2-08; std 10.2-11, 10.3-03, -16.

Every attempt leaves an audit row, also a failed one: the function returns its result and commits, it does not raise.
An attempt with an unknown login is recorded without the login (it may be a password typed into the wrong box).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff.commands import challenges
from daicho.staff.models import Account, Challenge, EndedBy, SignIn
from daicho.staff.permissions import Permission
from daicho.staff.ports import Terminal, second_factor
from daicho.staff.queries import digest_of, grants_of, open_use_of, policy_on, unit_of

ACTION_IN, ACTION_OFF, ACTION_ASK = "staff:sign_in", "staff:sign_off", "staff:assertion:ask"
_TOUCH_EVERY = timedelta(seconds=30)


class Outcome(Enum):
    """What became of an attempt."""

    DONE = "done"
    WRONG = "wrong"  # unknown login, wrong password (also the one that locks), or an account not in force: the screen says the same for all
    LOCKED = "locked"  # right password, but too many wrong ones before it
    REFUSED = "refused"  # right password, but not the right to do this
    IN_USE = "in_use"  # right password, but the account is at work on another terminal (F-1-11)
    PROVE = "prove"  # right password (or code): an authenticator is asked now, and `token` is that of the question
    NOT_PROVEN = "not_proven"  # the answer proves nothing; `token` is that of the next question
    TOO_LATE = "too_late"  # there is no such question, it was answered before, or its time is over


@dataclass(frozen=True)
class Result:
    outcome: Outcome
    account: Account | None = None
    token: str = ""
    locked_until: datetime | None = None
    other: SignIn | None = None  # the open use that stands in the way


def sign_in(login: str, password: str, terminal: Terminal, *, take_over: bool = False) -> Result:
    """Authenticate one person on one terminal. With `take_over` an open use elsewhere is ended and flagged in the audit.

    Where the system demands a second factor nobody is admitted by a password: PROVE, and `assertions.prove` takes the answer.
    """
    with transaction.atomic():
        known = _authenticated(login, password, terminal, ACTION_IN)
        if isinstance(known, Result):
            return known
        actor, now = actor_at(known, terminal), clock.now()
        if second_factor() is None:
            return admit(known, actor, terminal, now, take_over=take_over)
        if stopped := _in_the_way(known, actor, terminal, now, take_over)[0]:
            return stopped
        purpose = Challenge.Purpose.SIGN_IN
        audit.record(actor, ACTION_ASK, detail={"purpose": purpose.value})
        return Result(Outcome.PROVE, account=known, token=challenges.put(known, purpose, terminal.code, take_over=take_over))


def register_terminal(login: str, password: str, terminal: Terminal) -> Result:
    """端末の登録: an officer with the right says, at the machine itself, which terminal it is. REFUSED without the right; no use is opened."""
    action = Permission.TERMINAL_REGISTER
    with transaction.atomic():
        known = _authenticated(login, password, terminal, action)
        if isinstance(known, Result):
            return known
        actor = actor_at(known, terminal)
        if action not in grants_of(known, clock.today()):
            audit.record(actor, action, outcome="refused", detail={"why": "no right"})
            return Result(Outcome.REFUSED)
        known.failed_attempts, known.locked_until = 0, None
        known.save(update_fields=["failed_attempts", "locked_until"])
        audit.record(actor, action)
        return Result(Outcome.DONE, account=known)


def _authenticated(login: str, password: str, terminal: Terminal, action: str) -> Account | Result:
    """The locked row of the person whose password this is, in force and not stopped; else the result, with the attempt on record."""
    code = settings.INSTALLATION.municipality_code
    account = Account.objects.select_for_update().filter(municipality_code=code, login=login).first()
    if account is None:
        make_password(password)  # takes as long as a comparison: the answer's time tells nothing
        audit.record(_nobody(terminal), action, outcome="refused", detail={"why": "unknown"})
        return Result(Outcome.WRONG)
    now, actor = clock.now(), actor_at(account, terminal)
    _forget_past_lock(account, now)
    if not check_password(password, account.password):
        return _failed(account, actor, now, action)
    if not is_in_force(account):
        audit.record(actor, action, outcome="refused", detail={"why": "not in force"})
        return Result(Outcome.WRONG)
    return _locked(account, actor, action) if account.locked_until else account


def _failed(account: Account, actor: Actor, now: datetime, action: str) -> Result:
    """A wrong password is answered like an unknown login, for ever: a lock would tell a stranger which logins there are."""
    was_locked = account.locked_until is not None
    reached = count_failure(account, now)
    why = "locked" if was_locked else "locked now" if reached else "wrong password"
    audit.record(actor, action, outcome="refused", detail={"why": why, "attempt": str(account.failed_attempts)})
    return Result(Outcome.WRONG)


def count_failure(account: Account, now: datetime) -> bool:
    """One more wrong password, of the row that the caller holds locked; whether the limit is reached. Then the account is locked.

    During a lock the count begins again, and stops at the limit. Who is at work already goes on: guessing at one terminal must
    not stop another.
    """
    policy = policy_on(clock.today())
    account.failed_attempts = min(account.failed_attempts + 1, policy.max_failures)
    reached = account.failed_attempts >= policy.max_failures
    if reached and account.locked_until is None:
        account.locked_until, account.failed_attempts = now + timedelta(minutes=policy.lock_minutes), 0
    account.save(update_fields=["failed_attempts", "locked_until"])
    return reached


def _locked(account: Account, actor: Actor, action: str) -> Result:
    """Who knows the password learns until when; after as many wrong ones again nobody does, or a lock would not stop the guessing."""
    audit.record(actor, action, outcome="refused", detail={"why": "locked"})
    if account.failed_attempts >= policy_on(clock.today()).max_failures:
        return Result(Outcome.WRONG)
    return Result(Outcome.LOCKED, locked_until=account.locked_until)


def admit(account: Account, actor: Actor, terminal: Terminal, now: datetime, *, take_over: bool, asserted: bool = False) -> Result:
    """Open a use. The caller holds the account's row and has proven what the system demands."""
    stopped, other = _in_the_way(account, actor, terminal, now, take_over)
    if stopped:
        return stopped
    if other is not None:
        _end(other, EndedBy.IDLE if _is_idle(other, now) else EndedBy.TAKEN_OVER, now)
    token = secrets.token_urlsafe(32)
    SignIn.objects.create(
        municipality_code=account.municipality_code,
        account=account,
        token_digest=digest_of(token),
        terminal_code=terminal.code,
        terminal_name=terminal.name,
        office_code=terminal.office_code,
        signed_in_at=now,
        last_seen_at=now,
        asserted_at=now if asserted else None,
    )
    account.failed_attempts, account.locked_until, account.last_seen_at = 0, None, now
    account.save(update_fields=["failed_attempts", "locked_until", "last_seen_at"])
    detail = {"took_over": other.terminal_code} if other is not None else {}
    audit.record(actor, ACTION_IN, detail=detail)
    return Result(Outcome.DONE, account=account, token=token)


def _in_the_way(account: Account, actor: Actor, terminal: Terminal, now: datetime, take_over: bool) -> tuple[Result | None, SignIn | None]:
    """The refusal (recorded) when the account is at work elsewhere, and the open use that must end otherwise."""
    other = open_use_of(account)
    if other is None or _is_idle(other, now) or other.terminal_code == terminal.code or take_over:
        return None, other
    audit.record(actor, ACTION_IN, outcome="refused", detail={"why": "in use", "other_terminal": other.terminal_code})
    return Result(Outcome.IN_USE, other=other), other


def _is_idle(use: SignIn, now: datetime) -> bool:
    return now - use.last_seen_at > timedelta(minutes=policy_on(clock.today()).idle_minutes)


def stopped_since(account: Account, actor: Actor, action: str, now: datetime) -> Result | None:
    """The refusal (recorded) when, since the password was given, the account was locked at another terminal or has ended."""
    if not is_in_force(account):
        audit.record(actor, action, outcome="refused", detail={"why": "not in force"})
        return Result(Outcome.WRONG)
    _forget_past_lock(account, now)
    if account.locked_until:
        audit.record(actor, action, outcome="refused", detail={"why": "locked"})
        return Result(Outcome.LOCKED, locked_until=account.locked_until)
    return None


def _forget_past_lock(account: Account, now: datetime) -> None:
    """A lock whose time is over counts no more; written with whatever the caller writes next."""
    if account.locked_until and account.locked_until <= now:
        account.failed_attempts, account.locked_until = 0, None


def sign_off(actor: Actor, sign_in_id: int) -> None:
    """認証解除 by the person."""
    end_use(actor, sign_in_id, EndedBy.SIGN_OFF)


def end_use(actor: Actor, sign_in_id: int, why: EndedBy) -> None:
    """End one use, whoever or whatever ends it, and record it. Nothing happens when it has ended already."""
    with transaction.atomic():
        row = SignIn.objects.select_for_update().filter(pk=sign_in_id, ended_at__isnull=True).first()
        if row is not None:
            _end(row, why, clock.now())
            audit.record(actor, ACTION_OFF, detail={"why": why.value})


def end_open_uses(account: Account, why: EndedBy) -> None:
    """End whatever use of the account is open; inside the caller's transaction, which writes the audit row."""
    SignIn.objects.filter(account=account, ended_at__isnull=True).update(ended_at=clock.now(), ended_by=why)


def end_every_use() -> None:
    """End every open use of this system (a restore); inside the caller's transaction, which writes the audit row."""
    mine = SignIn.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, ended_at__isnull=True)
    mine.update(ended_at=clock.now(), ended_by=EndedBy.REVOKED)


def touch(sign_in: SignIn, now: datetime) -> None:
    """Note that the person is at work; written at most every 30 seconds, so that a request costs no write."""
    if now - sign_in.last_seen_at >= _TOUCH_EVERY:
        SignIn.objects.filter(pk=sign_in.pk, ended_at__isnull=True).update(last_seen_at=now)
        Account.objects.filter(pk=sign_in.account_id).update(last_seen_at=now)


def _end(row: SignIn, why: EndedBy, now: datetime) -> None:
    row.ended_at, row.ended_by = now, why
    row.save(update_fields=["ended_at", "ended_by"])


def is_in_force(account: Account) -> bool:
    """Whether the account's period holds today."""
    today = clock.today()
    return account.valid_from <= today and (account.valid_to is None or account.valid_to >= today)


def actor_at(account: Account, terminal: Terminal) -> Actor:
    """Who the trail names for an attempt at a terminal: without any right."""
    unit = unit_of(account, clock.today())
    return Actor(
        account_id=account.pk,
        login=account.login,
        name=account.name,
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        office_code=terminal.office_code,
        terminal=terminal.code,
        grants=frozenset(),
        visit_no=None,
    )


def _nobody(terminal: Terminal) -> Actor:
    """Who is behind an unknown login. The name holds a colon, which no officer's login may."""
    return Actor(
        account_id=None,
        login="unknown:login",
        name="",
        unit_code="",
        unit_name="",
        office_code=terminal.office_code,
        terminal=terminal.code,
        grants=frozenset(),
        visit_no=None,
    )
