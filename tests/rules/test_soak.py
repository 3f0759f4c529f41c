"""耐久試験の番 — the soak counts what was recorded, names the town that differs, and does not pass when an event never came. 設計8章."""

from __future__ import annotations

from collections import Counter

import pytest

from daicho.residents.rules.events import ALL_EVENTS, cancellation
from tests import soak


def test_同じ番号の町は同じ町で_異動の数が数えられる():
    """design §10: a town is played again by its number."""
    once, again = soak.play(9), soak.play(9)
    assert once == again
    assert not once.difference
    assert once.recorded.total() > 10


def test_同じ番号の暮らしは同じ暮らし():
    """A life over decades is its number, too, and is played beside the town."""
    once, again = soak.live(7), soak.live(7)
    assert once == again
    assert not once.difference
    assert once.recorded.total() > 10


def test_食い違う町の番号が告げられる(monkeypatch):
    """A 取消し that may make two 世帯主 is noticed, and the town is named."""
    monkeypatch.setattr(cancellation, "lawless", lambda household: ())
    with pytest.raises(soak.Differs, match=r"(town|life) (\d+) differs; again: python -m tests.soak --\1 \2"):
        sum(len(done) for done in soak.rounds(0, processes=1))


def test_一度も記録されない異動があれば合格にしない():
    everything = Counter(event.code for event in ALL_EVENTS)
    assert soak.never(everything) == []
    del everything["birth"]
    assert soak.never(everything) == ["birth"]
    assert "never recorded: birth" in soak.report(everything, Counter(), Counter(), Counter())
    assert "never recorded by the law: birth" in soak.report(Counter(), everything, Counter(), Counter())
