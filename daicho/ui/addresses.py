"""番地 — the addresses of screens and static files. They never change in a running process, so each is worked out once."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import NoReverseMatch, reverse

_NOBODY = "00000000-0000-0000-0000-000000000000"
_PUBLIC_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def url(name: str, *args: object) -> str:
    """The address of a screen. NoReverseMatch for a screen that this listener does not have."""
    if len(args) == 1 and _PUBLIC_ID.fullmatch(public_id := str(args[0])):  # a list has as many as rows: one is worked out, the others put in its place
        return _address(settings.ROOT_URLCONF, name, (_NOBODY,)).replace(_NOBODY, public_id)
    return _address(settings.ROOT_URLCONF, name, args)


def find_url(name: str, *args: object) -> str:
    """As `url`; "" for a screen that this listener does not have."""
    try:
        return url(name, *args)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=4096)  # a page has dozens; what comes behind the name are codes and places in a list
def _address(urlconf: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, urlconf=urlconf, args=args)


@cache
def static(path: str) -> str:
    """The address of a static file, under its name with the digest."""
    return staticfiles_storage.url(path)
