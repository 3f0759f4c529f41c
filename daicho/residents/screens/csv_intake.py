"""CSVの取込み — a paper's CSV taken into the form of a filing: the fields are filled, and the clerk looks them over. 標準仕様10.8 (N-10.8-01, -02, -04)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from daicho.residents.commands.csv_intake import take_in as take_into_form
from daicho.residents.errors import CannotDo
from daicho.residents.rules.csv_reading import LONGEST
from daicho.residents.screens.answers import go
from daicho.residents.screens.draft import as_filled
from daicho.residents.screens.filing_desk import CSV_FILE, CSV_PAPER, desk_of, posted, typed_of
from daicho.residents.screens.filing_form import MOST_PEOPLE


@sensitive_post_parameters()
@require_POST
def take_in(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """Put what the file says into the form as it stands in the browser: what is empty, or, by another button, what differs too.

    The answer is the form itself, not the way to it: what the file said is nowhere kept but in the form.
    """
    desk = desk_of(request, filing_id)
    if not desk.is_editable:
        return go(request, "filing", filing_id)
    if request.POST.get("do") not in ("blanks", "overwrite"):
        raise BadRequest("no such step")
    given = request.FILES.get(CSV_FILE)
    content, paper = given.read(LONGEST + 1) if given is not None else None, request.POST.get(CSV_PAPER, "")
    overwrite = request.POST["do"] == "overwrite"
    try:
        done = take_into_form(desk.actor, filing_id, typed_of(posted(request, desk)), content, paper, overwrite=overwrite, most=MOST_PEOPLE)
    except CannotDo as refused:
        return go(request, "filing", filing_id, say=refused.message, level="error")
    return as_filled(request, filing_id, done, paper)


ROUTES = [path("filings/<uuid:filing_id>/take-in/", take_in, name="filing_take_in")]
