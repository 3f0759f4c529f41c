"""住民記録の道順 — addresses of the residents system's screens, room by room."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include("daicho.staff.urls")),
    path("ui/", include("daicho.ui.urls")),
]
if find_spec("daicho.residents.urls") is not None:
    urlpatterns.append(path("", include("daicho.residents.urls")))

handler400 = "daicho.ui.errors.bad_request"
handler403 = "daicho.ui.errors.forbidden"
handler404 = "daicho.ui.errors.not_found"
handler500 = "daicho.ui.errors.server_error"
