"""共通部品の道順 — /ui/…: fonts, echoes, and the style guide (demo and tests only)."""

from django.conf import settings
from django.urls import path

from daicho.ui import address_steps, characters, echo, fonts, gallery, screen_copy

app_name = "ui"
urlpatterns = [
    path("fonts/<str:name>", fonts.font, name="font"),
    path("echo/date", echo.echo_date, name="echo_date"),
    path("characters/", characters.information, name="characters"),
    path("characters/picker", characters.picker, name="character_picker"),
    path("addresses/steps", address_steps.steps, name="address_steps"),
    path("screen-copy", screen_copy.screen_copy, name="screen_copy"),
    path("candidates/<slug:dictionary>", echo.candidates, name="candidates"),
]
if settings.INSTALLATION.environment in ("demo", "test"):
    urlpatterns += [
        path("gallery", gallery.gallery, name="gallery"),
        path("gallery/draft", gallery.keep_draft, name="gallery_draft"),
        path("gallery/error/<int:status>", gallery.error, name="gallery_error"),
    ]
