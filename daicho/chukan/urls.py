"""中間サーバーの道順 — the paths of this room's screens: each screen keeps its own short list, this file joins them. F-0-12.

In an address lie only opaque ids and numbers of order. There is no path that asks others about anybody (E-02).
"""

from django.urls import path

from daicho.chukan.screens import inquiries, notices, provisions, replica, waiting
from daicho.ui.home import home

app_name = "chukan"
urlpatterns = [
    path("", home("chukan:inquiries"), name="home"),
    *waiting.ROUTES,
    *inquiries.ROUTES,
    *replica.ROUTES,
    *provisions.ROUTES,
    *notices.ROUTES,
]
