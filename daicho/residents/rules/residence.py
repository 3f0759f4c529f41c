"""在留資格等 — which of its items belong to which class of 法30条の45, what a change of them says, and how long somebody may stay. 入管法22条の2; std 1.1.2, 1.1.6.

That a period is over removes nobody: the Commissioner tells the city, and upon that the sheet is closed (法30条の50; domain §4.3–4.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import BORN_HERE, FOREIGN, LOST_NATIONALITY, MID_TO_LONG_TERM, SPECIAL_PERMANENT

CLASS = "article_30_45_class_code"
_OF_CLASS: Mapping[str, frozenset[str]] = {
    MID_TO_LONG_TERM: frozenset({"residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no"}),
    SPECIAL_PERMANENT: frozenset({"residence_card_no", "special_permanent_cert_issued_date"}),
    "3": frozenset({"residence_period", "residence_expiry_date"}),
    "4": frozenset({"residence_period", "residence_expiry_date"}),
}
"""Of 経過滞在者 that they are such, and nothing more."""
_ITEMS = frozenset().union(*_OF_CLASS.values())

TRANSITIONAL = (BORN_HERE, LOST_NATIONALITY)
TRANSITIONAL_DAYS = 60
"""経過滞在: from birth, or from the loss of Japanese nationality (入管法22条の2第1項)."""


def with_former_class_gone(said: Mapping[str, object], entries: SheetEntries) -> dict[str, object]:
    """What a change says; of another class also that the items of the former one are no more, unless it gives them anew."""
    is_other = CLASS in said and said[CLASS] != entries.article_30_45_class_code
    return {**dict.fromkeys(sorted(_ITEMS) if is_other else ()), **said}


def check_class(said: Mapping[str, object], entries: SheetEntries) -> list[Problem]:
    """Errors for items that were given and that somebody of this class does not have. `entries`: as they would be."""
    strange = _ITEMS - _OF_CLASS.get(entries.article_30_45_class_code or "", frozenset())
    return [problem("I006", name, 0, label=ENTRIES[name].ja) for name in said if name in strange and said[name] is not None]


def check_foreign(situation: Situation, filing: Filing) -> list[Problem]:
    """One person, and a foreign resident: what 入管庁 decides is about no other."""
    if len(filing.members) != 1:
        return [problem("I001", "members")]
    [number] = [m.atena_no for m in filing.members]
    if number is None or situation.person(number).entries.resident_kind != FOREIGN:
        return [problem("I003", "person", 0)]
    return []


def is_foreign(entries: SheetEntries) -> bool:
    return entries.resident_kind == FOREIGN


def transitional_until(entries: SheetEntries) -> date | None:
    """The last day of 経過滞在; None for who is none, and where the day it began is not known."""
    since = entries.foreign_resident_since_date
    if entries.article_30_45_class_code not in TRANSITIONAL or since is None or not since.is_calendar:
        return None
    return since.certain() + timedelta(days=TRANSITIONAL_DAYS)
