"""支援措置の通知の中身 — each decision as it stands in the steps, to the applicant alone. 標準仕様3.4 (N-3.4-09, N-3.4-18); domain §7.

The other side is named nowhere, and no address but the one to which the letter goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daicho.certificates.letters.letter import Addressee, Letter
from daicho.residents.rules.support import GROUND_JA, Ground, Standing, State, Step, StepKind, extendable_from
from daicho.residents.rules.support_details import AFFAIR_JA, PLACE_JA, Asked
from daicho.values.dates import wareki

DECIDED, REJECTED, REVISED, EXTENDED, ENDING, ENDED, FORWARDED = (
    "support_decided", "support_rejected", "support_revised", "support_extended", "support_ending", "support_ended", "support_forwarded",
)  # fmt: skip
_BY_STEP = {StepKind.DECIDED: DECIDED, StepKind.REVISED: REVISED, StepKind.EXTENDED: EXTENDED, StepKind.NOTIFIED: ENDING}


@dataclass(frozen=True)
class Subject:
    """One protected person of the case: name, 申出者との関係 ("" = the applicant), steps in the order of recording, how they stand today."""

    name: str
    relation: str
    steps: tuple[Step, ...]
    standing: Standing


def letter_of(steps: Sequence[Step]) -> str | None:
    """Which letter the newest step asks for; None where none does. An end before any decision is a 却下."""
    newest = steps[-1]
    if newest.kind is StepKind.ENDED:
        was_decided = any(step.kind is StepKind.DECIDED for step in steps)
        return REJECTED if newest.ground is Ground.MAYOR and not was_decided else ENDED
    return _BY_STEP.get(newest.kind)


def may_be_told_of_the_end(standing: Standing, today: date) -> bool:
    """期間終了通知: from the month before the end on, and until an officer ends it (N-3.4-09)."""
    if standing.state is State.EXPIRED:
        return True
    return standing.state is State.SUPPORT and standing.until is not None and today >= extendable_from(standing.until)


def is_due(steps: Sequence[Step], standing: Standing, today: date) -> bool:
    """Whether somebody is to be told that their period ends, and was not since it was decided, put right or extended."""
    of_period = [step.kind for step in steps if step.kind in _BY_STEP]
    return may_be_told_of_the_end(standing, today) and of_period[-1:] != [StepKind.NOTIFIED]


def support_letter(code: str, to: Addressee, applied_on: date, asked: Sequence[Asked], subjects: Sequence[Subject]) -> Letter:
    """One letter about these people, who stand alike. `subjects`: not empty; the facts are of the first."""
    first = subjects[0]
    return Letter(to, _fills(code, first), _facts(code, first, applied_on, asked), tuple(_line(one) for one in subjects))


def _fills(code: str, subject: Subject) -> dict[str, str]:
    until = subject.standing.until
    return {"延長の始まり": wareki(extendable_from(until)) if until else ""} if code == ENDING else {}


def _facts(code: str, subject: Subject, applied_on: date, asked: Sequence[Asked]) -> dict[str, str]:
    newest, standing = subject.steps[-1], subject.standing
    starts_on, ends_on = (_day(newest.starts_on), _day(newest.ends_on)) if newest.starts_on else (_day(standing.since), _day(standing.until))
    ground = GROUND_JA[newest.ground] if newest.ground else ""
    said = {
        "applied_on": wareki(applied_on), "starts_on": starts_on, "ends_on": ends_on, "affairs": affairs_text(asked), "revised_on": wareki(newest.on),
        "ended_on": wareki(newest.on), "ground": "支援措置の必要があると認められないため" if code == REJECTED else ground,
        "extendable_from": wareki(extendable_from(standing.until)) if standing.until else "",
    }  # fmt: skip
    return said | {"ends_on": _day(standing.until)} if code == ENDING else said


def _line(subject: Subject) -> tuple[str, str, str]:
    standing = subject.standing
    period = f"{wareki(standing.since)}から{wareki(standing.until) + 'まで' if standing.until else ''}"
    return subject.name, subject.relation or "申出者", period if standing.state is not State.ENDED else f"{wareki(standing.since)}に終了"


def affairs_text(asked: Sequence[Asked]) -> str:
    """「住民票の写し等の交付（現住所、前住所）」: the affairs with their places, never which place that is."""
    places: dict[str, list[str]] = {}
    for one in asked:
        places.setdefault(AFFAIR_JA[one.affair], []).append(PLACE_JA[one.place])
    return "、".join(f"{affair}（{'、'.join(of)}）" for affair, of in places.items())


def _day(day: date | None) -> str:
    return wareki(day) if day else ""


def forwarded_letter(to: Addressee, name: str, birth: str, applied_on: date, forwarded_on: date, asked: Sequence[Asked]) -> Letter:
    """転送書 to another municipality; the application itself goes with it as a copy."""
    facts = {
        "applied_on": wareki(applied_on), "applicant": name, "birth_date": birth, "forwarded_on": wareki(forwarded_on), "asked": affairs_text(asked),
    }  # fmt: skip
    return Letter(to, facts=facts)
