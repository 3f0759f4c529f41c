"""中間サーバーの道順 — the paths of this room's screens."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.chukan.screens.notices import ROUTES

app_name = "chukan"
urlpatterns = [path("", RedirectView.as_view(pattern_name="chukan:notices"), name="home"), *ROUTES]
