"""有線の番地 — what the wire listener answers, and nothing else. requirements F-2-21."""

from django.urls import path

from daicho.outbox import views

urlpatterns = [path("wire/v1/messages", views.messages, name="wire-messages")]
