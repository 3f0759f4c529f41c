"""他人の証明書が出ない — 100,000 interleavings of clicks, retries, workers and printers on the binding layer; ten million in `make soak`. A-05, S1-05."""

from __future__ import annotations

from collections import Counter

from tests.certificates.crossing import FAULTS, crossed, interleaving

RUNS = 100_000
FIRST = 20261128


def test_十万通りの並び方のどれでも他人の紙は出ない():
    """The seed of a failing run is its number: `interleaving(seed)` plays it again."""
    print(f"seeds {FIRST}…{FIRST + RUNS - 1}")
    seen: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + RUNS):
        shop = interleaving(seed)
        assert not crossed(shop), (seed, crossed(shop))
        seen.update(shop.outcomes)
        if shop.faults:
            faults.update(shop.faults)
        else:  # where nothing goes wrong nobody is refused but for the second click
            assert not shop.outcomes["stopped at the last hop"] and len(shop.left) == len(shop.register), seed
    assert set(faults) == set(FAULTS)
    assert min(seen["left"], seen["stopped at the last hop"], seen["refused before its record"], seen["stood still"]) > 1_000, seen  # it was no idle attack


def test_判定を外せば攻撃は取り違えを見つける(monkeypatch):
    """The attack can see: without the judgement of the last hop other people's papers leave within a thousand runs."""
    monkeypatch.setattr("tests.certificates.crossing.mismatches", lambda *_: ())
    assert any(crossed(interleaving(seed)) for seed in range(FIRST, FIRST + 1_000))
