"""認証者と公印の選び方 — under which names a city's settings say who certifies a certificate or signs a letter, and which seal it bears. 標準仕様 5.6 (N-5.6-01 to -05)."""

from __future__ import annotations

SEAL_FOR_CERTIFICATES = "seal_for_certificates"
"""The setting that names 証明書専用の印."""


def certifier_key(code: str) -> str:
    """The setting of who certifies the certificate, or signs the letter, of that code."""
    return f"certifier_of_{code}"


def seal_key(code: str) -> str:
    """The setting of the seal that it bears, if any."""
    return f"seal_of_{code}"


def signing_keys(code: str) -> tuple[str, ...]:
    """All of them for one certificate or letter."""
    return certifier_key(code), seal_key(code), SEAL_FOR_CERTIFICATES
