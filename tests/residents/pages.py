"""この部屋の画面の一覧 — every screen and step, by name: what is added here was asked whether the standard says that it must not be. Tests: test_filing_requirements.py."""

from __future__ import annotations

PAGES = frozenset(
    {
        "home", "visit", "visit_close", "visit_filings", "search", "search_results", "stop_picking", "person", "person_number", "person_audit",
        "history", "history_compare", "history_again", "history_mend", "notes", "column", "surveys", "survey", "survey_new", "survey_step",
        "survey_remove", "history_cancel", "as_of", "received", "received_notice", "received_accept", "received_picked", "received_aside",
        "received_withdrawn", "missing", "missing_found", "headless", "headless_household", "headless_leave", "headless_appoint", "awaited",
        "awaited_again", "awaited_withdraw", "problems", "renamings", "renaming_new", "renaming_prepare", "renaming", "renaming_stage",
        "renaming_examine", "renaming_drop", "renaming_cancel", "renaming_examine_cancel", "renaming_keep", "commissioner", "commissioner_notice",
        "commissioner_take", "commissioner_confirm", "commissioner_picked", "commissioner_aside", "immigration", "immigration_notice",
        "immigration_resend", "immigration_send", "immigration_medium", "immigration_file", "residence_terms", "blocks", "block_new", "block_change",
        "block_release", "block_lift", "block_ask_lift", "events_find", "events_found", "history_spell", "household_history", "issues_find",
        "issues_found", "disposal", "doubles", "doubles_gather", "doubles_name", "double", "double_two", "double_unite", "union", "union_approve",
        "union_approve_undo", "union_undo", "union_withdraw", "supports", "support_new", "support", "support_edit", "support_forward",
        "support_step", "support_end", "support_lift", "certificate", "certificate_preview", "certificate_issue", "notices", "notice",
        "notice_resend", "notice_withdraw", "notices_turned_away", "waiting", "waiting_rows", "register_chosen", "filing_menu", "filing_start",
        "filing_start_with", "filing_picked", "filing", "filing_field", "filing_enter", "filing_people", "filing_household", "filing_move_out",
        "filing_move_out_reflect", "filing_move_out_discard", "filing_picked_person", "filing_picked_household", "filing_withdraw", "filing_reopen",
        "examination", "filing_numbers", "filing_examine", "filing_register", "filing_send_back", "filing_result", "fuhyo", "fuhyo_settle",
    }
)  # fmt: skip
"""Every screen and step of this room. Before one is added here: is it one of those that the standard says must not be?"""
PAGES_OF_PAPERS = frozenset(
    {
        "absence", "absence_issue", "absence_look", "certificate_take_in", "filing_take_in", "application", "application_candidates", "application_decide", "application_edit",
        "application_find", "application_refusal", "application_match", "application_money", "application_new", "application_step", "application_take", "applications",
        "commissioner_slip", "event_letter", "event_papers", "fees", "fees_close", "fees_csv", "filing_move_out_paper", "filing_paper",
        "filing_receipt", "fuhyo_paper", "headless_letter", "headless_list", "issue_correction", "missing_letters", "move_out_paper",
        "move_out_paper_issue", "move_out_paper_look", "notice_paper", "paper", "paper_check", "paper_confirm", "paper_count", "paper_record",
        "paper_shred", "paper_stock", "paper_stock_count", "paper_stock_find", "paper_stock_record", "person_papers", "principal_copies",
        "principal_copies_out", "principal_endings", "principal_endings_out", "principal_letters", "principal_notice", "print_again", "print_good",
        "print_result", "print_spoiled", "received_errors", "received_paper", "renaming_letters", "residence_letters", "support_ends",
        "support_forward_letter", "support_letter", "survey_demand", "transitional_letter", "ward_letter",
        "bulk", "bulk_approve", "bulk_decline", "bulk_erase", "bulk_file", "bulk_from_search", "bulk_list", "bulk_new", "bulk_order", "bulk_waiting",
        "bulk_withdraw", "prints", "wide_area", "wide_area_issue",
    }
)  # fmt: skip
"""Those of certificates, letters, forms and fees (A-05)."""
