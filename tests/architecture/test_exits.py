"""出口の取決め — nothing of a person is seen or leaves by a way that was not decided about; and whoever may not know gets to none that warns. domain §7; 標準3.1–3.4."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

import daicho.contracts  # noqa: F401 — registers every contract
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.jobs import registry
from daicho.outbox import courier, intake
from daicho.site import exits
from daicho.site.exits import Decision
from daicho.site.launch.bootstrap import PAIRS
from daicho.staff import even_answers, permissions
from tests.architecture.test_routes import ALL as ROUTES

ROOM = settings.DAICHO.name
LAYOUTS = Path(__file__).resolve().parents[2] / "layouts"
_QUESTIONS = {one.kind for one in base.definitions() if one.category == "question"}


def namespace(name: str) -> str:
    return name.split(":")[0]


def of_this_room(decided) -> set[str]:
    return {name for name in decided if name.startswith(f"{ROOM}>")}


def test_どの画面にも決めがあり無くなった画面の決めは残らない():
    """A new screen without a decision fails here, and so does a decision about one that is gone."""
    found = {name for name, _ in ROUTES}
    whole = {ROOM, *({namespace(name) for name in found} if ROOM == "residents" else ()), *({"second_factor"} if settings.STAFF_SECOND_FACTOR else ())}
    assert sorted(found - set(exits.ROUTES)) == []
    assert sorted(name for name in exits.ROUTES if namespace(name) in whole and name not in found) == []  # of what all share, residents has everything


def test_どの電文にも決めがあり無くなった電文の決めは残らない():
    sent = {f"{ROOM}>{destination}:{kind}" for destination, kind in courier.kinds()}
    answered = {f"{ROOM}>{sender}:{kind}" for sender, kind in intake.registered() if kind in _QUESTIONS}
    asked = {key for key in sent if key.rsplit(":", 1)[1] in _QUESTIONS}
    assert (of_this_room(exits.CONTRACTS), of_this_room(exits.ANSWERS)) == (sent, answered)
    assert asked <= set(exits.CONTRACTS)  # a question names its person too


def test_どの処理にも決めがある():
    assert {job.name for job in registry.registered()} <= set(exits.JOBS)


def test_知り得ない職員への答えは足並みをそろえて出る():
    """How long an answer took tells nobody who is hidden: the room says who may know, and the pace is set before all other middleware."""
    assert even_answers.registered() == (import_module(f"daicho.{ROOM}.permissions").may_know,)
    assert settings.MIDDLEWARE[0] == "daicho.staff.even_answers.EvenAnswers"


def test_すべてのシステムの決めがある():
    """Each system looks at its own; no decision is about a system that does not exist."""
    systems = set(PAIRS)
    assert {key.split(">")[0] for key in (*exits.CONTRACTS, *exits.ANSWERS)} == systems
    assert systems <= {namespace(name) for name in exits.ROUTES}


def test_どの様式と書出しにも決めがあり無くなったものの決めは残らない():
    from argparse import ArgumentParser

    from daicho.site.commands import export

    parser = ArgumentParser()
    export.arguments(parser)
    [choices] = [action.choices for action in parser._actions if action.dest == "layout"]
    assert set(exits.EXPORTS) == set(choices or ())
    assert set(exits.LAYOUTS) == {file.stem for file in LAYOUTS.glob("*.csv")}


def test_どの決めにも理由がある():
    assert [
        name
        for table in (exits.ROUTES, exits.CONTRACTS, exits.ANSWERS, exits.JOBS, exits.EXPORTS, exits.LAYOUTS)
        for name, one in table.items()
        if not one.reason
    ] == []


def blind_rights() -> list[str]:
    """Every right that can be given in this system without letting its holder know of the protected."""
    may_know = import_module(f"daicho.{ROOM}.permissions").may_know
    rights = [entry.name for entry in permissions.catalogue()]
    return [name for name in rights if not may_know(Actor(1, "h.otaru", "", "", "", "", "", frozenset({name})))]


@pytest.fixture
def blind(settings, db, monkeypatch):
    """An officer with all of these at once, who need not wait for even times here (tests/staff/test_even_answers.py): whether, not when."""
    from daicho import clock
    from tests.staff.people import TODAY, signed_in

    monkeypatch.setattr(even_answers, "EVERY", 1e-6)
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield signed_in(*blind_rights())


def test_知ってはならない職員には知るべき職員だけの画面はどれも開かない(blind: Client):
    """domain §7: tried, not read: every right that does not let one know, together, opens none of them."""
    warns = [(name, path) for name, path in ROUTES if exits.ROUTES[name].decision is Decision.WARNS]
    opened = {name: statuses for name, path in warns if not set(statuses := (blind.get(path).status_code, blind.post(path).status_code)) <= {403, 405}}
    assert opened == {}
    assert bool(warns) is (ROOM != "konbini")  # where no officer changes anything of a person


def test_知ってはならない権利だけではだれのことも知ることができない():
    """The rights of a room that are no mere looking let one know, and mere looking does not."""
    blind_ones = {name for name in blind_rights() if name.startswith(f"{ROOM}:")}
    mine = {entry.name for entry in permissions.catalogue() if entry.name.startswith(f"{ROOM}:")}
    assert f"{ROOM}:protected:read" in mine - blind_ones
    assert {name for name in blind_ones if name.split(":")[2] in ("set", "decide", "issue", "examine", "export", "compare", "confirm")} == set()
