"""マイナポータル（引越しワンストップ） — hands the city what applicants signed, and takes the answers for them. 住民基本台帳法第22条–第24条; spec/domain.md §9.

POST /_send makes applicants apply, change their mind and withdraw, and says what came back:

    {"apply": {"matter": "move_out", "people": [{…}], …}, "change": {"visit_on": "2026-05-09"}, "withdraw": true, "fault": "out_of_order"}
    {"application_no": "…", "replies": [{"status", "code", "reason_ja", …}]}

`apply` may name any field of residents' moving_application; what it does not name is made up. With `change` the application comes again as its next
revision; with `withdraw` it is withdrawn. `fault` is one of FAULTS. An order with `to`, `kind`, `version`, `body` is sent as it is (simulators/sending.py).
Answers are kept by layouts/moving_answer.csv: GET /_received.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any  # JSON

from simulators.counterpart import Counterpart
from simulators.sending import CannotSend

FAULTS = {
    "twice": "hands everything over twice, each time in another envelope",
    "out_of_order": "hands over what came last first: the withdrawal before its application",
    "late": "hands over an application of a move that is long past",
}
_LATE = timedelta(days=40)


class MyNaPortal(Counterpart):
    """Takes answers, and speaks first."""

    name = "mynaportal"
    layout_name = "moving_answer"
    path = "/v1/moving-answers"

    def send(self, order: object) -> Mapping[str, Any]:
        """Hand over as told. Raises CannotSend."""
        if not isinstance(order, Mapping) or "apply" not in order:
            return super().send(order)
        fault, change = order.get("fault", ""), order.get("change", {})
        if not set(order) <= {"apply", "change", "withdraw", "fault"} or not all(isinstance(one, Mapping) for one in (order["apply"], change)):
            raise CannotSend("an order has apply, perhaps change, withdraw and fault, and nothing else")
        if fault not in {"", *FAULTS}:
            raise CannotSend(f"fault is one of {', '.join(FAULTS)}")
        applied = self._made_up(late=fault == "late") | dict(order["apply"])
        messages = [("moving_application", applied)]
        if change:
            messages.append(("moving_application", applied | dict(change) | {"revision_no": applied["revision_no"] + 1}))
        if order.get("withdraw"):
            withdrawn = {"application_no": applied["application_no"], "withdrawn_at": self.clock.instant()}
            messages.append(("moving_withdrawal", withdrawn))
        if fault == "out_of_order":
            messages.reverse()
        times = 2 if fault == "twice" else 1
        replies = [self._hand_over(kind, body) for _ in range(times) for kind, body in messages]
        return {"application_no": applied["application_no"], "replies": replies}

    def _hand_over(self, kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.sender.send_as_told({"to": "residents", "kind": kind, "version": 1, "body": body})

    def _made_up(self, *, late: bool) -> dict[str, Any]:
        """A 転出届 of nobody yet: the order names the people."""
        now = self.clock.instant()
        moving_on = datetime.fromisoformat(now).date() - (_LATE if late else timedelta())
        return {
            "application_no": f"MP-{secrets.token_hex(6)}", "revision_no": 1, "matter": "move_out", "applied_at": now, "moving_on": moving_on.isoformat(),
            "visit_on": None, "former_address": "", "new_municipality_code": "012041", "new_address": "北海道旭川市六条通九丁目46番地",
            "new_address_building": None, "new_postal_code": None, "people": [],
        }  # fmt: skip
