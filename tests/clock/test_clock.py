"""時計 — the clock: Japanese date, UTC instant, never backwards. 標準4.0.3（処理日）."""

import os
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho import clock
from daicho.clock import process


@pytest.fixture(autouse=True)
def own_clock(monkeypatch):
    """Each test starts with a clock that has given no instant and watches no file."""
    monkeypatch.delenv(process.ENVIRONMENT_NAME, raising=False)
    for name, value in {"last": process._NEVER, "movable": True, "fixed": (), "file_seen": None, "offset": timedelta(0), "back_noticed": False}.items():
        monkeypatch.setattr(process._Process, name, value)


@pytest.fixture
def clock_file(tmp_path, monkeypatch):
    path = tmp_path / "clock"
    monkeypatch.setenv(process.ENVIRONMENT_NAME, str(path))
    return path


def rewrite(path, text, stamp):
    """Write and set the time stamp, as coarse file systems would otherwise hide a second write."""
    path.write_text(text)
    os.utime(path, ns=(stamp, stamp))


class OperatingSystem:
    """A stand-in for `datetime` in the clock's module: the operating system's time as the test says."""

    def __init__(self, instant):
        self.instant = instant

    def now(self, tz):
        return self.instant.astimezone(tz)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 4, 15, 14, 59, 59, tzinfo=UTC), date(2026, 4, 15)),
        (datetime(2026, 4, 15, 15, 0, 0, tzinfo=UTC), date(2026, 4, 16)),
        (datetime(2025, 12, 31, 15, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_日付は日本の零時に変わる(instant, day):
    with clock.at(instant):
        assert clock.today() == day


def test_今はUTCで時間帯を持つ():
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_日だけを渡すと開庁の九時に止まる():
    with clock.at(date(2026, 4, 16)) as instant:
        assert clock.now() == instant == datetime(2026, 4, 16, 0, 0, tzinfo=UTC)
        assert clock.jst(clock.now()).hour == 9


def test_時間帯のない時刻は受け付けない():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 4, 16, 9, 0)):
        pass
    with pytest.raises(ValueError, match="time zone"):
        clock.jst(datetime(2026, 4, 16, 9, 0))


def test_入れ子の試験時計は内側が勝ち終わると戻る():
    with clock.at(date(2026, 4, 16)):
        with clock.at(date(1989, 1, 7)):
            assert clock.today() == date(1989, 1, 7)
        assert clock.today() == date(2026, 4, 16)
    assert clock.today() not in {date(2026, 4, 16), date(1989, 1, 7)}


def test_失敗しても試験時計は戻る():
    with pytest.raises(RuntimeError), clock.at(date(1989, 1, 7)):
        raise RuntimeError
    assert clock.today().year > 2000


def test_試験時計はほかのスレッドにも効く():
    seen = []
    with clock.at(date(2026, 4, 16)):
        thread = threading.Thread(target=lambda: seen.append(clock.today()))
        thread.start()
        thread.join()
    assert seen == [date(2026, 4, 16)]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=30))
def test_機械の時計がどう動いても戻らない(steps):
    """Whatever the operating system says, the instants given never fall, and follow it whenever it is ahead."""
    base = datetime(2026, 4, 1, tzinfo=UTC)
    process._Process.last, given_, highest = process._NEVER, [], process._NEVER
    with pytest.MonkeyPatch.context() as patch:
        for step in steps:
            said = base + timedelta(milliseconds=step)
            patch.setattr(process, "datetime", OperatingSystem(said))
            highest = max(highest, said)
            given_.append(clock.now())
            assert given_[-1] == highest
    assert given_ == sorted(given_)


def test_戻ったことは一度だけ運用者に知らせる(monkeypatch, caplog):
    base = datetime(2026, 4, 1, tzinfo=UTC)
    for step in (0, -100, -90, 5, -100):
        monkeypatch.setattr(process, "datetime", OperatingSystem(base + timedelta(seconds=step)))
        clock.now()
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_ずらしの書を書き換えると全体が進む(clock_file):
    rewrite(clock_file, "0\n", 1)
    before = clock.now()
    rewrite(clock_file, f"{86_400 * 30}\n", 2)
    assert timedelta(days=30) <= clock.now() - before < timedelta(days=30, seconds=5)


def test_ずらしの書を戻しても時計は止まるだけ(clock_file):
    rewrite(clock_file, f"{86_400 * 30}\n", 1)
    ahead = clock.now()
    rewrite(clock_file, "0\n", 2)
    assert clock.now() == ahead
    clock_file.unlink()
    assert clock.now() == ahead


def test_数でないずらしの書は誤りで実時間に戻らない(clock_file):
    for text in ("tomorrow", "nan", "1e12", ""):
        rewrite(clock_file, text, hash(text))
        with pytest.raises(clock.ClockError):
            clock.now()


def test_進める先を書くとその時刻になる(clock_file):
    there = datetime.now(UTC) + timedelta(days=400)
    clock.move_to(clock_file, there)
    assert timedelta(0) <= clock.now() - there < timedelta(seconds=5)
    assert [path.name for path in clock_file.parent.iterdir()] == [clock_file.name]


def test_前へは戻せない(clock_file):
    clock.move_to(clock_file, datetime.now(timezone(timedelta(hours=9))) + timedelta(days=2))
    with pytest.raises(clock.ClockError, match="forward only"):
        clock.move_to(clock_file, datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(clock_file, datetime(2030, 1, 1))


def test_本番は時計を動かさない(clock_file, monkeypatch):
    with pytest.raises(clock.ClockError, match="production"):
        clock.forbid_moving()
    monkeypatch.delenv(process.ENVIRONMENT_NAME)
    clock.forbid_moving()
    with pytest.raises(clock.ClockError, match="not moved"), clock.at(date(2026, 4, 16)):
        pass
    monkeypatch.setenv(process.ENVIRONMENT_NAME, str(clock_file))
    with pytest.raises(clock.ClockError, match="production"):
        clock.now()
