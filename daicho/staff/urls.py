"""職員の道順 — the paths of the staff screens; the front door includes them at its root."""

from django.urls import path

from daicho.outbox.leading import follows
from daicho.staff.screens.account import account, change, move, reset, revoke
from daicho.staff.screens.accounts import accounts, new_account
from daicho.staff.screens.my_grants import my_grants
from daicho.staff.screens.password import password
from daicho.staff.screens.rights import approve_right, propose_right, revoke_right, right, rights
from daicho.staff.screens.sign_in import sign_in, sign_off
from daicho.staff.screens.terminal import terminal

app_name = "staff"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-off/", sign_off, name="sign_off"),
    path("staff/password/", password, name="password"),
    path("staff/terminal/", terminal, name="terminal"),
    path("staff/grants/", my_grants, name="my_grants"),
    path("staff/accounts/", accounts, name="accounts"),
    path("staff/accounts/<int:no>/", account, name="account"),
    path("staff/rights/", rights, name="rights"),
    path("staff/rights/new/", propose_right, name="propose_right"),
    path("staff/rights/<int:no>/", right, name="right"),
    path("staff/rights/<int:no>/approve/", approve_right, name="approve_right"),
    path("staff/rights/<int:no>/revoke/", revoke_right, name="revoke_right"),
]
# Of a system that follows another, staff are registered and changed there (G-29).
_CHANGED = [
    path("staff/accounts/new/", new_account, name="new_account"),
    path("staff/accounts/<int:no>/move/", move, name="move"),
    path("staff/accounts/<int:no>/change/", change, name="change"),
    path("staff/accounts/<int:no>/reset/", reset, name="reset"),
    path("staff/accounts/<int:no>/revoke/", revoke, name="revoke"),
]
if not follows():
    urlpatterns += _CHANGED
