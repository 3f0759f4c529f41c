"""コンビニ交付の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho.konbini.permissions import LABELS_JA
    from daicho.konbini.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.ui import navigation

    permissions.register("コンビニ交付", LABELS_JA)
    navigation.register(*NAVIGATION)
