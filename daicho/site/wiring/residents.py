"""住民記録の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.outbox import courier
    from daicho.residents.jobs import due_removals_job, prove_job
    from daicho.residents.permissions import WORDS
    from daicho.residents.screens import dictionaries
    from daicho.residents.screens.navigation import NAVIGATION
    from daicho.staff import permissions
    from daicho.ui import navigation

    permissions.register("住民記録", WORDS)
    navigation.register(*NAVIGATION)
    dictionaries.register()
    jobs.register(prove_job())
    jobs.register(due_removals_job())
    courier.allow("juki_net", "identity_info", "move_in_notice", "receipts_question")  # G-04, G-10
