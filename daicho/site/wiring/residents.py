"""住民記録の結線 — what this room registers, with whom it speaks and in which kinds. A room that is not deployed is told nothing."""

from __future__ import annotations


def wire() -> None:
    from django.conf import settings

    from daicho import audit, jobs
    from daicho.city.dictionary_queries import register_residents_in
    from daicho.numbering import registry as numbering
    from daicho.numbering.screens.navigation import NAVIGATION as NUMBERING
    from daicho.residents.commands.lost_numbers import tell_of_lost_numbers
    from daicho.residents.jobs import (
        archive_removed_job,
        bulk_issue_job,
        doubles_job,
        due_removals_job,
        erase_move_outs_job,
        held_copies_job,
        prove_job,
        renamings_job,
        residence_terms_job,
    )  # fmt: skip
    from daicho.residents.permissions import WORDS, may_know
    from daicho.residents.queries.serials import serials
    from daicho.residents.queries.sight import keep_hidden
    from daicho.residents.queries.town_counts import residents_in
    from daicho.residents.screens import dictionaries
    from daicho.residents.screens.navigation import NAVIGATION
    from daicho.residents.screens.warnings import cautions
    from daicho.site import restored
    from daicho.staff import even_answers, permissions
    from daicho.ui import chrome, navigation

    permissions.register("住民記録", WORDS)
    even_answers.register(may_know)
    audit.guard(keep_hidden)
    chrome.register_cautions(cautions)
    navigation.register(*NAVIGATION, *NUMBERING)
    for series, in_use in serials().items():
        numbering.register(series, in_use)
    dictionaries.register()
    register_residents_in(residents_in)
    jobs.register(prove_job())
    jobs.register(due_removals_job())
    jobs.register(erase_move_outs_job())
    jobs.register(renamings_job())
    jobs.register(residence_terms_job())
    jobs.register(doubles_job())
    jobs.register(archive_removed_job())
    jobs.register(held_copies_job())
    jobs.register(bulk_issue_job())
    restored.register("atena_no", tell_of_lost_numbers)
    others = {"juki_net": _juki_net, "atena": _atena, "konbini": _konbini, "transfers": _transfers}
    for room, wire_to in {**others, "family_register": _family_register, "mynaportal": _mynaportal, "immigration": _immigration}.items():
        if room in settings.DAICHO.peers:
            wire_to()


def _juki_net() -> None:
    from daicho import jobs
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room
    from daicho.residents.jobs import code_stock_job

    courier.allow("juki_net", "identity_info", "move_in_notice", "fuhyo_notice")  # G-04, G-10, G-23
    courier.allow("juki_net", "move_out_certificate_question", "move_out_certificate_info", "move_out_certificate_withdrawn")  # G-11
    courier.allow("juki_net", "number_request", "code_stock_request")  # G-12, G-13
    courier.allow("juki_net", "issue_block")  # N-3.1-19
    courier.allow("juki_net", "wide_area_question")  # 法12条の4
    intake.register("juki_net", "wide_area_question", room.handle_wide_area_question)  # 法12条の4
    intake.register("juki_net", "move_in_received", room.handle_move_in_received)  # G-10
    intake.register("juki_net", "family_register_notice", room.handle_family_register_notice)  # 法9条2項, 19条2項
    intake.register("juki_net", "number_answer", room.handle_number_answer)  # G-12
    intake.register("juki_net", "stocked_codes", room.handle_stocked_codes)  # G-13
    jobs.register(code_stock_job())


def _atena() -> None:
    from daicho.outbox import courier

    courier.allow("atena", "atena_info")  # G-17
    courier.allow("atena", "issue_block")  # N-3.2-01


def _konbini() -> None:
    """G-21. Its worker says every few seconds that the register lives."""
    from daicho import city, clock
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room
    from daicho.residents.commands import heartbeat
    from daicho.site import worker

    def beat() -> bool:
        heartbeat.beat()
        return False

    courier.allow("konbini", "certificate_data", "certificate_hold", "certificate_heartbeat", "lost_atena_nos")
    courier.allow("konbini", "issue_block")  # N-3.1-18
    intake.register("konbini", "convenience_issued", room.handle_convenience_issued)
    worker.register(worker.Round("heartbeat", beat, lambda: float(city.setting("konbini_heartbeat_seconds", clock.today()))))


def _transfers() -> None:
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room

    courier.allow("transfers", "transfer_info", "lost_atena_nos", "department_items_outcome")  # G-25, G-26
    courier.allow("transfers", "issue_block")  # N-3.2-01
    intake.register("transfers", "department_items", room.handle_department_items)  # G-26


def _family_register() -> None:
    """G-22."""
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room
    from daicho.residents.adapters import couriers

    intake.register("family_register", "family_register_notice", room.handle_own_family_register)
    courier.allow("family_register", "fuhyo_notice", courier=couriers.to_family_register)


def _mynaportal() -> None:
    """引越しワンストップ (domain §9)."""
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room
    from daicho.residents.adapters import couriers

    intake.register("mynaportal", "moving_application", room.handle_moving_application)
    intake.register("mynaportal", "moving_withdrawal", room.handle_moving_withdrawal)
    courier.allow("mynaportal", "moving_answer", courier=couriers.to_mynaportal)


def _immigration() -> None:
    """G-24."""
    from daicho.outbox import courier, intake
    from daicho.residents import intake as room
    from daicho.residents.adapters import couriers

    courier.allow("immigration", "immigration_notice", courier=couriers.to_immigration)
    intake.register("immigration", "immigration_result", room.handle_immigration_result)
    intake.register("immigration", "commissioner_notice", room.handle_commissioner_notice)
