"""WebAuthnによる生体認証 — the browser asks the device, the device recognises its owner and signs; judged here by py_webauthn. F-2-08, F-3-08.

W3C Web Authentication Level 2 (§7.1 registration, §7.2 assertion). User verification is demanded always. Whether a device verifies by
a body and never by a PIN, no answer of it can say: the city names the models (AAGUID) that it has tried, in its dated policy.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar  # Any: JSON of a stranger
from urllib.parse import urlsplit

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json, parse_client_data_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from daicho.staff.ports import NewAuthenticator, NotProven

T = TypeVar("T")
PATIENCE_MS = 60_000  # what the browser waits for the officer; the question itself lives as long as the policy says
MAX_ANSWER = 20_000
_ALGORITHMS = [COSEAlgorithmIdentifier.ECDSA_SHA_256, COSEAlgorithmIdentifier.EDDSA, COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256]


class WebAuthn:
    """`SecondFactor` by WebAuthn, at this system's own address."""

    script = "staff/js/webauthn.js"

    @property
    def _rp_id(self) -> str:
        return str(urlsplit(settings.DAICHO.origin).hostname)

    def question(self, value: str, credential_ids: Sequence[str]) -> str:
        options = webauthn.generate_authentication_options(
            rp_id=self._rp_id,
            challenge=base64url_to_bytes(value),
            timeout=PATIENCE_MS,
            allow_credentials=_descriptors(credential_ids),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return webauthn.options_to_json(options)

    def credential_of(self, answer: str) -> str:
        return _judged(lambda: parse_authentication_credential_json(_answered(answer)).id)

    def prove(self, answer: str, value: str, public_key: bytes) -> int:
        def judge() -> int:
            credential = parse_authentication_credential_json(_answered(answer))
            _require_own_frame(credential.response.client_data_json)
            proven = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(value),
                expected_rp_id=self._rp_id,
                expected_origin=settings.DAICHO.origin,
                credential_public_key=public_key,
                credential_current_sign_count=0,  # whether the count goes on is the room's to judge: it must also act on it
                require_user_verification=True,
            )
            return proven.new_sign_count

        return _judged(judge)

    def invitation(self, value: str, login: str, name: str, known: Sequence[str], models: Sequence[str]) -> str:
        options = webauthn.generate_registration_options(
            rp_id=self._rp_id,
            rp_name=f"{settings.INSTALLATION.municipality_name}　{settings.DAICHO.name}",
            user_id=hashlib.sha256(f"{settings.DAICHO.name}/{login}".encode()).digest(),  # opaque to the device, the same for each of a person's devices
            user_name=login,
            user_display_name=name,
            challenge=base64url_to_bytes(value),
            timeout=PATIENCE_MS,
            attestation=AttestationConveyancePreference.DIRECT if models else AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=_descriptors(known),
            supported_pub_key_algs=_ALGORITHMS,
        )
        return webauthn.options_to_json(options)

    def register(self, answer: str, value: str, models: Sequence[str]) -> NewAuthenticator:
        def judge() -> NewAuthenticator:
            credential = webauthn.helpers.parse_registration_credential_json(_answered(answer))
            _require_own_frame(credential.response.client_data_json)
            made = webauthn.verify_registration_response(
                credential=credential,
                expected_challenge=base64url_to_bytes(value),
                expected_rp_id=self._rp_id,
                expected_origin=settings.DAICHO.origin,
                require_user_verification=True,
                supported_pub_key_algs=_ALGORITHMS,
            )
            return NewAuthenticator(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count, made.aaguid)

        made = _judged(judge)
        if models and not any(hmac.compare_digest(made.model, model) for model in models):
            raise NotProven("model")
        return made


def _descriptors(credential_ids: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in credential_ids]


def _answered(answer: str) -> dict[str, Any]:
    """The answer's JSON object. NotProven when the page says that its device recognised nobody; ValueError for what no page of ours sends."""
    told = json.loads(answer) if len(answer) <= MAX_ANSWER else None
    if not isinstance(told, dict):
        raise ValueError
    if failed := told.get("failed"):
        raise NotProven(f"device: {failed}" if re.fullmatch("[A-Za-z]{1,40}", str(failed)) else "unreadable")
    return told


def _require_own_frame(client_data: bytes) -> None:
    """Asked from inside another page's frame is not asked by ours."""
    if parse_client_data_json(client_data).cross_origin:
        raise NotProven("another page's frame")


def _judged(judge: Callable[[], T]) -> T:
    """What `judge` finds, or NotProven: whatever a stranger's bytes make the libraries raise, it proves nothing."""
    try:
        return judge()
    except NotProven:
        raise
    except WebAuthnException as error:
        raise NotProven(_why(str(error))) from None
    except (ValueError, TypeError, KeyError, AttributeError, LookupError, UnsupportedAlgorithm, OverflowError, RecursionError):
        raise NotProven("unreadable") from None


# What the library says, by its first telling words; its whole sentence may quote the answer.
_REASONS = {
    "challenge": "another question",
    "origin": "another address",
    "RP ID": "another address",
    "user was not verified": "user not verified",
    "not present": "user not present",
    "signature": "signature",
    "alg": "algorithm",
    "type": "another ceremony",
}


def _why(said: str) -> str:
    return next((why for words, why in _REASONS.items() if words in said), "not as it must be")
