"""在留期間の満了の予告 — whose 在留期間 ends soon or has ended, for the letter to them. 法30条の50; nobody is removed by it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from daicho import city, clock
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.permissions import Permission
from daicho.residents.queries.residence_terms import Term, residence_terms
from daicho.residents.rules.entry_words import entry_text
from daicho.residents.rules.identity_info import address_in_full
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.counter import at_counter
from daicho.residents.screens.letters_out import OFFER


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """Whose day comes first, first."""
    actor = at_counter(request).actor
    found, more = residence_terms(actor)
    may_write = actor.may(Permission.FILING_ENTER)
    days = int(city.setting("residence_term_days", clock.today()))
    return personal_page(
        request,
        "residents/residence_terms.html",
        {"lines": [_line(one) for one in found], "more": more, "days": days, "may_write": may_write, "kinds": PAPER_NAMES, **OFFER},
    )


def _line(one: Term) -> dict[str, object]:
    e = one.sheet.entries
    return {
        "one": one,
        "name": shown_name(e) or "（氏名空欄）",
        "status": entry_text("residence_status_code", e) or entry_text("article_30_45_class_code", e),
        "address": address_in_full(e.address, e.address_building),
        "ends_on": entry_text("residence_expiry_date", e),
        "left": days_left_text(one.days_left),
        "badge": "warning" if one.days_left < 0 else "waiting",
    }


def days_left_text(days: int) -> str:
    return f"あと{days}日" if days > 0 else "今日まで" if days == 0 else f"{-days}日過ぎた"


ROUTES = [path("residence-terms/", terms, name="residence_terms")]
