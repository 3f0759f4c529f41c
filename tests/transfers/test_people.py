"""対象者の更新 — what residents tell is kept as the room's layout has it, in order, and of the dead nothing. G-25, S1-11."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from daicho import audit
from daicho.outbox import intake
from daicho.transfers.commands.people import accept_info
from daicho.transfers.models import PERSON_COLUMNS, Person
from tests.contracts.transfer_samples import ATENA, DIED, MOVE_IN, PERSON, RELOCATED
from tests.transfers.city_hall import NOBODY
from tests.transfers.sending import deliver, envelope_of, posted, told

pytestmark = pytest.mark.django_db


def test_知らされたとおりに保持し新しい履歴で置き換える():
    told(MOVE_IN)
    assert Person.objects.get().to_value() == PERSON
    told(replace(MOVE_IN, history_no=2, person=RELOCATED))
    row = Person.objects.get(atena_no=ATENA)
    assert (row.to_value(), row.history_no) == (RELOCATED, 2)


def test_死亡した者については何も保持しない():
    """評価書II(1)2③: 死亡により消除された者 is no subject of the file; what was held of them goes."""
    told(MOVE_IN, DIED)
    row = Person.objects.get()
    assert (row.is_subject, row.to_value()) == (False, None)
    assert {getattr(row, name) for name in PERSON_COLUMNS} == {None}


def test_古い履歴が後から届けば受け付けない():
    told(replace(MOVE_IN, history_no=2, person=RELOCATED))
    reply = deliver(MOVE_IN)
    assert (reply.status, reply.code, "照合" in reply.reason_ja) == ("refused", "history_reversal", True)
    assert Person.objects.get().history_no == 2


def test_住民記録が復元され入れ直されれば入れ直した履歴で置き換え失われた履歴は遅れて届いても受け付けない():
    """Decision 0019: 2 and 3 were told and are lost; what is entered again is 101, above all that was told."""
    told(MOVE_IN, replace(MOVE_IN, history_no=2))
    again = envelope_of(replace(MOVE_IN, history_no=101, person=RELOCATED), epoch=str(uuid.uuid4()))
    assert intake.receive("residents", again.to_bytes(), "127.0.0.1").status == "acknowledged"
    assert deliver(replace(MOVE_IN, history_no=3)).code == "history_reversal"
    row = Person.objects.get(atena_no=ATENA)
    assert (row.to_value(), row.history_no) == (RELOCATED, 101)


def test_同じ電文は一度だけ効き同じ履歴は繰り返してよい():
    envelope = envelope_of(MOVE_IN)
    replies = [intake.receive("residents", envelope.to_bytes(), "127.0.0.1").status for _ in range(2)]
    told(MOVE_IN)
    assert (replies, Person.objects.count()) == (["acknowledged", "duplicate"], 1)


@pytest.mark.parametrize("sender", ["departments", "juki_net", "atena"])
def test_住民記録以外からは受け付けない(sender):
    """G-25, F-1-42."""
    reply = intake.receive(sender, envelope_of(MOVE_IN, sender=sender).to_bytes(), "127.0.0.1")
    assert (reply.status, reply.code, Person.objects.exists()) == ("refused", "not_allowed", False)


def test_受付口のほかに更新できる者はいない():
    """F-0-12."""
    with pytest.raises(audit.Refused):
        accept_info(NOBODY, MOVE_IN)


def test_許可のない間は保持するだけで誰にも知らせない():
    """D-R1: nothing goes to anybody without a grant in force."""
    told(MOVE_IN)
    assert posted() == []


def test_番号の列はない():
    """S1-11; F-1-56."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'transfers_person'")
        columns = {name for (name,) in cursor.fetchall()}
    assert columns == {"id", "municipality_code", "public_id", "atena_no", "history_no", "recorded_at", "is_subject", "changed_xid", *PERSON_COLUMNS}


@pytest.mark.parametrize(
    "statement", ["UPDATE transfers_transferrecord SET outcome = 'given'", "DELETE FROM transfers_transferrecord", "DELETE FROM transfers_person"]
)
def test_記録は書き換えられず何も消せない(statement):
    """F-1-43: kept seven years; INSERT only is a grant of the database."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
