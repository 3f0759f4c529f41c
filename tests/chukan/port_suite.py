"""相手方の取決めの試験 — what every implementation of this room's port must do; run in memory and over the wire to the simulator.

A subclass gives `core` (the port), `taken` (control numbers kept), `hold(question_id)` (an inquiry of the core's that awaits its answer),
and `break_line(kind)`, which makes the next call fail as "away", "dies" (in mid-handshake), "foreign" (another's certificate) or "unknown".
"""

from dataclasses import replace

import pytest

from daicho.chukan.ports import NetworkCorePort
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from tests.contracts.chukan_samples import ACQUISITION, RELEASE


class PortSuite:
    core: NetworkCorePort

    def taken(self) -> list[str]:
        raise NotImplementedError

    def hold(self, question_id: str) -> None:
        raise NotImplementedError

    def break_line(self, kind: str) -> None:
        raise NotImplementedError

    def test_取得要求を受け付け二度目は重複と答える(self):
        """G-14."""
        assert self.core.request_code(ACQUISITION).code == "A00"
        with pytest.raises(Duplicate):
            self.core.request_code(ACQUISITION)
        assert self.taken() == [ACQUISITION.request_control_no]

    def test_同じ管理番号で内容が違えば拒む(self):
        self.core.request_code(ACQUISITION)
        with pytest.raises(Refused) as refused:
            self.core.request_code(replace(ACQUISITION, municipality_code="011002"))
        assert (refused.value.code, self.taken()) == ("L03", [ACQUISITION.request_control_no])

    def test_待っていた照会の回答を受け付け二度目は重複と答える(self):
        """F-1-52, G-19."""
        self.hold(RELEASE.question_id)
        assert self.core.send_release(RELEASE).code == "A00"
        with pytest.raises(Duplicate):
            self.core.send_release(RELEASE)
        assert self.taken() == [RELEASE.request_control_no]

    def test_待っていない照会の回答を拒む(self):
        with pytest.raises(Refused) as refused:
            self.core.send_release(RELEASE)
        assert (refused.value.code, "回答を待っている照会がありません" in refused.value.reason_ja, self.taken()) == ("L05", True, [])

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("dies", Unavailable), ("foreign", Unauthorized), ("unknown", Unauthorized)])
    @pytest.mark.parametrize("message", ["request", "release"])
    def test_不在と認証の失敗を区別する(self, message, kind, error):
        self.break_line(kind)
        send = {"request": lambda: self.core.request_code(ACQUISITION), "release": lambda: self.core.send_release(RELEASE)}[message]
        with pytest.raises(error) as failed:
            send()
        assert getattr(failed.value, "whole_line", True)
        assert self.taken() == []
