"""庁内連携の道順 — the paths of this room's screens."""

from django.urls import path

from daicho.transfers.screens import departments, feeds, grant, grants, home, notices, persons, proposal, records, write_backs

app_name = "transfers"
urlpatterns = [
    path("", home.home, name="home"),
    *grants.ROUTES,
    *proposal.ROUTES,
    *grant.ROUTES,
    *departments.ROUTES,
    *feeds.ROUTES,
    *write_backs.ROUTES,
    *records.ROUTES,
    *persons.ROUTES,
    *notices.ROUTES,
]
