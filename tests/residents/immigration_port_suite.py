"""入管庁の取決めの試験 — what every implementation of `ImmigrationPort` must do; run in memory and over the wire to the simulator. G-24; N-4.5.7-05.

A subclass gives `port`, `taken()` (control numbers that were kept) and `break_line(kind)`, which makes the next call fail as "away" or "unknown".
"""

from dataclasses import replace

import pytest

from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.residents.ports import ImmigrationPort
from tests.contracts.immigration_samples import RELOCATED


class PortSuite:
    port: ImmigrationPort

    def taken(self) -> list[str]:
        raise NotImplementedError

    def break_line(self, kind: str) -> None:
        raise NotImplementedError

    def test_市町村通知も市町村伝達も受け付ける(self):
        """N-4.5.7-02, -03: of each of the three kinds."""
        sent = [replace(RELOCATED, request_control_no=f"c{law}", law_code=law) for law in ("1", "2", "3")]
        assert ([self.port.send_notice(one).code for one in sent], self.taken()) == (["A00"] * 3, ["c1", "c2", "c3"])

    def test_同じ通知は重複と答え一度しか残らない(self):
        self.port.send_notice(RELOCATED)
        with pytest.raises(Duplicate):
            self.port.send_notice(RELOCATED)
        assert self.taken() == [RELOCATED.request_control_no]

    def test_同じ管理番号で内容が違えば拒む(self):
        self.port.send_notice(RELOCATED)
        with pytest.raises(Refused) as refused:
            self.port.send_notice(replace(RELOCATED, address="別の住所"))
        assert (refused.value.code, self.taken()) == ("L03", [RELOCATED.request_control_no])

    def test_コード表にない値を拒む(self):
        with pytest.raises(Refused) as refused:
            self.port.send_notice(replace(RELOCATED, law_code="9"))
        assert (refused.value.code, self.taken()) == ("F05", [])

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("unknown", Unauthorized)])
    def test_不在と認証の失敗を区別する(self, kind, error):
        self.break_line(kind)
        with pytest.raises(error):
            self.port.send_notice(RELOCATED)
        assert self.taken() == []
