"""検査用数字 — the three modulus-11 sums of the codes. 番号法施行令8条, 住基法施行規則1条, 標準1.1.13, spec/domain.md 5.1.

The sum is the same in all of them: the digits are weighted 2, 3, 4, 5, 6, 7, 2, 3 … from the lowest one. They differ
only in what happens when the remainder is 0 or 1, because 11 − 0 and 11 − 1 are not digits.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import cycle
from operator import mul

_WEIGHTS = (2, 3, 4, 5, 6, 7)
_DIGITS = bytes.maketrans(b"0123456789", bytes(range(10)))


class RemainderOne(StrEnum):
    """余り1 — what a city does with a serial whose check digit would be 10 (the standard is silent; a city setting)."""

    ZERO = "zero"
    """The check digit is 0, as for remainder 0."""
    SKIP = "skip"
    """The serial is not used (欠番)."""


class UnusableSerial(ValueError):
    """The serial has remainder 1 and the city leaves such serials out: take the next one."""


def modulus_11_remainder(body: str) -> int:
    """ΣPn×Qn mod 11 of a body of ASCII digits (without the check digit)."""
    weighted: map[int] = map(mul, body[::-1].encode("ascii").translate(_DIGITS), cycle(_WEIGHTS))
    return sum(weighted) % 11


def individual_number_digit(body: str) -> str:
    """個人番号 and 住民票コード: 0 when the remainder is 0 or 1, otherwise 11 − remainder (番号法施行令8条)."""
    remainder = modulus_11_remainder(body)
    return "0" if remainder <= 1 else str(11 - remainder)


def municipality_digit(body: str) -> str:
    """全国地方公共団体コード: the last digit of 11 − remainder, so 0 gives 1 and 1 gives 0."""
    return str((11 - modulus_11_remainder(body)) % 10)


def atena_digit(body: str, remainder_one: RemainderOne = RemainderOne.ZERO) -> str:
    """宛名番号 and 世帯番号 (N-1.1.13-04, N-1.1.13-05). Raises UnusableSerial for remainder 1 under RemainderOne.SKIP."""
    remainder = modulus_11_remainder(body)
    if remainder == 0:
        return "0"
    if remainder == 1:
        if remainder_one is RemainderOne.SKIP:
            raise UnusableSerial("remainder 1: this serial is left out by the city's setting")
        return "0"
    return str(11 - remainder)
