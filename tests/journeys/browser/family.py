"""花園家 — the made-up family that moves in from 札幌市, as it is typed at the counter. No real person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.cast import FAMILY as CAST
from tests.cast import Role
from tests.journeys.browser.town import days_ago


def _family(first_index: int, surname: str, kana: str) -> tuple[Role, ...]:
    """The family of the tests under another surname, with numbers that nobody of the synthetic city has."""
    return tuple(
        replace(
            person,
            index=first_index + place,
            name=person.name.replace("花園", surname),
            kana=person.kana.replace("ハナゾノ", kana),
            birth=person.birth.replace("2月29日", "3月1日"),  # the pictures' people have birthdays that exist
            texts={**person.texts, "family_register_head_name": f"{surname}　太郎"},
        )
        for place, person in enumerate(CAST)
    )


FAMILY = _family(9_000_000, "花園", "ハナゾノ")
NEIGHBOURS = _family(9_000_100, "渡邉󠄐", "ワタナベ")  # for the pictures: a glyph that only the certificate's font has
FRIEND = replace(CAST[0], index=9_000_200, name="葛󠄂城　一", kana="カツラギ　ハジメ")

BY_CARD = {"number": "99991986207", "municipality": "札幌市中央区"}  # the first household of simulators/move_outs.json, as read from a card


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
