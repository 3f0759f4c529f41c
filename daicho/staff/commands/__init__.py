"""職員の書き — every write of this room: accounts, rights, sign-ins, authenticators. One transaction each; every one leaves its audit row."""

from daicho.staff.commands.accounts import (
    change_account,
    create_account,
    create_with_temporary,
    move_account,
    register_unit,
    reset_password,
    revoke_account,
    set_password,
)
from daicho.staff.commands.assertions import ask_to_resume, prove
from daicho.staff.commands.authenticators import accept_code, apply_for_enrolment, approve_enrolment, register, revoke_authenticator
from daicho.staff.commands.rights import approve_grant, grant, revoke, set_policy
from daicho.staff.commands.sign_in import Outcome, Result, end_every_use, end_use, register_terminal, sign_in, sign_off, touch

__all__ = [
    "Outcome",
    "Result",
    "accept_code",
    "apply_for_enrolment",
    "approve_enrolment",
    "approve_grant",
    "ask_to_resume",
    "change_account",
    "create_account",
    "create_with_temporary",
    "end_every_use",
    "end_use",
    "grant",
    "move_account",
    "prove",
    "register",
    "register_terminal",
    "register_unit",
    "reset_password",
    "revoke",
    "revoke_account",
    "revoke_authenticator",
    "set_password",
    "set_policy",
    "sign_in",
    "sign_off",
    "touch",
]
