"""住所に付くコード — 住所コード, 管轄, 学区 and 投票区 of a sheet follow from its address by the dictionary, whenever an address is recorded. Items 64–68; 標準1.3.3, 1.3.5.

A sheet keeps what it says when the dictionary changes: it is an event of the law that writes it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from daicho.residents.rules.changes import Changes


@dataclass(frozen=True)
class TownCodes:
    """What the dictionary says of the 町字 that an address lies in."""

    town_code: str
    jurisdiction: str | None
    elementary_school_district: str | None
    junior_high_school_district: str | None
    polling_district: str | None


TownOf = Callable[[str], TownCodes | None]
"""The 町字 of an address written from the prefecture; None where the dictionary knows none."""


def with_districts(changes: Changes, town_of: TownOf) -> Changes:
    """The changes with the codes of every address that they say. What the event itself says of a code stands; in a place that the dictionary does not
    know, nothing of the place before is kept.
    """

    def said(asserts: Mapping[str, object]) -> Mapping[str, object]:
        address = asserts.get("address")
        return {**asserts, **_codes(town_of(address), asserts.get("address_town_code"))} if isinstance(address, str) else asserts

    return replace(
        changes,
        openings=tuple(
            replace(one, entries=one.entries.but(**_codes(town_of(one.entries.address), one.entries.address_town_code))) if one.entries.address else one
            for one in changes.openings
        ),
        revisions=tuple(replace(one, asserts=said(one.asserts)) for one in changes.revisions),
    )


def _codes(town: TownCodes | None, typed: object) -> dict[str, object]:
    return {
        "address_town_code": typed or (town.town_code if town else None),
        "address_jurisdiction_code": town.jurisdiction if town else None,
        "elementary_school_district_code": town.elementary_school_district if town else None,
        "junior_high_school_district_code": town.junior_high_school_district if town else None,
        "polling_district_code": town.polling_district if town else None,
    }
