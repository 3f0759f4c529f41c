"""庁内各課まで — through intake, post room, relay and wire to the departments' systems and back, in one process. G-25, G-26; N-7.2.3-05; D-R1."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from daicho import clock
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1
from daicho.outbox import courier, relay
from daicho.outbox.errors import Unavailable
from daicho.outbox.models import Delivery, Line
from daicho.transfers.commands import grants
from daicho.transfers.jobs import batch_round
from daicho.transfers.models import WriteBack
from tests.contracts.transfer_samples import ATENA, DIED, ENTRY, MOVE_IN, OTHER_ATENA, PERSON, RELOCATED
from tests.outbox.horizon import wait_until_visible
from tests.transfers.city_hall import APPROVER, granted, may_write
from tests.transfers.sending import deliver, told

State = Delivery.State


class NobodyThere:
    """住民記録 does not listen in these tests."""

    def deliver(self, envelope):
        raise Unavailable("connection")


@pytest.fixture
def city(committed_db, wired):
    """A database of our own, where commits are real, and the departments on the wire."""
    courier._couriers["residents"] = NobodyThere()
    return wired


def relay_until(condition, seconds=30):
    """Rounds until `condition` holds: notices become visible only when no older transaction of the cluster runs."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        Line.objects.filter(destination="departments").update(next_at=None)
        Delivery.objects.filter(state=State.PENDING).update(next_at=clock.now() - timedelta(hours=1))
        relay.run_until_idle()
        time.sleep(0.02)
    assert condition(), states()


def states():
    return list(Delivery.objects.filter(destination="departments").order_by("notice_id").values_list("state", flat=True))


def arrived(departments):
    return [(m["items"]["purpose_code"], m["items"].get("atena_no"), m["items"].get("history_no")) for m in departments.messages]


def test_本登録の内容が即時に許可された項目だけで順に届く(city):
    """N-7.2.3-01, -05, D-R2, G-25."""
    granted(items=("name_kanji", "address", "event_reason_code"))
    told(MOVE_IN, replace(MOVE_IN, atena_no=OTHER_ATENA), replace(MOVE_IN, history_no=2, person=RELOCATED))
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 3)
    assert [one for one in arrived(city) if one[1] == ATENA] == [("005", ATENA, 1), ("005", ATENA, 2)]
    last = next(m["items"] for m in city.messages if m["items"]["history_no"] == 2)
    assert set(last) == {
        "request_control_no", "department_code", "purpose_code", "grant_no", "feed_kind_code", "atena_no", "history_no", "name_kanji", "address",
        "event_reason_code",
    }  # fmt: skip
    assert (last["name_kanji"], last["address"], last["event_reason_code"]) == (PERSON.name_kanji, RELOCATED.address, "41")


def test_文字情報基盤文字は即時でも一括でも同じ文字のまま届く(city):
    """N-7.2.3-02: variants by IVS, compatibility ideographs and characters beyond U+FFFF; compared by code points at the other end."""
    name, address = "邊\U000e0100\u3000髙﨑", "北海道小樽市𠮷野\U0002b81a1丁目辻\U000e0100番"
    person = replace(PERSON, name_kanji=name, householder_name=name, address=address)
    granted("005", items=("name_kanji", "address", "householder_name"))
    granted("001", items=("name_kanji", "address", "householder_name"), method="within_ten_minutes")
    told(replace(MOVE_IN, person=person))
    wait_until_visible()
    with clock.at(clock.now() + timedelta(minutes=10)):
        batch_round()
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    for message in city.messages:
        [arrived] = message["items"].get("people") or [message["items"]]
        assert (arrived["name_kanji"], arrived["householder_name"], arrived["address"]) == (name, name, address)


@pytest.mark.parametrize("fault", ["silent", "corrupt", "duplicate", "late", "out_of_order", "down"])
def test_相手方が失敗しても二重に残らず順に届く(city, fault):
    city.play({"kind": fault, "ms": 50, "times": 2})
    granted()
    told(MOVE_IN, replace(MOVE_IN, history_no=2, person=RELOCATED))
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    assert arrived(city) == [("005", ATENA, 1), ("005", ATENA, 2)]


def test_ある課に拒まれた人の後の通知だけが待つ(city):
    """A refused feed goes to the work list and holds this person for this department: neither other persons nor other departments."""
    city.play({"kind": "refuse", "code": "F05", "times": 1})
    granted("005")
    told(MOVE_IN)
    relay_until(lambda: states() == [State.REFUSED])
    granted("001")
    told(replace(MOVE_IN, history_no=2, person=RELOCATED), replace(MOVE_IN, atena_no=OTHER_ATENA))
    relay_until(lambda: sorted(states()) == sorted([State.REFUSED, State.PENDING, *[State.ACKNOWLEDGED] * 3]))
    assert set(arrived(city)) == {("001", ATENA, 2), ("001", OTHER_ATENA, 1), ("005", OTHER_ATENA, 1)}


def test_取り消された許可の通知は復旧しても届かない(city):
    """D-R1: a grant that ends stops at once, also what was waiting."""
    city.play({"kind": "down"})
    row = granted()
    told(MOVE_IN)
    relay_until(lambda: Line.objects.filter(destination="departments", failures__gte=1).exists() or states() == [State.PENDING])
    grants.revoke(APPROVER, row.pk, "誤り")
    city.play()
    relay_until(lambda: states() == [State.WITHDRAWN])
    assert city.messages == []


def test_死亡した者は対象外としてだけ届く(city):
    granted()
    told(MOVE_IN, DIED)
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    last = city.messages[-1]["items"]
    assert (last["feed_kind_code"], set(last) & {"name_kanji", "address", "event_reason_code", "removed_on"}) == ("2", set())


def test_書戻しの結果が課に届く(city):
    """G-26: written, and refused with its reasons."""
    may_write()
    told(MOVE_IN)
    deliver(ENTRY, sender="departments")
    deliver(replace(ENTRY, entry_no="E-0002", sequence_no=9), sender="departments")
    row = WriteBack.objects.get(state="passed_on")
    deliver(DepartmentItemsOutcomeV1(str(row.public_id), 2, clock.now(), ()))
    relay_until(lambda: states() == [State.ACKNOWLEDGED] * 2)
    outcomes = {m["items"]["entry_no"]: (m["items"]["result_code"], m["items"]["reasons"]) for m in city.messages}
    assert outcomes["E-0001"] == ("1", None)
    assert outcomes["E-0002"][0] == "2"
    assert "間の書戻しが届いていません" in outcomes["E-0002"][1]
