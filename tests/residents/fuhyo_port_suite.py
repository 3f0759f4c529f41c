"""相手方の取決めの試験 — what every implementation of the port to the city's own 戸籍附票システム must do; run in memory and over the wire to the simulator.

A subclass gives `port`, `taken()` (control numbers kept) and `break_line(kind)`, which makes the next call fail as "away", "dies" (in mid-handshake),
"foreign" (another's certificate) or "unknown".
"""

from dataclasses import replace

import pytest

from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.residents.ports import FamilyRegisterPort
from tests.contracts.juki_samples import FUHYO

OURS = replace(FUHYO, addressee_municipality_code=FUHYO.municipality_code)


class FuhyoPortSuite:
    port: FamilyRegisterPort

    def taken(self) -> list[str]:
        raise NotImplementedError

    def break_line(self, kind: str) -> None:
        raise NotImplementedError

    def test_通知を受け付け二度目は重複と答える(self):
        """法19条1項, G-22."""
        assert self.port.send_fuhyo(OURS).code == "A00"
        with pytest.raises(Duplicate):
            self.port.send_fuhyo(OURS)
        assert self.taken() == [OURS.request_control_no]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [({"address": "別の住所"}, "L03"), ({"request_control_no": "c2", "reason_code": "9"}, "F05"),
         ({"request_control_no": "c3", "addressee_municipality_code": "011011"}, "L04")],
    )  # fmt: skip
    def test_同じ管理番号の別の内容と様式にない事由と他市の本籍を拒む(self, changes, code):
        self.port.send_fuhyo(OURS)
        with pytest.raises(Refused) as refused:
            self.port.send_fuhyo(replace(OURS, **changes))
        assert (refused.value.code, self.taken()) == (code, [OURS.request_control_no])

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("dies", Unavailable), ("foreign", Unauthorized), ("unknown", Unauthorized)])
    def test_不在と認証の失敗を区別する(self, kind, error):
        self.break_line(kind)
        with pytest.raises(error) as failed:
            self.port.send_fuhyo(OURS)
        assert getattr(failed.value, "whole_line", True)
        assert self.taken() == []
