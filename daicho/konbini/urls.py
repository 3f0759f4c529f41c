"""コンビニ交付の道順 — the paths of this room's screens."""

from django.urls import path

from daicho.konbini.screens import answers, notices, persons, service
from daicho.ui.home import home

app_name = "konbini"
urlpatterns = [
    path("", home("konbini:service"), name="home"),
    *service.ROUTES,
    *answers.ROUTES,
    *persons.ROUTES,
    *notices.ROUTES,
]
