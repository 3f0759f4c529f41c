"""同時の付番 — the register and a department tell of the same person at the same moment: one integrated number, one holder of the 個人番号. 番号法第9条; S4-01, S4-02."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction

from daicho import audit, clock
from daicho.atena.commands import accept_atena_info
from daicho.atena.models import AffairAtena, HeldNumber, IntegratedPerson
from daicho.atena.permissions import AtenaPermission
from daicho.contracts.atena_question_v1 import AtenaAnswerV1
from tests.atena.departments import answer_to, load, numbering
from tests.contracts.atena_samples import HANAKO, NUMBER, told
from tests.outbox.lock_waits import wait_until_it_waits


def asked_by_department() -> AtenaAnswerV1:
    try:
        return answer_to(numbering("7000001", individual_number=NUMBER))
    finally:
        connections.close_all()


def test_住民記録と課が同時に知らせても一人に一つだけ付番される(committed_db):
    """Neither has seen the 個人番号 before: who comes second waits, and joins whom the first has made."""
    load()
    with ThreadPoolExecutor(1) as department:
        with transaction.atomic():
            accept_atena_info(told(HANAKO, at=clock.now()), audit.Actor.system("atena.intake", AtenaPermission.INFO_UPDATE))
            second = department.submit(asked_by_department)
            wait_until_it_waits(second)
        answer = second.result(30)
    [person] = IntegratedPerson.objects.all()
    assert (answer.result, answer.integrated_atena_no) == ("found", person.integrated_atena_no)
    assert [(held.person_id, held.until) for held in HeldNumber.objects.all()] == [(person.pk, None)]
    assert set(AffairAtena.objects.values_list("person_id", flat=True)) == {person.pk} and AffairAtena.objects.count() == 2
