"""生体認証の道順 — the paths that only a system with a second factor has (settings.STAFF_SECOND_FACTOR). F-2-08."""

from django.urls import path

from daicho.staff.screens.assertion import assertion
from daicho.staff.screens.authenticators import approve, authenticators, revoke
from daicho.staff.screens.enrolment import enrolment
from daicho.staff.screens.present import present

app_name = "second_factor"
urlpatterns = [
    path("sign-in/assertion/", assertion, name="assertion"),
    path("sign-in/enrolment/", enrolment, name="enrolment"),
    path("sign-in/present/", present, name="present"),
    path("staff/authenticators/", authenticators, name="authenticators"),
    path("staff/authenticators/approve/", approve, name="approve"),
    path("staff/authenticators/revoke/", revoke, name="revoke"),
]
