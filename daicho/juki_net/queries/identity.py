"""本人確認情報の検索と個人票 — people of file (2), found only as the law allows, and on record before they are shown. F-2-03, F-2-09; S2-02, S2-04.

What is asked in vain or against the rule is recorded too: by which keys, for which case, never with what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # SQL parameters are of many types
from uuid import UUID

from django.db import connection
from django.http import Http404

from daicho import audit, clock, rows, vault
from daicho.city.queries import settings_on
from daicho.juki_net.models import IdentityRecord, municipality_code
from daicho.juki_net.permissions import JukiNetPermission
from daicho.juki_net.queries.protection import hidden_from, records_but
from daicho.juki_net.rules.case import Case
from daicho.juki_net.rules.items import REFS, IdentityItems
from daicho.juki_net.rules.search import Key, SearchForm, SearchKeys, SearchLaw, SearchProblem, given_keys, read_search
from daicho.juki_net.rules.terms import ADDRESS
from daicho.values.search_key import Match, like_pattern

RIGHTS = {Key.CODE: JukiNetPermission.SEARCH_BY_CODE, Key.NUMBER: JukiNetPermission.SEARCH_BY_NUMBER}
_CODE, _NUMBER = vault.NumberKind.JUMINHYO_CODE, vault.NumberKind.INDIVIDUAL_NUMBER
_SHOWN_BECAUSE = "本人確認情報の番号の確認"


class SearchRefused(Exception):
    """Nothing was searched. `problems` say why, each tied to a field; a refusal by the rule of F-2-03 is on record already."""

    def __init__(self, problems: Sequence[SearchProblem]) -> None:
        super().__init__(", ".join(problem.field for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Person:
    """One person of the file; the numbers are references still. `is_blocked`: nothing is handed out of them today (抑止)."""

    public_id: UUID
    items: IdentityItems
    is_blocked: bool


@dataclass(frozen=True)
class Found:
    """`people` are empty when there are more than `most`: a list that is cut short would invite to fish."""

    people: tuple[Person, ...]
    most: int
    too_many: bool


def search(actor: audit.Actor, form: SearchForm, case: Case) -> Found:
    """Find people by one kind of key that the actor may use. Three statements and the record, whatever the city.

    Raises SearchRefused; audit.Refused (recorded) without the right for this kind of key.
    """
    given, settings = given_keys(form), settings_on(["juki_search_address_and_birth", "juki_search_most"], clock.today())
    right = next((RIGHTS[key] for key in RIGHTS if key in given), JukiNetPermission.SEARCH_BY_ITEMS)
    audit.require(actor, right)
    keys, problems = read_search(form, SearchLaw(settings["juki_search_address_and_birth"]))
    if any(problem.refuses for problem in problems):
        _record_refusal(actor, right, given, case)
    if problems:
        raise SearchRefused(problems)
    with audit.reading(actor, right, purpose=case.text) as seen:
        people = _people(actor, keys, settings["juki_search_most"])
        too_many = len(people) > settings["juki_search_most"]
        shown = () if too_many else people
        seen.add(*(person.public_id for person in shown))
        seen.note(keys=sorted(given), case_no=case.case_no, shown=len(shown), too_many=too_many)
    return Found(shown, settings["juki_search_most"], too_many)


def card(actor: audit.Actor, public_id: UUID, case: Case) -> Person:
    """One person's 本人確認情報. Http404 when there is none (the attempt stays on record). One statement and the record."""
    with audit.reading(actor, JukiNetPermission.IDENTITY_READ, purpose=case.text, subjects=(public_id,)) as seen:
        seen.note(case_no=case.case_no)
        return _one(actor, public_id)


def reveal_number(actor: audit.Actor, public_id: UUID, item: str, case: Case) -> str:
    """One number of one person in the clear. Http404 when there is no such person, item or number."""
    with audit.reading(actor, JukiNetPermission.NUMBER_REVEAL, purpose=case.text, subjects=(public_id,)) as seen:
        seen.note(item=item if item in REFS else "", case_no=case.case_no)
        ref = getattr(_one(actor, public_id).items, REFS[item]) if item in REFS else None
        if ref is None:
            raise Http404
        return vault.reveal(ref, because=_SHOWN_BECAUSE)


def _record_refusal(actor: audit.Actor, right: str, given: frozenset[Key], case: Case) -> None:
    """F-2-03: that it was tried, by which keys, and for which case; committed on its own."""
    try:
        audit.refused(actor, right, purpose=case.text, reason=f"keys: {' '.join(sorted(given)) or 'none'}")
    except audit.Refused:
        return  # it is the clerk's form that says so, with what to do, and not the page of a missing right


def _one(actor: audit.Actor, public_id: UUID) -> Person:
    row = records_but(hidden_from(actor)).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return _person(row)


def _person(row: IdentityRecord) -> Person:
    return Person(row.public_id, row.to_value(), row.is_blocked)


def _people(actor: audit.Actor, keys: SearchKeys, most: int) -> tuple[Person, ...]:
    """At most one more than `most`, by kana; nobody of whom the officer may not know."""
    hidden = hidden_from(actor)
    records = records_but(hidden)
    if keys.juminhyo_code:
        records = records.filter(juminhyo_code_ref=vault.find(_CODE, keys.juminhyo_code) or -1)
    elif keys.individual_number:
        records = records.filter(individual_number_ref=vault.find(_NUMBER, keys.individual_number) or -1)
    else:
        records = records.filter(pk__in=_ids(keys, most, hidden))
    return tuple(_person(row) for row in records.order_by("name_kana_normalised", "pk")[: most + 1])


_FOUND = "SELECT t.record_id FROM juki_net_identityterm t WHERE t.municipality_code = %s AND t.record_id <> ALL(%s) AND ({names}){beside}"
_OF_THE_PERSON = " AND EXISTS (SELECT 1 FROM juki_net_identityrecord r WHERE r.id = t.record_id AND {})"  # what no index of terms says
_Condition = tuple[str, list[Any]]  # a piece of SQL and its parameters


def _ids(keys: SearchKeys, most: int, hidden: Sequence[int]) -> list[int]:
    """Whom the terms bring, no more than are needed to know that they are too many. One statement.

    By the name, or, where the city allows it, by the address.
    """
    kinds = keys.name or tuple((ADDRESS, key) for key in keys.address)
    names = " OR ".join("(t.kind = %s AND t.key LIKE %s)" for _ in kinds)
    found = [value for kind, key in kinds for value in (kind.value, like_pattern(key, Match.PREFIX))]
    ways, parameters = [], list[Any]()
    for born, days in _born(keys):
        beside, more = _beside(keys)
        ways.append(_FOUND.format(names=names, beside=born + beside))
        parameters += [municipality_code(), list(hidden), *found, *days, *more]
    with rows.planned_for_their_words(), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT record_id FROM ({' UNION ALL '.join(ways)}) found LIMIT %s", [*parameters, most + 1])
        return [record for (record,) in cursor.fetchall()]


def _born(keys: SearchKeys) -> list[_Condition]:
    """A day: those born on it, and those few whose birth date is uncertain and may be it, each by an index of its own.

    An uncertain date is asked for as it is written, and is no wildcard.
    """
    birth = keys.birth
    if birth is None:
        return [("", [])]
    if not birth.is_calendar:
        return [(" AND t.birth_first = %s" + _OF_THE_PERSON.format("r.birth_date = %s"), [birth.first, birth.encode()])]
    perhaps = " AND t.birth_last > t.birth_first AND t.birth_first <= %s AND t.birth_last >= %s"
    return [(" AND t.birth_first = %s AND t.birth_last = %s", [birth.first, birth.first]), (perhaps, [birth.first, birth.first])]


def _beside(keys: SearchKeys) -> _Condition:
    """The conditions beside name and birth date."""
    text, parameters = "", list[Any]()
    if keys.address and keys.name:
        text += f" AND ({' OR '.join('t.address_key LIKE %s' for _ in keys.address)})"
        parameters += [like_pattern(key, Match.PREFIX) for key in keys.address]
    if keys.sex is not None:
        text += _OF_THE_PERSON.format("r.sex_code = %s")
        parameters.append(keys.sex)
    return text, parameters
