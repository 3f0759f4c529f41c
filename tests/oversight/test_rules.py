"""稼働状況の判定 — what counts as trouble, told by the clock. S3-10; F-1-14."""

from datetime import UTC, datetime, timedelta

import pytest

from daicho.oversight import rules
from daicho.oversight.rules import Expiry, LastRun, Queue, Thresholds

NOW = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
LIMITS = Thresholds(queue=timedelta(minutes=10), expiry=timedelta(days=60), seal=timedelta(minutes=10))


def queue(**more) -> Queue:
    return Queue(**({"destination": "d", "waiting": 0, "oldest": None, "refused": 0, "dead": 0, "stopped_at": None, "failures": 0} | more))


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        ({}, ""),
        ({"waiting": 3, "oldest": NOW - timedelta(minutes=10)}, ""),
        ({"waiting": 3, "oldest": NOW - timedelta(minutes=10, seconds=1)}, "送信待ちが長く"),
        ({"refused": 1}, "拒否された"),
        ({"dead": 1}, "送信できなかった"),
        ({"stopped_at": NOW, "refused": 1}, "回線が止まって"),
    ],
)
def test_待ち行列は止まり_拒否_滞りの順に知らせる(standing, word):
    found = rules.queue_trouble(queue(**standing), NOW, LIMITS)
    assert (word in found) if word else found == ""


@pytest.mark.parametrize(("days", "word"), [(61, ""), (60, "近づいて"), (1, "近づいて"), (0, "過ぎて"), (-1, "過ぎて")])
def test_期限は知らせ始める日と過ぎた日で変わる(days, word):
    found = rules.expiry_trouble(Expiry("通信の証明書", NOW + timedelta(days=days)), NOW, LIMITS)
    assert (word in found) if word else found == ""


@pytest.mark.parametrize(("outcome", "is_trouble"), [("", False), ("done", False), ("running", False), ("failed", True), ("interrupted", True)])
def test_処理は異常終了と中断を知らせる(outcome, is_trouble):
    assert bool(rules.run_trouble(LastRun("j", "処理", None, outcome, None, ""))) is is_trouble


@pytest.mark.parametrize(("minutes", "is_trouble"), [(None, False), (10, False), (11, True)])
def test_封印されない操作履歴は時間がたつと知らせる(minutes, is_trouble):
    """F-1-14."""
    oldest = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert bool(rules.seal_trouble(oldest, NOW, LIMITS)) is is_trouble
