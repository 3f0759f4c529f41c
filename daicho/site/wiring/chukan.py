"""中間サーバーの結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho.chukan.permissions import LABELS_JA
    from daicho.chukan.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.ui import navigation

    permissions.register("中間サーバー", LABELS_JA)
    navigation.register(*NAVIGATION)
