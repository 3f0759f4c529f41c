"""対象の人 — the words in which a city says whom a procedure concerns. domain §4.0."""

import pytest

from daicho.values.concerned import Concerned, read_concerned


@pytest.mark.parametrize(
    ("text", "covered", "not_covered"),
    [
        ("全員", [(0, False), (120, True), (None, False)], []),
        ("日本人", [(40, False)], [(40, True)]),
        ("外国人住民", [(40, True), (None, True)], [(40, False)]),
        ("15歳以下", [(0, False), (15, True)], [(16, False), (None, False)]),
        ("65歳以上", [(65, False), (110, False)], [(64, False), (None, False)]),
        ("6歳から14歳", [(6, False), (14, True)], [(5, False), (15, False), (None, False)]),
    ],
)
def test_書いたとおりの人だけが対象になる(text, covered, not_covered):
    concerned = read_concerned(text)
    assert [concerned.covers(age, is_foreign=foreign) for age, foreign in covered] == [True] * len(covered)
    assert [concerned.covers(age, is_foreign=foreign) for age, foreign in not_covered] == [False] * len(not_covered)


@pytest.mark.parametrize("text", ["", "子ども", "15歳", "15才以下", "14歳から6歳", "１５歳以下", "全員 ", "1000歳以上"])
def test_ほかの言い方は受け付けない(text):
    with pytest.raises(ValueError, match=r"no words|end before"):
        read_concerned(text)


def test_年齢の両端を含む():
    assert read_concerned("6歳から14歳") == Concerned(6, 14)
