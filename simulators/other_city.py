"""他市町村の市町村CS — takes 転入通知; plays every other municipality of the country. 住民基本台帳法第9条第1項; G-10."""

from __future__ import annotations

from collections.abc import Mapping

from simulators.counterpart import Counterpart, Reply


class OtherCity(Counterpart):
    """Refuses a notice that is addressed to the city it comes from."""

    name = "other_city"
    layout_name = "move_in_notice"
    path = "/v1/move-in-notices"

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if items["addressee_municipality_code"] == items["municipality_code"]:
            return Reply("L04", str(items["request_control_no"]), ("addressee_municipality_code",))
        return None
