"""電文の入口 — the wire listener's only address; no screen is served here. 設計5章."""

from django.urls import path

from daicho.outbox import wire

urlpatterns = [path("wire/v1/messages", wire.receive, name="wire-messages")]
