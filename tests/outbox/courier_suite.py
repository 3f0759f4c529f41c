"""使者の試験一式 — what every `Courier` must do, whatever lies behind it; run against the one in memory and the one on the wire. design §5.

A class that inherits it gives a fixture `far_end` (an object of `FarEnd`'s shape).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from daicho.outbox.courier import Courier
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of


@dataclass
class FarEnd:
    """A courier and ways to make its other end behave."""

    courier: Courier
    name: str
    received: Callable[[], list[str]]  # ids that took effect there, in order
    refuse_next: Callable[[str, str], None]
    be_away: Callable[[], None]
    lose_next_reply: Callable[[], None]
    forget_us: Callable[[], None]


class CourierSuite:
    def envelope(self, far_end, **changes):
        return envelope_of(OutboxSampleV1(1, "小樽花子"), "residents", receiver=far_end.name, **changes)

    def test_渡せば受領が返る(self, db, far_end):
        envelope = self.envelope(far_end)
        assert far_end.courier.deliver(envelope).status == "acknowledged"
        assert far_end.received() == [envelope.notice_id]

    def test_二度渡せば重複と答え効果は一度(self, db, far_end):
        envelope = self.envelope(far_end)
        far_end.courier.deliver(envelope)
        with pytest.raises(Duplicate):
            far_end.courier.deliver(envelope)
        assert far_end.received() == [envelope.notice_id]

    def test_同じ番号で内容が違えば拒否(self, db, far_end):
        envelope = self.envelope(far_end)
        far_end.courier.deliver(envelope)
        with pytest.raises(Refused):
            far_end.courier.deliver(replace(envelope, body='{"no":2,"text":""}'))

    def test_拒否は理由を日本語で伝える(self, db, far_end):
        far_end.refuse_next("E12", "更新順番号が正しくありません。")
        with pytest.raises(Refused) as refused:
            far_end.courier.deliver(self.envelope(far_end))
        assert (refused.value.code, refused.value.reason_ja) == ("E12", "更新順番号が正しくありません。")
        assert far_end.received() == []

    def test_留守なら後で送れる(self, db, far_end):
        far_end.be_away()
        with pytest.raises(Unavailable) as away:
            far_end.courier.deliver(self.envelope(far_end))
        assert away.value.whole_line

    def test_応答が失われても次は重複になる(self, db, far_end):
        envelope = self.envelope(far_end)
        far_end.lose_next_reply()
        with pytest.raises(Unavailable):
            far_end.courier.deliver(envelope)
        with pytest.raises(Duplicate):
            far_end.courier.deliver(envelope)
        assert far_end.received() == [envelope.notice_id]

    def test_知られていなければ認証されない(self, db, far_end):
        far_end.forget_us()
        with pytest.raises(Unauthorized):
            far_end.courier.deliver(self.envelope(far_end))
        assert far_end.received() == []
