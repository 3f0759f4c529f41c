"""他市町村からの転入通知 — from outside to residents, through this room and not into it. 法9条1項; G-10; F-2-01, F-2-05; N-4.1.3.1.2-*."""

from dataclasses import replace

import pytest

from daicho import clock, vault
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice, RefusedMessage
from daicho.vault import NumberKind
from tests.contracts.juki_samples import CODE, FROM_OUTSIDE, MOVE_IN, OTHER_CODE, RECEIVED
from tests.juki_net.sending import deliver, envelope_of

pytestmark = pytest.mark.django_db


def from_outside(message, *, peer: str = "other_city"):
    return deliver(message, envelope_of(message, sender=peer, subjects=()), peer=peer)


def record_of(code: str) -> IdentityRecord:
    return IdentityRecord.objects.get(juminhyo_code_ref=vault.find(NumberKind.JUMINHYO_CODE, code))


def posted() -> list[object]:
    refs = Notice.objects.order_by("order_no").values_list("payload_ref", flat=True)
    return [base.read(Envelope, vault.open_payload(ref)).message() for ref in refs]


def refused_with(reply) -> str:
    assert reply.status == "refused"
    assert RefusedMessage.objects.filter(code=reply.code).exists()
    return reply.reason_ja


def test_住民記録へ渡り本人確認情報ファイルは変わらない():
    deliver(MOVE_IN)
    before = record_of(CODE).to_value()
    assert from_outside(FROM_OUTSIDE).status == "acknowledged"
    handed = Notice.objects.order_by("order_no").last()
    assert (handed.destination, handed.kind, len(handed.subjects)) == ("residents", "move_in_received", 1)
    assert posted()[-1] == replace(RECEIVED, notice_date=clock.today())
    assert (record_of(CODE).to_value(), IdentityVersion.objects.count()) == (before, 1)
    entry = AuditEntry.objects.get(action="juki_net:move_in:receive")
    assert (entry.subjects, entry.detail["request_control_no"]) == ([record_of(CODE).public_id], RECEIVED.request_control_no)


@pytest.mark.parametrize(
    "changes",
    [
        {"juminhyo_code": OTHER_CODE},
        {"juminhyo_code": "x"},
        {"name_kanji": "〓"},
        {"new_address": ""},
        {"birth_date": "99999999"},
        {"notice_basis_code": "9"},
    ],
    ids=["知らない人", "番号でない", "文字化け", "住所がない", "日付でない", "知らない区分"],
)
def test_中身が変でも断らず住民記録の職員に渡す(changes):
    """N-4.1.3.1.2-02: what cannot be taken in by itself is a clerk's, and is not lost at the door."""
    assert from_outside(replace(FROM_OUTSIDE, **changes)).status == "acknowledged"
    assert Notice.objects.get().kind == "move_in_received"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"addressee_municipality_code": "011002", "municipality_code": "012041"}, "宛先が当市ではありません"),
        ({"municipality_code": "012033"}, "転入地が当市"),
    ],
)
def test_当市あてでないものだけを断る(changes, words):
    assert words in refused_with(from_outside(replace(FROM_OUTSIDE, **changes)))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("peer", ["residents", "prefecture"])
def test_他市町村のほかからは受け付けない(peer):
    assert from_outside(FROM_OUTSIDE, peer=peer).status == "refused"
    assert not Notice.objects.exists()


def test_他市町村は本人確認情報を更新できない():
    """F-2-01, F-2-05: the door is open for this one kind alone."""
    assert from_outside(MOVE_IN).code == "not_allowed"
    assert not IdentityRecord.objects.exists()


def test_同じ封筒が二度届いても一度だけ渡す():
    envelope = envelope_of(FROM_OUTSIDE, sender="other_city", subjects=())
    assert [deliver(FROM_OUTSIDE, envelope, peer="other_city").status for _ in range(2)] == ["acknowledged", "duplicate"]
    assert Notice.objects.count() == 1
