"""除票の写し — the copy of a 除票, and of a 改製原住民票: always the personal form, with why and since when it was closed. 住民基本台帳法第15条の2–第15条の4; 令第34条; 標準仕様 1.1.4, 1.1.5, 20.1.3.

A 改製原 is a 除票 by the law and is asked for by its own name at the counter; its copy says how the sheet stood before 改製, its history as laid.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from daicho.certificates.definitions import CertificateDefinition, Certification, OmissibleItem
from daicho.certificates.issue_rules import objections
from daicho.certificates.juminhyo_entries import HISTORY, ITEMS, OMISSIBLE
from daicho.certificates.personal_sheet import compose
from daicho.certificates.record import SheetState
from daicho.certificates.request import EVERYONE, Omissible, Requester

ASKERS = EVERYONE - {Requester.SAME_HOUSEHOLD}
"""法15条の4: the person who is on it, public offices, who has a lawful reason. Who once lived in the household is one of the last."""
CONFIRMED = OmissibleItem(Omissible.CONFIRMED_DESTINATION, "転出先（確定）・転入通知年月日", "標準仕様1.1.5", ASKERS)
"""Not 除票固有の記載事項 but その他の項目 (std 1.1.5): kept, and told only to who asks for it."""


def of_removed(choices: tuple[OmissibleItem, ...]) -> tuple[OmissibleItem, ...]:
    """The same choices as a 除票 has them: nobody asks as the same household, so numbers are for the person alone."""
    return tuple(replace(each, who_may_ask=each.who_may_ask & ASKERS) for each in choices)


REMOVED_SHEET = CertificateDefinition(
    code="removed_sheet",
    ja="住民票の除票の写し",
    title="住民票の除票",
    article="住民基本台帳法第15条の4",
    template="juminhyo_personal.typ",
    fee_key="fee_removed_sheet_yen",
    in_force=(date(2025, 5, 26), None),
    items=ITEMS,
    omissible=(*of_removed(OMISSIBLE), CONFIRMED, *HISTORY),
    may_be_asked_by=ASKERS,
    check_rule=objections,
    compose_rule=compose,
    certification=Certification("certification_removed_sheet", "住民票の除票の写しの認証文", "この写しは、住民票の除票の原本と相違ないことを証明する。"),
    sheets=frozenset({SheetState.REMOVED}),
    is_notified=True,
)
RENEWED_SHEET = replace(
    REMOVED_SHEET,
    code="renewed_sheet",
    ja="改製原住民票の写し",
    title="改製原住民票",
    omissible=(*of_removed(OMISSIBLE), *HISTORY),
    certification=Certification("certification_renewed_sheet", "改製原住民票の写しの認証文", "この写しは、改製原住民票の原本と相違ないことを証明する。"),
    sheets=frozenset({SheetState.RENEWED}),
)
