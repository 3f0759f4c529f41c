"""計測の道具 — the bench sends what a browser would send, and its p95 and aims mean what they say. Issue step 8."""

from __future__ import annotations

from http.client import HTTPMessage

import pytest

from bench.browser import Answer
from bench.figures import Act, Series, judge, p50, p95

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
