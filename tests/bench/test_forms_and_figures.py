"""計測の道具 — the bench sends what a browser would send, and its p95 and aims mean what they say. Issue step 8."""

from __future__ import annotations

import math
from http.client import HTTPMessage

import pytest

from bench.browser import Answer
from bench.figures import Act, Series, judge, p50, p95
from bench.hidden import mann_whitney

PAGE = """
<form action="/sign-off/"><button type="submit">利用終了</button></form>
<form method="post" action="/look/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
  <input type="text" name="name" value="花園"><input type="radio" name="sex" value="1"><input type="radio" name="sex" value="2" checked>
  <input type="checkbox" name="official" value="yes"><input type="text" name="off" value="x" disabled>
  <select name="kind"><option value="a">A</option><option value="b" selected>B</option></select><select name="first"><option value="f">F</option></select>
  <textarea name="note">
備考</textarea><button type="submit" formaction="/issue/" name="do" value="issue">交付</button><button formaction="/never/" disabled>×</button></form>
"""


def page() -> Answer:
    return Answer(200, HTTPMessage(), PAGE.encode(), 0.0, 0.0, "/")


def test_送るのは画面が示した値と入力した値だけ():
    form = page().form("/look/")
    assert form.filled({"name": "入船"}) == [
        ("csrfmiddlewaretoken", "t"), ("sex", "2"), ("kind", "b"), ("first", "f"), ("note", "備考"), ("name", "入船"),
    ]  # fmt: skip
    assert ("official", "yes") in form.filled({"official": ["yes"]})


def test_ボタンの行き先も様式の行き先で押せないボタンの行き先はない():
    assert page().form("/issue/").action == "/issue/"
    with pytest.raises(LookupError):
        page().form("/never/")


def test_様式にない項目は送れない():
    with pytest.raises(LookupError):
        page().form("/look/").filled({"off": "1"})


def test_p95は百のうち九十五がそれ以下の値():
    assert (p50([1, 2, 3]), p95([float(n) for n in range(1, 101)]), p95([1.0])) == (2, 95, 1)


def test_目標は大きい市のp95と小さい市に対する比で判定する():
    act = Act("kana", "検索", aim_ms=20, aim_growth=1.3)
    small, large = Series([[0.010] * 20]), Series([[0.014] * 20])
    assert [(one.found, one.met) for one in judge(act, small, large, 100_000)] == [("14.0 ms", True), ("1.40×", False)]
    assert judge(Act("as_of", "参考"), small, large, 100_000) == []


def test_二つの標本の差は教科書の例と同じ確率になる():
    """The U test's own worked example (males 19, 22, 16, 29, 24; females 20, 11, 17, 12): U = 17, so z = 7 / √(5·4·10/12); equal samples differ by nothing."""
    males, females = [19.0, 22, 16, 29, 24], [20.0, 11, 17, 12]
    expected = math.erfc(7 / math.sqrt(5 * 4 * 10 / 12) / math.sqrt(2))
    assert mann_whitney(males, females) == pytest.approx(expected) == pytest.approx(mann_whitney(females, males))
    assert (mann_whitney([1.0] * 9, [1.0] * 9), mann_whitney([1.0, 2, 3], [1.0, 2, 3])) == (1.0, pytest.approx(1.0))
    assert mann_whitney([float(n) for n in range(100)], [n + 40.0 for n in range(100)]) < 1e-6
