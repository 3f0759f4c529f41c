"""提供情報の暗号化 — seals an answer for the asker's key, so that nobody else reads it, not even we afterwards. 番号法第22条; F-1-53, S3-08.

X25519 between the asker's key and one drawn for this answer alone, HKDF-SHA256, AES-256-GCM. Question, asker and information are
bound in: an answer does not open as that of another question.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from daicho.contracts.base import canonical, write
from daicho.contracts.provision_answer_v1 import ProvisionAnswerV1, ProvisionContent, SealedAnswer
from daicho.contracts.provision_release_v1 import ProvisionReleaseV1

KEY_BYTES, NONCE_BYTES = 32, 12
INFO = b"daicho provision 1"
ANSWER_HEADING, RELEASE_HEADING = b"daicho provision answer 1\n", b"daicho provision release 1\n"


class UnusableKey(ValueError):
    """The asker's key is no X25519 key, or one with which no secret can be shared."""


def key_bytes(text: str) -> bytes | None:
    """The 32 bytes of a key in base64, None for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == KEY_BYTES else None


def is_usable(public_key: str) -> bool:
    """Whether an answer can be sealed for this key."""
    raw = key_bytes(public_key)
    if raw is None:
        return False
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:  # a point of small order: what it shares everybody knows
        return False
    return True


def context_of(question_id: str, inquirer_code: str, information_code: str) -> bytes:
    """What an answer is bound to."""
    return canonical({"question_id": question_id, "inquirer_code": inquirer_code, "information_code": information_code})


def seal_for(public_key: str, content: ProvisionContent, context: bytes) -> SealedAnswer:
    """`content` for the owner of `public_key` alone. Raises UnusableKey."""
    raw = key_bytes(public_key)
    if raw is None or not is_usable(public_key):
        raise UnusableKey("the asker's key cannot be used")
    ours = X25519PrivateKey.generate()
    ephemeral = ours.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = ours.exchange(X25519PublicKey.from_public_bytes(raw))
    key = HKDF(SHA256(), KEY_BYTES, salt=ephemeral + raw, info=INFO).derive(secret)
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, write(content, ProvisionContent), context)
    return SealedAnswer(*(base64.b64encode(part).decode("ascii") for part in (ephemeral, nonce, ciphertext)))


def sign_answer(answer: ProvisionAnswerV1, key: Ed25519PrivateKey) -> ProvisionAnswerV1:
    """The answer with our signature over all the rest of it."""
    text = ANSWER_HEADING + write(replace(answer, signature=""), ProvisionAnswerV1)
    return replace(answer, signature=base64.b64encode(key.sign(text)).decode("ascii"))


def sign_release(release: ProvisionReleaseV1, key: Ed25519PrivateKey) -> ProvisionReleaseV1:
    """As `sign_answer`, of an answer that an officer released."""
    text = RELEASE_HEADING + write(replace(release, signature=""), ProvisionReleaseV1)
    return replace(release, signature=base64.b64encode(key.sign(text)).decode("ascii"))
