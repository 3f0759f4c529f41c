"""住基ネットの道順 — the paths of this room's screens. None of them gives people out in bulk (F-2-13, F-2-17)."""

from django.urls import path

from daicho.juki_net.screens import identity_card, identity_search, notices
from daicho.ui.home import home

app_name = "juki_net"
urlpatterns = [path("", home("juki_net:notices"), name="home"), *notices.ROUTES, *identity_search.ROUTES, *identity_card.ROUTES]
