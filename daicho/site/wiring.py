"""結線 — which room speaks with which, by which adapter, and what each registers at start. requirements G-01…G-30.

Each system connects its own rooms only. A pair that does not stand here does not exist: the post room refuses to send to
it and turns away what comes from it.
"""

from __future__ import annotations

from django.conf import settings


def wire() -> None:
    """Called once, when every Django application of this system stands."""
    _shared()
    {"residents": _residents, "juki_net": _juki_net}[settings.DAICHO.name]()


def _shared() -> None:
    from daicho import jobs
    from daicho.city.permissions import LABELS_JA as CITY
    from daicho.jobs.permissions import LABELS_JA as JOBS
    from daicho.outbox.permissions import LABELS_JA as OUTBOX
    from daicho.staff import permissions
    from daicho.staff.jobs import expired_sessions_job

    jobs.register(expired_sessions_job())
    for room, labels in (("市の設定", CITY), ("送達", OUTBOX), ("処理", JOBS)):
        permissions.register(room, labels)


def _residents() -> None:
    from daicho import jobs
    from daicho.outbox import courier
    from daicho.residents.jobs import prove_job
    from daicho.residents.permissions import WORDS
    from daicho.residents.screens import dictionaries
    from daicho.residents.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.ui import navigation

    permissions.register("住民記録", WORDS)
    navigation.register(*NAVIGATION)
    dictionaries.register()
    jobs.register(prove_job())
    courier.allow("juki_net", "identity_info", "move_in_notice", "receipts_question")  # G-04, G-10


def _juki_net() -> None:
    from daicho import jobs
    from daicho.juki_net import intake as room
    from daicho.juki_net.adapters import couriers
    from daicho.juki_net.jobs import search_terms_job
    from daicho.juki_net.permissions import LABELS_JA
    from daicho.juki_net.screens.navigation import NAVIGATION
    from daicho.outbox import books, courier, intake
    from daicho.staff import permissions
    from daicho.staff.screens.navigation import SECOND_FACTOR
    from daicho.ui import navigation

    permissions.register("住基ネット", LABELS_JA)
    navigation.register(*NAVIGATION, *SECOND_FACTOR)
    jobs.register(search_terms_job())
    intake.register("residents", "identity_info", room.handle_identity_info)  # G-04
    intake.register("residents", "move_in_notice", room.handle_move_in_notice)  # G-10
    courier.allow("prefecture", "juki_update", courier=couriers.to_prefecture)  # G-05
    courier.allow("other_city", "move_in_outward", courier=couriers.to_other_city)  # G-10
    intake.register("residents", "receipts_question", books.answer)
