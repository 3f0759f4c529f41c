"""留意事項 — the remarks of a spell's versions (B類型), each tied to what its event said. std 1.1.14, 20.0.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from daicho.certificates.record import Note, NoteKind


@dataclass(frozen=True)
class RemarkedVersion:
    """A live version of a spell. `names`: the entries it asserts, None = all (the opening); `remark`: "" for none."""

    place: tuple[object, ...]  # in 効力順
    names: frozenset[str] | None
    remark: str


def caution_notes(versions: Iterable[RemarkedVersion]) -> tuple[Note, ...]:
    """The cautions of one spell in 効力順. One is of the present while any of its entries still stands as its event said it."""
    rows = sorted(versions, key=lambda v: v.place)
    found = []
    for at, version in enumerate(rows):
        if version.remark:
            since = frozenset[str]().union(*(later.names or () for later in rows[at + 1 :]))
            stands = version.names is None or bool(version.names - since)
            found.append(Note(NoteKind.CAUTION, version.remark, of_present=stands))
    return tuple(found)
