"""コンビニ交付の道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.konbini.screens import answers, notices, persons, service

app_name = "konbini"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="konbini:service"), name="home"),
    *service.ROUTES,
    *answers.ROUTES,
    *persons.ROUTES,
    *notices.ROUTES,
]
