"""試験の道順 — this room's own addresses, and static files for the browser tests."""

from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponseBase
from django.urls import re_path

from daicho.site import urls_screens
from daicho.site.urls_screens import handler400, handler403, handler404, handler500  # noqa: F401, Django asks this module for them


def static(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, insecure=True)


static.open_to_all = True  # type: ignore[attr-defined]
urlpatterns = [re_path(r"^static/(?P<path>.*)$", static), *urls_screens.urlpatterns]
