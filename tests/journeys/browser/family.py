"""花園家 — the made-up family that moves in from 札幌市, as it is typed at the counter. No real person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.cast import FAMILY as CAST
from tests.cast import Role
from tests.journeys.browser.town import days_ago

# Numbers that nobody of the synthetic city has.
FAMILY = tuple(replace(person, index=person.index + 9_000_000) for person in CAST)
AFTER_THEM = tuple(
    replace(CAST[0], index=9_000_100 + place, name=name, kana=kana)
    for place, (name, kana) in enumerate([("渡邉󠄐　史郎", "ワタナベ　シロウ"), ("葛󠄂城　一", "カツラギ　ハジメ")])
)


def move_in(people: Sequence[Role] = FAMILY) -> dict[str, str]:
    """The whole form of a 転入: name of the control → text."""
    texts = {
        "f-effective_on": days_ago(3),
        "f-filer": "self",
        "f-address": "花園2丁目12番1号",
        "f-address_building": "コーポ花園　203",
        "f-household_choice": "new",
        "f-previous_municipality_code": "札幌市中央区",
        "f-previous_address": "北海道札幌市中央区南一条西一丁目1番地",
    }
    for place, person in enumerate(people):
        texts |= {f"m{place}-{name}": text for name, text in person.typed().items()}
    return texts
