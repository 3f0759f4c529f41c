"""検索条件の控え — the words of the visit's last search, kept in the session so that its result can be seen again. N-2.1.1-01…-03 (in part).

They never lie in an address, numbers are never kept at all, and with the visit they are gone.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from daicho.residents.models import Visit

KEY = "search_words"
KEPT = ("name", "match", "birth", "sex", "address", "atena_no", "household_no")


def keep(request: HttpRequest, visit: Visit, words: Mapping[str, str]) -> None:
    """Keep them in place of the ones before."""
    kept = {"visit_no": visit.visit_no, "words": {name: words[name] for name in KEPT if words.get(name)}}
    if request.session.get(KEY) != kept:
        request.session[KEY] = kept


def last(request: HttpRequest, visit: Visit) -> dict[str, str]:
    """The words of this visit's last search; {} when there was none, or only numbers were searched for."""
    kept = request.session.get(KEY) or {}
    return dict(kept["words"]) if kept.get("visit_no") == visit.visit_no else {}
