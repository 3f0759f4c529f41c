"""電子の写し（署名付きPDF）: 署名は他者の道具が認め、一字でも変われば退けられ、署名前の文書はそのまま先頭にある。標準仕様 5.6; 設計7章.

Judged by poppler (pdfsig), OpenSSL and pyHanko, read by pikepdf, pypdf and qpdf, none of which made the signature. Not checked: full conformity
with PDF/A (veraPDF is not to be had), and Acrobat.
"""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper import verifying
from daicho.paper.errors import SigningFailed
from daicho.paper.key_pairs import keys_folder, pair_on
from daicho.paper.press import Press, Printed
from daicho.paper.published import certificates_folder, published
from daicho.paper.signing import Signer
from daicho.paper.verifying import NotGenuine, verify_file
from tests.certificates.people import HANAKO, ISSUED_ON, NUMBER
from tests.paper import tools
from tests.paper.signed import AT, REASON, City, authority_of, made_up_city

pytestmark = pytest.mark.font
SCRIPT = Path(verifying.__file__)


@pytest.fixture(scope="module")
def otaru(tmp_path_factory: pytest.TempPathFactory) -> City:
    return made_up_city(tmp_path_factory.mktemp("otaru"))


@pytest.fixture(scope="module")
def printed(press: Press, city: CityTexts) -> Printed:
    return press.print(JUMINHYO_PERSONAL.compose(Subjects((HANAKO,)), CertificateRequest(ISSUED_ON, Requester.SELF), city, NUMBER))


@pytest.fixture(scope="module")
def signed(otaru: City, printed: Printed) -> bytes:
    return otaru.keys.signer.sign(printed.pdf, REASON, AT)


def test_署名はpdfsigが有効と認め全体に及ぶ(signed: bytes, tmp_path: Path):
    """S1-05, N-5.6-05."""
    (tmp_path / "copy.pdf").write_bytes(signed)
    said = subprocess.run([tools.tool("pdfsig"), "-nocert", tmp_path / "copy.pdf"], check=True, capture_output=True, text=True).stdout
    assert "Signature is Valid." in said and "Total document signed" in said and "ETSI.CAdES.detached" in said
    assert "北海道小樽市長" in said and said.count("Signature #") == 1


def test_署名はOpenSSLが市の認証局の下で認める(otaru: City, signed: bytes, tmp_path: Path):
    """S1-05: the CMS message alone, as a CAdES signature over all but the room that it lies in."""
    opens, closes = (int(found) for found in re.search(rb"/ByteRange\[0 +(\d+) +(\d+) ", signed).groups())
    message = bytes.fromhex(signed[opens + 1 : closes - 1].decode("ascii"))
    (tmp_path / "signature.der").write_bytes(message[: int.from_bytes(message[2:4], "big") + 4])
    verify = [tools.tool("openssl"), "cms", "-verify", "-cades", "-inform", "DER", "-in", tmp_path / "signature.der", "-binary", "-out", "/dev/null"]
    verify += ["-CAfile", authority_of(otaru), "-purpose", "any", "-attime", str(int(AT.timestamp())), "-content", tmp_path / "content"]
    (tmp_path / "content").write_bytes(signed[:opens] + signed[closes:])
    assert subprocess.run(verify, capture_output=True, check=False).returncode == 0
    (tmp_path / "content").write_bytes(signed[:opens] + signed[closes:] + b" ")
    assert subprocess.run(verify, capture_output=True, check=False).returncode != 0


def test_署名の後に変更がないと第三の検証器も認める(otaru: City, signed: bytes):
    """S1-05: pyHanko, which also looks at what was changed after the signature, and at the certificate's chain on the day of issue."""
    from asn1crypto import x509 as read_x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    roots = [read_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in otaru.certificates if each.subject == each.issuer]
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    judged = validate_pdf_signature(signature, ValidationContext(trust_roots=roots, allow_fetching=False, moment=AT))
    assert judged.bottom_line and judged.docmdp_ok and judged.coverage.name == "ENTIRE_FILE"


def test_署名前の文書がそのまま先頭にあり要約値を見いだせる(otaru: City, printed: Printed, signed: bytes):
    """設計7章: both digests that the record keeps are found again from the one file; the same moment gives the same file."""
    assert signed.startswith(printed.pdf)
    found = verify_file(signed, otaru.certificates)
    assert found.unsigned_digest == printed.document_digest
    assert (found.reason, found.signed_at) == (REASON, AT)
    assert otaru.keys.signer.sign(printed.pdf, REASON, AT) == signed


def test_署名しても文字もPDFAの申告も変わらず壊れない(printed: Printed, signed: bytes, tmp_path: Path):
    """S1-05: text, fonts and claims are read by two libraries; qpdf finds the file whole."""
    assert tools.text_of(signed, tmp_path) == tools.text_of(printed.pdf, tmp_path)
    again, before = pypdf.PdfReader(io.BytesIO(signed)), pypdf.PdfReader(io.BytesIO(printed.pdf))
    assert [page.extract_text() for page in again.pages] == [page.extract_text() for page in before.pages]
    (tmp_path / "copy.pdf").write_bytes(signed)
    subprocess.run([tools.tool("qpdf"), "--check", tmp_path / "copy.pdf"], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        claimed = pdf.open_metadata()
        assert (claimed["pdfaid:part"], claimed["pdfaid:conformance"], claimed["pdfuaid:part"]) == ("2", "A", "1")
        (field,), signature = pdf.Root.AcroForm.Fields, pdf.Root.AcroForm.Fields[0].V
        # ISO 19005-2, 6.3: a field that is printed and not hidden; without extent it needs no appearance. 6.1.12: nothing but DocMDP among the rights.
        assert (field.F, [float(side) for side in field.Rect], field.P.objgen) == (132, [0, 0, 0, 0], pdf.pages[0].obj.objgen)
        assert [each.objgen for each in pdf.pages[0].obj.Annots] == [field.objgen]
        assert set(pdf.Root.Perms.keys()) == {"/DocMDP"} and signature.Reference[0].TransformParams.P == 1
        assert (str(signature.Name), str(signature.Reason)) == ("北海道小樽市長", REASON)
        said = {str(name): str(value) for name, value in signature.items() if name not in ("/Contents", "/ByteRange")}
    assert not any(part in text for text in said.values() for part in ("花子", HANAKO.address.town))


def test_どこが一字変わっても退ける(otaru: City, signed: bytes):
    """S1-05: 400 places drawn by chance (seed printed), and every byte of the signature and its dictionary."""
    seed = random.SystemRandom().randrange(1 << 32)
    print("seed", seed)
    drawn = random.Random(seed)
    opens = signed.index(b"/ByteRange")
    for place in [*drawn.sample(range(len(signed)), 400), *range(opens, opens + 3000)]:
        altered = bytearray(signed)
        altered[place] ^= 1 << drawn.randrange(8)
        with pytest.raises(NotGenuine):
            verify_file(bytes(altered), otaru.certificates)


def test_追記や差替えや別の鍵は退ける(otaru: City, printed: Printed, signed: bytes, tmp_path: Path):
    """S1-05: what others would try with a copy."""
    for altered, why in (
        (signed + b"\n%%EOF\n", "追記"),
        (_with_a_page_more(signed), "電子署名"),
        (signed[:-200], "追記されているか、途中で切れて"),
        (signed.replace(b"/Title", b"/Titel", 1), "書き換え"),
        (printed.pdf, "電子署名がありません"),
        (otaru.keys.signer.sign(printed.pdf, REASON, AT) + _update_after(signed), "電子署名"),
        (_stranger("北海道小樽市長").sign(printed.pdf, REASON, AT), "市の証明書ではない"),
        (_moved_room(signed), "電子署名"),
    ):
        with pytest.raises(NotGenuine, match=why):
            verify_file(altered, otaru.certificates)
    elsewhere = made_up_city(tmp_path)
    with pytest.raises(NotGenuine, match="市の証明書ではない"):
        verify_file(signed, elsewhere.certificates)


def _with_a_page_more(signed: bytes) -> bytes:
    """The copy with its first page put in twice, saved by an everyday tool."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(out)
    return out.getvalue()


def _update_after(signed: bytes) -> bytes:
    """An incremental update that replaces the document's catalogue."""
    return b"\n1 0 obj\n<<>>\nendobj\nxref\n1 1\n%010d 00000 n \ntrailer\n<</Size 9/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(signed) + 1,
        len(signed) + 20,
    )


def _moved_room(signed: bytes) -> bytes:
    """The room made larger than the signature, so that it would swallow what comes behind it."""
    opens, closes, rest = (int(found) for found in re.search(rb"/ByteRange\[0 +(\d+) +(\d+) +(\d+)", signed).groups())
    before, after = b"%-10d %-10d %-10d" % (opens, closes, rest), b"%-10d %-10d %-10d" % (opens, closes + 20, rest - 20)
    assert before in signed
    return signed.replace(before, after)


def _stranger(name: str) -> Signer:
    """A key that is not the city's, with a certificate that says it is."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key()).serial_number(7)
    return Signer(key, made.not_valid_before(datetime(2026, 1, 1)).not_valid_after(datetime(2027, 1, 1)).sign(key, hashes.SHA256()))


def test_楕円曲線の鍵でも署名できる(printed: Printed, tmp_path: Path):
    """Decision 0053: a city may have either."""
    stranger = _stranger("北海道小樽市長")
    (tmp_path / "copy.pdf").write_bytes(stranger.sign(printed.pdf, REASON, AT))
    said = subprocess.run([tools.tool("pdfsig"), "-nocert", tmp_path / "copy.pdf"], check=True, capture_output=True, text=True).stdout
    assert "Signature is Valid." in said
    assert verify_file((tmp_path / "copy.pdf").read_bytes(), [stranger.certificate]).signer == "CN=北海道小樽市長"


def test_証明書の期間の外では署名しない(printed: Printed):
    with pytest.raises(SigningFailed, match="有効期間外"):
        _stranger("北海道小樽市長").sign(printed.pdf, REASON, AT + timedelta(days=800))


def test_わが社の組版でない文書には署名しない(otaru: City, signed: bytes):
    """A file that has a signature already, and one that our press did not make."""
    for strange in (signed, b"%PDF-1.7\n%%EOF"):
        with pytest.raises(SigningFailed):
            otaru.keys.signer.sign(strange, REASON, AT)


def test_鍵は日付で替わり古い写しも確かめられる(otaru: City, printed: Printed, signed: bytes, tmp_path: Path):
    """標準5.6: like the seal, a key has its first day; what the former key signed stays verifiable."""
    made_up_city(tmp_path)
    for folder in (keys_folder, certificates_folder):
        (folder(tmp_path) / "2020-01-01").rename(folder(tmp_path) / "2026-04-04")
        source = folder(otaru.folder) / "2020-01-01"
        (folder(tmp_path) / "2020-01-01").mkdir()
        for file in source.iterdir():
            (folder(tmp_path) / "2020-01-01" / file.name).write_bytes(file.read_bytes())
            (folder(tmp_path) / "2020-01-01" / file.name).chmod(0o600)
    rotated = [pair_on(tmp_path, day).signer for day in (date(2026, 4, 3), date(2026, 4, 4))]
    assert rotated[0].certificate == otaru.keys.signer.certificate != rotated[1].certificate
    known = x509.load_pem_x509_certificates(published(tmp_path))
    assert verify_file(signed, known) == verify_file(signed, otaru.certificates)
    assert verify_file(rotated[1].sign(printed.pdf, REASON, AT), known).unsigned_digest == printed.document_digest


def test_鍵がないときや他人が読めるときは理由を示して署名しない(tmp_path: Path):
    with pytest.raises(SigningFailed, match="登録されていません"):
        pair_on(tmp_path, date(2026, 4, 3))
    city = made_up_city(tmp_path)
    for day in (date(2019, 12, 31),):
        with pytest.raises(SigningFailed, match="登録されていません"):
            pair_on(tmp_path, day)
    (key,) = keys_folder(city.folder).glob("*/seal.key.pem")
    assert key.stat().st_mode & 0o077 == 0
    key.chmod(0o644)
    with pytest.raises(SigningFailed, match="他の利用者が読めます"):
        pair_on(tmp_path, date(2026, 4, 3))


def test_検証の道具は一枚の台本だけで動き日本語で答える(otaru: City, printed: Printed, signed: bytes, tmp_path: Path):
    """A court runs one file, in a folder where nothing of ours is (Python's own isolated mode)."""
    script = tmp_path / "verifying.py"
    script.write_bytes(SCRIPT.read_bytes())

    def told(file: bytes) -> tuple[int, str]:
        (tmp_path / "copy.pdf").write_bytes(file)
        done = subprocess.run(
            [sys.executable, "-I", script, tmp_path / "copy.pdf", "--certificate", otaru.pem], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        return done.returncode, done.stdout

    code, said = told(signed)
    assert code == 0 and "○ 市が交付したままの内容です" in said and printed.document_digest in said and "2026年04月03日 10時20分30秒" in said
    code, said = told(signed.replace(b"/Title", b"/Titel", 1))
    assert code == 1 and said.startswith("× 確かめられません") and "書き換えられています" in said
    assert datetime.now(UTC)  # the moment of looking plays no part: what was valid when it was signed stays so


def test_daichoの一つの命令からも確かめられ公表する証明書を出せる(otaru: City, signed: bytes, tmp_path: Path):
    """S1-05: neither asks for an installation's database; `verify` needs no installation at all."""
    (tmp_path / "copy.pdf").write_bytes(signed)
    command = [sys.executable, "-m", "daicho.site.cli", "verify", tmp_path / "copy.pdf", "--certificate", otaru.pem]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(SCRIPT.parents[2])})
    assert done.returncode == 0 and done.stdout.startswith("○ 市が交付したままの内容です"), done.stderr
