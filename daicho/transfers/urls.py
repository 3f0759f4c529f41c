"""庁内連携の道順 — the paths of this room's screens."""

from django.urls import path

from daicho.transfers.screens import blocks, departments, feeds, grant, grants, notices, persons, proposal, records, write_backs
from daicho.ui.home import home

app_name = "transfers"
urlpatterns = [
    path("", home("transfers:grants"), name="home"),
    *grants.ROUTES,
    *proposal.ROUTES,
    *grant.ROUTES,
    *departments.ROUTES,
    *feeds.ROUTES,
    *write_backs.ROUTES,
    *records.ROUTES,
    *persons.ROUTES,
    *blocks.ROUTES,
    *notices.ROUTES,
]
