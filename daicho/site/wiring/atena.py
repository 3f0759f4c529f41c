"""統合宛名の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.atena import intake as room
    from daicho.atena.jobs import relayed_replicas_job, search_keys_job
    from daicho.atena.permissions import LABELS_JA, may_know
    from daicho.atena.queries.serials import integrated_serials
    from daicho.atena.screens.navigation import NAVIGATION
    from daicho.numbering import registry as numbering
    from daicho.numbering.screens.navigation import NAVIGATION as NUMBERING
    from daicho.outbox import courier, intake
    from daicho.staff import even_answers, permissions
    from daicho.ui import navigation

    permissions.register("統合宛名", LABELS_JA)
    even_answers.register(may_know)
    navigation.register(*NAVIGATION, *NUMBERING)
    numbering.register("integrated_atena_no", integrated_serials)
    jobs.register(relayed_replicas_job())
    jobs.register(search_keys_job())
    intake.register("residents", "atena_info", room.handle_atena_info)  # G-17
    intake.register("residents", "issue_block", room.handle_issue_block)  # N-3.2-01
    intake.register("departments", "atena_question", room.handle_question)  # G-30
    intake.register("chukan", "atena_by_integrated_question", room.handle_by_integrated)  # S4-04
    courier.allow("chukan", "code_request", "replica")  # G-18
