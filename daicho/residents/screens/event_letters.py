"""異動の通知書の画面 — the letters of an event at the end of its flow, and later from the history; and every paper about a person. 標準仕様 1.3.8, 2.2.2, 4.0.5, 4.1.0.3, 4.3.3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from daicho import audit, city, clock
from daicho.certificates.letters.forms import EX_OFFICIO_RECORD
from daicho.certificates.papers import PAPER_NAMES
from daicho.city.queries import place_names
from daicho.residents.commands.event_letters import case_of, put_out_of_event
from daicho.residents.commands.form_papers import put_out_record
from daicho.residents.commands.handing_over import Click
from daicho.residents.commands.letters import Pile
from daicho.residents.models import CertificateIssue
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates_issued import issued_to
from daicho.residents.queries.event_letters import EventLetters, letters_of_event, may_put_out
from daicho.residents.queries.letters_put_out import letters_of
from daicho.residents.rules.letters_of_events.occasion import CODE_LETTERS
from daicho.residents.rules.names_shown import shown_name
from daicho.residents.screens.answers import personal_page
from daicho.residents.screens.certificate import issued_row
from daicho.residents.screens.convenience import convenience_rows
from daicho.residents.screens.counter import Counter, at_counter
from daicho.residents.screens.for_visitor import for_visitor
from daicho.residents.screens.letters_out import answer_letters

UNNAMED = "（氏名空欄）"
AT_ONCE = timedelta(minutes=2)
"""So long after 本登録 its result, before the officer who did it, is the end of that flow."""


@dataclass(frozen=True)
class LetterRow:
    """A letter of an event as a page offers it. `once` names the copy that its button sends; `at_once`: the page sends it by itself."""

    code: str
    ja: str
    names: tuple[str, ...]
    person: str
    history_no: int
    why: str
    once: UUID
    at_once: bool
    told: tuple[CertificateIssue, ...]

    @property
    def is_letter(self) -> bool:
        """Whether it is sent to somebody; a record stays in the house."""
        return self.code != EX_OFFICIO_RECORD.code


def letter_rows(read: EventLetters, *, just_registered: bool = False) -> list[LetterRow]:
    """What the event gives occasion for, with the copies that went out before. Two statements at most, none where it gives none.

    Right after 本登録 the notices of a 住民票コード go out without another act, where the city has it so (N-4.3.3-01…-03); never a second copy.
    """
    if not read.offers:
        return []
    told = letters_of([case_of(read)]).get(case_of(read), ())
    may_go = just_registered and not read.cases.protects and any(offer.code in CODE_LETTERS for offer in read.offers)
    by_itself = may_go and not told and bool(city.setting("letters_at_once", clock.today()))
    return [
        LetterRow(
            offer.code, PAPER_NAMES[offer.code], tuple(shown_name(read.wrote(one).entries) or UNNAMED for one in offer.people), offer.people[0],
            read.wrote(offer.people[0]).history_no, offer.why, uuid4(), by_itself and offer.code in CODE_LETTERS,
            tuple(one for one in told if one.kind == offer.code),
        )
        for offer in read.offers
    ]  # fmt: skip


@require_GET
def event_papers(request: HttpRequest, public_id: UUID, history_no: int) -> HttpResponse:
    """The letters of the event of one row of a person's history: also later than the day, and again (N-4.1.0.3-06, N-4.3.3-04)."""
    counter = at_counter(request)
    read = letters_of_event(counter.actor, public_id, history_no)
    name = shown_name(read.wrote(str(public_id)).entries) or UNNAMED
    context = {"public_id": public_id, "history_no": history_no, "name": name, "event": read.event, "happened": read.happened, "letters": letter_rows(read)}
    return personal_page(request, "residents/event_papers.html", {**context, "protects": read.cases.protects})


@require_POST
def letter(request: HttpRequest, public_id: UUID, history_no: int, code: str) -> HttpResponse:
    """One letter on its way to the last hop; or back to the letters of the event with every reason."""
    actor, confirmed = at_counter(request).actor, request.POST.get("confirmed", "")
    audit.require(actor, may_put_out(actor), (public_id,))

    def make(click: Click) -> Pile:
        if code == EX_OFFICIO_RECORD.code:
            return put_out_record(actor, public_id, history_no, click)
        return put_out_of_event(actor, public_id, history_no, code, click, confirmed)

    return answer_letters(request, make, ("event_papers", public_id, history_no), f"{code}.pdf")


@require_GET
@audit.personal
@for_visitor(Permission.CERTIFICATE_ISSUE)
def person_papers(request: HttpRequest, counter: Counter, public_id: UUID) -> HttpResponse:
    """発行した文書: certificates, letters and forms that showed this person, of the counter and of the shops (N-2.2.2-01)."""
    issued, places = issued_to(counter.actor, public_id), place_names()
    context = {
        "public_id": public_id,
        "issued": [issued_row(row, public_id, places) for row in issued.counter],
        "convenience": convenience_rows(issued.convenience, public_id, issued.shop_disposals),
        "may_dispose": counter.actor.may(Permission.ISSUE_DISPOSE),
        "may_history": counter.actor.may(Permission.HISTORY_READ),
    }
    return render(request, "residents/person_papers.html", context)


ROUTES = [
    path("person/<uuid:public_id>/papers/", person_papers, name="person_papers"),
    path("person/<uuid:public_id>/papers/<int:history_no>/", event_papers, name="event_papers"),
    path("person/<uuid:public_id>/papers/<int:history_no>/<slug:code>/", letter, name="event_letter"),
]
