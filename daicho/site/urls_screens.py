"""画面の道順 — addresses of one system's screens, room by room."""

from django.conf import settings
from django.urls import include, path

from daicho.numbering.registry import drawn

urlpatterns = [
    path("", include("daicho.staff.urls")),
    *([path("", include("daicho.staff.second_factor_urls"))] if settings.STAFF_SECOND_FACTOR else []),
    path("ui/", include("daicho.ui.urls")),
    path("oversight/", include("daicho.oversight.urls")),
    path("jobs/", include("daicho.jobs.urls")),
    path("city/", include("daicho.city.urls")),
    *([path("numbers/", include("daicho.numbering.urls"))] if drawn() else []),
    path("", include(f"daicho.{settings.DAICHO.name}.urls")),
]

handler400 = "daicho.ui.errors.bad_request"
handler403 = "daicho.ui.errors.forbidden"
handler404 = "daicho.ui.errors.not_found"
handler500 = "daicho.ui.errors.server_error"
