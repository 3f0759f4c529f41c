"""宛名番号・世帯番号の付番 — plain serials with a check digit, taken in the event's transaction. std 1.1.13; spec/domain.md §5.1."""

from __future__ import annotations

from dataclasses import dataclass

from daicho import city, clock, numbering
from daicho.values.numbers import AtenaNo, HouseholdNo


@dataclass(frozen=True)
class NewNumbers:
    """What an event gives out, in order: 世帯番号 of households it founds, 宛名番号 of newcomers, 住民票の番号 of sheets it opens."""

    household_nos: tuple[str, ...]
    atena_nos: tuple[str, ...]
    juminhyo_nos: tuple[int, ...]


def new_numbers(*, households: int, newcomers: int, sheets: int) -> NewNumbers:
    """So many new numbers of each kind. Two statements, one for sheets alone, none for nothing."""
    taken = numbering.take_several({"household_no": households, "atena_no": newcomers, "juminhyo_no": sheets})
    digits = int(city.setting("number_digits", clock.today())) if households or newcomers else 0
    return NewNumbers(
        tuple(str(HouseholdNo.from_serial(n, digits)) for n in taken["household_no"]),
        tuple(str(AtenaNo.from_serial(n, digits)) for n in taken["atena_no"]),
        tuple(taken["juminhyo_no"]),
    )
