"""振り仮名の記載・修正 — the 戸籍 says how a name is read: 公証 of 氏, of 名 or of both. 住民基本台帳法第7条第1号の2; 戸籍法第13条第1項第2号; domain §1.1.11."""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.correcting import Kind, correctable, correction
from daicho.residents.rules.filing import CLEARED, Filing
from daicho.residents.rules.filing_fields import OF_FAMILY_REGISTER
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FAMILY_REGISTER, FOREIGN

_KANA, _NOTARISED = correctable("name_kana", "kana_notarised")


def _check_readings(situation: Situation, filing: Filing) -> list[Problem]:
    """振り仮名 by the 戸籍 is of Japanese alone, and 公証 needs a reading to be of."""
    found = []
    for index, (member, person) in enumerate(going(situation, filing)):
        reading = member.values.get("name_kana", person.entries.name_kana)
        if person.entries.resident_kind == FOREIGN:
            found.append(problem("X401", "name_kana", index))
        elif reading in (None, CLEARED):
            found.append(problem("X402", "name_kana", index))
    return found


FURIGANA = correction(
    Kind(
        code="furigana",
        ja="振り仮名の記載・修正",
        article="住民基本台帳法第7条第1号の2、令第12条第2項、戸籍法第13条",
        fields=OF_FAMILY_REGISTER,
        member_fields=(replace(_KANA, clearable=False), replace(_NOTARISED, required=True, clearable=False, hint="")),
        group=FAMILY_REGISTER,
        offered_to=lambda entries: entries.resident_kind != FOREIGN,
        check_more=_check_readings,
    )
)
