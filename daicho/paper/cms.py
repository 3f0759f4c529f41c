"""署名データ — a CMS SignedData over a document's digest, of the form that PAdES B-B asks for. RFC 5652, RFC 5035; ETSI EN 319 122-1, 319 142-1.

Written out here (and, so that whoever verifies needs one file alone, in `verifying`) because a signature must take a few milliseconds: what the usual
libraries take 30 ms for is building these bytes anew (decision 0053). Others judge them in the tests: poppler, OpenSSL, pyHanko.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from daicho.paper.verifying import CONTENT_TYPE, DATA, MESSAGE_DIGEST, OCTETS, OID, SEQUENCE, SET, SIGNING_CERTIFICATE_V2, der, signed_data


class Envelope:
    """Everything of a signature by one certificate that does not change from document to document. Make it once and keep it.

    `chain`: the certificates above the signer's that go with it, so that a reader finds the authority.
    """

    def __init__(self, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()) -> None:
        public_key = certificate.public_key()
        if isinstance(public_key, rsa.RSAPublicKey):
            longest = (public_key.key_size + 7) // 8
        elif isinstance(public_key, ec.EllipticCurvePublicKey):
            longest = 2 * ((public_key.key_size + 7) // 8) + 9
        else:
            raise ValueError("a document is signed by an RSA key or one on an elliptic curve; readers know no other")
        encoded = certificate.public_bytes(Encoding.DER)
        self._certificate = certificate
        self._certificates = der(0xA0, encoded, *(each.public_bytes(Encoding.DER) for each in chain))
        named = der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, der(OCTETS, hashlib.sha256(encoded).digest()))))
        # No signing time among them: in a PDF it stands in the signature's dictionary, and PAdES wants it in one place alone.
        self._fixed = (_attribute(CONTENT_TYPE, der(OID, DATA)), _attribute(SIGNING_CERTIFICATE_V2, named))
        self.room = len(self.message(self.attributes(bytes(32)), bytes(longest)))
        """How many bytes `message` has at most."""

    def attributes(self, digest: bytes) -> bytes:
        """The signed attributes of a document with this SHA-256, as the SET that the key signs."""
        return der(SET, *sorted((*self._fixed, _attribute(MESSAGE_DIGEST, der(OCTETS, digest)))))

    def message(self, attributes: bytes, signature: bytes) -> bytes:
        """The whole CMS message in DER. `attributes` as `attributes()` gave them: they travel under another tag than they are signed with (RFC 5652, 5.4)."""
        return signed_data(self._certificate, self._certificates, b"\xa0" + attributes[1:], signature)


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der(SEQUENCE, der(OID, kind), der(SET, value))
