"""住基ネットの道順 — the paths of this room's screens. None of them gives people out in bulk (F-2-13, F-2-17)."""

from django.urls import path
from django.views.generic import RedirectView

from daicho.juki_net.screens import identity_card, identity_search, notices

app_name = "juki_net"
urlpatterns = [path("", RedirectView.as_view(pattern_name="juki_net:notices"), name="home"), *notices.ROUTES, *identity_search.ROUTES, *identity_card.ROUTES]
