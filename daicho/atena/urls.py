"""統合宛名の道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.atena.screens.notices import ROUTES

app_name = "atena"
urlpatterns = [path("", RedirectView.as_view(pattern_name="atena:notices"), name="home"), *ROUTES]
