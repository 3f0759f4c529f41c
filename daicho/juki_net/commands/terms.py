"""検索語の書込み — the terms of a person follow every update; those of an older folding are made anew by a nightly job. F-2-03."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

from django.db import transaction

from daicho import rows
from daicho.juki_net.models import IdentityRecord, IdentityTerm
from daicho.juki_net.rules.items import IdentityItems
from daicho.juki_net.rules.terms import Term, terms_of
from daicho.values.search_key import SEARCH_KEY_VERSION

AT_ONCE = 1_000
TERM_COLUMNS = tuple(field.name for field in fields(Term))


def write_terms(people: Sequence[tuple[IdentityRecord, IdentityItems]]) -> int:
    """Put the terms of these people in the place of whatever they had; returns how many. Two statements, in the caller's transaction."""
    IdentityTerm.objects.filter(record__in=[record.pk for record, _ in people]).delete()
    made = [IdentityTerm(record=record, **vars(term)) for record, items in people for term in terms_of(items)]
    rows.insert(made)
    return len(made)


def term_values(items: IdentityItems) -> list[tuple[object, ...]]:
    """The columns `TERM_COLUMNS` of each term, for COPY."""
    return [astuple(term) for term in terms_of(items)]


def renew_stale_terms() -> int:
    """Make anew the terms that another version of the folding made; returns of how many people. A portion in a transaction."""
    renewed = 0
    while True:
        with transaction.atomic():
            stale = IdentityTerm.objects.exclude(key_version=SEARCH_KEY_VERSION).order_by("key_version").values("record")[:AT_ONCE]
            people = list(IdentityRecord.objects.select_for_update().filter(pk__in=stale))
            write_terms([(record, record.to_value()) for record in people])
        if not people:
            return renewed
        renewed += len(people)
