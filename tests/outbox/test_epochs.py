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
from daicho.outbox.epochs import restores_between, restores_since, sender_was_restored_since
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

    def receive(self, epoch: str, posted: int, received: int | None = None) -> Envelope:
        """A notice of that epoch, posted and received at these minutes."""
        at = DAY + timedelta(minutes=posted)
        envelope = envelope_of(OutboxSampleV1(posted, ""), "peer_system", epoch=epoch, posted_at=at)
        with clock.at(DAY + timedelta(minutes=posted if received is None else received)):
            assert intake.receive("peer_system", envelope.to_bytes(), "t").status == "acknowledged"
        return envelope

    def since(self, minute: int, envelope: Envelope) -> bool:
        return sender_was_restored_since(DAY + timedelta(minutes=minute), envelope)

    def test_一つの世代しか知らなければ復元はない(self, juki, effects):
        """Also for what was known before anything came: a first load."""
        first = self.receive(self.FIRST, 1)
        assert not self.since(0, first) and not self.since(1, first)

    def test_新しい世代の初めの通知より前のことなら復元されている(self, juki, effects):
        self.receive(self.FIRST, 1)
        second = self.receive(self.SECOND, 5)
        assert self.since(1, second) and self.since(4, second)
        third = self.receive(self.SECOND, 7)
        assert self.since(4, third) and not self.since(5, third) and not self.since(6, third)

    def test_離れた世代の遅れた通知では復元されたことにならない(self, juki, effects):
        self.receive(self.FIRST, 1)
        self.receive(self.SECOND, 5)
        assert not self.since(2, self.receive(self.FIRST, 2, received=9))

    def test_離れた世代からは遅れた一通しか届いていなくても同じ(self, juki, effects):
        self.receive(self.SECOND, 5)
        assert not self.since(6, self.receive(self.FIRST, 2, received=9))
