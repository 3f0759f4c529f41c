"""画面の試験の支度 — the made-up city's offices, and officers at their terminals. Imports daicho only inside fixtures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client


@pytest.fixture(scope="package")
def furnished(django_db_blocker: object) -> Iterator[str]:
    """The name of a database with the made-up city in it, filled once: to fill it for each test took a third of the time of all."""
    from daicho import clock
    from tests import copies
    from tests.residents.screens import desks

    def fill() -> None:
        with django_db_blocker.unblock(), clock.at(date(2026, 4, 10)):  # type: ignore[attr-defined]
            desks.city()

    with copies.furnished(os.environ["DAICHO_SYSTEM"], fill) as name:
        yield name


@pytest.fixture(scope="package")
def django_db_setup(furnished: str) -> Iterator[None]:
    """In place of that of all other tests: a clone of the furnished one."""
    from tests import harness
    from tests.copies import turned_to

    with harness.clone(os.environ["DAICHO_SYSTEM"], furnished) as clone, turned_to(clone):
        yield


@pytest.fixture
def committed_db(furnished: str, django_db_setup: None, django_db_blocker: object) -> Iterator[object]:
    """Likewise."""
    from tests import harness
    from tests.copies import turned_to

    with harness.clone(os.environ["DAICHO_SYSTEM"], furnished) as clone, turned_to(clone), django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield clone


@pytest.fixture
def made_up_city(db: None) -> None:
    from tests.residents.screens import desks

    desks.city()


@pytest.fixture
def clerk(made_up_city: None) -> Client:
    from tests.residents.screens import desks

    return desks.officer("m.mado", desks.ENTERS, "H01")


@pytest.fixture
def examiner(made_up_city: None) -> Client:
    from tests.residents.screens import desks

    return desks.officer("s.shinsa", desks.EXAMINES, "E01")


@pytest.fixture
def stranger(made_up_city: None) -> Client:
    from tests.residents.screens import desks

    return desks.officer("t.taka", (), "Z01")
