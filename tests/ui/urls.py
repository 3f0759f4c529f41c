"""試験の道順 — the staff screens and the style guide without any room, and static files for the browser tests."""

from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path, re_path

from daicho import audit


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<!DOCTYPE html><title>home</title>{request.actor.login}")  # type: ignore[attr-defined]


def secret(request: HttpRequest) -> HttpResponse:
    audit.require(request.actor, "staff:account:create")  # type: ignore[attr-defined]
    return HttpResponse("secret")


def static(request: HttpRequest, path: str) -> HttpResponseBase:
    return serve(request, path, insecure=True)


static.open_to_all = True  # type: ignore[attr-defined]

urlpatterns = [
    path("", home, name="home"),
    path("secret", secret, name="secret"),
    path("", include("daicho.staff.urls")),
    path("", include("daicho.staff.second_factor_urls")),
    path("ui/", include("daicho.ui.urls")),
    re_path(r"^static/(?P<path>.*)$", static),
]
handler400 = "daicho.ui.errors.bad_request"
handler403 = "daicho.ui.errors.forbidden"
handler404 = "daicho.ui.errors.not_found"
handler500 = "daicho.ui.errors.server_error"
