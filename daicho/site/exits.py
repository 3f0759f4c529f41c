"""出口の一覧 — every way by which something of a person is seen or leaves, and what it does about the protected. 標準仕様3.1–3.4; domain §7; decision 0043.

The ways are found in the registries: routes, contracts, jobs, layouts, exports. Each stands here once, with its decision and the reason; what has no
decision fails tests/architecture/test_exits.py, as does a decision about what is no longer there. 「対象者」 below: of whom nothing is handed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What a way does about somebody protected."""

    HIDES = "hides"  # for those who may not know, the person is not there; those who must know are warned first
    WARNS = "warns"  # only who must know gets there at all
    CARRIES = "carries"  # the block goes along, or ahead, to whoever is told of the person
    HELD = "held"  # nothing goes out for a protected person, or not before an officer decided
    NOBODY = "nobody"  # says nothing of any person
    INTERNAL = "internal"  # from machine to machine: nobody reads it there, and where it is read, that place has its own decision


@dataclass(frozen=True)
class Exit:
    decision: Decision
    reason: str


def _listed(*groups: tuple[Decision, str, str]) -> Mapping[str, Exit]:
    """(decision, reason, names) → by name. ValueError for a name that is decided twice."""
    found: dict[str, Exit] = {}
    for decision, reason, names in groups:
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is decided twice")
            found[name] = Exit(decision, reason)
    return found


def _of(namespace: str, names: str) -> str:
    return " ".join(f"{namespace}:{name}" for name in names.split())


_POST = "notices notices_turned_away notice notice_resend notice_withdraw"
_HIDES, _WARNS, _CARRIES, _HELD, _NOBODY, _INTERNAL = Decision

ROUTES: Mapping[str, Exit] = _listed(
    # 共通
    (_NOBODY, "市の設定", _of("city", """
        approve change changes decline end new places propose settings thing withdraw approve_dictionary change_row decline_dictionary dictionaries dictionary
        dictionary_change dictionary_changes dictionary_row end_row new_row take_edition withdraw_dictionary""")),
    (_NOBODY, "処理の件数と結果だけで、人を示さない", _of("jobs", "cancel job jobs reserve")),
    (_NOBODY, "採番の件数だけで、だれの番号かを示さない", "numbering:series"),
    (_NOBODY, "稼働の状況と操作履歴。対象者は人数だけで、氏名も番号も示さない", _of("oversight", "health trail")),
    (_NOBODY, "職員だけが載る", _of("staff", """
        account accounts approve_right change move my_grants new_account password propose_right reset revoke revoke_right right rights sign_in
        sign_off terminal""")),
    (_NOBODY, "職員の認証器", _of("second_factor", "approve assertion authenticators enrolment present revoke")),
    (_NOBODY, "住所・コードの候補、字形、部品の見本。人の候補は出さない", _of("ui", """
        candidates echo_date screen_copy font gallery gallery_draft gallery_error address_steps character_picker characters""")),
    # 住民記録
    (_HIDES, "検索・住民票・履歴・操作履歴は、権限を分けて見せる（queries/blocks.hidden_from, queries/sight）", _of("residents", """
        search search_results as_of person person_number person_audit history history_compare history_spell household_history events_found notes
        column""")),
    (_HIDES, "見られる人だけを示す。見えない人は読取りの番が止める（queries/sight）", _of("residents", """
        residence_terms notices notice immigration immigration_notice notice_resend notice_withdraw immigration_resend immigration_send""")),
    (_NOBODY, "受付・案内・届いたが受け取れない通知・エラーの一覧。住民を示さない", _of("residents", """
        home visit visit_close visit_filings stop_picking problems notices_turned_away events_find""")),
    (_WARNS, "抑止を設定・解除する職員と、支援措置を扱う職員だけ", _of("residents", """
        blocks block_new block_change block_release block_lift block_ask_lift supports support support_new support_edit support_end support_forward
        support_lift support_step""")),
    (_WARNS, "交付履歴を項目で照会し、処分と訂正を記録する職員だけ", _of("residents", "issues_find issues_found disposal issue_correction")),
    (_WARNS, "二重登録を判断する職員と、統合を承認する職員だけ", _of("residents", """
        doubles doubles_gather doubles_name double double_two double_unite union union_approve union_approve_undo union_undo union_withdraw""")),
    (_HELD, "当たる人がいれば、抑止の有無によらず同じ一文で断る。だれかは示さない", _of("residents", "absence absence_look absence_issue")),
    (_NOBODY, "手数料の通数と額だけで、だれの証明書かを示さない", _of("residents", "fees fees_csv fees_close")),
    (_NOBODY, "広域交付。ほかの市区町村の住民のことで、当市の住民は示さない", _of("residents", "wide_area wide_area_issue")),
    (_WARNS, "証明書をまとめて交付する職員と、それを承認する職員だけ。抑止のある人は作らずに名指しする", _of("residents", """
        bulk_list bulk_waiting bulk_new bulk_from_search bulk_order bulk bulk_approve bulk_decline bulk_withdraw bulk_file bulk_erase""")),
    (_NOBODY, "用紙の番号と枚数、写しの発行番号だけで、人を示さない", _of("residents", """
        prints paper paper_confirm paper_record paper_shred paper_count paper_check paper_stock paper_stock_record paper_stock_count paper_stock_find print_result
        print_good print_spoiled""")),
    (_WARNS, "証明書を交付する職員だけ", _of("residents", """
        print_again certificate certificate_take_in certificate_issue certificate_preview move_out_paper move_out_paper_look move_out_paper_issue filing_move_out_paper person_papers
        application_candidates application_match application_take application_decide application_refusal""")),
    (_HIDES, "請求書に書かれたことだけを示す。だれの住民票かは、見られる人だけに示す（queries/applications）", _of("residents", """
        applications application application_edit application_find application_money application_new application_step""")),
    (_WARNS, "異動を入力・審査・登録する職員だけ。どの場面も警告を最初に示す", _of("residents", """
        awaited awaited_again awaited_withdraw event_letter event_papers commissioner commissioner_aside commissioner_confirm commissioner_notice commissioner_picked
        commissioner_take examination filing filing_enter filing_examine filing_field filing_household filing_menu filing_move_out
        filing_move_out_discard filing_move_out_reflect filing_take_in filing_numbers filing_people filing_picked filing_picked_household filing_picked_person
        filing_register filing_reopen filing_result filing_send_back filing_start filing_start_with filing_withdraw fuhyo fuhyo_settle headless
        headless_appoint headless_household headless_leave headless_letter headless_list filing_paper filing_receipt commissioner_slip received_errors history_again history_cancel history_mend missing missing_found received
        received_accept received_aside received_notice received_picked received_withdrawn register_chosen renaming renaming_cancel renaming_drop
        renaming_examine renaming_examine_cancel renaming_keep renaming_new renaming_prepare renaming_stage renamings survey survey_new
        survey_remove survey_step surveys waiting waiting_rows""")),
    (_WARNS, "通知書を出す職員だけ。相手方には出さず、他市には支援措置の対象者である旨を載せる（decision 0050）", _of("residents", """
        principal_notice principal_letters principal_copies principal_copies_out principal_endings principal_endings_out notice_paper fuhyo_paper
        received_paper missing_letters survey_demand support_letter support_ends support_forward_letter residence_letters transitional_letter
        ward_letter renaming_letters""")),
    (_WARNS, "国への通知を資料に書き出す職員だけ", _of("residents", "immigration_file immigration_medium")),
    # 住基ネット
    (_HIDES, "本人確認情報の検索と個人票（queries/protection）", _of("juki_net", "identity_found identity_card identity_number")),
    (_WARNS, "来庁者と照合する職員だけ", "juki_net:identity_comparison"),
    (_NOBODY, "検索の条件の画面。通知は種類と日時だけで、だれのものかを示さない", _of("juki_net", f"home identity_search {_POST}")),
    # 中間サーバー
    (_HIDES, "副本と情報提供の記録（queries/protection）", _of("chukan", "find person version inquiries inquiry")),
    (_WARNS, "自動応答をしない人を扱う職員だけ", _of("chukan", "waiting held decide withhold release")),
    (_NOBODY, "番号の入力、照合リスト。通知は種類と日時だけで、だれのものかを示さない", _of("chukan", f"home replica provisions {_POST}")),
    # 統合宛名
    (_HIDES, "検索・個人票・重複・照会の記録（queries/protection）", _of("atena", "search_results person person_number doubles double inquiries")),
    (_WARNS, "重複を判断する職員だけ", "atena:double_decide"),
    (_NOBODY, "検索の条件、事務の一覧。通知は種類と日時だけで、だれのものかを示さない", _of("atena", f"""
        home search legal_uses legal_use_enter legal_use_approve {_POST}""")),
    # コンビニ交付
    (_HIDES, "個人の証明データと回答の一覧（queries/protection）", _of("konbini", "person_find person answers")),
    (_NOBODY, "運転の状況、番号の入力。通知は種類と日時だけで、だれのものかを示さない", _of("konbini", f"""
        home service service_stop service_propose service_reopen persons {_POST}""")),
    # 庁内連携
    (_HIDES, "対象者・移転記録・書戻し（queries/protection）", _of("transfers", "person_found person records_found write_backs write_back")),
    (_WARNS, "各課への反映を確認する職員だけ", _of("transfers", "blocks block_confirm")),
    (_NOBODY, "移転許可・移転先・連携の件数、検索の条件。通知は種類と日時だけで、だれのものかを示さない", _of("transfers", f"""
        home grants grant grant_approve grant_decline grant_revoke propose_reading propose_writing departments feeds records person_search {_POST}""")),
)  # fmt: skip


def _to(pair: str, kinds: str) -> str:
    return " ".join(f"{pair}:{kind}" for kind in kinds.split())


_BOOKS = "receipts_question resynced_question"
_STAFF = "staff_account city_setting city_places"
_PAIRED = [f"residents>{room}" for room in ("juki_net", "chukan", "atena", "konbini", "transfers")]
_BOOKKEEPING = [*_PAIRED, *(">".join(reversed(pair.split(">"))) for pair in _PAIRED), "atena>chukan", "chukan>atena"]

CONTRACTS: Mapping[str, Exit] = _listed(
    (_NOBODY, "受信簿の照合。番号だけで、だれのものかを示さない", " ".join(_to(pair, _BOOKS) for pair in _BOOKKEEPING)),
    (_NOBODY, "職員と市の設定", " ".join(_to(f"residents>{room}", _STAFF) for room in ("chukan", "atena", "konbini", "transfers"))),
    (_CARRIES, "発行抑止の設定と解除そのもの。一時解除と理由は送らない", " ".join(_to(f"residents>{room}", "issue_block") for room in (
        "juki_net", "atena", "konbini", "transfers"))),
    (_CARRIES, "issue_block が先に、又は続けて同じ人の順で届く", _to("residents>juki_net", "identity_info") + " " + _to(
        "residents>konbini", "certificate_data") + " " + _to("residents>transfers", "transfer_info")),
    (_CARRIES, "不開示の開始日を添える（F-1-52）", _to("residents>atena", "atena_info") + " " + _to("atena>chukan", "replica")),
    (_INTERNAL, "印・番号・件数・結果だけで、画面に人を示さない", " ".join((
        _to("residents>konbini", "certificate_hold certificate_heartbeat lost_atena_nos"), _to("residents>transfers", "lost_atena_nos department_items_outcome"),
        _to("atena>chukan", "code_request"), _to("chukan>network_core", "code_acquisition"), _to("konbini>residents", "convenience_issued"),
        _to("transfers>residents", "department_items"), _to("residents>juki_net", "code_stock_request"), _to("juki_net>jlis_national", "code_stock_request"),
    ))),
    (_INTERNAL, "法で定めた行政機関への通知。抑止によって変えない（番号法8条、住基法30条の6、入管法61条の8の2）", " ".join((
        _to("residents>juki_net", "number_request"), _to("juki_net>jlis_national", "number_outward"), _to("juki_net>prefecture", "juki_update"),
        _to("residents>immigration", "immigration_notice"),
    ))),
    (_INTERNAL, "他の機関から届いたものの取次ぎ。住民記録の画面で判断する", _to(
        "juki_net>residents", "move_in_received family_register_notice number_answer stocked_codes")),
    (_WARNS, "住所地・前住所地・本籍地の市区町村の職員だけ。申出書の転送と受領の確認で知らせる（標準1.1.16）", " ".join((
        _to("residents>juki_net", "move_in_notice fuhyo_notice move_out_certificate_question move_out_certificate_info move_out_certificate_withdrawn"),
        _to("juki_net>other_city", "move_in_outward fuhyo_notice"), _to("residents>family_register", "fuhyo_notice"),
    ))),
    (_NOBODY, "広域交付の照会。カードの番号だけで、こちらの住民のことは何もない", _to("residents>juki_net", "wide_area_question") + " " + _to(
        "juki_net>residents", "wide_area_question")),
    (_NOBODY, "届出をした本人への処理の結果。住所も氏名もない", _to("residents>mynaportal", "moving_answer")),
    (_HELD, "自動応答をしない人の分は、職員が決めた後にだけ送る（F-1-52）", _to("chukan>network_core", "provision_release")),
    (_CARRIES, "発行抑止の開始日を、許可の項目によらず添える", _to("transfers>departments", "department_feed department_batch")),
    (_NOBODY, "書戻しの受付番号と結果だけ", _to("transfers>departments", "department_entry_outcome")),
)  # fmt: skip
"""sender>receiver:kind, of what a room posts or asks."""

ANSWERS: Mapping[str, Exit] = _listed(
    (_NOBODY, "受信簿の照合。番号だけで、だれのものかを示さない", " ".join(_to(pair, _BOOKS) for pair in _BOOKKEEPING)),
    (_HELD, "対象者と、対象者が載る証明書は交付しない。断りの文は理由によらず同じ", _to("konbini>certificate_centre", "convenience_question")),
    (_HELD, "自動応答をしない人については、職員の確認待ちと答える（F-1-52）", _to("chukan>network_core", "provision_question")),
    (_CARRIES, "発行抑止の開始日を、許可の項目によらず添える", _to("transfers>departments", "department_pull_question")),
    (_WARNS, "番号法別表の事務の職員だけ。その課には庁内連携が抑止を知らせ、反映を確認する", _to("atena>departments", "atena_question")),
    (_INTERNAL, "番号の有無の確認。中間サーバーの画面で判断する", _to("atena>chukan", "atena_by_integrated_question")),
    (_WARNS, "転出先・転入先の市区町村の職員だけ。申出書の転送と受領の確認で知らせる（標準1.1.16）", " ".join((
        _to("juki_net>other_city", "move_out_certificate_question"), _to("juki_net>residents", "move_out_certificate_question"),
    ))),
    (_HELD, "抑止されている人が載る住民票は送らない。断りの文は理由によらず同じ", " ".join((
        _to("residents>juki_net", "wide_area_question"), _to("juki_net>other_city", "wide_area_question"),
    ))),
    (_NOBODY, "ほかの市区町村の住民のこと。当市の抑止はない", _to("juki_net>residents", "wide_area_question")),
)  # fmt: skip
"""answerer>asker:kind of the question."""

JOBS: Mapping[str, Exit] = _listed(
    (_NOBODY, "職員の利用の終わり、空き番号の補充", "expired_sessions code_stock"),
    (_INTERNAL, "除票用データベースへの移行、二重登録の候補を作る。画面で判断する", "archive_removed doubles"),
    (_INTERNAL, "期限の過ぎたものの消去", "erase_move_outs erase_certified_move_outs expired relayed_replicas held_copies"),
    (_INTERNAL, "検索語の作り直し、符号の求め直し、証明の再計算。件数だけを残す", "identity_terms search_keys missing_codes prove"),
    (_CARRIES, "異動と同じ通知をする（この一覧の電文による）", "due_removals renamings"),
    (_CARRIES, "庁内各課への通知に、発行抑止の開始日を添える", "transfers_turn_of_day"),
    (_INTERNAL, "在留期間の満了の一覧を作る。画面 residents:residence_terms で判断する", "residence_terms"),
    (_HELD, "抑止のある人の写しは作らず、申請した職員に名指しする", "bulk_issue"),
)

EXPORTS: Mapping[str, Exit] = _listed(
    (_WARNS, "書き出す権限を持つ職員だけ。用途・期限・登録を要し、抑止の有無によらず全件の保全に使う", "resident_register replica_export"),
)
"""`daicho export --layout`."""

LAYOUTS: Mapping[str, Exit] = _listed(
    (_NOBODY, "コード表・辞書・許可の一覧", "codes code_table towns lots buildings inquirers provision_list juminhyo_codes code_stock_request"),
    (_INTERNAL, "取り込むだけの資料", "atena_person certificate_data transfer_person immigration_result commissioner_notice"),
    (_INTERNAL, "法で定めた行政機関との電文（電文の判断による）", "juki_update number_request immigration_notice code_acquisition"),
    (_WARNS, "市区町村の間の電文（電文の判断による）", "fuhyo_notice move_in_notice move_out_certificate move_out_person move_out_request"),
    (_HELD, "抑止されている人が載るものは答えない（電文の判断による）", "wide_area_request wide_area_copy wide_area_person"),
    (_WARNS, "番号法別表の事務の課（電文の判断による）", "atena_question atena_answer"),
    (_WARNS, "書き出す権限を持つ職員だけ", "resident_register replica_export"),
    (_WARNS, "本人確認情報の初期登録。住基ネットの操作者だけ", "identity_confirmation"),
    (_CARRIES, "不開示の開始日の欄を持つ", "replica"),
    (_CARRIES, "発行抑止の開始日の欄を持つ", "department_feed department_batch"),
    (_HELD, "対象者には交付しない", "convenience_question convenience_answer"),
    (_HELD, "職員が決めた後にだけ送る", "provision_release"),
    (_NOBODY, "受付番号と結果だけ", "department_entry_outcome moving_answer"),
    (_INTERNAL, "課から届く書戻し", "department_entry"),
)  # fmt: skip
