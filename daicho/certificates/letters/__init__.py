"""通知書と帳票 — every letter that the city sends or hands out, by code and day. A new one is a file and a line here; its words are settings of the city.

住民基本台帳法 and 標準仕様 2–4, 20; how they are laid out: docs/decisions/0049.
"""

from __future__ import annotations

from datetime import date

from daicho.certificates.letters.application_refused import APPLICATION_REFUSED
from daicho.certificates.letters.ex_officio import EX_OFFICIO_NOTICE
from daicho.certificates.letters.filing_accepted import FILING_ACCEPTED
from daicho.certificates.letters.head import HEAD_CHANGED, HEAD_REQUESTED
from daicho.certificates.letters.individual_number import INDIVIDUAL_NUMBER_CHANGED, INDIVIDUAL_NUMBER_NOTICE
from daicho.certificates.letters.juminhyo_code import JUMINHYO_CODE_CHANGED, JUMINHYO_CODE_CORRECTED, JUMINHYO_CODE_NOTICE
from daicho.certificates.letters.letter import LetterDefinition
from daicho.certificates.letters.move_in import MOVE_IN_MISSING, MOVE_IN_NOTICE
from daicho.certificates.letters.principal_notice import PRINCIPAL_NOTICE, PRINCIPAL_NOTICE_ENDING, PRINCIPAL_NOTICE_TO_APPLICANT
from daicho.certificates.letters.register_notices import ARTICLE_9_2, ARTICLE_19_2, FUHYO_NOTICE
from daicho.certificates.letters.renaming import RENAMING_AHEAD, RENAMING_DONE
from daicho.certificates.letters.residence import RESIDENCE_ENDING, TRANSITIONAL_STAY
from daicho.certificates.letters.support import (
    SUPPORT_DECIDED,
    SUPPORT_ENDED,
    SUPPORT_ENDING,
    SUPPORT_EXTENDED,
    SUPPORT_FORWARDED,
    SUPPORT_REJECTED,
    SUPPORT_REVISED,
)
from daicho.certificates.letters.survey import SURVEY_DEMAND
from daicho.certificates.letters.ward import ADULT_WARD_NOTICE

ALL_LETTERS: tuple[LetterDefinition, ...] = (
    JUMINHYO_CODE_NOTICE,
    JUMINHYO_CODE_CHANGED,
    JUMINHYO_CODE_CORRECTED,
    INDIVIDUAL_NUMBER_NOTICE,
    INDIVIDUAL_NUMBER_CHANGED,
    FILING_ACCEPTED,
    HEAD_CHANGED,
    HEAD_REQUESTED,
    EX_OFFICIO_NOTICE,
    PRINCIPAL_NOTICE,
    PRINCIPAL_NOTICE_TO_APPLICANT,
    PRINCIPAL_NOTICE_ENDING,
    MOVE_IN_NOTICE,
    MOVE_IN_MISSING,
    FUHYO_NOTICE,
    ARTICLE_9_2,
    ARTICLE_19_2,
    SURVEY_DEMAND,
    SUPPORT_DECIDED,
    SUPPORT_REJECTED,
    SUPPORT_REVISED,
    SUPPORT_EXTENDED,
    SUPPORT_ENDING,
    SUPPORT_ENDED,
    SUPPORT_FORWARDED,
    RESIDENCE_ENDING,
    TRANSITIONAL_STAY,
    ADULT_WARD_NOTICE,
    RENAMING_AHEAD,
    RENAMING_DONE,
    APPLICATION_REFUSED,
)


def letter(code: str, on: date) -> LetterDefinition:
    """The definition of `code` in force on that day; KeyError when there is none."""
    for definition in ALL_LETTERS:
        if definition.code == code and definition.is_in_force(on):
            return definition
    raise KeyError(f"no letter {code!r} in force on {on}")
