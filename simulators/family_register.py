"""戸籍情報システム — the city's own 戸籍: tells residents of every 届書 it accepted, and takes 戸籍附票記載事項通知. 令第12条第2項; 法第19条第1項; G-22.

POST /_send makes it tell, and says what came back:

    {"tell": {"matter": "death", "event_date": "R8-04-05", "people": [{…}]}, "fault": "twice"}         → {"control_no", "replies": [{"status", …}]}

`tell` may name any field of residents' family_register_notice; what it does not name is made up. `fault` is one of FAULTS. An order with `to`,
`kind`, `version`, `body` is sent as it is (simulators/sending.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any  # JSON

from simulators.counterpart import Counterpart, Reply
from simulators.sending import CannotSend

FAULTS = {
    "twice": "tells the same again under the same number, in another envelope",
    "altered": "alters the message after signing it",
    "another_city": "says that another municipality accepted it",
}
_CITY, _ELSEWHERE = "012033", "012041"


class FamilyRegister(Counterpart):
    """Speaks first. Refuses a notice about a 本籍 of another municipality: that one goes by 市町村CS."""

    name = "family_register"
    layouts_by_path: Mapping[str, str] = {"/v1/fuhyo-notices": "fuhyo_notice"}

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if items["addressee_municipality_code"] != items["municipality_code"]:
            return Reply("L04", str(items["request_control_no"]), ("addressee_municipality_code",))
        return None

    def send(self, order: object) -> Mapping[str, Any]:
        """Tell as told. Raises CannotSend."""
        if not isinstance(order, Mapping) or "tell" not in order:
            return super().send(order)
        fault = order.get("fault", "")
        if not set(order) <= {"tell", "fault"} or not isinstance(order["tell"], Mapping) or fault not in {"", *FAULTS}:
            raise CannotSend(f"an order has tell and perhaps fault, one of {', '.join(FAULTS)}")
        body = self._made_up() | dict(order["tell"])
        if fault == "another_city":
            body["municipality_code"] = _ELSEWHERE
        told = {"to": "residents", "kind": "family_register_notice", "version": 1, "body": body, "altered": fault == "altered"}
        replies = [self.sender.send_as_told(told) for _ in range(2 if fault == "twice" else 1)]
        return {"control_no": body["request_control_no"], "replies": replies}

    def _made_up(self) -> dict[str, Any]:
        today = self.clock.instant()[:10]
        return {
            "request_control_no": secrets.token_hex(11), "addressee_municipality_code": _CITY, "municipality_code": _CITY, "matter": "death",
            "event_date": "", "accepted_on": today, "people": [], "newborns": [],
        }  # fmt: skip
