"""WebAuthnの判定 — only a device that signed this very question, for this very address, having recognised its owner, proves anything. F-2-08, F-3-08."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daicho.staff.adapters.webauthn import WebAuthn
from daicho.staff.ports import NotProven
from scenarios.authenticator import Authenticator, encode

VALUE, OTHER = encode(b"v" * 32), encode(b"o" * 32)
ORIGIN = "http://localhost:8200"
MODEL = bytes(range(16))
MODEL_NAME = "00010203-0405-0607-0809-0a0b0c0d0e0f"


@pytest.fixture(autouse=True)
def here(settings):
    settings.DAICHO = replace(settings.DAICHO, public_origin=ORIGIN)


@pytest.fixture
def factor():
    return WebAuthn()


def invited(factor, device, value=VALUE, models=()):
    return device.create(factor.invitation(value, "h.otaru", "小樽　花子", [], models))


@pytest.fixture
def owned(factor):
    """(device, what was kept of it)."""
    device = Authenticator(ORIGIN)
    return device, factor.register(invited(factor, device), VALUE, [])


def asked(factor, owned, value=VALUE):
    device, made = owned
    return device.get(factor.question(value, [made.credential_id]))


def refused(judge) -> str:
    with pytest.raises(NotProven) as caught:
        judge()
    return caught.value.why


def changed(answer: str, part: str, change) -> str:
    """The answer with one part of its response altered, as bytes."""
    told = json.loads(answer)
    told["response"][part] = encode(change(base64.urlsafe_b64decode(told["response"][part] + "==")))
    return json.dumps(told)


def test_本人を認識した機器の署名だけが証になる(factor, owned):
    _, made = owned
    answer = asked(factor, owned)
    assert factor.credential_of(answer) == made.credential_id
    assert factor.prove(answer, VALUE, made.public_key) == 1


def test_問いは本人の認識を求めこの機器だけに向けられる(factor, owned):
    """User verification is demanded, not wished for."""
    told = json.loads(factor.question(VALUE, [owned[1].credential_id]))
    assert (told["userVerification"], told["rpId"], told["challenge"]) == ("required", "localhost", VALUE)
    assert [each["id"] for each in told["allowCredentials"]] == [owned[1].credential_id]
    told = json.loads(factor.invitation(VALUE, "h.otaru", "小樽　花子", [owned[1].credential_id], []))
    assert (told["authenticatorSelection"]["userVerification"], told["rp"]["id"], told["attestation"]) == ("required", "localhost", "none")
    assert [each["id"] for each in told["excludeCredentials"]] == [owned[1].credential_id]
    assert json.loads(factor.invitation(VALUE, "h.otaru", "小樽　花子", [], [MODEL_NAME]))["attestation"] == "direct"


def test_本人を認識していない機器の署名は証にならない(factor, owned):
    """F-2-08: presence, a touch or a PIN-less tap is no body."""
    device, made = owned
    device.recognises = False
    assert refused(lambda: factor.prove(asked(factor, owned), VALUE, made.public_key)) == "user not verified"


def test_別の問いへの答えは証にならない(factor, owned):
    assert refused(lambda: factor.prove(asked(factor, owned, OTHER), VALUE, owned[1].public_key)) == "another question"


@pytest.mark.parametrize("origin", ["https://localhost:8200", "http://localhost:8201", "http://127.0.0.1:8200", "https://evil.example"])
def test_よその番地での答えは証にならない(factor, owned, origin):
    """A page that looks like ours gets an answer for its own address, and we see it."""
    owned[0].origin = origin
    assert refused(lambda: factor.prove(asked(factor, owned), VALUE, owned[1].public_key)) == "another address"


def test_よそのために作られた鍵は証にならない(factor, owned, settings):
    answer = asked(factor, owned)
    settings.DAICHO = replace(settings.DAICHO, public_origin="https://cs.example.lg.jp")
    owned[0].origin = "https://cs.example.lg.jp"
    assert refused(lambda: factor.prove(answer, VALUE, owned[1].public_key)) == "another address"


def test_書き換えられた答えは証にならない(factor, owned):
    answer, key = asked(factor, owned), owned[1].public_key
    louder = changed(answer, "authenticatorData", lambda data: data[:33] + (9).to_bytes(4, "big"))
    assert refused(lambda: factor.prove(louder, VALUE, key)) == "signature"
    device = Authenticator(ORIGIN)
    stranger = factor.register(invited(factor, device), VALUE, [])
    assert refused(lambda: factor.prove(answer, VALUE, stranger.public_key)) == "signature"
    framed = changed(answer, "clientDataJSON", lambda data: data.replace(b'"crossOrigin":false', b'"crossOrigin":true'))
    assert refused(lambda: factor.prove(framed, VALUE, key)) == "another page's frame"
    registering = changed(answer, "clientDataJSON", lambda data: data.replace(b"webauthn.get", b"webauthn.create"))
    assert refused(lambda: factor.prove(registering, VALUE, key)) == "another ceremony"


def test_機器が本人を認識できなかったことは理由とともに伝わる(factor, owned):
    told = json.dumps({"failed": "NotAllowedError"})
    assert refused(lambda: factor.credential_of(told)) == "device: NotAllowedError"
    assert refused(lambda: factor.register(told, VALUE, [])) == "device: NotAllowedError"
    assert refused(lambda: factor.credential_of(json.dumps({"failed": "<b>花子</b>"}))) == "unreadable"


@given(st.one_of(st.text(max_size=200), st.dictionaries(st.text(max_size=9), st.text(max_size=9)).map(json.dumps)))
def test_読めない答えは証にならず落ちもしない(answer):
    """Whatever a stranger sends."""
    for judge in (lambda: WebAuthn().credential_of(answer), lambda: WebAuthn().prove(answer, VALUE, b"x"), lambda: WebAuthn().register(answer, VALUE, [])):
        with pytest.raises(NotProven):
            judge()


def test_どの部分が壊れていても落ちない(factor, owned):
    answer, key = asked(factor, owned), owned[1].public_key
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for broken in (b"", b"\x00", b"\xff" * 40, b'{"type":1,"challenge":2,"origin":3}', b"[]"):
            assert refused(lambda part=part, broken=broken: factor.prove(changed(answer, part, lambda _: broken), VALUE, key))
    made = invited(factor, Authenticator(ORIGIN))
    for broken in (b"", b"\xa0", b"\xbf", b"\xa3cfmtdnonegattStmt\xa0hauthDataX", b"\x9f" * 3000):
        assert refused(lambda broken=broken: factor.register(changed(made, "attestationObject", lambda _: broken), VALUE, []))
    assert refused(lambda: factor.credential_of(answer + " " * 30_000)) == "unreadable"


def test_本人を認識しない機器や認めない型の機器は登録できない(factor):
    """A city names the models that take a body and nothing else."""
    assert refused(lambda: factor.register(invited(factor, Authenticator(ORIGIN, recognises=False)), VALUE, [])) == "user not verified"
    assert refused(lambda: factor.register(invited(factor, Authenticator(ORIGIN)), VALUE, [MODEL_NAME])) == "model"
    made = factor.register(invited(factor, Authenticator(ORIGIN, model=MODEL)), VALUE, ["another", MODEL_NAME])
    assert (made.model, made.sign_count) == (MODEL_NAME, 0)
