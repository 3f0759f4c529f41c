"""既存住基から都道府県・他市町村まで — through intake, post room, relay and wire, in one process. G-04, G-05, G-10; N-7.1.1.1-04."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from daicho import clock
from daicho.outbox import relay
from daicho.outbox.models import Delivery, Line
from tests.contracts.juki_samples import CODE, MOVE_IN, NOTICE, OTHER_CODE, relocation, someone_else
from tests.juki_net.sending import deliver

State = Delivery.State


@pytest.fixture
def city(committed_db, wired):
    """A database of our own, where commits are real, and the counterparts on the wire."""
    return wired


def relay_until(condition, seconds=20):
    """Rounds until `condition` holds. Notices become visible to the relay only when no older transaction of the cluster runs,
    and other test processes work on the same cluster: so it may take a moment."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        relay.run_until_idle()
        time.sleep(0.02)
    assert condition(), states()


def try_again_now():
    """The waiting time of lines and notices is over."""
    Line.objects.update(next_at=None)
    Delivery.objects.filter(state=State.PENDING).update(next_at=clock.now() - timedelta(hours=1))


def arrived(outside):
    return [(message["items"]["juminhyo_code"], message["items"]["update_sequence_no"]) for message in outside.messages]


def states():
    return list(Delivery.objects.order_by("notice_id").values_list("state", flat=True))


def test_三人の更新が一度ずつ順に届く(city):
    deliver(MOVE_IN)
    deliver(someone_else())
    deliver(NOTICE)
    deliver(relocation())
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 4)
    assert [number for number in arrived(city["prefecture"]) if number[0] == CODE] == [(CODE, 1), (CODE, 2)]
    assert sorted(arrived(city["prefecture"])) == sorted([(CODE, 1), (CODE, 2), (OTHER_CODE, 1)])
    [notice] = city["other_city"].messages
    assert (notice["items"]["juminhyo_code"], notice["items"]["move_in_date"]) == (CODE, "20260401")
    assert relay.run_until_idle().total() == 0


@pytest.mark.parametrize("fault", ["silent", "corrupt", "duplicate", "late"])
def test_応答が失われても二重に残らず順に届く(city, fault):
    """At least once, kept once: whatever becomes of the answer."""
    city["prefecture"].play({"kind": fault, "ms": 50, "times": 2})
    deliver(MOVE_IN)
    deliver(relocation())

    def done():
        try_again_now()
        return states() == [State.ACKNOWLEDGED] * 2

    relay_until(done)
    assert arrived(city["prefecture"]) == [(CODE, 1), (CODE, 2)]


def test_拒否された人の後の更新だけが待つ(city):
    """A refused notice holds its people, never the city."""
    city["prefecture"].play({"kind": "refuse", "code": "F05", "times": 1})
    deliver(MOVE_IN)
    relay_until(lambda: states() == [State.REFUSED])
    deliver(relocation())
    deliver(someone_else())
    relay_until(lambda: states() == [State.REFUSED, State.PENDING, State.ACKNOWLEDGED])
    assert arrived(city["prefecture"]) == [(OTHER_CODE, 1)]
    assert "コード表にない値です" in Delivery.objects.get(state=State.REFUSED).reply_reason_ja


def test_停止中の間に登録した更新は復旧の後に順に届く(city):
    """N-7.1.1.1-04."""
    city["prefecture"].play({"kind": "down"})
    deliver(MOVE_IN)
    deliver(relocation())
    relay_until(lambda: Line.objects.filter(destination="prefecture", failures__gte=1).exists())
    assert (states(), arrived(city["prefecture"])) == ([State.PENDING] * 2, [])
    city["prefecture"].play()
    try_again_now()
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    assert arrived(city["prefecture"]) == [(CODE, 1), (CODE, 2)]


def test_相手方に認められなければ回線を止める(city, settings):
    """Unauthorized: stop the line, call the operator; nothing is lost."""
    real = settings.DAICHO
    settings.DAICHO = replace(real, signing_key_file=real.signing_key_file.parents[1] / "residents" / "signing.key.pem")
    deliver(MOVE_IN)
    relay_until(lambda: Line.objects.filter(destination="prefecture", stopped_at__isnull=False).exists())
    assert (Line.objects.get(destination="prefecture").code, states(), city["prefecture"].refusals) == ("U01", [State.PENDING], ["U01"])
    settings.DAICHO = real
    Line.objects.update(stopped_at=None)
    relay_until(lambda: states() == [State.ACKNOWLEDGED])
    assert arrived(city["prefecture"]) == [(CODE, 1)]
