"""検索条件の呼出し — the officer's own searches, to be made again or changed; the last one of this visit leads back to its result. N-2.1.1-01…-03.

The words lie sealed in the officer's history; the session says only for which visit there are some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from daicho.audit.actor import Actor
from daicho.clock import JST
from daicho.residents.commands.search_history import remember
from daicho.residents.models import Visit
from daicho.residents.queries.search_history import find_search, last_of_visit, own_history
from daicho.residents.rules.search_history import Search
from daicho.residents.screens.search_fields import said

KEY = "search_words"


@dataclass(frozen=True)
class HistoryRow:
    """One search of the history as it is listed."""

    no: int
    at: str
    said: list[tuple[str, str]]
    needs_number: bool


def keep(request: HttpRequest, actor: Actor, visit: Visit, words: Mapping[str, str]) -> None:
    """Keep them on top of the officer's history."""
    remember(actor, words, str(visit.visit_no))
    if request.session.get(KEY) != visit.visit_no:
        request.session[KEY] = visit.visit_no


def was_searched(request: HttpRequest, visit: Visit) -> bool:
    """Whether there was a search for this visitor. No statement."""
    return bool(request.session.get(KEY) == visit.visit_no)


def last(request: HttpRequest, actor: Actor, visit: Visit) -> Search | None:
    """This visit's last search. Two statements, none where there was none."""
    return last_of_visit(actor, str(visit.visit_no)) if was_searched(request, visit) else None


def recalled(actor: Actor, no: str) -> Search | None:
    """One of the officer's own by its number; None when there is none of it."""
    return find_search(actor, int(no)) if no.isascii() and no.isdigit() and len(no) < 10 else None


def listed(actor: Actor) -> list[HistoryRow]:
    """The officer's history, newest first."""
    return [HistoryRow(one.no, _when(one.at), said(one.words), one.needs_number) for one in own_history(actor)]


def _when(at: str) -> str:
    when = datetime.fromisoformat(at).astimezone(JST)
    return f"{when.month}月{when.day}日 {when:%H:%M}"
