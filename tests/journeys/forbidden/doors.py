"""扉の表 — who may bring what to whom, written down by hand from design §2 and requirements G-01…G-30; what each really brings; and what nobody rewrites.

Nothing of this is read from the house (launch/bootstrap.PAIRS, site/wiring): a door that opens there and is not written here fails the test.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from daicho.contracts import base
from daicho.contracts.code_request_v1 import CodeRequestV1
from daicho.contracts.receipts_v1 import ReceiptsQuestionV1
from simulators.asking import Ask, question_of
from tests.chukan.sending import TAX
from tests.contracts import atena_samples, chukan_samples, convenience_samples, immigration_samples, inbox_samples, juki_samples, transfer_samples
from tests.contracts.test_leading_contracts import SETTING

if TYPE_CHECKING:
    from tests.journeys.forbidden.town import Town

SYSTEMS = ("residents", "juki_net", "chukan", "atena", "konbini", "transfers")
OUTSIDE = ("prefecture", "jlis_national", "other_city", "network_core", "certificate_centre", "departments", "family_register", "mynaportal", "immigration")
PARTIES = (*SYSTEMS, *OUTSIDE)

STAFF_AND_SETTINGS = frozenset({"staff_account", "city_setting", "city_places"})  # G-29: not to 市町村CS
BOOKS = frozenset({"receipts_question", "resynced_question"})  # design §5: any two systems that speak compare their books

# to whom → from whom → what. Whoever is not named is no peer and cannot even open a connection.
DOORS: dict[str, dict[str, frozenset[str]]] = {
    "residents": {
        "juki_net": BOOKS  # G-10, G-12, G-13; 法9条2項, 12条の4, 19条2項
        | {"move_in_received", "family_register_notice", "number_answer", "stocked_codes", "wide_area_question"},
        "family_register": frozenset({"family_register_notice"}),  # G-22
        "mynaportal": frozenset({"moving_application", "moving_withdrawal"}),  # 引越しワンストップ (domain §9)
        "chukan": BOOKS,
        "atena": BOOKS,
        "konbini": BOOKS | {"convenience_issued"},  # G-21
        "transfers": BOOKS | {"department_items"},  # G-26
        "immigration": frozenset({"commissioner_notice", "immigration_result"}),  # G-24
    },
    "juki_net": {  # F-2-05: of the city's systems 既存住基 alone
        "residents": BOOKS
        | {
            "identity_info",
            "move_in_notice",
            "fuhyo_notice",
            "move_out_certificate_question",
            "move_out_certificate_info",
            "move_out_certificate_withdrawn",
            "number_request",
            "code_stock_request",
            "issue_block",
            "wide_area_question",
        },  # G-04, G-10…G-13, G-23; 法12条の4
        "prefecture": frozenset(),  # G-05 leads there, and nothing back
        "other_city": frozenset(  # G-10, G-11; 法9条2項, 12条の4, 19条2項
            {"move_in_outward", "family_register_notice", "move_out_certificate_question", "wide_area_question"}
        ),
        "jlis_national": frozenset({"number_answer", "stocked_codes"}),  # G-12, G-13
    },
    "chukan": {
        "residents": BOOKS | STAFF_AND_SETTINGS,
        "atena": BOOKS | {"replica", "code_request"},  # G-18
        "network_core": frozenset({"linkage_code", "provision_question"}),  # G-14, G-19
    },
    "atena": {
        "residents": BOOKS | STAFF_AND_SETTINGS | {"atena_info", "issue_block"},  # G-17
        "chukan": BOOKS | {"atena_by_integrated_question"},  # S4-04
        "departments": frozenset({"atena_question"}),  # G-30
    },
    "konbini": {
        "residents": BOOKS | STAFF_AND_SETTINGS | {"certificate_data", "certificate_hold", "certificate_heartbeat", "lost_atena_nos", "issue_block"},  # G-21
        "certificate_centre": frozenset({"convenience_question"}),  # G-21
    },
    "transfers": {
        "residents": BOOKS | STAFF_AND_SETTINGS | {"transfer_info", "lost_atena_nos", "department_items_outcome", "issue_block"},  # G-25, G-26
        "departments": frozenset({"department_pull_question", "department_entry"}),  # G-25, G-26
    },
}


def peers_of(system: str) -> tuple[str, ...]:
    return tuple(DOORS[system])


def strangers_to(system: str) -> tuple[str, ...]:
    """Everybody else, itself too: nobody's own credentials open its own door."""
    return tuple(name for name in PARTIES if name not in DOORS[system])


def _books(town: Town) -> ReceiptsQuestionV1:
    return ReceiptsQuestionV1(str(uuid.uuid4()), "帳簿の照合", town.now() + timedelta(minutes=1), 0, 10)


def _asked(town: Town, question: object) -> object:
    return replace(question, question_id=str(uuid.uuid4()), deadline=town.now() + timedelta(minutes=1))  # type: ignore[type-var]


def _provision(town: Town) -> object:
    """A question as the network core signs it; of a 符号 that nobody has."""
    key = load_pem_private_key(town.keys("network_core").signing_key.read_bytes(), None)
    return base.decode("provision_question", 1, base.canonical(question_of(Ask(**TAX, linkage_code="0" * 32), key, town.now().timestamp()).question))


def department_asks(town: Town) -> object:
    """統合宛名 of this town has no list of affairs that may use 個人番号 yet: whichever asks has no legal ground (S4-06)."""
    return _asked(town, atena_samples.INQUIRY)


# A real message through each open pair that is taken in: from whom, to whom, what.
REAL: dict[tuple[str, str], Callable[[Town], object]] = {
    ("juki_net", "residents"): lambda town: juki_samples.RECEIVED,
    ("chukan", "residents"): _books,
    ("atena", "residents"): _books,
    ("konbini", "residents"): _books,
    ("family_register", "residents"): lambda town: inbox_samples.BIRTH,
    ("mynaportal", "residents"): lambda town: inbox_samples.APPLICATION,
    ("transfers", "residents"): lambda town: transfer_samples.ITEMS,
    ("immigration", "residents"): lambda town: immigration_samples.EXTENDED,
    ("residents", "juki_net"): lambda town: juki_samples.MOVE_IN,
    ("jlis_national", "juki_net"): lambda town: juki_samples.NUMBER_ANSWER,
    ("other_city", "juki_net"): lambda town: juki_samples.FROM_OUTSIDE,
    ("residents", "chukan"): lambda town: SETTING,
    ("atena", "chukan"): lambda town: CodeRequestV1(chukan_samples.CITY, chukan_samples.INTEGRATED_NO, town.now()),
    ("network_core", "chukan"): _provision,
    ("residents", "atena"): lambda town: atena_samples.told(atena_samples.HANAKO, at=town.now()),
    ("chukan", "atena"): lambda town: _asked(town, atena_samples.BY_INTEGRATED),
    ("residents", "konbini"): lambda town: convenience_samples.DATA,
    ("certificate_centre", "konbini"): lambda town: _asked(town, convenience_samples.QUESTION),
    ("residents", "transfers"): lambda town: transfer_samples.MOVE_IN,
    ("departments", "transfers"): lambda town: _asked(town, transfer_samples.QUESTION),
}

# What is written once and never again (F-1-14; design §4, §5), in every system and in each.
_OF_ALL = (
    "audit_entry", "audit_leaf", "audit_seal", "outbox_epoch", "outbox_notice", "outbox_receipt", "outbox_refusedmessage", "vault_purge", "numbering_gap",
)  # fmt: skip
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "residents": (
        *_OF_ALL, "residents_civilevent", "residents_sheetversion", "residents_annulment", "residents_sheet", "residents_spell", "residents_person",
        "residents_certificateissue", "residents_convenienceissue", "residents_removal", "residents_residenceterm",
        "residents_toldidentity",
    ),
    "juki_net": (*_OF_ALL, "juki_net_identityversion"),
    "chukan": (*_OF_ALL, "chukan_replica", "chukan_listedition", "chukan_listedprovision", "chukan_exportedfile"),
    "atena": _OF_ALL,
    "konbini": (*_OF_ALL, "konbini_answer", "konbini_serviceturn"),
    "transfers": (*_OF_ALL, "transfers_transferrecord", "transfers_blockreflection"),
}  # fmt: skip
