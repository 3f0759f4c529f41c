"""通知の登録 — a notice is posted with its event or not at all. 住基法30条の6, design §5."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from daicho import outbox, vault
from daicho.contracts import base
from daicho.contracts.base import ContractError, UnknownContract
from daicho.outbox.commands import begin_epoch, current_epoch
from daicho.outbox.envelope import Envelope
from daicho.outbox.errors import NotAllowed
from daicho.outbox.models import Delivery, Epoch, Notice, RefusedMessage
from tests.outbox.messages import OtherSampleV1, OutboxSampleQuestionV1, OutboxSampleV1

HANAKO, TARO = uuid.uuid4(), uuid.uuid4()


@pytest.mark.django_db
def test_通知は封をして送信待ちに置かれる(there):
    notice_id = outbox.post(OutboxSampleV1(1, "葛\U000e0104城"), to="there", subjects=[outbox.subject_handle("there", HANAKO)], because=42)
    notice = Notice.objects.select_related("delivery", "epoch").get(notice_id=notice_id)
    assert (notice.kind, notice.version, notice.because_event, notice.delivery.state) == ("outbox_sample", 1, 42, "pending")
    sealed = vault.open_payload(notice.payload_ref)
    envelope = base.read(Envelope, sealed)
    assert envelope.message() == OutboxSampleV1(1, "葛\U000e0104城")
    assert (envelope.digest, envelope.epoch, envelope.subjects) == (notice.digest, str(notice.epoch.uuid), tuple(notice.subjects))


@pytest.mark.django_db
def test_同じ内容でも封筒の要約値は違う(there):
    """Design §6: a digest that stands in the open must not allow a number inside to be guessed."""
    outbox.post_many([outbox.Outgoing(OutboxSampleV1(1, "x"), "there"), outbox.Outgoing(OutboxSampleV1(1, "x"), "there")])
    assert len(set(Notice.objects.values_list("digest", flat=True))) == 2


@pytest.mark.django_db
def test_通知の数が増えても問合せの数は変わらない(there):
    outbox.post(OutboxSampleV1(0, ""), to="there", subjects=[outbox.subject_handle("there", HANAKO)])
    counted = []
    for k in (1, 2, 40):
        with CaptureQueriesContext(connection) as queries:
            handles = outbox.subject_handles("there", [uuid.uuid4() for _ in range(k)])
            outbox.post_many([outbox.Outgoing(OutboxSampleV1(n, ""), "there", [handle]) for n, handle in enumerate(handles)])
        counted.append(len(queries))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 9, [q["sql"][:80] for q in queries]


@pytest.mark.django_db
def test_許されていない相手方や種類へは登録できない(there):
    """G-01…G-30: what wiring does not list does not exist."""
    with pytest.raises(NotAllowed):
        outbox.post(OutboxSampleV1(1, ""), to="nowhere")
    with pytest.raises(NotAllowed):
        outbox.post(OtherSampleV1(1), to="there")
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_電文でないものや照会は登録できない(there):
    with pytest.raises(UnknownContract):
        outbox.post(object(), to="there")
    with pytest.raises(ContractError):
        outbox.post(OutboxSampleV1("1", ""), to="there")
    with pytest.raises(ContractError):
        outbox.post(OutboxSampleQuestionV1("q", "p", datetime(2026, 4, 1, tzinfo=UTC)), to="there")


def test_異動と同じ取引の外では登録できない(committed_db, there):
    with pytest.raises(transaction.TransactionManagementError):
        outbox.post(OutboxSampleV1(1, ""), to="there")


def test_異動が取り消されれば通知も無い(committed_db, there):
    with transaction.atomic():
        outbox.post(OutboxSampleV1(1, ""), to="there")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_符丁は相手方ごとに違い同じ人には同じ(there, elsewhere):
    """design §5: no third system can join two systems' handles."""
    first, second = outbox.subject_handles("there", [HANAKO, TARO])
    assert first != second
    assert first == outbox.subject_handle("there", HANAKO)
    assert first != outbox.subject_handle("elsewhere", HANAKO)
    assert uuid.UUID(hex=first)


def test_符丁の鍵は巻き戻されたものを使い回さない(committed_db, there):
    with transaction.atomic():
        lost = outbox.subject_handle("there", HANAKO)
        transaction.set_rollback(True)
    with transaction.atomic():
        kept = outbox.subject_handle("there", HANAKO)
    with transaction.atomic():
        assert outbox.subject_handle("there", HANAKO) == kept != lost


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["outbox_notice", "outbox_epoch", "outbox_receipt", "outbox_refusedmessage", "outbox_pairkey"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET municipality_code = '000000'", "DELETE FROM {}"])
def test_追記だけの表は書き換えられない(table, statement):
    """design §4: INSERT-only is a grant of the database."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.django_db
def test_送達の行も消せない(there):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM outbox_delivery")


@pytest.mark.django_db
def test_復元すると世代が変わる(there):
    before = current_epoch()
    after = begin_epoch("restored from backup")
    assert (after.number, after.uuid == before.uuid) == (before.number + 1, False)
    notice_id = outbox.post(OutboxSampleV1(1, ""), to="there")
    assert Notice.objects.get(notice_id=notice_id).epoch == after
    assert Epoch.objects.count() == 2


@pytest.mark.django_db
def test_自治体コードは六桁(there):
    for model in (Epoch(number=9, municipality_code="1"), RefusedMessage(municipality_code="12345", authenticated=False)):
        for name in ("began_at", "refused_at"):
            if hasattr(model, name):
                setattr(model, name, "2026-04-01T00:00:00Z")
        with pytest.raises(IntegrityError), transaction.atomic():
            model.save()
