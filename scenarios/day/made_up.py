"""架空の番号 — numbers for the people whom a day invents, valid in form and marked as made up (99990…). 番号法施行令第8条; 住民基本台帳法施行規則第1条."""

from __future__ import annotations

from itertools import cycle

_FIRST = 7_000_000  # beyond the numbers that the papers of the stories bear


def juminhyo_code(index: int) -> str:
    """11 digits."""
    return _checked(f"999{_FIRST + index}")


def individual_number(index: int) -> str:
    """12 digits."""
    return _checked(f"9999{_FIRST + index}")


def residence_card_no(index: int) -> str:
    return f"ZX{_FIRST + index:08}XZ"


def _checked(body: str) -> str:
    """With its check digit: weights 2 to 7 from the right, modulus 11."""
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(body), cycle(range(2, 8)), strict=False)) % 11
    return body + str(0 if rest <= 1 else 11 - rest)
