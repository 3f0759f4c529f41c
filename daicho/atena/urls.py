"""統合宛名の道順 — the paths of this room's screens."""

from django.urls import path

from daicho.atena.screens import doubles, inquiries, legal_uses, notices, person, search
from daicho.ui.home import home

app_name = "atena"
urlpatterns = [
    path("", home("atena:search"), name="home"),
    *search.ROUTES,
    *person.ROUTES,
    *doubles.ROUTES,
    *legal_uses.ROUTES,
    *inquiries.ROUTES,
    *notices.ROUTES,
]
