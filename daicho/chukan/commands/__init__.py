"""中間サーバーの書込み — every write of this room; one transaction each, that of the post room when it comes by the wire. G-14, G-18, G-19."""

from daicho.chukan.commands.codes import keep_code, request_code, request_missing
from daicho.chukan.commands.decisions import decide_held
from daicho.chukan.commands.expiry import erase_expired
from daicho.chukan.commands.lists import import_inquirers, import_provisions
from daicho.chukan.commands.load import import_replicas
from daicho.chukan.commands.provisions import answer_inquiry
from daicho.chukan.commands.replicas import accept_replica
from daicho.chukan.commands.withholding import end_withholding, set_withholding

__all__ = [
    "accept_replica",
    "answer_inquiry",
    "decide_held",
    "end_withholding",
    "erase_expired",
    "import_inquirers",
    "import_provisions",
    "import_replicas",
    "keep_code",
    "request_code",
    "request_missing",
    "set_withholding",
]
