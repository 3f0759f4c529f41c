"""点検の道順 — the paths of these screens, in every system alike."""

from django.urls import path

from daicho.oversight.screens.health import health
from daicho.oversight.screens.trail import trail_page

app_name = "oversight"
urlpatterns = [path("health/", health, name="health"), path("trail/", trail_page, name="trail")]
