"""他市町村からの戸籍の通知 — 法9条2項 and 法19条2項, from outside to residents, through this room and not into it. F-2-01, F-2-05."""

from dataclasses import replace

import pytest

from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.juki_net.models import IdentityRecord, IdentityVersion
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice
from daicho.vault import open_payload
from tests.contracts.inbox_samples import MARRIAGE
from tests.contracts.juki_samples import CODE, MOVE_IN
from tests.juki_net.sending import deliver, envelope_of

pytestmark = pytest.mark.django_db
OF_KNOWN = replace(MARRIAGE, people=(replace(MARRIAGE.people[0], juminhyo_code=CODE),))


def from_outside(message, *, peer: str = "other_city"):
    return deliver(message, envelope_of(message, sender=peer, subjects=()), peer=peer)


def test_届いたまま住民記録へ渡り本人確認情報ファイルは変わらない():
    deliver(MOVE_IN)
    before = IdentityRecord.objects.get().to_value()
    assert from_outside(OF_KNOWN).status == "acknowledged"
    handed = Notice.objects.order_by("order_no").last()
    assert (handed.destination, handed.kind, len(handed.subjects)) == ("residents", "family_register_notice", 1)
    assert base.read(Envelope, open_payload(handed.payload_ref)).message() == OF_KNOWN
    assert (IdentityRecord.objects.get().to_value(), IdentityVersion.objects.count()) == (before, 1)
    assert AuditEntry.objects.get(action="juki_net:family_register:receive").subjects == [IdentityRecord.objects.get().public_id]


def test_知らない人の通知も断らず渡す():
    assert from_outside(MARRIAGE).status == "acknowledged"
    assert list(Notice.objects.get().subjects) == []


@pytest.mark.parametrize(
    ("changes", "words"), [({"addressee_municipality_code": "011002"}, "宛先が当市ではありません"), ({"municipality_code": "012033"}, "送った市区町村が当市")]
)
def test_当市あてでないものだけを断る(changes, words):
    reply = from_outside(replace(MARRIAGE, **changes))
    assert (reply.status, words in reply.reason_ja, Notice.objects.exists()) == ("refused", True, False)


@pytest.mark.parametrize("peer", ["residents", "prefecture"])
def test_他市町村のほかからは受け付けない(peer):
    assert from_outside(MARRIAGE, peer=peer).status == "refused"
    assert not Notice.objects.exists()
