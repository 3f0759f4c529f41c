"""代替文字氏名 — what stands for a name where the outside cannot bear its characters, made whenever the name is recorded. 標準30.2; domain §6.

Kept beside the name, so that what was sent can be told for ever. The city's own table goes before the MJ縮退マップ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from daicho.residents.rules.changes import Changes
from daicho.values.characters import gaiji_count, substitute

OfCity = Callable[[], Mapping[str, str]]
"""The city's 代替文字 by character; asked only where a name needs one."""


def with_substitutes(changes: Changes, of_city: OfCity) -> Changes:
    """The changes with 代替文字氏名 in everything that says 漢字氏名: None where JIS X 0213 has every character of it."""

    def instead(name: object) -> str | None:
        return substitute(name, of_city()).text if isinstance(name, str) and gaiji_count(name) else None

    def said(asserts: Mapping[str, object]) -> Mapping[str, object]:
        return {**asserts, "name_substitute": instead(asserts["name_kanji"])} if "name_kanji" in asserts else asserts

    return replace(
        changes,
        openings=tuple(replace(one, entries=one.entries.but(name_substitute=instead(one.entries.name_kanji))) for one in changes.openings),
        revisions=tuple(replace(one, asserts=said(one.asserts)) for one in changes.revisions),
        renewals=tuple(replace(one, asserts=said(one.asserts)) for one in changes.renewals),
    )
