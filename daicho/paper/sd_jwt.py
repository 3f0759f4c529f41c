"""選択的開示の署名 — an SD-JWT: claims under one signature, each hidden behind a digest until its holder shows it. IETF RFC 9901 (SD-JWT), SD-JWT VC."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any  # JSON values

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from daicho.paper.check_code import CheckKey

MEDIA_TYPE = "application/dc+sd-jwt"
Salt = Callable[[], str]


def new_salt() -> str:
    """128 bits, as the standard asks."""
    return secrets.token_urlsafe(16)


def sign(
    open_claims: Mapping[str, Any], people: Sequence[Sequence[tuple[str, str]]], key: CheckKey, certificate: x509.Certificate, salt: Salt = new_salt
) -> str:
    """The whole credential with every disclosure: the holder takes away what they would keep back.

    Of one person the claims stand at the top; of several they stand under `people`, where also each person can be kept back as a whole.
    """
    disclosures: list[str] = []
    payload: dict[str, Any] = {**open_claims, "_sd_alg": "sha-256"}
    if len(people) == 1:
        payload["_sd"] = _hidden(people[0], disclosures, salt)
    else:
        payload["people"] = [{"...": _digest([salt(), {"_sd": _hidden(each, disclosures, salt)}], disclosures)} for each in people]
    header = {"alg": "EdDSA", "typ": "dc+sd-jwt", "kid": key.mark, "x5c": [base64.b64encode(certificate.public_bytes(Encoding.DER)).decode("ascii")]}
    signed = f"{_part(header)}.{_part(payload)}"
    return "~".join((f"{signed}.{_base64url(key.raw(signed.encode('ascii')))}", *disclosures, ""))


def payload_of(credential: bytes) -> Mapping[str, Any]:
    """What stands open in it, unverified; empty for anything else."""
    parts = credential.split(b"~", 1)[0].split(b".")
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4))) if len(parts) == 3 else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _hidden(claims: Sequence[tuple[str, str]], disclosures: list[str], salt: Salt) -> list[str]:
    """The digests, sorted, so that their order tells nothing of which claim is which."""
    return sorted(_digest([salt(), name, value], disclosures) for name, value in claims)


def _digest(disclosed: list[Any], disclosures: list[str]) -> str:
    disclosures.append(_part(disclosed))
    return _base64url(hashlib.sha256(disclosures[-1].encode("ascii")).digest())


def _part(value: object) -> str:
    return _base64url(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
