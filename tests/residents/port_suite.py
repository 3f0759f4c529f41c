"""相手方の取決めの試験 — what every implementation of `PortalPort` must do; run in memory and over the wire to the simulator.

A subclass gives `portal` (the port), `taken()` (the answers kept there, by control number) and `break_line(kind)`, which makes the next call fail as
"away" or "unknown".
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.residents.ports import PortalPort
from tests.contracts.inbox_samples import ANSWER


class PortSuite:
    portal: PortalPort

    def taken(self) -> list[str]:
        raise NotImplementedError

    def break_line(self, kind: str) -> None:
        raise NotImplementedError

    def test_回答を受け付け二度目は重複と答える(self):
        assert self.portal.send_answer(ANSWER).code == "A00"
        with pytest.raises(Duplicate):
            self.portal.send_answer(ANSWER)
        assert self.taken() == [ANSWER.request_control_no]

    def test_同じ管理番号で内容が違えば拒む(self):
        self.portal.send_answer(ANSWER)
        with pytest.raises(Refused) as refused:
            self.portal.send_answer(replace(ANSWER, result_code="2"))
        assert (refused.value.code, self.taken()) == ("L03", [ANSWER.request_control_no])

    def test_コード表にない結果を拒む(self):
        with pytest.raises(Refused) as refused:
            self.portal.send_answer(replace(ANSWER, result_code="9"))
        assert (refused.value.code, self.taken()) == ("F05", [])

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("unknown", Unauthorized)])
    def test_不在と認証の失敗を区別する(self, kind, error):
        self.break_line(kind)
        with pytest.raises(error):
            self.portal.send_answer(ANSWER)
        assert self.taken() == []
