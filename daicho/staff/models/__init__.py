"""職員の表 — units, accounts, rights and uses (register), and what an account proves its owner's body with (authenticators)."""

from daicho.staff.models.authenticators import Authenticator, Challenge, Enrolment
from daicho.staff.models.register import AccessPolicy, Account, EndedBy, Grant, Membership, SignIn, Unit

__all__ = ["AccessPolicy", "Account", "Authenticator", "Challenge", "EndedBy", "Enrolment", "Grant", "Membership", "SignIn", "Unit"]
