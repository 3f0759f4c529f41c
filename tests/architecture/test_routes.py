"""道順の取決め — every route needs a signed-in officer, except those listed here. F-0-12."""

import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

# Sign-in itself and its second half, choosing the terminal before it, and the glyphs with which they are drawn.
OPEN = {"staff:sign_in", "staff:terminal", "ui:font"} | ({"second_factor:assertion", "second_factor:enrolment"} if settings.STAFF_SECOND_FACTOR else set())
# What everybody at work may do, with no right but that of being there: leave, one's own password and rights, and the menu.
OF_EVERYBODY = {
    f"{settings.DAICHO.name}:home",
    "staff:my_grants",
    "staff:password",
    "staff:sign_off",
    "second_factor:present",
    "residents:visit_filings",
    "residents:problems",
    "ui:characters",
}
# Words in an address, which are a code of ours and say nothing of anybody; every other part is an opaque id or a number of order.
WORDS = {"residents:filing_start", "residents:filing_picked", "residents:filing_start_with", "residents:event_letter", "ui:candidates", "ui:font"} | {
    f"city:{name}" for name in ("thing", "propose", "end", "new", "dictionary", "dictionary_row", "take_edition", "new_row", "change_row", "end_row")
}
SAMPLES = {"int": "1", "str": "x", "slug": "relocation", "uuid": str(uuid.UUID(int=0)), "path": "x"}


def routes(patterns=None, prefix="", namespace=""):
    """(name, path with sample values, pattern) of every route of this system's screens."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            for part, converter in entry.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
                route = route.replace(f"<{kind}:{part}>", SAMPLES[kind]).replace(f"<{part}>", SAMPLES[kind])
            yield f"{namespace}{entry.name}", f"/{route}", entry
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, route, inner)


ALL = sorted({(name, path) for name, path, _ in routes()})


def test_道順がある():
    assert {name for name, _ in ALL} >= OPEN


def test_開いている道順はここに列挙したものだけ():
    assert {name for name, _, entry in routes() if getattr(entry.callback, "open_to_all", False)} == OPEN


def test_番地に言葉が現れるのはここに列挙した符号だけ():
    """F-0-12: neither a name nor a number of a person, nor what was searched for, lies in an address."""
    found = {name for name, _, entry in routes() for one in entry.pattern.converters.values() if type(one).__name__ not in ("UUIDConverter", "IntConverter")}
    assert found <= WORDS


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), [route for route in ALL if route[0] not in OPEN])
def test_利用開始前はどの画面も開かない(name, path):
    client = Client()
    answer = client.get(path)
    assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) in ((302, "/sign-in/"), (405, "")), name
    assert client.post(path).status_code in (401, 403, 405), name


@pytest.mark.django_db
def test_権利のない職員にはどの画面も開かない(settings):
    """F-1-10, F-1-12, design §6: every view names a right, and asks for it before anything else: before what is there, and before what was typed."""
    from daicho import clock
    from tests.staff.people import TODAY, signed_in

    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        client = signed_in()
        found = {}
        for name, path in ALL:
            if name not in OPEN | OF_EVERYBODY and not name.startswith("ui:"):  # the house's own words: dates, dictionaries, samples
                statuses = (client.get(path).status_code, client.post(path).status_code)
                if not set(statuses) <= {403, 405}:
                    found[name] = statuses
    assert found == {}
