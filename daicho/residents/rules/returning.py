"""再転入者の取込み — the fields of 転入 filled from the last sheet of someone who lived here before. N-4.1.1.2-05, -06.

Numbers stay empty: the register keeps them, and takes its own when none is typed (N-4.1.1.2-07). All can be changed.
"""

from __future__ import annotations

from datetime import date

from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.person_fields import PERSON_FIELDS
from daicho.residents.rules.vocabulary import NOTARISED_BOTH, NOTARISED_GIVEN, NOTARISED_NONE, NOTARISED_SURNAME
from daicho.values.dates import JapaneseDate

_NOT_TAKEN = frozenset({"became_resident_date", "remarks", "juminhyo_code", "individual_number", "residence_card_no"})
_NOTARISED = {(True, True): NOTARISED_BOTH, (True, False): NOTARISED_SURNAME, (False, True): NOTARISED_GIVEN, (False, False): NOTARISED_NONE}


def texts_of_returning(entries: SheetEntries) -> dict[str, str]:
    """Field name → text, as a clerk would have typed it; entries that are empty are left out."""
    texts = {}
    for field in PERSON_FIELDS:
        value = getattr(entries, field.name, None)
        if field.name not in _NOT_TAKEN and value is not None:
            texts[field.name] = _text(value)
    if entries.name_kana and entries.surname_kana_notarised is not None and entries.given_kana_notarised is not None:
        texts["kana_notarised"] = _NOTARISED[(entries.surname_kana_notarised, entries.given_kana_notarised)]
    return texts


def _text(value: object) -> str:
    if isinstance(value, JapaneseDate):
        return value.as_written
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
