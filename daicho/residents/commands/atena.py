"""宛名番号・世帯番号の付番 — plain serials with a check digit, taken in the event's transaction. std 1.1.13; spec/domain.md §5.1."""

from __future__ import annotations

from daicho import city, clock, numbering
from daicho.values.numbers import AtenaNo, HouseholdNo


def atena_nos(count: int) -> list[str]:
    """New 宛名番号, one after the other."""
    if not count:
        return []
    digits = _digits()
    return [str(AtenaNo.from_serial(n, digits)) for n in numbering.take("atena_no", count)]


def new_household_no() -> str:
    """A new 世帯番号."""
    return str(HouseholdNo.from_serial(numbering.take("household_no")[0], _digits()))


def _digits() -> int:
    return int(city.setting("number_digits", clock.today()))
