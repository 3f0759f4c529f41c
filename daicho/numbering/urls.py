"""採番の道順 — the path of this screen, in every system alike."""

from django.urls import path

from daicho.numbering.screens.page import series_page

app_name = "numbering"
urlpatterns = [path("", series_page, name="series")]
