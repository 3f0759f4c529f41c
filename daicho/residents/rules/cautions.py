"""留意事項 — the cautions of a spell's versions (B類型), each tied to entries of an event; typed with any 異動, or said, corrected and taken away later. std 1.1.14, 20.0.3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any  # what `replace` takes is of many types

from daicho.certificates.record import Note, NoteKind
from daicho.residents.rules.changes import Changes, Opening, Renewal, Revision, Tie
from daicho.residents.rules.definitions import Effect, EventDefinition, Field, FieldKind
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.fold import Version
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import MOVED_IN, MOVED_OUT, MOVED_OUT_SPECIALLY, SPECIAL_GROUNDS, SPECIAL_WORDS

_GROUP = "留意事項"
CAUTION = Field("caution", "留意事項", FieldKind.TEXT, hint="統合記載欄のＢ類型。この異動とともに記載する文。なければ空欄", group=_GROUP)
SPECIAL_GROUND = Field(
    "special_ground", "特別な事由による異動", FieldKind.CHOICE, hint="選ぶと留意事項に記載されます（標準仕様1.1.14）", choices=SPECIAL_GROUNDS, group=_GROUP
)
_TELL_OF_ADOPTION = frozenset({MOVED_IN, MOVED_OUT, MOVED_OUT_SPECIALLY})
_TIED_TO = {Effect.REMOVAL: ("planned_move_out_address", "confirmed_move_out_address"), Effect.ENTRY: ("previous_address",)}
"""Of 特別養子縁組 and its dissolution (N-1.1.14-13, -14, -16, -17)."""


def with_cautions(event: EventDefinition) -> EventDefinition:
    """The event with a field for the 留意事項 of each of its people. What a job records or begins with the history has none."""
    if not event.is_offered or CAUTION.name in event.all_member_fields():
        return event
    fields = (CAUTION, SPECIAL_GROUND) if event.code in _TELL_OF_ADOPTION else (CAUTION,)

    def apply(situation: Situation, filing: Filing) -> Changes:
        return _with_typed(event, filing, event.apply(situation, filing))

    return replace(event, member_fields=(*event.member_fields, *fields), apply=apply)


def _with_typed(event: EventDefinition, filing: Filing, changes: Changes) -> Changes:
    """Each of those who are filed for with what was typed, behind what the event says by itself."""
    said = {index: _typed(event, member) for index, member in enumerate(filing.members)}
    if not any(text for text, _ in said.values()):
        return changes

    return replace(
        changes,
        openings=tuple(replace(one, **_noted(one, said)) for one in changes.openings),
        revisions=tuple(replace(one, **_noted(one, said)) for one in changes.revisions),
        renewals=tuple(replace(one, **_noted(one, said)) for one in changes.renewals),
    )


def _noted(one: Opening | Revision | Renewal, said: Mapping[int, tuple[str, Tie | None]]) -> dict[str, Any]:
    """What replaces the 留意事項 of this sheet."""
    text, tie = said.get(-1 if one.member is None else one.member, ("", None))
    return {"remark": "\n".join(filter(None, (one.remark, text))), "tie": tie or one.tie}


def _typed(event: EventDefinition, member: Member) -> tuple[str, Tie | None]:
    ground = member.text(SPECIAL_GROUND.name)
    words = "\n".join(filter(None, (SPECIAL_WORDS[ground] if ground else None, member.text(CAUTION.name))))
    return words, Tie(names=_TIED_TO[event.effect]) if ground else None


@dataclass(frozen=True)
class RemarkedVersion:
    """A live version of a spell. `names`: the entries it asserts, None = all (the opening); `remark`: "" for none; `tie`: where it does not belong to those.

    `special`: 特別養子縁組, its dissolution, change of sex (std 1.1.4). `not_before`: the planned day of a 転出.
    """

    place: tuple[object, ...]  # in 効力順; last the 履歴番号
    names: frozenset[str] | None
    remark: str
    tie: Tie | None = None
    special: bool = False
    not_before: date | None = None

    @property
    def history_no(self) -> int:
        return int(str(self.place[-1]))


def remarked(version: Version) -> RemarkedVersion:
    """A version of the history as this looks at it."""
    return RemarkedVersion(version.place, None if version.asserts is None else frozenset(version.asserts), version.remark, version.tie)


@dataclass(frozen=True)
class Caution:
    """One 留意事項 that stands: the row that says it, the event it is tied to and the entries of that (None = all that it says), the words."""

    history_no: int
    on: int
    names: tuple[str, ...] | None
    text: str
    of_present: bool
    special: bool
    not_before: date | None = None

    @property
    def note(self) -> Note:
        return Note(NoteKind.CAUTION, self.text, of_present=self.of_present, special=self.special, not_before=self.not_before)


def cautions(versions: Iterable[RemarkedVersion]) -> tuple[Caution, ...]:
    """Those of one spell that stand, in 効力順 of the events they are tied to. One is of the present while any of its entries still stands as that said it.

    One tied to an event that was annulled falls with it. What was corrected or taken away is none of them.
    """
    rows = sorted(versions, key=lambda v: v.place)
    at = {version.history_no: index for index, version in enumerate(rows)}
    replaced = {version.tie.instead_of for version in rows if version.tie is not None}
    found = []
    for version in rows:
        on = version.tie.on if version.tie is not None and version.tie.on is not None else version.history_no
        if not version.remark or version.history_no in replaced or on not in at:
            continue
        event = rows[at[on]]
        tied = version.tie.names if version.tie is not None else None
        names = event.names if tied is None else frozenset(tied)
        since = frozenset[str]().union(*(later.names or () for later in rows[at[on] + 1 :]))
        special = event.special or version.special or any(version.remark.startswith(words) for words in SPECIAL_WORDS.values())
        shown_as = tuple(sorted(names)) if names is not None else None
        stands = names is None or bool(names - since)
        found.append(((at[on], version.history_no), Caution(version.history_no, on, shown_as, version.remark, stands, special, event.not_before)))
    return tuple(caution for _, caution in sorted(found, key=lambda pair: pair[0]))


def caution_notes(versions: Iterable[RemarkedVersion]) -> tuple[Note, ...]:
    """The same as a certificate prints them."""
    return tuple(caution.note for caution in cautions(versions))
