"""コンビニ交付の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho.konbini import intake as room
    from daicho.konbini.permissions import LABELS_JA, may_know
    from daicho.konbini.queries.serials import certificate_serials
    from daicho.konbini.screens.navigation import NAVIGATION
    from daicho.numbering import registry as numbering
    from daicho.numbering.screens.navigation import NAVIGATION as NUMBERING
    from daicho.outbox import courier, intake
    from daicho.staff import even_answers, permissions
    from daicho.ui import navigation

    permissions.register("コンビニ交付", LABELS_JA)
    even_answers.register(may_know)
    navigation.register(*NAVIGATION, *NUMBERING)
    numbering.register("certificate_no", certificate_serials)
    intake.register("residents", "certificate_data", room.handle_certificate_data)  # G-21
    intake.register("residents", "certificate_hold", room.handle_certificate_hold)
    intake.register("residents", "issue_block", room.handle_issue_block)  # N-3.1-18
    intake.register("residents", "lost_atena_nos", room.handle_lost_atena_nos)
    intake.register("residents", "certificate_heartbeat", room.handle_certificate_heartbeat)
    intake.register("certificate_centre", "convenience_question", room.handle_convenience_question)  # G-21
    courier.allow("residents", "convenience_issued")
