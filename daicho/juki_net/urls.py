"""住基ネットの道順 — the paths of this room's screens. There is none that searches people (F-2-08)."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.juki_net.screens.notices import ROUTES

app_name = "juki_net"
urlpatterns = [path("", RedirectView.as_view(pattern_name="juki_net:notices"), name="home"), *ROUTES]
