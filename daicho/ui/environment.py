"""画面の型紙 — the Jinja2 environment that every page is drawn with: compiled once, everything escaped, a misspelt name an error. docs/decisions/0008."""

from __future__ import annotations

from typing import Any  # options and contexts of a template are of many types

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from daicho.ui import drawing
from daicho.ui.chrome import Chrome, chrome_of

_CSRF_INPUT = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">')


class Templates(Jinja2):
    """Django's backend for Jinja2, which looks where each app keeps its templates. It gives them `request`, `csrf_input` and `csrf_token`."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "OPTIONS": {"environment": f"{__name__}.environment", "context_processors": [f"{__name__}.csrf"]}})


def environment(**options: Any) -> Environment:
    """What stands here is no choice of an installation."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined, "auto_reload": False, "keep_trailing_newline": True})
    for name in ("default", "d", "safe"):  # they hide a name that is not there, and let markup through
        del made.filters[name]
    made.filters |= drawing.FILTERS
    made.globals |= {**drawing.FUNCTIONS, "chrome": _chrome}
    return made


def csrf(request: HttpRequest) -> dict[str, Any]:
    """`csrf_token` and `csrf_input`, made once a page, where one is asked for: the backend's own are masked anew for each form of a list."""
    token = SimpleLazyObject(lambda: get_token(request))
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: _CSRF_INPUT % token)}


@pass_context
def _chrome(context: Context) -> Chrome:
    """The frame, computed once a page: `{% set page = chrome() %}` in the frame itself. The pages of errors may have no request."""
    return chrome_of(context.get("request"))


def compile_all() -> None:
    """Every template of this system (0.4 s), before the first page is asked for. TemplateSyntaxError."""
    for engine in engines.all():
        assert isinstance(engine, Templates)
        for name in engine.env.list_templates():
            engine.env.get_template(name)
