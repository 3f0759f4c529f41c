"""職員の道順 — the paths of the staff screens; the front door includes them at its root."""

from django.urls import path

from daicho.staff.screens.my_grants import my_grants
from daicho.staff.screens.password import password
from daicho.staff.screens.sign_in import sign_in, sign_off
from daicho.staff.screens.terminal import terminal

app_name = "staff"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-off/", sign_off, name="sign_off"),
    path("staff/password/", password, name="password"),
    path("staff/terminal/", terminal, name="terminal"),
    path("staff/grants/", my_grants, name="my_grants"),
]
