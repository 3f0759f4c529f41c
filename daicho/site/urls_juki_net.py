"""住基ネットの道順 — addresses of the juki_net system's screens, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("daicho.staff.urls")),
    path("", include("daicho.staff.second_factor_urls")),
    path("ui/", include("daicho.ui.urls")),
    path("", include("daicho.juki_net.urls")),
]

handler400 = "daicho.ui.errors.bad_request"
handler403 = "daicho.ui.errors.forbidden"
handler404 = "daicho.ui.errors.not_found"
handler500 = "daicho.ui.errors.server_error"
