"""統合宛名の道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.atena.screens import doubles, inquiries, legal_uses, notices, person, search

app_name = "atena"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="atena:search"), name="home"),
    *search.ROUTES,
    *person.ROUTES,
    *doubles.ROUTES,
    *legal_uses.ROUTES,
    *inquiries.ROUTES,
    *notices.ROUTES,
]
