"""市の鍵 — keys and certificates with which a made-up city signs what it hands over: an authority of its own, an office's certificate under it.

In production they come from the city's authority (職責証明書 of LGPKI) and are put into the same two folders by hand (SECURITY.md).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.x509.oid import NameOID

from daicho.paper.key_pairs import CHECK_KEY, SEAL_KEY, keys_folder
from daicho.paper.published import CHECK_CERTIFICATE, SEAL_CERTIFICATE, certificates_folder
from daicho.site.config_write import write_private

FIRST_DAY, LAST_DAY = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)  # a demo's clock goes where it likes
AnyKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def ensure(var_dir: Path, prefecture: str, municipality: str) -> None:
    """Make the keys of a made-up city, unless it has some. The authority's own key is not kept."""
    if any(keys_folder(var_dir).glob("*/*")):
        return
    city = [x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{prefecture}{municipality}（架空）")]
    root_key = rsa.generate_private_key(65537, 2048)
    root_name = x509.Name([*city, x509.NameAttribute(NameOID.COMMON_NAME, f"{municipality}架空認証局")])
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    # RSA-2048: what 職責証明書 are, and what readers of every age accept (decision 0053)
    seal_key = rsa.generate_private_key(65537, 2048)
    seal = _certificate(x509.Name([*city, x509.NameAttribute(NameOID.COMMON_NAME, f"{prefecture}{municipality}長")]), root_name, seal_key, root_key)
    check_key = ed25519.Ed25519PrivateKey.generate()
    check = _certificate(x509.Name([*city, x509.NameAttribute(NameOID.COMMON_NAME, f"{municipality} 照合用")]), root_name, check_key, root_key)
    since = FIRST_DAY.date().isoformat()
    public, private = certificates_folder(var_dir) / since, keys_folder(var_dir) / since
    write_private(public / SEAL_CERTIFICATE, _pem(seal) + _pem(root))
    write_private(public / CHECK_CERTIFICATE, _pem(check))
    write_private(private / SEAL_KEY, _private(seal_key))
    write_private(private / CHECK_KEY, _private(check_key))


def _certificate(subject: x509.Name, issuer: x509.Name, key: AnyKey, signed_by: rsa.RSAPrivateKey, authority: bool = False) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST_DAY - timedelta(days=1))
        .not_valid_after(LAST_DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False)
        .sign(signed_by, hashes.SHA256())
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: AnyKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
