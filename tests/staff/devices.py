"""試験の認証器 — devices in software for the officers of the tests, and the ways of signing in with them. F-2-08."""

from __future__ import annotations

from django.conf import settings

from daicho.staff import commands
from daicho.staff.commands import Outcome, Result
from daicho.staff.models import Account, Challenge
from daicho.staff.ports import SecondFactor, Terminal, second_factor
from daicho.staff.queries import find_challenge, live_authenticators
from scenarios.authenticator import Authenticator
from tests.staff.people import COUNTER_1, PASSWORD, SYSTEM

DEMANDED = "daicho.staff.adapters.webauthn.WebAuthn"


def device(**more: object) -> Authenticator:
    """A new device at a browser that shows this system's own address."""
    return Authenticator(settings.DAICHO.origin, **more)  # type: ignore[arg-type]


def factor() -> SecondFactor:
    found = second_factor()
    assert found is not None
    return found


def challenge_of(token: str) -> Challenge:
    found = find_challenge(token)
    assert found is not None
    return found


def question_of(token: str) -> str:
    """What the page asks of the account's devices."""
    challenge = challenge_of(token)
    return factor().question(challenge.value, [each.credential_id for each in live_authenticators(challenge.account)])


def invitation_of(token: str) -> str:
    """What the page asks of a new device."""
    challenge = challenge_of(token)
    return factor().invitation(challenge.value, challenge.account.login, challenge.account.name, [], [])


def code_for(account: Account) -> str:
    """A code, given by two officers who stand behind the tests."""
    return commands.approve_enrolment(SYSTEM, commands.apply_for_enrolment(SYSTEM, account, reason="試験").pk)


def password_given(login: str = "h.otaru", terminal: Terminal = COUNTER_1, **more: bool) -> str:
    """The token of the question that follows the right password."""
    result = commands.sign_in(login, PASSWORD, terminal, **more)
    assert result.outcome is Outcome.PROVE, result
    return result.token


def code_given(account: Account) -> str:
    """The token of the invitation that follows the right code."""
    result = commands.accept_code(password_given(account.login), code_for(account), COUNTER_1)
    assert result.outcome is Outcome.PROVE, result
    return result.token


def enrol(account: Account, **more: object) -> Authenticator:
    """A new device, enrolled for the account as it is at the counter."""
    owned, invited = device(**more), code_given(account)
    result = commands.register(invited, owned.create(invitation_of(invited)), COUNTER_1)
    assert result.outcome is Outcome.PROVE, result
    return owned


def prove(token: str, owned: Authenticator, terminal: Terminal = COUNTER_1) -> Result:
    return commands.prove(token, owned.get(question_of(token)), terminal)


def sign_in(account: Account, owned: Authenticator, terminal: Terminal = COUNTER_1, **more: bool) -> Result:
    """Both halves."""
    return prove(password_given(account.login, terminal, **more), owned, terminal)
