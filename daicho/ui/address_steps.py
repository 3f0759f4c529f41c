"""住所を選ぶ — 都道府県 → 市区町村 → 大字 → 小字 from lists, each of what the step before left. 標準1.3.3-13.

POST, as every small answer; no person is in the dictionary, so no reading is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

STEPS = ("都道府県", "市区町村", "大字・町", "小字・丁目")


@dataclass(frozen=True)
class Chosen:
    """What the names chosen so far lead to: the names of the next step, and the address as it stands; `inside` as it is written in this city."""

    names: tuple[str, ...]
    text: str
    inside: str = ""
    postal_code: str = ""


_LookUp = Callable[[Sequence[str]], Chosen]
_registered: list[_LookUp] = []


def register(look_up: _LookUp) -> None:
    """The dictionary to choose from, by the room that has one."""
    _registered[:] = [look_up]


def is_offered() -> bool:
    return bool(_registered)


@require_POST
def steps(request: HttpRequest) -> HttpResponse:
    """The inside of the dialog. `step`: the names chosen, in order."""
    path = [name for name in request.POST.getlist("step") if name][: len(STEPS)]
    chosen = _registered[0](path) if _registered else Chosen((), "")
    context = {"path": path, "chosen": chosen, "step": STEPS[len(path)] if len(path) < len(STEPS) else "", "steps": list(zip(STEPS, path, strict=False))}
    return render(request, "ui/address_steps.html", context)
