"""準即時連携 — every few minutes what changed, each person once; and the change between the two timings loses nobody. N-7.2.3-04, -06, -07."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import audit, city, clock
from daicho.city.defaults import DEFAULTS
from daicho.contracts.city_setting_v1 import CitySettingV1
from daicho.outbox.models import Notice
from daicho.transfers import jobs
from daicho.transfers.commands import batches
from daicho.transfers.models import FeedPosition, TransferRecord
from tests.contracts.block_samples import block
from tests.contracts.transfer_samples import DIED, MOVE_IN, RELOCATED
from tests.outbox.horizon import wait_until_visible
from tests.transfers.city_hall import NOBODY, granted
from tests.transfers.sending import posted, told

BATCHED = "within_ten_minutes"
TODAY, TOMORROW = date(2026, 4, 10), date(2026, 4, 11)


@pytest.fixture
def city_hall(committed_db):
    """What changed is given out when no earlier transaction can still write: commits must be real."""
    return committed_db


def somebody(no: int, history_no: int = 1, **changes: object):
    return replace(MOVE_IN, atena_no=f"100000{no:04}", history_no=history_no, **changes)


def look(minutes: int = 10, day: date = TODAY) -> list[list[str]]:
    """A round so many minutes later: 宛名番号 of each batch it posted."""
    before = len(posted())
    wait_until_visible()
    with clock.at(clock.now() + timedelta(minutes=minutes)) if day == TODAY else clock.at(day):
        jobs.batch_round()
    return [[person.atena_no for person in message.people] for message in posted()[before:]]


def test_登録の時には送らず次の回にまとめて一度ずつ届く(city_hall):
    """N-7.2.3-04, -06: 異動差分, not at once."""
    granted(method=BATCHED)
    told(somebody(1), somebody(2), somebody(1, 2, person=RELOCATED))
    assert posted() == []
    assert look() == [["1000000002", "1000000001"]]
    assert look(minutes=20) == []


def test_全件提供の後は異動した者だけが届く(city_hall):
    """N-7.2.3-04: two of a thousand."""
    granted(method=BATCHED)
    told(*(somebody(no) for no in range(10)))
    look()
    told(somebody(3, 2, person=RELOCATED), somebody(7, 2, person=RELOCATED))
    assert look(minutes=20) == [["1000000003", "1000000007"]]


def test_発行抑止は次の回に届く(city_hall):
    """N-3.2-01; domain §7, 事故の型2: the block of somebody told before changes them for every department."""
    granted(method=BATCHED, items=("name_kanji",))
    told(somebody(1), somebody(2))
    look()
    told(block("1000000001", TODAY))
    assert look(minutes=20) == [["1000000001"]]
    assert [item.value for item in posted()[-1].people[0].items if item.item == "issue_prohibited_from"] == ["20260410"]


def test_間隔を待ち十分を超えない(city_hall):
    """N-7.2.3-06: 10分以内おき — the longest interval and the worker's rest together."""
    granted(method=BATCHED)
    told(somebody(1))
    assert look(minutes=4) == []
    assert look(minutes=5) == [["1000000001"]]
    longest = next(minutes for minutes in range(60, 0, -1) if DEFAULTS["transfer_batch_minutes"].accepts(minutes))
    assert timedelta(minutes=longest) + timedelta(seconds=jobs.ROUND_SECONDS) <= timedelta(minutes=10)
    assert DEFAULTS["transfer_batch_minutes"].value == city.setting("transfer_batch_minutes", TODAY) == 5


def test_一時間のどの時刻の異動も十分以内に届く(city_hall):
    """N-7.2.3-06: at the longest interval a city can choose, with the worker's own rests; measured from each 本登録, and from batch to batch."""
    told(CitySettingV1("transfer_batch_minutes", "9", TODAY, None, "試験", "入力　係", clock.now(), "承認　係", clock.now()))
    granted(method=BATCHED)
    begin, told_at, sent_at = clock.now(), {}, []
    for passed in range(0, 3600 + 600, jobs.ROUND_SECONDS):
        with clock.at(begin + timedelta(seconds=passed)):
            if passed < 3600 and passed % 140 == 0:  # every 2 min 20 s somebody: at another place of the interval each time
                told(somebody(passed))
                told_at[f"100000{passed:04}"] = passed
                wait_until_visible()
            jobs.batch_round()
        sent_at += [passed] * (Notice.objects.count() - len(sent_at))
    arrived = {person.atena_no: at for message, at in zip(posted(), sent_at, strict=True) for person in message.people}
    assert list(arrived) == list(told_at)
    assert max(arrived[no] - told_at[no] for no in told_at) <= 600
    assert max(after - before for before, after in itertools.pairwise([0, *sent_at])) <= 600


def test_大勢のときは分けて漏れなく届く(city_hall, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 3)
    granted(method=BATCHED)
    told(*(somebody(no) for no in range(7)))
    found = look()
    assert [len(one) for one in found] == [3, 3, 1]
    assert sorted(atena_no for batch in found for atena_no in batch) == [f"100000{no:04}" for no in range(7)]


def test_設定だけで準リアルタイムに変え戻すこともできる(city_hall):
    """N-7.2.3-07: the city chooses, by a grant that follows; nobody is lost in between."""
    granted()
    told(somebody(1))
    granted(method=BATCHED, valid_from=TOMORROW)
    told(somebody(2))
    assert [message.person.atena_no for message in posted()] == ["1000000001", "1000000002"]
    with clock.at(TOMORROW):
        told(somebody(3))
        assert len(posted()) == 2
        assert "1000000003" in [atena_no for batch in look(day=TOMORROW) for atena_no in batch]
        granted(valid_from=date(2026, 4, 12))
        told(somebody(4))
    with clock.at(date(2026, 4, 12)):
        told(somebody(5))
        assert posted()[-1].person.atena_no == "1000000005"
        assert look(day=date(2026, 4, 12)) == [["1000000004", "1000000005"]]
        assert look(day=date(2026, 4, 12)) == []
    assert FeedPosition.objects.get().finished


def test_死亡した者は前に届いた課にだけ対象外として届く(city_hall):
    granted(method=BATCHED)
    told(somebody(1), somebody(2))
    look()
    granted("001", method=BATCHED)
    told(replace(DIED, atena_no="1000000001"))
    look(minutes=20)
    last = [message for message in posted() if message.purpose_code == "001"]
    assert last == []
    assert [(person.atena_no, person.feed_kind, person.items) for person in posted()[-1].people] == [("1000000001", "out_of_scope", ())]


def test_まとめて送った者も一人ずつ記録される(city_hall):
    """D-R4."""
    granted(method=BATCHED)
    told(somebody(1), somebody(2))
    look()
    assert list(TransferRecord.objects.order_by("pk").values_list("way", "outcome", "person__atena_no")) == [
        ("batch", "given", "1000000001"), ("batch", "given", "1000000002"),
    ]  # fmt: skip


def test_許可が終われば次の回はない(city_hall):
    granted(method=BATCHED, valid_to=TODAY)
    told(somebody(1))
    with clock.at(TOMORROW):
        assert look(day=TOMORROW) == []


@pytest.mark.django_db
def test_働き手のほかは送れない():
    with pytest.raises(audit.Refused):
        batches.send_due(NOBODY)
