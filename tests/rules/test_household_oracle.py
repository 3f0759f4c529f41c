"""世帯の神託 — random families move, part, merge, die and leave, and any event of them is cancelled: the painter of days agrees. design §4; fold.md.

After every event: each newest row is what is painted, every copy of 世帯主氏名 is the name of the painted head, no household breaks
its law; and an event that is cancelled at once leaves everything as it was. 異動の取消し: std 4.6; decision 0013.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from daicho.residents.rules import undoing
from daicho.residents.rules.events import cancellation
from tests.rules.random_town import Town
from tests.tiers import THOROUGH

CLUTTER = frozenset({"go_abroad", "appoint", "lead", "reorder", "write_items", "notice", "birth"})  # what hides the broken rules longest
SEQUENCES = 400 if THOROUGH else 40


def play(count: int, steps: int = 60, never: frozenset[str] = frozenset()) -> Counter[str]:
    tried: Counter[str] = Counter()
    for seed in range(count):
        town = Town(random.Random(seed), never=never)
        town.play(steps)
        town.hold_every_day()
        tried += town.tried
    return tried


def test_ランダムな町の異動と取消しで世帯の神託と一致する():
    """A-01, N-4.6.0.1-04, -06; std 1.2.1-13: after random events and 取消し everything is as painted."""
    tried = play(SEQUENCES)
    for act in ("move_in", "relocate", "head_change", "split", "merge", "change", "die", "leave", "cancel", "cancel (refused)"):
        assert tried[act] > SEQUENCES / 10, (act, tried)
    for code in ("domestic_move_in", "relocation", "head_change", "household_split", "household_change", "death", "move_out"):
        assert tried[f"{code} undone"] > SEQUENCES / 60, (code, tried)


@pytest.mark.parametrize("broken", ["resting", "home", "heads"])
def test_取消しの規則を外すと神託が気づく(monkeypatch, broken):
    """The oracle can fail: what rests on an event, the household that has moved away, the second 世帯主."""
    if broken == "resting":
        monkeypatch.setattr(cancellation, "resting_on", lambda versions, target, today: [])
    elif broken == "home":
        monkeypatch.setattr(undoing, "_homeless", lambda situation, number, of_household: [])
        monkeypatch.setattr(cancellation, "lawless", lambda household: ())
    else:
        monkeypatch.setattr(cancellation, "lawless", lambda household: ())
    with pytest.raises((AssertionError, KeyError, ValueError)):
        play(400, 35, CLUTTER)
