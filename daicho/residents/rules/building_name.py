"""方書の表記ゆれ — a building of the dictionary that a filing writes otherwise. std 1.3.4, 4.0.7, 11.1 (domain §11 A)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.search_key import SearchKind, search_key

NAME_GOES_ON = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆\U00020000-\U0003ffff]")
"""What after the name of a building makes it another's: a hall is not its annex, 青空荘 is not 青空荘別館."""

_IN_A_NUMBER = re.compile(r"(?<=[0-9０-９])[0-9０-９]")  # room 203 is not in ハイツ2


def buildings_said(filing: Filing, persons: Mapping[str, PersonState]) -> Iterator[tuple[int | None, str, str]]:
    """Each 方書 of the filing with the address it stands at: (place of the member, None = the filing's own; address; 方書).

    Of a 修正 that says nothing of the 住所 it is the person's present one.
    """
    if (address := filing.text("address")) and (building := filing.text("address_building")):
        yield None, address, building
    for index, member in enumerate(filing.members):
        person = persons.get(member.atena_no or "")
        address = member.text("address") or (person.entries.address if person else None)
        if address and (building := member.text("address_building")):
            yield index, address, building


def check_building_name(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    """An alert at each 方書 that the dictionary has at this address and writes otherwise."""
    return tuple(
        problem("H107", "address_building", index, building=name)
        for index, address, building in buildings_said(filing, situation.persons)
        if (name := written_in_dictionary(building, situation.buildings.get(address, ())))
    )


def written_in_dictionary(typed: str, names: Iterable[str]) -> str | None:
    """How the dictionary writes the building that `typed` names, its room behind it; None when that is how it is written, or it has no such building."""
    by_key = {search_key(name, SearchKind.ADDRESS): name for name in names}
    for end in range(len(typed), 0, -1):
        head = typed[:end].rstrip()
        name = by_key.get(search_key(head, SearchKind.ADDRESS))
        if name and not NAME_GOES_ON.match(typed, end) and not _IN_A_NUMBER.match(typed, end):
            return None if name == head else name
    return None
