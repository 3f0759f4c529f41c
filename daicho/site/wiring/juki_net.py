"""住基ネットの結線 — what this room registers, with whom it speaks and in which kinds."""

from __future__ import annotations


def wire() -> None:
    from daicho import jobs
    from daicho.juki_net import intake as room
    from daicho.juki_net.adapters import couriers
    from daicho.juki_net.jobs import erase_move_outs_job, search_terms_job
    from daicho.juki_net.permissions import LABELS_JA, may_know
    from daicho.juki_net.screens.navigation import NAVIGATION
    from daicho.outbox import courier, intake
    from daicho.staff import even_answers, permissions
    from daicho.staff.screens.navigation import SECOND_FACTOR
    from daicho.ui import navigation

    permissions.register("住基ネット", LABELS_JA)
    even_answers.register(may_know)
    jobs.register(search_terms_job())
    jobs.register(erase_move_outs_job())
    navigation.register(*NAVIGATION, *SECOND_FACTOR)
    intake.register("residents", "identity_info", room.handle_identity_info)  # G-04
    intake.register("residents", "issue_block", room.handle_issue_block)  # N-3.1-19
    intake.register("residents", "move_in_notice", room.handle_move_in_notice)  # G-10
    intake.register("residents", "fuhyo_notice", room.handle_fuhyo_notice)  # G-23
    intake.register("residents", "move_out_certificate_question", room.move_out_question(couriers.municipality), waits=True)  # G-11
    intake.register("residents", "move_out_certificate_info", room.handle_move_out_certificate)  # G-11
    intake.register("residents", "move_out_certificate_withdrawn", room.handle_move_out_withdrawal)  # G-11
    intake.register("other_city", "move_out_certificate_question", room.handle_question_from_outside)  # G-11
    intake.register("residents", "wide_area_question", room.wide_area_question(couriers.municipality), waits=True)  # 法12条の4
    intake.register("other_city", "wide_area_question", room.handle_wide_area_from_outside, waits=True)  # 法12条の4
    courier.allow("residents", "wide_area_question")  # 法12条の4
    intake.register("other_city", "move_in_outward", room.handle_move_in_from_outside)  # G-10
    intake.register("other_city", "family_register_notice", room.handle_family_register_notice)  # 法9条2項, 19条2項
    intake.register("residents", "number_request", room.handle_number_request)  # G-12
    intake.register("jlis_national", "number_answer", room.handle_number_answer)  # G-12
    intake.register("residents", "code_stock_request", room.handle_code_request)  # G-13
    intake.register("jlis_national", "stocked_codes", room.handle_stocked_codes)  # G-13
    courier.allow("residents", "move_in_received", "family_register_notice", "number_answer", "stocked_codes")  # G-04, G-10, G-12, G-13
    courier.allow("prefecture", "juki_update", courier=couriers.to_prefecture)  # G-05
    courier.allow("other_city", "move_in_outward", "fuhyo_notice", courier=couriers.to_other_city)  # G-10, G-23
    courier.allow("jlis_national", "number_outward", "code_stock_request", courier=couriers.to_jlis_national)  # G-12, G-13
