"""個人票に添うもの — what goes beside a person's sheets: a number asked for, a memo, a 統合, a 実態調査. std 2.2, 1.1.9; F-1-05.

Most people have none of it: one statement says which there is, and only that is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from daicho.residents.models import NumberRequest, Survey
from daicho.residents.queries.awaited import undone_request
from daicho.residents.queries.officer_notes import standing_memos
from daicho.residents.queries.surveys import surveys_under_way
from daicho.residents.queries.unions import Unions, unions_of
from daicho.residents.rules.officer_notes import Note

_WHICH = """
    SELECT EXISTS (SELECT 1 FROM residents_numberrequest WHERE person_id = %(person)s), EXISTS (SELECT 1 FROM residents_officernote WHERE person_id = %(person)s),
           EXISTS (SELECT 1 FROM residents_personunion WHERE given_up_id = %(person)s OR stays_id = %(person)s),
           EXISTS (SELECT 1 FROM residents_surveysubject WHERE person_id = %(person)s)
"""


@dataclass(frozen=True)
class LaidOn:
    """What the card shows beside the sheets. `number_asked`: 付番待ち, what is asked of 機構 and not done. `surveys`: those that go on."""

    number_asked: NumberRequest | None
    memos: tuple[Note, ...]
    unions: Unions
    surveys: Sequence[Survey]


def laid_on(person_id: int, public_id: UUID) -> LaidOn:
    """Of one person, whose reading the caller records. One statement, and for each kind that there is those of its reading."""
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, {"person": person_id})
        has_request, has_note, has_union, has_survey = cursor.fetchone()
    return LaidOn(
        undone_request(public_id) if has_request else None,
        standing_memos(person_id) if has_note else (),
        unions_of(public_id) if has_union else Unions(None, ()),
        surveys_under_way(public_id) if has_survey else (),
    )
