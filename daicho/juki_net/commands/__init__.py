"""住基ネットの書込み — every write of this room; one transaction each, that of the post room when it comes by the wire. G-04, G-10…G-13, G-23."""

from daicho.juki_net.commands.blocking import take_blocks
from daicho.juki_net.commands.certifying import answer_other_city, keep_certified, withdraw_certified
from daicho.juki_net.commands.family_register import hand_in_family_register
from daicho.juki_net.commands.former_city import ask_former_city
from daicho.juki_net.commands.fuhyo import pass_on_fuhyo
from daicho.juki_net.commands.identity import accept_identity_info
from daicho.juki_net.commands.load import LoadRefusedError, load_records
from daicho.juki_net.commands.move_in import hand_in_move_in, pass_on_move_in
from daicho.juki_net.commands.numbers import hand_in_codes, hand_in_number, pass_on_code_request, pass_on_number_request
from daicho.juki_net.commands.wide_area import answer_for_resident, ask_home_city, ask_residents

__all__ = [
    "LoadRefusedError",
    "accept_identity_info",
    "answer_for_resident",
    "answer_other_city",
    "ask_former_city",
    "ask_home_city",
    "ask_residents",
    "hand_in_codes",
    "hand_in_family_register",
    "hand_in_move_in",
    "hand_in_number",
    "keep_certified",
    "load_records",
    "pass_on_code_request",
    "pass_on_fuhyo",
    "pass_on_move_in",
    "pass_on_number_request",
    "take_blocks",
    "withdraw_certified",
]
