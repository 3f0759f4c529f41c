"""送達の試験の支度 — routes to two made-up destinations, a courier in memory for each, and officers with and without rights.

Nothing of daicho is imported before a fixture is used: this file is read before Django has its settings.
"""

from dataclasses import replace

import pytest


@pytest.fixture
def routes(monkeypatch):
    """No routes and no handlers but those of the test."""
    from daicho.outbox import courier, intake
    from tests.outbox import messages  # noqa: F401 — registers the contracts

    monkeypatch.setattr(courier, "_routes", {})
    monkeypatch.setattr(courier, "_couriers", {})
    monkeypatch.setattr(intake, "_handlers", {})
    return courier


@pytest.fixture
def there(routes):
    """The courier to "there", the destination of most tests."""
    from tests.outbox.couriers import MemoryCourier

    memory = MemoryCourier()
    routes.allow("there", "outbox_sample", "outbox_sample_question", courier=lambda: memory)
    return memory


@pytest.fixture
def elsewhere(routes):
    from tests.outbox.couriers import MemoryCourier

    memory = MemoryCourier()
    routes.allow("elsewhere", "outbox_sample", courier=lambda: memory)
    return memory


@pytest.fixture
def officer():
    from daicho import audit
    from daicho.outbox.permissions import OutboxPermission

    return audit.Actor(
        account_id=1,
        login="outbox-officer",
        name="送達 太郎",
        unit_code="10",
        unit_name="戸籍住民課",
        office_code="01",
        terminal="窓口1",
        grants=frozenset(str(permission) for permission in OutboxPermission),
    )


@pytest.fixture
def nobody(officer):
    return replace(officer, login="nobody", grants=frozenset())


@pytest.fixture
def juki(tmp_path, monkeypatch):
    """A peer that the system under test knows, beside another one (`other`)."""
    from tests.outbox.parties import know, make_party

    party = make_party("peer_system", tmp_path)
    other = make_party("other_system", tmp_path)
    know(monkeypatch, party, other)
    return party


@pytest.fixture
def other(juki, tmp_path):
    from tests.outbox.parties import Party

    return Party("other_system", tmp_path / "other_system.key.pem", tmp_path / "other_system.public.pem")


@pytest.fixture
def effects(routes, juki):
    """A handler of `peer_system`'s samples, whose effect is a row of ours (a line named after the sample)."""
    from daicho.outbox import intake
    from daicho.outbox.models import Line

    handled = []

    def handle(message, envelope):
        Line.objects.create(destination=f"effect {message.no}")
        handled.append(message)

    intake.register("peer_system", "outbox_sample", handle)
    return handled
