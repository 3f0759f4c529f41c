"""相手方の取決めの試験 — what every implementation of this room's port must do; run in memory and over the wire to the simulator.

A subclass gives `departments` (the port), `taken` (control numbers kept there), and `break_line(kind)`, which makes the next call fail
as "away", "dies" (in mid-handshake), "foreign" (another's certificate) or "unknown".
"""

from dataclasses import replace

import pytest

from daicho.contracts.department_feed_v1 import DepartmentFeedV1, FeedItem, FeedPerson
from daicho.outbox.errors import Duplicate, Refused, Unauthorized, Unavailable
from daicho.transfers.ports import DepartmentsPort
from tests.contracts.transfer_samples import ATENA, BATCH, FEED, OUTCOME


def feed(no: int, history_no: int, *items: FeedItem, **changes: object) -> DepartmentFeedV1:
    person = FeedPerson(ATENA, history_no, "person", items or FEED.person.items)
    return replace(FEED, request_control_no=f"c{no}", person=person, **changes)  # type: ignore[arg-type]


class PortSuite:
    departments: DepartmentsPort

    def taken(self) -> list[str]:
        raise NotImplementedError

    def break_line(self, kind: str) -> None:
        raise NotImplementedError

    def test_人ごとの順に受け付け同じ履歴は繰り返してよい(self):
        accepted = [self.departments.send_feed(feed(no, history_no)).code for no, history_no in ((1, 1), (2, 3), (3, 3))]
        assert (accepted, self.taken()) == (["A00"] * 3, ["c1", "c2", "c3"])

    def test_同じ電文は重複と答え一度しか残らない(self):
        self.departments.send_feed(feed(1, 1))
        with pytest.raises(Duplicate):
            self.departments.send_feed(feed(1, 1))
        assert self.taken() == ["c1"]

    def test_同じ管理番号で内容が違えば拒む(self):
        self.departments.send_feed(feed(1, 1))
        with pytest.raises(Refused) as refused:
            self.departments.send_feed(feed(1, 2))
        assert (refused.value.code, self.taken()) == ("L03", ["c1"])

    def test_履歴番号の逆転を理由とともに拒む(self):
        self.departments.send_feed(feed(1, 4))
        with pytest.raises(Refused) as refused:
            self.departments.send_feed(feed(2, 3))
        assert (refused.value.code, "履歴番号" in refused.value.reason_ja) == ("L12", True)

    def test_順は課と事務ごとに数える(self):
        self.departments.send_feed(feed(1, 4))
        self.departments.send_feed(feed(2, 1, department_code="0401", purpose_code="001", grant_no=8))
        assert self.taken() == ["c1", "c2"]

    def test_コード表にない値を拒む(self):
        with pytest.raises(Refused) as refused:
            self.departments.send_feed(feed(1, 1, FeedItem("sex_code", "5")))
        assert (refused.value.code, self.taken()) == ("F05", [])

    def test_まとめて送った者も順を数える(self):
        assert self.departments.send_batch(BATCH).code == "A00"
        with pytest.raises(Duplicate):
            self.departments.send_batch(BATCH)
        with pytest.raises(Refused) as refused:
            self.departments.send_feed(feed(9, 0))
        assert (refused.value.code, self.taken()) == ("L12", ["c2"])

    def test_まとめの中に一人でも誤りがあれば一人も受け付けない(self):
        bad = FeedPerson("1000000035", 1, "person", (FeedItem("sex_code", "5"),))
        with pytest.raises(Refused):
            self.departments.send_batch(replace(BATCH, people=(*BATCH.people, bad)))
        assert self.taken() == []
        assert self.departments.send_batch(BATCH).code == "A00"

    def test_書戻しの結果を受け付け二度目は重複と答える(self):
        assert self.departments.send_outcome(OUTCOME).code == "A00"
        with pytest.raises(Duplicate):
            self.departments.send_outcome(OUTCOME)

    @pytest.mark.parametrize(("kind", "error"), [("away", Unavailable), ("dies", Unavailable), ("foreign", Unauthorized), ("unknown", Unauthorized)])
    @pytest.mark.parametrize("what", ["feed", "batch", "outcome"])
    def test_不在と認証の失敗を区別する(self, what, kind, error):
        self.break_line(kind)
        send = {
            "feed": lambda: self.departments.send_feed(feed(1, 1)),
            "batch": lambda: self.departments.send_batch(BATCH),
            "outcome": lambda: self.departments.send_outcome(OUTCOME),
        }[what]
        with pytest.raises(error) as failed:
            send()
        assert getattr(failed.value, "whole_line", True)
        assert self.taken() == []
