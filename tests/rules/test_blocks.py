"""抑止の判定 — by process, level and day; nothing ends by itself. 標準仕様3.1."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from daicho.residents.rules.blocks import Block, BlockKind, Process, Strength, Term, check_terms, prohibited_from, standing, strictest

APRIL = date(2026, 4, 1)
NOON = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)
C, F, I, B = Process.CERTIFICATE, Process.FILING, Process.INQUIRY, Process.BROWSING  # noqa: E741


def block(*terms: Term, kind: BlockKind = BlockKind.OTHER, lifted_until: datetime | None = None) -> Block:
    return Block("b", kind, "本人確認待ち", terms, lifted_until)


@pytest.mark.parametrize(("day", "filing", "certificate"), [(9, "none", "none"), (10, "none", "error"), (14, "none", "error"), (15, "error", "error")])
def test_処理ごとに開始日から抑止される(day: int, filing: str, certificate: str):
    """N-3.1-04, -08: 証明書は4月10日、異動は4月15日から。照会は設定していない。"""
    mine = [block(Term(C, Strength.ERROR, date(2026, 4, 10)), Term(F, Strength.ERROR, date(2026, 4, 15)))]
    on = date(2026, 4, day)
    assert (strictest(mine, F, on, NOON), strictest(mine, C, on, NOON), strictest(mine, I, on, NOON)) == (filing, certificate, "none")


def test_終了日を過ぎても職員が解除するまで抑止される():
    """N-3.1-14."""
    mine = block(Term(C, Strength.ERROR, APRIL, date(2026, 4, 20)))
    assert [mine.strength(C, date(2026, 4, day), NOON) for day in (20, 21, 30)] == [Strength.ERROR] * 3
    assert [mine.is_past_its_end(date(2026, 4, day)) for day in (20, 21)] == [False, True]


def test_一時解除は時間が過ぎると何もせずに抑止に戻る():
    """N-3.1-09, -11: 30分."""
    mine = block(Term(C, Strength.ERROR, APRIL), lifted_until=NOON + timedelta(minutes=30))
    minutes = {0: Strength.NONE, 29: Strength.NONE, 30: Strength.ERROR, 31: Strength.ERROR}
    assert {after: mine.strength(C, date(2026, 4, 20), NOON + timedelta(minutes=after)) for after in minutes} == minutes


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_複数の抑止では最も厳しい水準が効き一つを解いても残りが効く(order: tuple[int, ...]):
    """N-3.1-16, -17, whichever was set first."""
    three = [block(Term(C, Strength.ALERT, APRIL)), block(Term(C, Strength.ERROR, APRIL), kind=BlockKind.SUPPORT), block(Term(F, Strength.ALERT, APRIL))]
    mine = [three[at] for at in order]
    assert (strictest(mine, C, APRIL, NOON), strictest(mine, F, APRIL, NOON)) == (Strength.ERROR, Strength.ALERT)
    rest = [one for one in mine if one.kind is not BlockKind.SUPPORT]
    assert strictest(rest, C, APRIL, NOON) is Strength.ALERT
    assert [strength for _, strength in standing(mine, C, APRIL, NOON)] == [Strength.ERROR, Strength.ALERT]


def test_発行するシステムにはエラーの抑止だけが最も早い日で伝わり一時解除は伝わらない():
    """N-3.1-10, -18, -19."""
    lifted = NOON + timedelta(minutes=30)
    later, earlier = Term(C, Strength.ERROR, date(2026, 4, 10)), Term(C, Strength.ERROR, APRIL)
    assert prohibited_from([block(later), block(earlier, lifted_until=lifted)]) == APRIL
    assert prohibited_from([block(Term(C, Strength.ALERT, APRIL)), block(Term(F, Strength.ERROR, APRIL))]) is None


def test_何も止めない抑止や終わりが始まりより前の抑止は設定できない():
    """標準仕様3.1."""
    assert [field for field, _ in check_terms([Term(p, Strength.NONE, APRIL) for p in Process])] == ["strength_certificate"]
    assert [field for field, _ in check_terms([Term(B, Strength.ERROR, APRIL, APRIL - timedelta(1))])] == ["ends_browsing"]


def test_住民異動不受理の抑止の種別はない():
    """N-3.5-01 (must not)."""
    assert not [kind for kind in BlockKind if "refus" in kind or "non_accept" in kind]
    from daicho.residents.rules.blocks import KIND_JA

    assert not [ja for ja in KIND_JA.values() if "不受理" in ja]
