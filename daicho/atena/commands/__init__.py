"""統合宛名の書込み — every write of this room; one transaction each, that of the post room when it comes by the wire. G-17, G-30."""

from daicho.atena.commands.answering import answer_chukan, answer_department
from daicho.atena.commands.blocking import take_blocks
from daicho.atena.commands.doubles import CannotDecide, decide
from daicho.atena.commands.info import accept_atena_info
from daicho.atena.commands.legal_uses import UseForm, UseProblem, approve_use, enter_use, load_uses

__all__ = [
    "CannotDecide",
    "UseForm",
    "UseProblem",
    "accept_atena_info",
    "answer_chukan",
    "answer_department",
    "approve_use",
    "decide",
    "enter_use",
    "load_uses",
    "take_blocks",
]
