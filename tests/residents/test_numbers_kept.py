"""宛名番号 — given once to each, and the same through all that follows. std 1.1.13."""

from __future__ import annotations

import pytest

from daicho.residents.models import Person, SheetVersion
from tests.residents.counter import move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db


def test_宛名番号は自動で付き異動しても変わらない():
    """N-1.1.13-01."""
    written = register("domestic_move_in", move_in_form())
    given = {w.person.public_id: w.person.atena_no for w in written}
    assert len(set(given.values())) == len(written)
    register("relocation", relocation_form(list(given), effective_on="令和8年4月5日", filed_on="令和8年4月6日"))
    assert dict(Person.objects.values_list("public_id", "atena_no")) == given
    versions = SheetVersion.objects.values_list("person__public_id", "person__atena_no")
    assert set(versions) == set(given.items()) and len(versions) == 2 * len(given)
