"""受付 — an officer serves one visitor at a time, whatever is sent at once. design §3; F-1-01."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction

from daicho import clock
from daicho.residents.commands import visits
from daicho.residents.errors import CannotDo
from daicho.residents.models import Visit
from daicho.residents.rules.visits import VisitForm
from tests.cast import CLERK, EXAMINER

FORM = VisitForm("花園　太郎", "self", "one_document", ("my_number_card",), "転入")


@pytest.mark.django_db
def test_終えるまで次の受付は始められず番号も使わない():
    first = visits.open_visit(CLERK, FORM).visit
    with pytest.raises(CannotDo, match="前の来庁者の受付が、まだ終わっていません"):
        visits.open_visit(CLERK, FORM)
    assert visits.open_visit(EXAMINER, FORM).visit.visit_no == first.visit_no + 1  # another officer has a visitor of their own
    visits.close_visit(CLERK, first.public_id)
    assert visits.open_visit(CLERK, FORM).visit.visit_no == first.visit_no + 2


@pytest.mark.django_db
def test_表も開いた受付を一人に二つ持たない():
    first = visits.open_visit(CLERK, FORM).visit
    again = Visit(**{field.attname: getattr(first, field.attname) for field in Visit._meta.concrete_fields if field.name not in ("id", "public_id")})
    again.visit_no += 100
    with pytest.raises(IntegrityError, match="visit_one_open"), transaction.atomic():
        again.save()


def test_本当に同時の二つのうち一つだけが始まる(committed_db):
    """The second comes while the first is not committed: it waits, and is refused."""
    ended, day = [], clock.today()

    def second():
        try:
            with clock.at(day):
                visits.open_visit(CLERK, FORM)
            ended.append("opened")
        except CannotDo:
            ended.append("refused")
        finally:
            connections.close_all()

    with transaction.atomic():
        visits.open_visit(CLERK, FORM)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        assert ended == []
    thread.join(10)
    assert ended == ["refused"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM residents_visit WHERE closed_at IS NULL")
        assert cursor.fetchone() == (1,)
