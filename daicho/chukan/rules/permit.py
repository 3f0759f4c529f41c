"""情報提供許可証 — what the core signs, and whether a question is what was permitted. 番号法第21条第2項; F-1-51, F-1-57.

The signature is over a text of its own, so that no other thing the core signs can pass for a permit.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from daicho.chukan.rules.sealing import key_bytes
from daicho.contracts.base import write
from daicho.contracts.provision_question_v1 import Permit, ProvisionQuestionV1

HEADING = b"daicho permit 1\n"
_SAME = ("provider_municipality_code", "inquirer_code", "affair_code", "item_no", "procedure_code", "information_code", "asked_at", "route")


def permit_text(permit: Permit) -> bytes:
    """What a permit's signature is over: all its fields but the signature."""
    return HEADING + write(replace(permit, signature=""), Permit)


def permit_problems(question: ProvisionQuestionV1, core: Ed25519PublicKey, now: datetime, leeway: timedelta) -> Iterator[str]:
    """Reasons (list provision_reason) against the permit: not the core's, out of its time, for something else than is asked."""
    permit = question.permit
    if not _is_signed(permit, core):
        yield "permit_signature"
    if not permit.issued_at - leeway <= now <= permit.expires_at or permit.expires_at <= permit.issued_at:
        yield "permit_expired"
    if any(getattr(permit, name) != getattr(question, name) for name in _SAME) or not _names_the_same(question):
        yield "permit_mismatch"
    if question.asked_at > now + leeway:
        yield "asked_in_future"


def _is_signed(permit: Permit, core: Ed25519PublicKey) -> bool:
    try:
        core.verify(base64.b64decode(permit.signature, validate=True), permit_text(permit))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _names_the_same(question: ProvisionQuestionV1) -> bool:
    """The same person and the same key to answer with."""
    key = key_bytes(question.inquirer_public_key)
    digests = (hashlib.sha256(question.linkage_code.encode()).hexdigest(), hashlib.sha256(key or b"").hexdigest())
    return digests == (question.permit.linkage_code_digest, question.permit.inquirer_key_digest)
