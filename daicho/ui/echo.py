"""読み返しと候補の口 — small answers while a field is being typed: how a date is read, which 町字 there are. POST: nothing typed lies in a URL.

Signed-in people only; no person is read here, so no reading is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from daicho.ui.dates import reading_of

_MOST, _LONGEST = 12, 100


@dataclass(frozen=True)
class Candidate:
    """One candidate: what is put into the field, and what helps to choose (reading, postal code)."""

    value: str
    note: str = ""


LookUp = Callable[[str, int], Sequence[Candidate]]
LookUpBeside = Callable[[str, str, int], Sequence[Candidate]]
_dictionaries: dict[str, LookUpBeside] = {}


def register_dictionary(name: str, look_up: LookUp) -> None:
    """A dictionary of things that are no persons: `look_up(typed, most)` gives candidates, best first."""
    _dictionaries[name] = lambda typed, _, most: look_up(typed, most) if typed else ()


def register_dictionary_beside(name: str, look_up: LookUpBeside) -> None:
    """One that hangs on another field: `look_up(typed, beside, most)`, with what stands there (of a 方書 its 住所)."""
    _dictionaries[name] = look_up


@require_POST
def echo_date(request: HttpRequest) -> HttpResponse:
    """{"text", "ok", "alert"} of the date in `value`, in 和暦 unless `calendar` is "western"."""
    reading = reading_of(request.POST.get("value", "")[:100], western=request.POST.get("calendar") == "western")
    if reading is None:
        return JsonResponse({"text": "", "ok": True, "alert": False})
    return JsonResponse({"text": reading.text, "ok": reading.is_ok, "alert": reading.alert})


@require_POST
def candidates(request: HttpRequest, dictionary: str) -> HttpResponse:
    """{"candidates": [{"value", "note"}]} for what was typed; empty when this installation has no such dictionary."""
    typed, beside = (request.POST.get(name, "").strip(" 　")[:_LONGEST] for name in ("value", "beside"))
    look_up = _dictionaries.get(dictionary)
    found = look_up(typed, beside, _MOST) if look_up and (typed or beside) else ()
    return JsonResponse({"candidates": [{"value": each.value, "note": each.note} for each in found]})
