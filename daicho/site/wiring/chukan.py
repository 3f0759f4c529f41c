"""中間サーバーの結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.chukan import intake as room
    from daicho.chukan.adapters import couriers
    from daicho.chukan.jobs import expired_job, missing_codes_job
    from daicho.chukan.permissions import LABELS_JA, may_know
    from daicho.chukan.screens.navigation import NAVIGATION
    from daicho.outbox import courier, intake
    from daicho.staff import even_answers, permissions
    from daicho.ui import navigation

    permissions.register("中間サーバー", LABELS_JA)
    even_answers.register(may_know)
    navigation.register(*NAVIGATION)
    jobs.register(expired_job())
    jobs.register(missing_codes_job())
    intake.register("atena", "replica", room.handle_replica)  # G-18
    intake.register("atena", "code_request", room.handle_code_request)  # G-18
    intake.register("network_core", "linkage_code", room.handle_linkage_code)  # G-14
    intake.register("network_core", "provision_question", room.handle_question)  # G-19
    courier.allow("network_core", "code_acquisition", "provision_release", courier=couriers.to_network_core)  # G-14, G-19
