"""統合宛名の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho.atena.permissions import LABELS_JA
    from daicho.atena.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.ui import navigation

    permissions.register("統合宛名", LABELS_JA)
    navigation.register(*NAVIGATION)
