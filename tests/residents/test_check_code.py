"""照合番号と電子の写し: 交付した一部ごとに番号があり、電子の写しは署名され、両方の要約値が交付履歴に残る。A-05, S1-05; 決定0046."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography import x509
from PIL import Image

from daicho import clock
from daicho.certificates.binding import digest_of
from daicho.certificates.request import CertificateRequest, OutputForm, Requester
from daicho.city.check_address import check_address
from daicho.city.models import Certifier
from daicho.city.signing_keys import published_certificates
from daicho.paper.errors import SigningFailed
from daicho.paper.sd_jwt import payload_of
from daicho.paper.verifying import verify_code, verify_file
from daicho.residents.commands import certificates
from daicho.residents.commands.handing_over import Click, Crossed, Issued, NotToBeIssued, release
from daicho.residents.models import CertificateIssue
from tests.cast import CLERK
from tests.paper import tools
from tests.residents.counter import city_decides, move_in_form, register, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture
def person() -> UUID:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    return register("domestic_move_in", move_in_form())[0].person.public_id


def issue(person: UUID, output: OutputForm = OutputForm.PAPER, click: Click | None = None) -> Issued:
    request = CertificateRequest(TODAY, Requester.SELF, output=output)
    return certificates.issue(CLERK, visit(), certificates.Wanted("juminhyo_personal", person, frozenset({person})), request, "本人の申請", click)


def certificates_of_the_city() -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(published_certificates())


def test_紙の写しは一部ごとの照合番号と市が署名した符号を負う(person: UUID, tmp_path: Path):
    """A-05: what the QR code says is what 交付履歴 has of this copy, and nothing of the person."""
    import zxingcpp

    issued, other = issue(person), issue(person)
    rows = {row.public_id: row for row in CertificateIssue.objects.all()}
    row = rows[issued.once]
    assert row.output == "paper" and row.delivered_digest == row.document_digest
    assert row.check_code != rows[other.once].check_code
    (tmp_path / "copy.pdf").write_bytes(issued.pdf)
    subprocess.run([tools.tool("pdftoppm"), "-r", "200", "-gray", "-png", "-singlefile", tmp_path / "copy.pdf", tmp_path / "page"], check=True)
    with Image.open(tmp_path / "page.png") as page:
        (found,) = zxingcpp.read_barcodes(page)
    facts = verify_code(found.text, certificates_of_the_city())
    assert f"/check/{row.check_code}#" in found.text
    assert (facts.check_code, facts.issue_number, facts.pages) == (row.check_code, row.certificate_no, row.pages)
    assert (facts.content_digest, facts.tally, facts.issued_on) == (row.stamp, row.tally, TODAY)


def test_電子の写しは署名され署名前と渡したときの要約値が残り最後の関所を通る(person: UUID):
    """S1-05, N-10.7-04: both digests are on record; what leaves is held against them, and an altered file does not leave."""
    click = Click(uuid4(), "0" * 64)
    issued = issue(person, OutputForm.ELECTRONIC, click)
    row = CertificateIssue.objects.get()
    copy = verify_file(issued.pdf, certificates_of_the_city())
    assert (copy.delivered_digest, copy.unsigned_digest, copy.content_digest) == (row.delivered_digest, row.document_digest, row.stamp)
    assert (row.output, copy.reason) == ("electronic", "住民票の写し（個人票）の交付")
    release(CLERK, click, person, issued.pdf)
    with pytest.raises(Crossed, match="bytes"):
        release(CLERK, click, person, issued.pdf + b"\n")


def test_鍵がなければ名指しで断り本番では照合ページのアドレスも求める(person: UUID, settings, tmp_path: Path):
    """標準5.6: nothing leaves without what it is verified by; the clerk is told what is missing."""
    here = settings.INSTALLATION
    settings.INSTALLATION = replace(here, var_dir=tmp_path)
    with pytest.raises(NotToBeIssued) as refused:
        issue(person)
    assert ["市の電子署名の鍵が、この日に使えるものとして登録されていません" in message for _, message in refused.value.reasons] == [True]
    assert not CertificateIssue.objects.exists()
    settings.INSTALLATION = replace(here, environment="production")
    with pytest.raises(SigningFailed, match="市の設定で「照合ページのアドレス」"):
        check_address(TODAY)
    city_decides("check_page_address", "https://www.city.example.lg.jp/check/")
    assert check_address(clock.today()) == "https://www.city.example.lg.jp/check/"


def test_検証可能な証明データも一部として交付履歴に残り最後の関所を通る(person: UUID):
    """S1-05: the third form of a copy; its digest, its code and its content are on record as of any other."""
    click = Click(uuid4(), "0" * 64)
    issued = issue(person, OutputForm.CREDENTIAL, click)
    row = CertificateIssue.objects.get()
    said = payload_of(issued.pdf)
    assert (row.output, row.delivered_digest) == ("credential", digest_of(issued.pdf))
    assert (said["content_digest"], said["tally"], said["issue_number"]) == (row.stamp, row.tally, row.certificate_no)
    assert said["check"] == f"{check_address(TODAY)}{row.check_code}"
    release(CLERK, click, person, issued.pdf)
    other = issue(person, OutputForm.CREDENTIAL)
    with pytest.raises(Crossed, match="bytes, stamp"):
        release(CLERK, click, person, other.pdf)
