"""試験の道順 — the juki_net system's addresses, with static files for the browser tests."""

from django.urls import re_path

from daicho.site import urls_screens
from tests.ui.urls import static

urlpatterns = [*urls_screens.urlpatterns, re_path(r"^static/(?P<path>.*)$", static)]
handler400, handler403 = urls_screens.handler400, urls_screens.handler403
handler404, handler500 = urls_screens.handler404, urls_screens.handler500
