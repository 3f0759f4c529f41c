"""電文の道順 — the wire listener's only address; no screen is served here. 設計5章, F-2-21."""

from django.urls import include, path

urlpatterns = [path("", include("daicho.outbox.urls"))]
