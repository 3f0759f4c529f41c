"""住民記録の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.outbox import books, courier, intake
    from daicho.residents import intake as room
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
    courier.allow("transfers", "transfer_info", "department_items_outcome", "receipts_question")  # G-25, G-26
    intake.register("transfers", "department_items", room.handle_department_items)  # G-26
    intake.register("transfers", "receipts_question", books.answer)
