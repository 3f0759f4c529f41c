"""電文の署名 — HTTP Message Signatures (RFC 9421) with Ed25519: how a peer on the wire is known. requirements F-2-21.

A request covers @method, @path, content-type and content-digest, with created, keyid (the sender's name), nonce and tag.
A reply covers @status, content-digest and the request's own signature, so that it can answer no other request.
TLS names the machine; this names the system, and both must hold.
"""

import datetime
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)

from daicho import clock

REQUEST_TAG = "daicho-message"
REPLY_TAG = "daicho-reply"
REQUEST_COVERS = ("@method", "@path", "content-type", "content-digest")
REPLY_COVERS = ("@status", "content-digest", '"@path";req', '"signature";req')
CONTENT_TYPE = "application/json"

K = TypeVar("K")


class BadSignature(Exception):
    """Not signed as it must be. `code` says what is wrong, in English and without content."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class SignedRequest:
    """The parts of a request that a signature can cover, by either side. `url` is absolute; only its path is signed."""

    method: str
    url: str
    headers: Any  # Any: dict, requests' or Django's headers; the library asks for items() only
    body: bytes = b""


@dataclass
class SignedReply:
    """The parts of a reply, with the request that it answers."""

    status_code: int
    headers: Any  # Any: as above
    request: SignedRequest
    body: bytes = b""


@dataclass(frozen=True)
class Keys(HTTPSignatureKeyResolver):
    """Our own private key and the public keys of the peers, by name."""

    private_key_file: Path | None = None
    public_key_files: Mapping[str, Path] = field(default_factory=dict)

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        assert self.private_key_file is not None
        return _load(self.private_key_file, _private_key)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        path = self.public_key_files.get(key_id)
        return None if path is None else _load(path, _public_key)


def sign_request(request: SignedRequest, *, sender: str, private_key_file: Path) -> None:
    """Add Content-Digest, Signature-Input and Signature to `request.headers`."""
    _signer(private_key_file).sign(
        request,
        key_id=sender,
        created=clock.now(),
        nonce=secrets.token_hex(16),
        label="daicho",
        tag=REQUEST_TAG,
        covered_component_ids=REQUEST_COVERS,
        body=request.body,
    )


def verify_request(request: SignedRequest, *, public_key_files: Mapping[str, Path], freshness: datetime.timedelta) -> str:
    """The name of the peer that signed `request`, its body included, at most `freshness` ago. BadSignature otherwise."""
    return _verify(request, request.body, REQUEST_TAG, REQUEST_COVERS, public_key_files, freshness)


def sign_reply(reply: SignedReply, *, sender: str, private_key_file: Path) -> None:
    """Sign `reply` as the answer to `reply.request`, whose signature it covers."""
    _signer(private_key_file).sign(
        reply,
        key_id=sender,
        created=clock.now(),
        label="daicho",
        tag=REPLY_TAG,
        covered_component_ids=REPLY_COVERS,
        body=reply.body,
    )


def verify_reply(reply: SignedReply, *, peer: str, public_key_file: Path, freshness: datetime.timedelta) -> None:
    """BadSignature unless `peer` signed this reply to this request."""
    _verify(reply, reply.body, REPLY_TAG, REPLY_COVERS, {peer: public_key_file}, freshness)


def _signer(private_key_file: Path) -> HTTPMessageSigner:
    return HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Keys(private_key_file))


class _Verifier(HTTPMessageVerifier):
    """The library's verifier, with our clock in place of the machine's: the demo's city may live in another year."""

    freshness: datetime.timedelta

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:  # Any: as the library has it
        created = sig_input.params.get("created")
        if type(created) is not int:
            raise BadSignature("created_missing")
        # Whole seconds: `created` has no fraction.
        if abs(clock.now().timestamp() - created) > self.freshness.total_seconds() + 1:
            raise BadSignature("stale")
        if "expires" in sig_input.params:
            raise BadSignature("expires_not_used")


def _verify(
    message: SignedRequest | SignedReply,
    body: bytes,
    tag: str,
    covers: tuple[str, ...],
    public_key_files: Mapping[str, Path],
    freshness: datetime.timedelta,
) -> str:
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=Keys(public_key_files=public_key_files))
    verifier.freshness = freshness
    try:
        results = verifier.verify(message, expect_tag=tag, require_components=covers, body=body)
    except InvalidSignature as error:
        raise BadSignature("bad_signature") from error
    except BadSignature:
        raise
    except Exception as error:  # whatever a stranger's headers make the parser raise is a refusal
        raise BadSignature("bad_signature") from error
    if len(results) != 1:
        raise BadSignature("one_signature_expected")
    return str(results[0].parameters["keyid"])


def private_key(file: Path) -> Ed25519PrivateKey:
    """This system's own key, for what it signs beside the wire."""
    return _load(file, _private_key)


def public_key(file: Path) -> Ed25519PublicKey:
    """A peer's key, for what it signed beside the wire."""
    return _load(file, _public_key)


def _load(path: Path, make: Callable[[bytes], K]) -> K:
    return cast(K, _loaded(path, path.stat().st_mtime_ns, make))  # a changed file is read anew


@lru_cache(maxsize=128)
def _loaded(path: Path, mtime_ns: int, make: Callable[[bytes], Any]) -> Any:  # Any: whatever `make` makes
    return make(path.read_bytes())


def _private_key(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the signing key must be Ed25519")
    return key


def _public_key(pem: bytes) -> Ed25519PublicKey:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("a peer's key must be Ed25519")
    return key
