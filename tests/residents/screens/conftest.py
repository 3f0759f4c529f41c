"""画面の試験の支度 — the made-up city's offices, and officers at their terminals. Imports daicho only inside fixtures."""

from __future__ import annotations

import pytest
from django.test import Client


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
