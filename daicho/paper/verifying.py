"""照合 — checks a signed copy, or the code printed on paper, without any network: one file, Python and the package `cryptography`, nothing of ours.

    python verifying.py FILE.pdf --certificate city.pem
    python verifying.py --code 'https://…/check/…#…' --certificate city.pem

`city.pem` holds the certificates that the city publishes (all of them, also those whose keys sign no more). Exit 0: as issued; 1: not; 2: not asked
rightly. Whoever uses it should have got `city.pem` from the city itself and not beside the document.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

JST = timezone(timedelta(hours=9))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SEQUENCE, SET, INTEGER, OCTETS, OID = 0x30, 0x31, 0x02, 0x04, 0x06
DATA, SIGNED_DATA = bytes.fromhex("2a864886f70d010701"), bytes.fromhex("2a864886f70d010702")
CONTENT_TYPE, MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")
SHA256, WITH_RSA, WITH_ECDSA = (bytes.fromhex(each) for each in ("300b0609608648016503040201", "300d06092a864886f70d01010b0500", "300a06082a8648ce3d040302"))

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_MOMENT = re.compile(rb"/M\(D:(\d{14})\+(\d\d)'(\d\d)'\)")


class NotGenuine(Exception):
    """What was handed in is not as the city issued it. `str()` is Japanese and says why."""


@dataclass(frozen=True)
class SignedCopy:
    """What a genuine signed file says. All digests are SHA-256 in hex; `content_digest` is None where the file bears none."""

    signer: str
    signed_at: datetime
    reason: str
    delivered_digest: str
    unsigned_digest: str
    content_digest: str | None


def verify_file(pdf: bytes, certificates: Sequence[x509.Certificate]) -> SignedCopy:
    """The facts of a file that is signed whole, once, by one of these certificates. Raises NotGenuine."""
    found = _RANGE.findall(pdf)
    if not found:
        raise NotGenuine("電子署名がありません。紙に印刷したものや、署名のない写しは、このファイルでは確かめられません。")
    if len(found) > 1:
        raise NotGenuine("電子署名が二つ以上あります。交付した後に手が加えられています。")
    start, opens, closes, rest = map(int, found[0])
    if closes + rest != len(pdf):
        raise NotGenuine("電子署名の後に追記されているか、途中で切れています。交付した後に手が加えられています。")
    if start != 0 or not 0 < opens < closes or not pdf[:opens].endswith(b"/Contents") or not re.fullmatch(rb"<([0-9a-f]{2})+>", pdf[opens:closes]):
        raise NotGenuine("電子署名がファイルの全体に及んでいません。")
    signed = pdf[:opens] + pdf[closes:]
    signature = _Signature(bytes.fromhex(pdf[opens + 1 : closes - 1].decode("ascii")))
    certificate = _known(signature, certificates)
    signature.check(certificate, hashlib.sha256(signed).digest())
    at = _moment(pdf[closes:])
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise NotGenuine("署名の日時が、市の証明書の有効期間の外です。")
    unsigned = _unsigned(pdf[:opens], pdf[closes:])
    stamp = re.search(rb"/Keywords\(([0-9a-f]{64})\)", unsigned)
    return SignedCopy(
        certificate.subject.rfc4514_string(), at, _reason(pdf[closes:]), hashlib.sha256(pdf).hexdigest(), hashlib.sha256(unsigned).hexdigest(),
        stamp[1].decode("ascii") if stamp else None,
    )  # fmt: skip


def der(tag: int, *contents: bytes) -> bytes:
    """One element of DER: tag, length, contents."""
    body = b"".join(contents)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + body


def signed_data(certificate: x509.Certificate, certificates: bytes, attributes: bytes, signature: bytes) -> bytes:
    """The CMS message that the city writes (RFC 5652): the certificates and the signed attributes come as they stand in it, under their own tags."""
    number, version = certificate.serial_number, der(INTEGER, b"\x01")
    named = der(SEQUENCE, certificate.issuer.public_bytes(), der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big")))
    algorithm = WITH_RSA if isinstance(certificate.public_key(), rsa.RSAPublicKey) else WITH_ECDSA
    signer = der(SEQUENCE, version, named, SHA256, attributes, algorithm, der(OCTETS, signature))
    content = der(SEQUENCE, version, der(SET, SHA256), der(SEQUENCE, der(OID, DATA)), certificates, der(SET, signer))
    return der(SEQUENCE, der(OID, SIGNED_DATA), der(0xA0, content))


class _Element:
    """One element of DER, whole; its parts are read when they are asked for."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        try:
            self.tag, length, start = data[at], data[at + 1], at + 2
            if length & 0x80:
                size = length & 0x7F
                length, start = int.from_bytes(data[start : start + size], "big"), start + size
        except IndexError:
            raise NotGenuine("電子署名のデータを読めません。") from None
        self.whole, self.body, self.end = data[at : start + length], data[start : start + length], start + length
        if self.end > len(data):
            raise NotGenuine("電子署名のデータを読めません。")

    @property
    def parts(self) -> list[_Element]:
        found, at = [], 0
        while at < len(self.body):
            found.append(_Element(self.body, at))
            at = found[-1].end
        return found


class _Signature:
    """A CMS SignedData with one signer, as RFC 5652 lays it out and as the city writes it."""

    def __init__(self, data: bytes) -> None:
        message = _Element(data)
        self.message = message.whole
        if any(data[message.end :]):
            raise NotGenuine("電子署名のデータの後ろに、余分なデータがあります。")
        try:
            _kind, content = message.parts
            signed_data = content.parts[0].parts
            self.certificates = next(part for part in signed_data if part.tag == 0xA0)
            self.certificate = self.certificates.parts[0].whole
            (signer,) = signed_data[-1].parts
            self.attributes = next(part for part in signer.parts if part.tag == 0xA0)
            self.value = next(part for part in signer.parts if part.tag == OCTETS).body
            self.said = {attribute.parts[0].body: attribute.parts[1].parts for attribute in self.attributes.parts}
        except (ValueError, IndexError, StopIteration):
            raise NotGenuine("電子署名のデータの形が違います。") from None

    def check(self, certificate: x509.Certificate, digest: bytes) -> None:
        """That this certificate's key signed exactly this content."""
        attributes = b"\x31" + self.attributes.whole[1:]  # signed under the tag of a SET (RFC 5652, 5.4)
        key = certificate.public_key()
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(self.value, attributes, padding.PKCS1v15(), hashes.SHA256())
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.value, attributes, ec.ECDSA(hashes.SHA256()))
            else:
                raise NotGenuine("証明書の鍵が、文書に署名するためのものではありません。")
        except InvalidSignature:
            raise NotGenuine("電子署名が、市の鍵によるものではありません。") from None
        if self._only(CONTENT_TYPE).body != DATA or self._only(MESSAGE_DIGEST).body != digest:
            raise NotGenuine("内容が署名したときと違います。交付した後に書き換えられています。")
        if hashlib.sha256(self.certificate).digest() not in self._only(SIGNING_CERTIFICATE_V2).whole:
            raise NotGenuine("電子署名と証明書が対になっていません。")
        if self.message != signed_data(certificate, self.certificates.whole, self.attributes.whole, self.value):
            raise NotGenuine("電子署名のデータが、市の書き方と違います。交付した後に手が加えられています。")

    def _only(self, kind: bytes) -> _Element:
        values = self.said.get(kind, [])
        if len(values) != 1:
            raise NotGenuine("電子署名のデータの形が違います。")
        return values[0]


def _known(signature: _Signature, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """The city's certificate that the signature names. One that only claims the same name is not it, and none but the city's may go with it."""
    published = {each.public_bytes(Encoding.DER): each for each in certificates}
    certificate = published.get(signature.certificate)
    if certificate is None or _is_authority(certificate) or any(each.whole not in published for each in signature.certificates.parts):
        raise NotGenuine("市の証明書ではない鍵で署名されています。")
    return certificate


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _moment(dictionary: bytes) -> datetime:
    said = _MOMENT.search(dictionary)
    if said is None:
        raise NotGenuine("署名の日時がありません。")
    away = timezone(timedelta(hours=int(said[2]), minutes=int(said[3])))
    return datetime.strptime(said[1].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=away)


def _reason(dictionary: bytes) -> str:
    said = re.search(rb"/Reason<FEFF([0-9A-F]*)>", dictionary)
    return bytes.fromhex(said[1].decode("ascii")).decode("utf-16-be", "replace") if said else ""


def _unsigned(before: bytes, after: bytes) -> bytes:
    """The file as it was printed, before the signature was appended to it."""
    previous = re.search(rb"/Prev (\d+)", after)
    end = before.find(b"%%EOF", int(previous[1])) if previous else -1
    if end < 0:
        raise NotGenuine("署名する前の文書を見いだせません。")
    return before[: end + len(b"%%EOF")]


@dataclass(frozen=True)
class PrintedCode:
    """What the code on a sheet says, under the city's signature. `content_digest`: SHA-256 (hex) over all that the copy says."""

    check_code: str
    issue_number: str
    issued_on: date
    pages: int
    content_digest: str

    @property
    def tally(self) -> str:
        """契印, as it stands on every page: the beginning of the content's digest."""
        letters = crockford(bytes.fromhex(self.content_digest[:10]))
        return f"{letters[:4]}-{letters[4:]}"


CODE_VERSION = 1
EPOCH = date(2000, 1, 1)
SIGNED_FOR = b"daicho-check-1\0"  # what the key signs is a code on paper, and can be taken for nothing else
# The bytes: version, four that name the key, ten of the code, two of the day, two of the pages, 32 of the digest, the issue number in UTF-8; signature.
_HEAD = 1 + 4 + 10 + 2 + 2 + 32
_SIGNATURE = 64


def verify_code(text: str, certificates: Sequence[x509.Certificate]) -> PrintedCode:
    """The facts of a code as the phone reads it: the address with its part behind `#`, or that part alone. Raises NotGenuine."""
    token = text.strip().rpartition("#")[2]
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotGenuine("照合用の符号を読めません。二次元コードを読み直してください。") from None
    packed, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    if len(packed) < _HEAD or packed[0] != CODE_VERSION:
        raise NotGenuine("照合用の符号を読めません。二次元コードを読み直してください。")
    for each in certificates:
        key = each.public_key()
        if isinstance(key, ed25519.Ed25519PublicKey) and key_mark(key) == packed[1:5]:
            return _checked(key, packed, signature, text)
    raise NotGenuine("市の鍵ではない鍵で作られた符号です。")


def _checked(key: ed25519.Ed25519PublicKey, packed: bytes, signature: bytes, text: str) -> PrintedCode:
    try:
        key.verify(signature, SIGNED_FOR + packed)
    except InvalidSignature:
        raise NotGenuine("符号が書き換えられています。") from None
    facts = PrintedCode(
        crockford(packed[5:15]), packed[51:].decode("utf-8"), EPOCH + timedelta(days=int.from_bytes(packed[15:17], "big")),
        int.from_bytes(packed[17:19], "big"), packed[19:51].hex(),
    )  # fmt: skip
    address = re.search(r"/check/([^#/?]*)#", text)
    if address and address[1] != facts.check_code:
        raise NotGenuine("アドレスの照合番号と、署名された照合番号が違います。")
    return facts


def key_mark(key: ed25519.Ed25519PublicKey) -> bytes:
    """Four bytes by which a code names its key."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()[:4]


def crockford(data: bytes) -> str:
    """Bytes (a multiple of five) as letters without I, L, O and U."""
    number, count = int.from_bytes(data, "big"), len(data) * 8 // 5
    return "".join(LETTERS[number >> shift & 31] for shift in range(5 * (count - 1), -1, -5))


def in_fours(letters: str) -> str:
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry of `python verifying.py`."""
    parser = argparse.ArgumentParser(description="市が交付した電子の写しや、紙に印刷された二次元コードを、市の証明書で確かめます。")
    wanted(parser)
    return run(parser.parse_args(arguments))


def wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.pdf", help="電子の写し")
    parser.add_argument("--code", help="二次元コードを読み取った文字（アドレスごと）")
    parser.add_argument("--certificate", type=Path, required=True, metavar="city.pem", help="市が公表している証明書")


def run(chosen: argparse.Namespace) -> int:
    if (chosen.file is None) == (chosen.code is None):
        print("ファイルか --code のどちらか一つを指定してください。", file=sys.stderr)
        return 2
    try:
        certificates = x509.load_pem_x509_certificates(chosen.certificate.read_bytes())
        pdf = chosen.file.read_bytes() if chosen.file else b""
    except (OSError, ValueError) as error:
        print(f"読めません：{type(error).__name__}", file=sys.stderr)
        return 2
    try:
        lines = _of_file(verify_file(pdf, certificates)) if chosen.file else _of_code(verify_code(chosen.code, certificates))
    except NotGenuine as reason:
        print(f"× 確かめられません。{reason}")
        return 1
    print("\n".join(lines))
    return 0


def _of_file(copy: SignedCopy) -> list[str]:
    return [
        "○ 市が交付したままの内容です。電子署名はファイルの全体に及び、その後の変更はありません。",
        f"　署名者　　　　　　　　　{copy.signer}",
        f"　署名の日時　　　　　　　{copy.signed_at.astimezone(JST):%Y年%m月%d日 %H時%M分%S秒}（市の申告。タイムスタンプはありません）",
        f"　文書　　　　　　　　　　{copy.reason}",
        f"　このファイルのSHA-256　 {copy.delivered_digest}",
        f"　署名前のSHA-256　　　　 {copy.unsigned_digest}",
        f"　内容の要約値　　　　　　{copy.content_digest or 'なし'}",
        "　いまも有効か（取り消されていないか）は、紙面の照合番号で市の照合ページをご覧ください。",
    ]


def _of_code(code: PrintedCode) -> list[str]:
    return [
        "○ この二次元コードは市が作ったものです。次の各項目が、お手元の紙面と同じであることを確かめてください。",
        f"　発行番号　　　{code.issue_number}",
        f"　交付年月日　　{code.issued_on.year}年{code.issued_on.month}月{code.issued_on.day}日",
        f"　枚数　　　　　{code.pages}枚",
        f"　契印　　　　　{code.tally}",
        f"　照合番号　　　{in_fours(code.check_code)}",
        f"　内容の要約値　{code.content_digest}",
        "　いまも有効か（取り消されていないか）は、照合番号で市の照合ページをご覧ください。",
    ]


if __name__ == "__main__":
    sys.exit(main())
