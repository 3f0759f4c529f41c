"""いない人と同じ — asks every way that hides, as an officer who may not know: once for somebody protected, once for nobody. domain §7; daicho/site/exits.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from daicho.site import exits
from daicho.site.exits import Decision
from tests.ui.alike import same_page

Args = tuple[object, ...]


@dataclass(frozen=True)
class Probe:
    """How the ways of one room are asked. `opened`: by the ids of somebody protected; `typed`: what is typed of them, and of nobody;
    `listed`: lists, which may not hold one of `words`. `form`: what is posted beside an id."""

    opened: Mapping[str, Args] = field(default_factory=dict)
    typed: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    form: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def nobody_there(room: str, client: Client, probe: Probe) -> None:
    """Every way of the room that hides is asked; each answers of the protected as of nobody, in status, place of forwarding and body."""
    hiding = {name for name, one in exits.ROUTES.items() if one.decision is Decision.HIDES and name.startswith(f"{room}:")}
    assert {f"{room}:{name}" for name in (*probe.opened, *probe.typed, *probe.listed)} == hiding
    for name, args in probe.opened.items():
        paths = [reverse(f"{room}:{name}", args=each) for each in (args, _of_nobody(args))]
        same_page([(client.get(path), path) for path in paths])
        same_page([(client.post(path, probe.form.get(name, {})), path) for path in paths])
    for name, forms in probe.typed.items():
        same_page([(client.post(reverse(f"{room}:{name}"), form), _longest(form)) for form in forms])
    for name in probe.listed:
        page = client.get(reverse(f"{room}:{name}"))
        assert page.status_code == 200, name
        assert [word for word in probe.words if word in page.content.decode()] == [], name


def _of_nobody(args: Args) -> Args:
    return tuple(uuid4() if isinstance(each, UUID) else each for each in args)


def _longest(form: Mapping[str, str]) -> str:
    """What was typed of the person, which the form shows again."""
    return max(form.values(), key=len)
