"""もしかしての順 — the slip that has few ways before the one that has many, as written before as heard. 決定0035."""

from __future__ import annotations

import pytest

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.search_keys import SearchForm, read_search
from daicho.residents.rules.search_nearness import ways_apart, ways_between
from daicho.values.dates import JapaneseDate


@pytest.mark.parametrize(
    ("typed", "nearest_first"),
    [
        ("ノヤ　トモエ", ("ヤノ　トモエ", "ノダ　トモエ")),  # changed about, before wrong
        ("ウダ　ノノゾミ", ("ウダ　ノゾミ", "ウエノ　ノゾミ")),  # struck twice, before wrong
        ("スズキ　ミル", ("スズキ　ミノル", "スズキ　ミエ")),  # left out, before wrong
        ("セトウ　クミコ", ("サトウ　クミコ", "イトウ　クミコ")),  # of the same row, before any other
        ("ヤマモト　ナナホコ", ("ヤマモト　ナホコ", "ヤマモト　ナナコ")),  # struck twice, before one too many
        ("タガ　キヨカ", ("タガミ　キヨカ", "タカギ　ユカ", "タナカ　ハナコ")),  # as written, before as heard, before who is unlike
        ("たが きよか", ("タガミ　キヨカ", "タナカ　キヨカ")),
        ("キョウコ", ("スズキ　キヨウコ", "スズキ　キヨコ")),  # 名 alone, and what only sounds so is no slip
        ("花園　大郎", ("花園　太郎", "花薗　次郎")),
    ],
)
def test_近い順(typed, nearest_first):
    apart = ways_apart(read_search(SearchForm(name=typed))[0])
    ways = [apart(SheetEntries(name_kanji=name) if "花" in name else SheetEntries(name_kana=name)) for name in nearest_first]
    assert ways == sorted(ways) and len(set(ways)) == len(ways)


def test_生年月日の打ち違いも合わせて数える():
    """A name with one character left out and the very day before the very name and a digit wrong, which has more ways; both are before two slips."""
    apart = ways_apart(read_search(SearchForm(name="コドウ　リホ", birth="1965-02-09"))[0])
    sheets = [("コンドウ　リホ", "1965-02-09"), ("コドウ　リホ", "1965-02-08"), ("コンドウ　リホ", "1965-02-08"), ("ヤマダ　ハナコ", "1965-02-09")]
    ways = [apart(SheetEntries(name_kana=name, birth_date=JapaneseDate.parse(born))) for name, born in sheets]
    assert ways == sorted(set(ways))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("サトウ", "サトウ"), ("サウト", "サトウ"), ("サトトウ", "サトウ"), ("サウ", "サトウ"), ("ソトウ", "サトウ"), ("", "サ"), ("アア", "ア")],
)
def test_打ち違いの数え方は打ち手の側から数えたものと同じ向き(typed, meant):
    """By brute force, written from the typist's side: all that one kind of slip makes of the name."""
    few = {meant[:at] + meant[at + 1 :] for at in range(len(meant))} | {meant[: at + 1] + meant[at:] for at in range(len(meant))}
    few |= {meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :] for at in range(len(meant) - 1)}
    expected = 1 if typed == meant else 10 if typed in few else 60
    assert ways_between(typed, meant) == expected
