"""職員の書き — every write of this room: accounts, rights, sign-ins. One transaction each; every one leaves its audit row."""

from daicho.staff.commands.accounts import change_account, create_account, move_account, register_unit, reset_password, set_password
from daicho.staff.commands.rights import approve_grant, grant, revoke, set_policy
from daicho.staff.commands.sign_in import Outcome, Result, end_every_use, end_use, register_terminal, sign_in, sign_off, touch

__all__ = [
    "Outcome",
    "Result",
    "approve_grant",
    "change_account",
    "create_account",
    "end_every_use",
    "end_use",
    "grant",
    "move_account",
    "register_terminal",
    "register_unit",
    "reset_password",
    "revoke",
    "set_password",
    "set_policy",
    "sign_in",
    "sign_off",
    "touch",
]
