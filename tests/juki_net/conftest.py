"""住基ネットの試験の支度 — envelopes as residents sends them, the counterparts of this installation, and officers.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from dataclasses import replace

import pytest


@pytest.fixture
def deliver():
    """Hands a message over as if residents had sent it; returns the post room's reply."""
    from tests.juki_net.sending import deliver

    return deliver


@pytest.fixture
def outside(tmp_path):
    """The counterparts, with the keys of the tests' installation."""
    from tests import harness
    from tests.simulators.world import outside_world

    with outside_world(harness.state_dir() / "keys", tmp_path / "outside") as world:
        yield world


@pytest.fixture
def wired(outside, settings, monkeypatch):
    """This system speaks with those counterparts."""
    from daicho.outbox import courier

    peers = {**settings.DAICHO.peers, **{name: replace(settings.DAICHO.peers[name], url=one.url + "/wire/v1/messages") for name, one in outside.items()}}
    settings.DAICHO = replace(settings.DAICHO, peers=peers)
    monkeypatch.setattr(courier, "_couriers", {})
    return outside


@pytest.fixture
def officer():
    from daicho import audit
    from daicho.juki_net.permissions import LABELS_JA

    return audit.Actor(7, "juki1", "住基\u3000網子", "20", "住基ネット担当", "main", "J-01", frozenset(str(permission) for permission in LABELS_JA))


@pytest.fixture
def in_browser(committed_db, settings, monkeypatch):
    """(browser, the system's address, account) with one operator of juki_net who has no rights and no device yet."""
    from django.db import connections

    from tests.staff.people import account
    from tests.ui.browser import browser, served

    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread; the server has its own
    made = account()
    with served() as address, browser() as opened:
        origin = address.replace("127.0.0.1", "localhost")
        settings.DAICHO = replace(settings.DAICHO, public_origin=origin)
        yield opened, origin, made
        connections.close_all()  # what this test asked inside the driver's loop went over a connection of its own


@pytest.fixture
def page(in_browser):
    """A page that fails the test on any script error or breach of the content security policy."""
    from tests.ui.browser import COUNTER

    opened, origin, _ = in_browser
    opened_page, complaints = opened.new_context(base_url=origin, **COUNTER).new_page(), []
    opened_page.on("pageerror", lambda error: complaints.append(str(error)))
    opened_page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    yield opened_page
    assert complaints == []


@pytest.fixture
def nobody(officer):
    return replace(officer, login="nobody", grants=frozenset())
