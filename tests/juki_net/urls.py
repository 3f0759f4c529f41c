"""試験の道順 — the juki_net system's addresses, with static files for the browser tests."""

from django.urls import re_path

from daicho.site import urls_juki_net
from tests.ui.urls import static

urlpatterns = [*urls_juki_net.urlpatterns, re_path(r"^static/(?P<path>.*)$", static)]
handler400, handler403 = urls_juki_net.handler400, urls_juki_net.handler403
handler404, handler500 = urls_juki_net.handler404, urls_juki_net.handler500
