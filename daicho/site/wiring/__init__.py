"""結線 — which room speaks with which, by which adapter, and what each registers at start. requirements G-01…G-30.

Each system connects its own rooms only. A pair that does not stand here does not exist: the post room refuses to send to
it and turns away what comes from it. One file per room.
"""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from daicho.site import actors
from daicho.site.acts import ACTS_JA
from daicho.site.wiring import leading


def wire() -> None:
    """Called once, when every Django application of this system stands."""
    _shared()
    leading.wire(settings.DAICHO.name)
    _books()
    import_module(f"{__name__}.{settings.DAICHO.name}").wire()


def _shared() -> None:
    from daicho import jobs
    from daicho.audit import parts
    from daicho.city.permissions import LABELS_JA as CITY
    from daicho.city.screens.navigation import NAVIGATION as CITY_NAVIGATION
    from daicho.jobs.permissions import LABELS_JA as JOBS
    from daicho.jobs.screens.navigation import NAVIGATION as JOBS_NAVIGATION
    from daicho.numbering.permissions import LABELS_JA as NUMBERING
    from daicho.outbox.permissions import LABELS_JA as OUTBOX
    from daicho.oversight.permissions import LABELS_JA as OVERSIGHT
    from daicho.oversight.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.staff.jobs import expired_sessions_job
    from daicho.staff.screens.navigation import ADMINISTRATION
    from daicho.ui import navigation

    jobs.register(expired_sessions_job())
    for room, labels in (("市の設定", CITY), ("送達", OUTBOX), ("採番", NUMBERING), ("処理", JOBS), ("点検", OVERSIGHT)):
        permissions.register(room, labels)
    permissions.name_acts(ACTS_JA)
    parts.name_parts(actors.ACTORS_JA, {"wire": actors.peer_ja, "job": actors.job_ja})
    navigation.register(*NAVIGATION, *JOBS_NAVIGATION, *CITY_NAVIGATION, *ADMINISTRATION)


def _books() -> None:
    """Between any two systems that speak, either may ask the other for its receipts, and say that it has sent again what was lost."""
    from daicho.outbox import books, courier, intake, resync

    for peer in settings.DAICHO.peers.values():
        if peer.kind == "system":
            courier.allow(peer.name, "receipts_question", "resynced_question")
            intake.register(peer.name, "receipts_question", books.answer)
            intake.register(peer.name, "resynced_question", resync.handle_resynced)
