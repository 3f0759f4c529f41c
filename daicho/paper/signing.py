"""電子署名 — a PAdES signature (B-B) over a finished document, by a key that the process holds parsed. ETSI EN 319 142-1; 標準仕様 5.6.

The unsigned bytes are the first bytes of the signed file, so that whoever has this has that. There is no time stamp (B-T): none can be fetched where
the register stands; the moment is what the city says, and the record of the issue stands behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from daicho.paper.cms import Envelope
from daicho.paper.errors import SigningFailed
from daicho.paper.increment import Said, with_room

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class Signer:
    """A key with its certificate, ready to sign. Keep one per process and key: opening a key costs as much as a hundred signatures."""

    def __init__(self, key: PrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()) -> None:
        if certificate.public_key() != key.public_key():
            raise SigningFailed("電子署名の鍵と証明書が対になっていません。運用担当者に連絡してください。")
        self._key = key
        self.certificate = certificate
        self.envelope = Envelope(certificate, chain)

    def __repr__(self) -> str:
        return f"<signer, certificate {self.certificate.serial_number:x}>"

    @property
    def name(self) -> str:
        """The common name of the certificate's subject: an office, never a person."""
        found = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(found[0].value) if found else ""

    def sign(self, pdf: bytes, reason: str, at: datetime) -> bytes:
        """The signed file: `pdf`, then the signature. `reason` and the signer's name are shown by readers; neither may be about a person.

        Raises `SigningFailed` outside of the certificate's time, and for a file that our press did not make.
        """
        if not self.certificate.not_valid_before_utc <= at <= self.certificate.not_valid_after_utc:
            raise SigningFailed("電子署名の証明書の有効期間外です。運用担当者に、鍵と証明書の更新を依頼してください。")
        prepared = with_room(pdf, self.envelope.room, Said(self.name, reason, "市の電子署名", at))
        attributes = self.envelope.attributes(prepared.digest())
        return prepared.filled(self.envelope.message(attributes, self._raw(attributes)))

    def _raw(self, message: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(message, ec.ECDSA(hashes.SHA256()))


def open_signer(key_file: Path, certificate_file: Path) -> Signer:
    """The signer of these two PEM files: an unencrypted key, and its certificate followed by those above it. Costs some 40 ms: keep it."""
    key = load_pem_private_key(key_file.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningFailed("電子署名の鍵は、RSAまたは楕円曲線の鍵でなければなりません。運用担当者に連絡してください。")
    certificate, *chain = x509.load_pem_x509_certificates(certificate_file.read_bytes())
    return Signer(key, certificate, chain)
