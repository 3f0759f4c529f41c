"""受信 — one door, one transaction; whoever is not known, or says what was not agreed, is turned away and recorded. F-2-20, F-2-21."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.outbox import books, courier, intake
from daicho.outbox.envelope import digest_of
from daicho.outbox.errors import Refused
from daicho.outbox.models import Line, Receipt, RefusedMessage
from daicho.outbox.views import MAX_BYTES
from tests.outbox.messages import OtherSampleV1, OutboxSampleAnswerV1, OutboxSampleQuestionV1, OutboxSampleV1
from tests.outbox.parties import deliver, envelope_of, knock, make_party, nothing_stored, refusals, reply_of, signed

SAMPLE = OutboxSampleV1(1, "小樽花子")
QUESTION = OutboxSampleQuestionV1("6f1c1d4e-0000-4000-8000-000000000001", "確認", datetime(2026, 4, 1, tzinfo=UTC))


def test_届いた通知は受信簿と効果と履歴が一緒に残る(committed_db, juki, effects):
    envelope = envelope_of(SAMPLE, "peer_system")
    reply = reply_of(knock(signed(envelope.to_bytes(), juki)))
    assert (reply.status, effects) == ("acknowledged", [SAMPLE])
    receipt = Receipt.objects.get()
    assert (str(receipt.notice_id), receipt.digest, receipt.sender) == (envelope.notice_id, envelope.digest, "peer_system")
    entry = AuditEntry.objects.get(action=intake.RECEIVED)
    assert (entry.outcome, entry.login, [s.hex for s in entry.subjects]) == ("done", "system:wire.peer_system", list(envelope.subjects))
    assert Line.objects.count() == 1


def test_同じ通知が二度来ても効果は一度だけ(committed_db, juki, effects):
    body = envelope_of(SAMPLE, "peer_system").to_bytes()
    statuses = [reply_of(knock(signed(body, juki))).status for _ in range(3)]
    assert statuses == ["acknowledged", "duplicate", "duplicate"]
    assert (Receipt.objects.count(), Line.objects.count(), len(effects)) == (1, 1, 1)


def test_同じ通知が同時に来ても効果は一度だけ(committed_db, juki, effects):
    body = envelope_of(SAMPLE, "peer_system").to_bytes()
    statuses, start = [], threading.Barrier(4)

    def send():
        start.wait()
        statuses.append(reply_of(knock(signed(body, juki))).status)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == ["acknowledged", "duplicate", "duplicate", "duplicate"]
    assert Line.objects.count() == 1


def test_同じ番号で内容が違えば拒否し記録する(committed_db, juki, effects):
    envelope = envelope_of(SAMPLE, "peer_system")
    knock(signed(envelope.to_bytes(), juki))
    for changed in (replace(envelope, body='{"no":2,"text":""}'), replace(envelope, subjects=("b" * 32,)), replace(envelope, salt="0")):
        reply = reply_of(knock(signed(changed.to_bytes(), juki)))
        assert (reply.status, reply.code) == ("refused", "different_content")
        assert "送信元で確認" in reply.reason_ja
    assert (Receipt.objects.count(), len(effects)) == (1, 1)
    assert refusals() == [("different_content", "peer_system", True)] * 3


def test_復元後の新しい世代なら同じ番号も別の通知(committed_db, juki, effects):
    envelope = envelope_of(SAMPLE, "peer_system")
    knock(signed(envelope.to_bytes(), juki))
    again = replace(envelope, epoch="6f1c1d4e-0000-4000-8000-00000000000f", body='{"no":2,"text":""}')
    assert reply_of(knock(signed(again.to_bytes(), juki))).status == "acknowledged"


def test_処理が拒めば何も残らず理由が返る(committed_db, juki, routes):
    def handle(message, envelope):
        Line.objects.create(destination="half")
        raise Refused("E31", "住民票コードが登録されていません。")

    intake.register("peer_system", "outbox_sample", handle)
    reply = deliver(SAMPLE, juki)
    assert (reply.status, reply.code, reply.reason_ja) == ("refused", "E31", "住民票コードが登録されていません。")
    assert nothing_stored()
    assert refusals() == [("E31", "peer_system", True)]


def test_処理が壊れれば何も残らず送り直してもらう(committed_db, juki, routes, caplog):
    def handle(message, envelope):
        Line.objects.create(destination="half")
        raise KeyError(message.text)

    intake.register("peer_system", "outbox_sample", handle)
    response = knock(signed(envelope_of(SAMPLE, "peer_system").to_bytes(), juki))
    assert (response.status_code, reply_of(response).status) == (500, "unavailable")
    assert nothing_stored()
    assert "test_intake.py" in caplog.text
    assert "花子" not in caplog.text  # style 10: logs hold no names


def without(envelope, name):
    data = json.loads(envelope.to_bytes())
    del data[name]
    return json.dumps(data).encode()


def bodies(envelope):
    data = json.loads(envelope.to_bytes())
    return {
        "unknown field of the envelope": json.dumps({**data, "extra": 1}).encode(),
        "missing field of the envelope": without(envelope, "salt"),
        "unknown field of the contract": replace(envelope, body='{"no":1,"text":"","extra":"小樽花子"}').to_bytes(),
        "missing field of the contract": replace(envelope, body='{"no":1}').to_bytes(),
        "ill-typed field": replace(envelope, body='{"no":"1","text":""}').to_bytes(),
        "newer version": replace(envelope, version=2).to_bytes(),
        "id is no uuid": replace(envelope, notice_id="1").to_bytes(),
        "id not canonical": replace(envelope, notice_id="{" + envelope.notice_id + "}").to_bytes(),
        "handle is no handle": replace(envelope, subjects=("小樽花子",)).to_bytes(),
        "not JSON": b"\x00\x01",
    }


def test_取決めと違う形の通知は拒否し記録し何も残さない(committed_db, juki, effects):
    """Issue step 5: unknown field: refused and recorded, nothing stored."""
    cases = bodies(envelope_of(SAMPLE, "peer_system"))
    for what, body in cases.items():
        reply = reply_of(knock(signed(body, juki)))
        assert (reply.status, reply.code) == ("refused", "contract"), what
    assert nothing_stored()
    assert refusals() == [("contract", "peer_system", True)] * len(cases)
    assert AuditEntry.objects.filter(action=intake.RECEIVED, outcome="refused").count() == len(cases)
    kept = json.dumps(list(RefusedMessage.objects.values()), default=str) + json.dumps(list(AuditEntry.objects.values("detail")), default=str)
    assert "花子" not in kept


def test_他の系の名義や鍵では受け付けない(committed_db, juki, other, effects, tmp_path):
    """Issue step 5: wrong key, another system's credential: refused and recorded, nothing stored. F-2-21."""
    envelope = envelope_of(SAMPLE, "peer_system")
    stranger = make_party("stranger", tmp_path)
    attempts = {
        "wrong key under a known name": signed(envelope.to_bytes(), stranger, name="peer_system"),
        "unknown name": signed(envelope.to_bytes(), stranger),
        "another system's key under this name": signed(envelope.to_bytes(), other, name="peer_system"),
        "another system's own credential": signed(envelope.to_bytes(), other),
        "meant for another receiver": signed(replace(envelope, receiver="other_system").to_bytes(), juki),
    }
    for what, request in attempts.items():
        response = knock(request)
        assert (response.status_code, reply_of(response).status) == (401, "unauthorized"), what
    assert nothing_stored()
    assert refusals() == [
        ("bad_signature", "peer_system", False),
        ("bad_signature", "stranger", False),
        ("bad_signature", "peer_system", False),
        ("credential", "other_system", True),
        ("credential", "peer_system", True),
    ]
    assert AuditEntry.objects.filter(action=intake.RECEIVED, outcome="refused").count() == 5


def test_取決めにない組合せは拒否する(committed_db, juki, other, effects):
    """G: a pair or kind that wiring does not list."""
    for message, key in ((OtherSampleV1(1), juki), (SAMPLE, other)):
        assert deliver(message, key).code == "not_allowed"
    assert nothing_stored()


def test_照会には一度だけ答える(committed_db, juki, routes):
    intake.register("peer_system", "outbox_sample_question", lambda message, envelope: OutboxSampleAnswerV1(message.question_id, 7))
    request = signed(envelope_of(QUESTION, "peer_system").to_bytes(), juki)
    reply = reply_of(knock(request))
    assert json.loads(reply.answer) == {"no": 7, "question_id": QUESTION.question_id}
    again = reply_of(knock(request))
    assert (again.status, again.code, again.answer) == ("refused", "replayed", None)


def test_大きすぎる通知は読まずに断る(committed_db, juki, effects):
    request = signed(envelope_of(SAMPLE, "peer_system").to_bytes(), juki)
    response = knock(request, body=b"x" * (MAX_BYTES + 1))
    assert (response.status_code, reply_of(response).code) == (422, "too_large")
    assert refusals() == [("too_large", "unknown", False)]
    assert RefusedMessage.objects.get().digest == digest_of(b"")


def test_受信簿は求めた系の分だけ答える(committed_db, juki, other, effects):
    from daicho.contracts.receipts_v1 import ReceiptsQuestionV1

    for no in range(3):
        deliver(OutboxSampleV1(no, ""), juki)
    intake.register("peer_system", "receipts_question", books.answer)
    intake.register("other_system", "receipts_question", books.answer)
    asked = {"question_id": "6f1c1d4e-0000-4000-8000-000000000002", "purpose": "照合", "deadline": clock.now(), "after": 0}
    page = json.loads(deliver(ReceiptsQuestionV1(**asked, limit=2), juki).answer)
    rest = json.loads(deliver(ReceiptsQuestionV1(**{**asked, "after": page["next_after"]}, limit=2), juki).answer)
    assert (len(page["receipts"]), len(rest["receipts"]), rest["next_after"]) == (2, 1, None)  # the questions themselves are no entries
    assert json.loads(deliver(ReceiptsQuestionV1(**asked, limit=2), other).answer)["receipts"] == []
    assert deliver(ReceiptsQuestionV1(**asked, limit=0), juki).code == "limit"


def test_取引の中では受け取らない(committed_db, juki, effects):
    with pytest.raises(RuntimeError), transaction.atomic():
        intake.receive("peer_system", b"", "")


def test_経路の一覧は配線だけで決まる(routes):
    assert (courier.destinations(), intake.registered()) == ([], [])
