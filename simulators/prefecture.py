"""都道府県サーバ — takes updates of 本人確認情報 in the order of each person. 住民基本台帳法第30条の6; G-05."""

from __future__ import annotations

from collections.abc import Mapping

from simulators.counterpart import Counterpart, Reply


class Prefecture(Counterpart):
    """Refuses a gap or a step back in a person's 更新順番号 (item 29).

    A person never heard of may begin with any number: the prefecture learnt of the earlier ones before these simulators began.
    A changed 住民票コード (法30条の4) carries the order on.
    """

    name = "prefecture"
    layout_name = "juki_update"
    path = "/v1/identity-updates"

    def judge(self, layout_name: str, items: Mapping[str, object]) -> Reply | None:
        last = self._last.get(str(items["juminhyo_code"])) or self._last.get(str(items["old_juminhyo_code"]))
        number = items["update_sequence_no"]
        if last is None or number == last + 1:
            return None
        assert isinstance(number, int)  # the layout saw to it
        return Reply("L01" if number > last else "L02", str(items["request_control_no"]), ("update_sequence_no",))

    def learn(self, items: Mapping[str, object]) -> None:
        number = items["update_sequence_no"]
        assert isinstance(number, int)
        self._last[str(items["juminhyo_code"])] = number

    def forget(self) -> None:
        self._last: dict[str, int] = {}
