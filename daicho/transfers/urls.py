"""庁内連携の道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.transfers.screens.notices import ROUTES

app_name = "transfers"
urlpatterns = [path("", RedirectView.as_view(pattern_name="transfers:notices"), name="home"), *ROUTES]
