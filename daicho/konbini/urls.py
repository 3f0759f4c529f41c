"""コンビニ交付の道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.konbini.screens.notices import ROUTES

app_name = "konbini"
urlpatterns = [path("", RedirectView.as_view(pattern_name="konbini:notices"), name="home"), *ROUTES]
