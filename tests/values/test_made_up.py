"""架空の番号 — valid in form, recognisable, one for one. spec/domain.md 5.1, F-1-23."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_individual_number

from daicho.values import made_up
from daicho.values.numbers import BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo

MAKERS: tuple[Callable[[int], str], ...] = (
    made_up.made_up_juminhyo_code,
    made_up.made_up_individual_number,
    made_up.made_up_residence_card_no,
    made_up.made_up_basic_pension_no,
)
indices = st.integers(0, made_up.CAPACITY - 1)


@given(indices)
def test_架空の番号は形式として正しい(index: int) -> None:
    """Issue 2, step 2: made-up numbers are valid in form."""
    assert JuminhyoCode.is_valid(made_up.made_up_juminhyo_code(index))
    assert stdnum_individual_number.is_valid(made_up.made_up_individual_number(index))
    assert ResidenceCardNo.is_valid(made_up.made_up_residence_card_no(index))
    assert BasicPensionNo.is_valid(made_up.made_up_basic_pension_no(index))


@given(indices, st.sampled_from(MAKERS))
def test_架空の番号は見分けられ元の番号に戻せる(index: int, make: Callable[[int], str]) -> None:
    """Issue 2, step 2: … and marked as made up. The way back proves that no two indices share a number."""
    assert make(index) == make(index)
    assert made_up.is_made_up(make(index))
    assert made_up.made_up_index(make(index)) == index


@given(indices, st.integers(0, 9))
def test_在留カードは更新ごとに番号が変わる(index: int, renewal: int) -> None:
    """spec/domain.md 5.1."""
    number = made_up.made_up_residence_card_no(index, renewal)
    assert made_up.made_up_index(number) == index
    assert (number == made_up.made_up_residence_card_no(index)) == (renewal == 0)


@pytest.mark.parametrize("make", MAKERS)
def test_二十万件で重ならない(make: Callable[[int], str]) -> None:
    """The whole range is shown by the bijection above; this counts a piece of it."""
    assert len({make(index) for index in range(0, made_up.CAPACITY, 50)}) == made_up.CAPACITY // 50


@pytest.mark.parametrize("number", ["983205673214", "24727059608", "AB12345678CD", "1234567890", "", "abc", "99927182813"])
def test_ほかの番号は架空とみなさない(number: str) -> None:
    """A number with the mark but a wrong check digit is not one of ours either."""
    assert not made_up.is_made_up(number)


def test_範囲の外は断る() -> None:
    for index in (-1, made_up.CAPACITY):
        with pytest.raises(ValueError, match="made-up numbers exist"):
            made_up.made_up_juminhyo_code(index)
    assert IndividualNumber.is_valid(made_up.made_up_individual_number(made_up.CAPACITY - 1))
