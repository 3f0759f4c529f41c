"""署名 — HTTP Message Signatures (RFC 9421) and Content-Digest (RFC 9530), written for the counterparts alone.

The city signs and verifies with a library; the counterparts with this code, so that each proves the other. Ed25519 only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAX_AGE_SECONDS = 300
REQUEST_TAG, REPLY_TAG = "daicho-message", "daicho-reply"
_MEMBER = re.compile(r'\s*([a-z*][a-z0-9_.*-]*)=(\([^)]*\))((?:;[a-z*][a-z0-9_.*-]*(?:=(?:"[^"]*"|[0-9]+|:[A-Za-z0-9+/=]*:))?)*)\s*(?:,|$)')
_PARAMETER = re.compile(r';([a-z*][a-z0-9_.*-]*)(?:=("[^"]*"|[0-9]+))?')
_COMPONENT = re.compile(r'"([a-z@][a-z0-9@-]*)"')


class BadSignature(Exception):
    """The message is not signed as it must be. The text says what, for the simulators' log."""


@dataclass(frozen=True)
class Request:
    """What of a request can be signed. Header names in lower case."""

    method: str
    target_uri: str
    authority: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def content_digest(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def verify(request: Request, key_of: Callable[[str], Ed25519PublicKey | None], now: float) -> str:
    """The keyid whose signature covers method, target and body. Raises BadSignature, also when it is too old or from the future."""
    label, components, parameters, raw = _signature_input(request.headers.get("signature-input", ""))
    names = set(components)
    if not {"@method", "content-digest"} <= names or not names & {"@path", "@target-uri"}:
        raise BadSignature("the signature covers too little")
    if parameters.get("alg", "ed25519") != "ed25519":
        raise BadSignature("another algorithm than ed25519")
    if parameters.get("tag") != REQUEST_TAG:
        raise BadSignature("a signature made for something else than a message")
    created = parameters.get("created", "")
    if not created.isdigit() or abs(now - int(created)) > MAX_AGE_SECONDS:
        raise BadSignature("created is missing, too old or in the future")
    if "expires" in parameters and int(parameters["expires"]) < now:
        raise BadSignature("expired")
    key_id = parameters.get("keyid", "")
    key = key_of(key_id)
    if key is None:
        raise BadSignature("unknown keyid")
    _check_digest(request)
    base = "\n".join([*(f'"{name}": {_value(request, name)}' for name in components), f'"@signature-params": {raw}'])
    try:
        key.verify(_signature(request.headers.get("signature", ""), label), base.encode("ascii"))
    except (InvalidSignature, UnicodeEncodeError):
        raise BadSignature("the signature does not fit the message") from None
    return key_id


def _signature_input(field: str) -> tuple[str, tuple[str, ...], dict[str, str], str]:
    """Label, covered components, parameters, and the member's own text. Exactly one signature is wanted."""
    found = _MEMBER.fullmatch(field)
    if not found:
        raise BadSignature("no Signature-Input of one member")
    label, inner, tail = found.groups()
    components = tuple(_COMPONENT.findall(inner))
    if inner != "(" + " ".join(f'"{name}"' for name in components) + ")" or len(set(components)) != len(components):
        raise BadSignature("the covered components cannot be read")
    parameters = {name: (value or "").strip('"') for name, value in _PARAMETER.findall(tail)}
    return label, components, parameters, inner + tail


def _signature(field: str, label: str) -> bytes:
    found = re.search(rf"(?:^|,\s*){re.escape(label)}=:([A-Za-z0-9+/=]*):", field)
    if not found:
        raise BadSignature("no Signature")
    try:
        return base64.b64decode(found.group(1), validate=True)
    except binascii.Error:
        raise BadSignature("the Signature is not base64") from None


def _check_digest(request: Request) -> None:
    """Every digest of a kind known here must fit, and one must be there."""
    known = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
    fits = 0
    for name, value in re.findall(r"([a-z0-9-]+)=:([A-Za-z0-9+/=]*):", request.headers.get("content-digest", "")):
        if name in known:
            if base64.b64encode(known[name](request.body).digest()).decode() != value:
                raise BadSignature("the Content-Digest does not fit the body")
            fits += 1
    if not fits:
        raise BadSignature("no Content-Digest that is known here")


def _value(request: Request, name: str) -> str:
    derived = {"@method": request.method, "@target-uri": request.target_uri, "@authority": request.authority, "@path": request.path, "@scheme": "https"}
    if name in derived:
        return derived[name]
    if name.startswith("@") or name not in request.headers:
        raise BadSignature(f"the covered component {name} is not there")
    return request.headers[name].strip()


def sign_reply(key: Ed25519PrivateKey, key_id: str, status: int, body: bytes, request: Request, now: float) -> dict[str, str]:
    """Headers of a reply: digest and signature over status, body, and the signature of the request that it answers."""
    headers = {"content-type": "application/json", "content-digest": content_digest(body)}
    covered = ['"@status"', '"content-type"', '"content-digest"', '"@path";req']
    values = [str(status), headers["content-type"], headers["content-digest"], request.path]
    if "signature" in request.headers:
        covered.append('"signature";req')
        values.append(request.headers["signature"].strip())
    parameters = f'({" ".join(covered)});created={int(now)};keyid="{key_id}";alg="ed25519";tag="{REPLY_TAG}"'
    base = "\n".join([*(f"{name}: {value}" for name, value in zip(covered, values, strict=True)), f'"@signature-params": {parameters}'])
    signature = base64.b64encode(key.sign(base.encode("ascii"))).decode()
    return {**headers, "signature-input": f"reply={parameters}", "signature": f"reply=:{signature}:"}


def sign_request(key: Ed25519PrivateKey, key_id: str, request: Request, now: float) -> dict[str, str]:
    """Headers that a message of a counterpart's own bears: digest and signature over method, path, type and body."""
    headers = {"content-digest": content_digest(request.body)}
    covered = {"@method": request.method, "@path": request.path, "content-type": request.headers["content-type"], **headers}
    names = " ".join(f'"{name}"' for name in covered)
    parameters = f'({names});created={int(now)};keyid="{key_id}";nonce="{secrets.token_hex(16)}";tag="{REQUEST_TAG}"'
    base = "\n".join([*(f'"{name}": {value}' for name, value in covered.items()), f'"@signature-params": {parameters}'])
    signature = base64.b64encode(key.sign(base.encode("ascii"))).decode()
    return {**headers, "signature-input": f"message={parameters}", "signature": f"message=:{signature}:"}


_REPLY_COMPONENT = re.compile(r'"([a-z@][a-z0-9@-]*)"(;req)?')


def verify_reply(key: Ed25519PublicKey, status: int, headers: Mapping[str, str], body: bytes, request: Request, now: float) -> None:
    """Raises BadSignature unless `key` signed this status and body as the answer to `request`."""
    found = _MEMBER.fullmatch(headers.get("signature-input", ""))
    if not found:
        raise BadSignature("no Signature-Input of one member")
    label, inner, tail = found.groups()
    components = _REPLY_COMPONENT.findall(inner)
    if inner != "(" + " ".join(f'"{name}"{req}' for name, req in components) + ")":
        raise BadSignature("the covered components cannot be read")
    if not {("@status", ""), ("content-digest", ""), ("signature", ";req")} <= set(components):
        raise BadSignature("the signature covers too little")
    parameters = {name: (value or "").strip('"') for name, value in _PARAMETER.findall(tail)}
    created = parameters.get("created", "")
    if parameters.get("tag") != REPLY_TAG or not created.isdigit() or abs(now - int(created)) > MAX_AGE_SECONDS:
        raise BadSignature("made for something else than a reply, or too old")
    answered = Request(request.method, request.target_uri, request.authority, request.path, headers, body)
    _check_digest(answered)
    lines = [f'"{name}"{req}: {status if name == "@status" else _value(request if req else answered, name)}' for name, req in components]
    try:
        key.verify(_signature(headers.get("signature", ""), label), "\n".join([*lines, f'"@signature-params": {inner}{tail}']).encode("ascii"))
    except (InvalidSignature, UnicodeEncodeError):
        raise BadSignature("the signature does not fit the reply") from None
