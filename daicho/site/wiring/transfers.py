"""庁内連携の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho.staff import permissions
    from daicho.transfers.permissions import LABELS_JA
    from daicho.transfers.screens.navigation import NAVIGATION
    from daicho.ui import navigation

    permissions.register("庁内連携", LABELS_JA)
    navigation.register(*NAVIGATION)
