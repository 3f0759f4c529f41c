"""電文の署名 — each covered part altered, an old one used again, a reply that answers another request: none is believed. F-2-21, RFC 9421."""

from datetime import timedelta

import pytest
from django.conf import settings

from daicho import clock
from daicho.outbox import signing
from daicho.outbox.models import Receipt
from tests.outbox.messages import OutboxSampleV1
from tests.outbox.parties import envelope_of, knock, know, nothing_stored, refusals, reply_of, signed

SAMPLE = OutboxSampleV1(1, "小樽花子")

ALTERATIONS = {
    "method": {"method": "PUT"},
    "path": {"path": "/wire/v1/messages/"},
    "query": {"path": "/wire/v1/messages?x=1"},
    "content-type": {"content_type": "text/plain"},
    "content-type parameters": {"content_type": "application/json; charset=x"},
    "body": {"body": b"{}"},
    "digest left out": {"content_digest": None},
    "digest of another body": {"content_digest": "sha-256=:" + "A" * 43 + "=:"},
    "signature left out": {"signature": None},
    "signature input left out": {"signature_input": None},
    "signature is rubbish": {"signature": "daicho=:AAAA:"},
    "not a signature": {"signature": "\u00e9", "signature_input": "(((("},
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_署名された部分を変えると受け付けない(committed_db, juki, effects, what):
    """Every covered component: @method, @path, content-type, content-digest and, through it, the body."""
    response = knock(signed(envelope_of(SAMPLE, "peer_system").to_bytes(), juki), **ALTERATIONS[what])
    assert response.status_code in (401, 405)
    assert nothing_stored()
    if response.status_code == 401:
        assert [authenticated for _, _, authenticated in refusals()] == [False]


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("created", ";created=", ";created=1"),
        ("keyid", 'keyid="peer_system"', 'keyid="other_system"'),
        ("nonce", 'nonce="', 'nonce="0'),
        ("tag", 'tag="daicho-message"', 'tag="daicho-reply"'),
        ("covered component left out", '"@method" ', ""),
        ("digest not covered", ' "content-digest"', ""),
        ("algorithm", 'alg="ed25519"', 'alg="hmac-sha256"'),
    ],
)
def test_署名の条件を変えると受け付けない(committed_db, juki, effects, what, old, new):
    request = signed(envelope_of(SAMPLE, "peer_system").to_bytes(), juki)
    before = request.headers["Signature-Input"]
    assert old in before
    response = knock(request, signature_input=before.replace(old, new))
    assert (response.status_code, nothing_stored()) == (401, True)


def test_本文まで署名していない電文は正しい鍵でも受け付けない(committed_db, juki, effects, monkeypatch):
    monkeypatch.setattr(signing, "REQUEST_COVERS", ("@method", "@path", "content-type"))
    request = signing.SignedRequest("POST", "https://x/wire/v1/messages", {"Content-Type": "application/json"}, b"")
    signing.sign_request(request, sender="peer_system", private_key_file=juki.private_key_file)
    monkeypatch.undo()
    know(monkeypatch, juki)
    response = knock(request, body=envelope_of(SAMPLE, "peer_system").to_bytes())
    assert (response.status_code, nothing_stored()) == (401, True)


def test_古い電文の使い回しは受け付けない(committed_db, juki, effects):
    """Replay: stale after the freshness of the city's setting, a duplicate before it."""
    signed_at = clock.now()
    with clock.at(signed_at):
        request = signed(envelope_of(SAMPLE, "peer_system").to_bytes(), juki)
        assert reply_of(knock(request)).status == "acknowledged"
        assert reply_of(knock(request)).status == "duplicate"
    for moved in (timedelta(seconds=302), timedelta(seconds=-302)):
        with clock.at(signed_at + moved):
            reply = reply_of(knock(request))
            assert (reply.status, reply.code) == ("unauthorized", "stale")
    assert (Receipt.objects.count(), len(effects)) == (1, 1)


def test_応答には署名があり別の要求には使えない(committed_db, juki, effects):
    body = envelope_of(SAMPLE, "peer_system").to_bytes()
    first, second = signed(body, juki), signed(body, juki)
    response = knock(first)

    def verify(request, status=response.status_code, content=response.content):
        reply = signing.SignedReply(status, dict(response.headers), request, content)
        me = settings.DAICHO
        public = me.signing_key_file.parent / "signing.public.pem"
        signing.verify_reply(reply, peer=me.name, public_key_file=public, freshness=timedelta(seconds=300))

    verify(first)
    for changed in ({"request": second}, {"request": first, "status": 401}, {"request": first, "content": b"{}"}):
        with pytest.raises(signing.BadSignature):
            verify(**changed)


def test_拒否の応答も署名されるが名のない者には署名しない(committed_db, juki, effects):
    response = knock(signed(b"{}", juki))
    assert "Signature" in response.headers
    assert "Signature" not in knock(signed(b"{}", juki), signature=None).headers
