"""続柄 — the closed vocabulary and what looks wrong. std 1.1.11, spec/domain.md 3.1, 3.2, 11."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.values.dates import JapaneseDate
from daicho.values.relationship import WORDS, BadRelationship, Relationship, Sex, best, order_key
from daicho.values.relationship_alerts import Related, relationship_alerts

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


@pytest.mark.parametrize(
    "text", ["世帯主", "夫", "妻", "夫（未届）", "妻（未届）", "子", "子（子の夫）", "子（子の妻）", "父", "母", "兄", "姉", "弟", "妹", "縁故者", "同居人"]
)
def test_定められた語はそのまま持てる(text: str) -> None:
    """N-1.1.11-01, -02, -05, -06."""
    assert Relationship.parse(text) == text


@given(words)
def test_13種は4世代まで連結でき世代は機械的に数える(chain: list[str]) -> None:
    """N-1.1.11-03, N-1.1.11-04: the の inside parentheses is none."""
    relationship = Relationship.parse("の".join(chain))
    assert relationship == Relationship.chain(*chain)
    assert relationship.parts == tuple(chain)
    assert relationship.generations == len(chain)


@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=8))
def test_5世代以上は縁故者を勧めて断る(chain: list[str]) -> None:
    """N-1.1.11-04, N-1.1.11-08."""
    with pytest.raises(BadRelationship, match="4世代まで") as refusal:
        Relationship.parse("の".join(chain))
    assert refusal.value.instead == ("縁故者",)


@given(st.text(alphabet="夫妻子父母兄姉弟妹の（）未届孫甥縁故者同居人世帯主", max_size=9))
def test_語彙の外は何も作れない(text: str) -> None:
    """N-1.1.11-11, with a plain grammar as oracle: split at の outside parentheses."""
    chain, depth = [""], 0
    for c in text:
        depth += (c == "（") - (c == "）")
        if c == "の" and depth == 0:
            chain.append("")
        else:
            chain[-1] += c
    lawful = text in ("世帯主", "縁故者", "同居人") or (len(chain) <= 4 and all(word in WORDS for word in chain))
    if lawful:
        assert Relationship.parse(text) == text
    else:
        with pytest.raises(BadRelationship):
            Relationship.parse(text)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("祖父", "父の父"), ("祖母", "母の母"), ("おじ", "父の兄"), ("伯父", "母の兄"), ("叔父", "父の弟"), ("おば", "母の妹"),
        ("甥", "兄の子"), ("姪", "妹の子"),
        ("孫", "子の子"), ("ひ孫", "子の子の子"), ("家事使用人", "同居人"), ("使用人", "同居人"), ("準世帯主", "縁故者"), ("養子", "子"), ("長男", "子"),
        ("長男の嫁", "子の妻"), ("妻の祖母", "妻の母の母"), ("世帯主の妻", "妻"), ("内縁の妻", "妻（未届）"), ("子の子の子の子の子", "縁故者"),
    ],
)  # fmt: skip
def test_使えない語は書くべき形を示して断る(text: str, instead: str) -> None:
    """N-1.1.11-11; spec/domain.md 3.1: 祖父 → 父の父, 孫 → 子の子, 甥 → 兄の子."""
    with pytest.raises(BadRelationship) as refusal:
        Relationship.parse(text)
    assert instead in refusal.value.instead
    assert f"「{text}」" in str(refusal.value)
    assert "標準1.1.11" in str(refusal.value)
    assert all(Relationship.parse(way) == way for way in refusal.value.instead)


@pytest.mark.parametrize("text", ["縁故者の子", "子の縁故者", "同居人の妻", "妻の世帯主"])
def test_世帯主と縁故者と同居人は連結できない(text: str) -> None:
    """N-1.1.11-03: only the thirteen are joined; spec/domain.md 3.2 (E)."""
    with pytest.raises(BadRelationship, match="連結できません"):
        Relationship.parse(text)


@pytest.mark.parametrize(
    ("typed", "kept"), [("子(子の夫)", "子（子の夫）"), ("妻(未届)の子", "妻（未届）の子"), (" 妻 の 父 ", "妻の父"), ("子ノ子", "子の子")]
)
def test_括弧の半角や空白は許して全角で持つ(typed: str, kept: str) -> None:
    assert Relationship.parse(typed) == kept


def test_空欄は続柄ではない() -> None:
    """N-1.1.6-19: blank is allowed, but as no value."""
    with pytest.raises(BadRelationship, match="入力されていません"):
        Relationship.parse("　")


def test_複数あり得るときは最も上位のものを用いる() -> None:
    """N-1.1.11-07: 父の兄の子 and 妻 → 妻."""
    assert best(map(Relationship.parse, ("父の兄の子", "妻"))) == "妻"
    assert best(map(Relationship.parse, ("縁故者", "妻の弟", "子の妻"))) == "子の妻"


def test_順位の順() -> None:
    """N-5.2-06 to -16: the ranks of the words alone."""
    in_order = ["世帯主", "妻（未届）", "子", "子の妻", "子の子", "父", "弟", "父の母", "妻の弟", "父の兄の子", "縁故者", "同居人"]
    keys = [Relationship.parse(text).order_key for text in in_order]
    assert all(one < other for one, other in pairwise(keys))


def test_新しい世帯の仮の順は続柄と生年月日による() -> None:
    """std 5.2; blank 続柄 last, unknown birth after known."""
    young, old = JapaneseDate.of(date(2010, 5, 1)), JapaneseDate.parse("昭和50年頃")
    people: list[tuple[str | None, JapaneseDate | None]] = [(None, old), ("子", None), ("子", young), ("世帯主", young), ("孫", old), ("妻", old)]
    assert [p[0] for p in sorted(people, key=lambda p: order_key(*p))] == ["世帯主", "妻", "子", "子", None, "孫"]
    assert order_key("子", young) < order_key("子", None)


@pytest.mark.parametrize(
    ("text", "own", "head"),
    [
        ("夫", Sex.MALE, Sex.FEMALE),
        ("妻（未届）", Sex.FEMALE, Sex.MALE),
        ("子", None, None),
        ("子（子の妻）", Sex.FEMALE, None),
        ("妻の父", Sex.MALE, Sex.MALE),
        ("縁故者", None, None),
    ],
)
def test_続柄が示す性別(text: str, own: Sex | None, head: Sex | None) -> None:
    """spec/domain.md 3.2."""
    relationship = Relationship.parse(text)
    assert (relationship.implied_sex, relationship.implied_sex_of_head) == (own, head)


def alerts(*members: tuple[str | None, Sex | None, int | None]) -> list[tuple[str, tuple[int, ...]]]:
    people = [Related(Relationship.parse(r) if r else None, s, date(y, 1, 1) if y else None) for r, s, y in members]
    return [(alert.code, alert.members) for alert in relationship_alerts(people)]


def test_おかしな続柄は断らずに知らせる() -> None:
    """spec/domain.md 3.2, 11 (A): 性別の不整合, 配偶者の重複, 親子の年齢逆転 are alerts."""
    head = ("世帯主", Sex.MALE, 1980)
    assert alerts(head, ("妻", Sex.FEMALE, 1982), ("子", Sex.MALE, 2010), ("母", Sex.FEMALE, 1950)) == []
    assert alerts(head, ("妻", Sex.MALE, 1982)) == [("sex", (1,))]
    assert alerts(head, ("夫の母", Sex.FEMALE, 1950)) == [("sex_of_head", (1,))]
    assert alerts(head, ("妻", None, None), ("妻（未届）", None, None)) == [("spouses", (1, 2))]
    assert alerts(head, ("子", None, 1970), ("父", None, 1990)) == [("child_older", (1,)), ("parent_younger", (2,))]


def test_空欄や不明からは何も言わない() -> None:
    """N-1.1.6-19."""
    assert alerts((None, None, None), ("妻", None, None), ("子", Sex.MALE, None)) == []
