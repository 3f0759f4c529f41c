"""住基ネットの道順 — the paths of this room's screens. There is none that searches people (F-2-08)."""

from django.urls import path

from daicho.juki_net.screens.notice import notice, resend
from daicho.juki_net.screens.notices import home, notices

app_name = "juki_net"
urlpatterns = [
    path("", home, name="home"),
    path("notices/", notices, name="notices"),
    path("notices/<uuid:notice_id>/", notice, name="notice"),
    path("notices/<uuid:notice_id>/resend/", resend, name="resend"),
]
