"""庁内連携の結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.outbox import courier, intake
    from daicho.site import worker
    from daicho.staff import even_answers, permissions
    from daicho.transfers import intake as room
    from daicho.transfers.adapters import couriers
    from daicho.transfers.jobs import ROUND_SECONDS, batch_round, turn_of_day_job
    from daicho.transfers.permissions import LABELS_JA, may_know
    from daicho.transfers.screens.navigation import NAVIGATION
    from daicho.ui import navigation

    permissions.register("庁内連携", LABELS_JA)
    even_answers.register(may_know)
    navigation.register(*NAVIGATION)
    intake.register("residents", "transfer_info", room.handle_transfer_info)  # G-25
    intake.register("residents", "issue_block", room.handle_issue_block)  # N-3.2-01
    intake.register("residents", "lost_atena_nos", room.handle_lost_atena_nos)
    intake.register("residents", "department_items_outcome", room.handle_items_outcome)  # G-26
    intake.register("departments", "department_pull_question", room.handle_pull)  # G-25
    intake.register("departments", "department_entry", room.handle_entry)  # G-26
    courier.allow("departments", "department_feed", "department_batch", "department_entry_outcome", courier=couriers.to_departments)  # G-25, G-26
    courier.allow("residents", "department_items")  # G-26
    jobs.register(turn_of_day_job())
    worker.register(worker.Round("transfer_batches", batch_round, ROUND_SECONDS))
