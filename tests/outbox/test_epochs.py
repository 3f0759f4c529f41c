"""世代 — how often this system was restored since a moment, and whether a sender was, by what took effect here. decision 0019."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from daicho import clock
from daicho.outbox import epochs, intake
from daicho.outbox.commands import begin_epoch, current_epoch
from daicho.outbox.envelope import Envelope
from daicho.outbox.epochs import restores_between, restores_since, sender_was_restored
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 4, 1, tzinfo=UTC)


def days(number: float) -> datetime:
    return DAY + timedelta(days=number)


def asked_in_sql(moment: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {restores_since('m.moment')} FROM (SELECT %s::timestamptz AS moment) AS m", ["012033", moment])
        return int(cursor.fetchone()[0])


class Test自分の世代:
    def test_世代のないうちは復元もない(self, there):
        assert (epochs.begun(), asked_in_sql(DAY)) == ([], 0)

    def test_何度復元されたかは世代の番号の差である(self, there):
        """Epochs 1, 2 and 4: the third was lost when a backup of the second came back."""
        with clock.at(days(0)):
            current_epoch()
        with clock.at(days(10)):
            begin_epoch("一度目")
        with clock.at(days(20)):
            begin_epoch("三度目", above=3)
        moments = [days(at) for at in (-5, 0, 5, 10, 15, 20, 25)]
        assert [restores_between(epochs.begun(), moment, days(30)) for moment in moments] == [3, 3, 3, 2, 2, 0, 0]
        assert [asked_in_sql(moment) for moment in moments] == [3, 3, 3, 2, 2, 0, 0]


class Test相手の世代:
    FIRST, SECOND = (str(uuid.UUID(int=number)) for number in (1, 2))
    HANAKO, TARO = "1" * 32, "2" * 32

    def envelope(self, epoch: str, minutes: int, *subjects: str) -> Envelope:
        return envelope_of(OutboxSampleV1(1, ""), "peer_system", epoch=epoch, posted_at=DAY + timedelta(minutes=minutes), subjects=subjects)

    @pytest.fixture(autouse=True)
    def told(self, juki, effects):
        """花子 was told of under the first epoch, at minute 1."""
        assert intake.receive("peer_system", self.envelope(self.FIRST, 1, self.HANAKO).to_bytes(), "t").status == "acknowledged"

    def test_後の世代の通知なら相手は復元されている(self):
        assert sender_was_restored(self.envelope(self.SECOND, 5, self.HANAKO))
        assert sender_was_restored(self.envelope(self.SECOND, 5, self.HANAKO, self.TARO))

    def test_同じ世代や前の世代の通知や知らない人の通知なら違う(self):
        assert not sender_was_restored(self.envelope(self.FIRST, 5, self.HANAKO))
        assert not sender_was_restored(self.envelope(self.SECOND, 0, self.HANAKO))
        assert not sender_was_restored(self.envelope(self.SECOND, 5, self.TARO))
        assert not sender_was_restored(self.envelope(self.SECOND, 5))
