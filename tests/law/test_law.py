"""法の神託 — lives over decades, judged by the register and by a second model that knows only the law's words. 課題4「独立した真実」.

Of every event lawful and unlawful filings and 取消し: accepted by the one is accepted by the other, every sheet says the same, as of any day
as known at any time, and the same people are told the same. A life is its number: `python -m tests.soak --life N` plays it again.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from daicho.residents.rules.definitions import NoticeKind
from daicho.residents.rules.events import ALL_EVENTS
from tests.law import telling
from tests.law.forms import PAPERS
from tests.law.judge import LAWS, is_word
from tests.law.lives import BY_DAYS, CANCELLED, FILINGS, Disagreement, Life
from tests.tiers import THOROUGH

LIVES = 2400 if THOROUGH else 400
ONE_DAY = timedelta(days=1)
CODES = [event.code for event in ALL_EVENTS]


@pytest.fixture(scope="module")
def lived() -> list[Life]:
    """The lives of all these tests. Disagreement where register and law part."""
    lives = [Life(seed) for seed in range(LIVES)]
    for life in lives:
        life.play(FILINGS)
    return lives


def total(counts: list[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter())


def test_何十年の暮らしで記録と法が一致する(lived, record_property):
    """Issue 4: every event is accepted and refused as the law says. The counts are told; no event is at zero."""
    accepted, refused = total([life.accepted for life in lived]), total([life.refused for life in lived])
    for code in CODES:
        record_property(code, f"{accepted[code]} accepted, {refused[code]} refused")
        print(f"{accepted[code]:>6} accepted {refused[code]:>6} refused  {code}")
    assert [code for code in CODES if not accepted[code]] == []
    assert [code for code in CODES if not refused[code] and code != BY_DAYS] == []  # nobody files that one


def test_暮らしは何十年に及ぶ(lived):
    assert sum((life.city.today - life.began).days > 20 * 365 for life in lived) > len(lived) / 2


def test_どの異動にも法と届書がある():
    """An event of the house that the model does not know fails here, by its name."""
    known = {*LAWS, CANCELLED}
    assert [code for code in CODES if code not in known] == []
    assert [code for code in CODES if code not in {*PAPERS, CANCELLED, BY_DAYS}] == []


MODEL = ("diary", "ruling", "entering", "moving", "numbering", "recording", "removing", "residing", "judge")


@pytest.mark.parametrize("part", MODEL)
def test_法の側は製品の規則を知らない(part):
    """A second model, written differently: of the product it has the form's values and the calendar, and nothing that judges."""
    tree = ast.parse((Path(__file__).parent / f"{part}.py").read_text())
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
        a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    product = {name for name in named if name and name.startswith("daicho")}
    assert product <= {"daicho.residents.rules.filing", "daicho.values.dates"}
    assert {name for name in named if name and name.startswith("tests")} <= {f"tests.law.{other}" for other in (*MODEL, "waiting")} | {"tests.law"}


def test_通知の種類ごとに知らせた者がいる(lived):
    """Domain 2.1: each kind that the house has was told of somebody; 改製・再製 told nobody. A kind that the model does not know fails here."""
    told = total([life.told_of for life in lived])
    assert [kind for kind in NoticeKind if not any(told[kind, code] for code in CODES)] == []
    assert not any(told[kind, code] for kind in NoticeKind for code in telling.SILENT)


@pytest.mark.parametrize(
    ("broken", "instead"),
    [
        ("check_overtaken", lambda *_, **__: []),
        ("lawless", lambda *_, **__: ()),
        ("successions", lambda *_, **__: ()),
        ("check_blanks", lambda *_, **__: []),
        ("check_open", lambda *_, **__: []),
        ("resting_on", lambda *_, **__: []),
        ("belongs_to_another", lambda *_, **__: False),
        ("check_class", lambda *_, **__: []),
        ("with_former_class_gone", lambda said, _: dict(said)),
    ],
)
def test_規則を外すと法が気づく(monkeypatch, broken, instead):
    """The law can disagree: without one rule of the register some life parts."""
    replace_everywhere(monkeypatch, broken, instead)
    with pytest.raises((Disagreement, AssertionError, KeyError, ValueError)):
        play_some()


def test_予定日の世帯主を忘れると法が気づく(monkeypatch):
    """The job of the day (std 4.0.4): the law does not wait for what the register thought of."""
    monkeypatch.setattr("daicho.residents.rules.events.head_by_removal.successions", lambda *_: ())
    with pytest.raises(Disagreement):
        play_some()


def test_消除日が一日ずれると法が気づく(monkeypatch):
    from daicho.residents.rules import closing

    right = closing.closing
    replace_everywhere(monkeypatch, "closing", lambda reason, happened_on, closed_on, *notified: right(reason, happened_on, closed_on + ONE_DAY, *notified))
    with pytest.raises(Disagreement, match="closed"):
        play_some()


@pytest.mark.parametrize("broken", ["identity_changed", "atena_changed", "certificate_changed", "transfer_changed", "leaves_specially"])
@pytest.mark.parametrize("answer", [True, False])
def test_知らせる相手が変わると法が気づく(monkeypatch, broken, answer):
    monkeypatch.setattr(telling, broken, lambda *_: answer)
    with pytest.raises(Disagreement, match="register needlessly"):
        play_some()


def play_some() -> None:
    for seed in range(60):
        Life(seed).play(FILINGS)


def replace_everywhere(monkeypatch: pytest.MonkeyPatch, name: str, instead: object) -> None:
    """In every module of the rules that has it under its name."""
    modules = [m for key, m in sorted(sys.modules.items()) if key.startswith("daicho.residents.rules") and callable(getattr(m, name, None))]
    assert modules, name
    for module in modules:
        monkeypatch.setattr(module, name, instead)


@pytest.mark.parametrize("word", ["世帯主", "縁故者", "同居人", "子", "妻（未届）の子", "子（子の夫）", "子の子の子の子", "夫の父"])
def test_続柄の語彙にある(word):
    assert is_word(word)


@pytest.mark.parametrize("word", ["孫", "世帯主の子", "子の子の子の子の子", "準世帯主", "子の", "", "同居人の子"])
def test_続柄の語彙にない(word):
    assert not is_word(word)
