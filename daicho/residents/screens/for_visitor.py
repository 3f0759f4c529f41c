"""来庁者のために — a screen that shows residents is opened for a visitor, by an officer with the right, or not at all. F-0-12, F-1-01, F-1-16."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any  # views take what their address holds

from django.http import HttpRequest, HttpResponse

from daicho import audit
from daicho.audit.middleware import PERSONAL
from daicho.residents.permissions import Permission
from daicho.residents.screens.answers import to_visit
from daicho.residents.screens.counter import at_counter
from daicho.staff.queries import actor_of

RETURN_TO = "after_visit"  # in the session: where the officer was going when the 受付 was missing; an address of ours, without words

View = Callable[..., HttpResponse]


def for_visitor(*permissions: Permission | tuple[Permission, ...]) -> Callable[[View], View]:
    """The view gets the Counter with its open visit after the request. A refusal names the person of the address and comes first.

    Of several in brackets one is enough.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **values: Any) -> HttpResponse:
            subjects = (values["public_id"],) if "public_id" in values else ()
            actor = actor_of(request)
            for one in permissions:
                either = one if isinstance(one, tuple) else (one,)
                audit.require(actor, next(filter(actor.may, either), either[0]), subjects)
            counter = at_counter(request)
            if counter.visit is None:
                if request.method == "GET":
                    request.session[RETURN_TO] = request.path
                setattr(request, PERSONAL, False)  # nobody is shown
                return to_visit(request)
            return view(request, counter, **values)

        return inner

    return wrapped
