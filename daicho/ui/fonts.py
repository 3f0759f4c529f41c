"""字形の配信 — the web fonts cut from the certificate's fonts (design §7), served by us, from the folder that set-up filled."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from daicho.ui.addresses import url

STYLE_SHEET = "names.css"
_FILE = re.compile(r"[0-9a-f]{16}\.woff2?|names\.css")


def folder() -> Path:
    """Beside the fonts that they were cut from."""
    return Path(settings.FONTS_DIR) / "web"


def style_sheet_url() -> str:
    """The style sheet that declares the names' font family, "" when the fonts are not set up (names are then drawn in the text font)."""
    path = folder() / STYLE_SHEET
    return f"{url('ui:font', STYLE_SHEET)}?v={int(path.stat().st_mtime)}" if path.is_file() else ""


@require_safe
def font(request: HttpRequest, name: str) -> FileResponse:
    """One slice, kept by browsers for ever (its name is made from its contents), or the style sheet (its address carries its age)."""
    path = folder() / name
    if not _FILE.fullmatch(name) or not path.is_file():
        raise Http404
    kind = "text/css; charset=utf-8" if name == STYLE_SHEET else f"font/{path.suffix[1:]}"
    return FileResponse(path.open("rb"), content_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


font.open_to_all = True  # type: ignore[attr-defined]  # no personal data; the sign-in page draws with it too
