"""エラー・アラート一覧 — what each code means and what to do about it, for everybody at work. std 11.1 (N-11.1-07)."""

from __future__ import annotations

import unicodedata

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from daicho.residents.rules.problems import CATALOGUE, Entry, Problem
from daicho.residents.rules.problems_doc import listed
from daicho.residents.screens.counter import at_counter
from daicho.ui import forms


def entry_of(code: str) -> forms.Entry | None:
    """Where the list says more of a code."""
    return forms.Entry(code, f"{reverse('residents:problems')}#{code}") if code in CATALOGUE else None


def about(found: Problem) -> str:
    """Of whom and of what a finding is, by the catalogue."""
    whose = "" if found.member is None else f"{found.member + 1}人目"
    return "　".join(part for part in (whose, found.item) if part)


def finding_of(found: Problem) -> forms.Finding:
    """A finding as it is drawn where its form is not at hand."""
    return forms.Finding("", about(found), found.message, entry_of(found.code))


@require_http_methods(["GET", "POST"])
def problems(request: HttpRequest) -> HttpResponse:
    """The whole list, or the entries that hold every word asked for. It names nobody: whoever is at work may read it."""
    at_counter(request)
    asked = request.POST.get("words", "").strip()
    found = [entry for entry in listed() if _holds(entry, asked)]
    return render(request, "residents/problems.html", {"entries": found, "asked": asked, "total": len(CATALOGUE)})


def _holds(entry: Entry, asked: str) -> bool:
    text = _plain("　".join((entry.code, entry.kind, entry.item, entry.reason, entry.action, entry.article)))
    return all(word in text for word in _plain(asked).split())


def _plain(text: str) -> str:
    """As one looks for it: Ｄ１０１ typed in full width is D101."""
    return unicodedata.normalize("NFKC", text).casefold()


ROUTES = [path("problems/", problems, name="problems")]
