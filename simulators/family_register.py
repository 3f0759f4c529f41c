"""戸籍附票システム — the city's own 戸籍 and 附票: takes 戸籍附票記載事項通知 of those who have their 本籍 here. 住民基本台帳法第19条第1項; G-22."""

from __future__ import annotations

from collections.abc import Mapping

from simulators.counterpart import Counterpart, Reply


class FamilyRegister(Counterpart):
    """Refuses a notice about a 本籍 of another municipality: that one goes by 市町村CS."""

    name = "family_register"
    layouts_by_path: Mapping[str, str] = {"/v1/fuhyo-notices": "fuhyo_notice"}

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        if items["addressee_municipality_code"] != items["municipality_code"]:
            return Reply("L04", str(items["request_control_no"]), ("addressee_municipality_code",))
        return None
