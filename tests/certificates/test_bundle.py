"""束 — several papers as one file: each page bound to its paper, the same bytes each time, read back by another PDF reader. Issue 6 (大量発行, 複数部数); decision 0052."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from daicho.certificates.document import Document
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import CertificateRecord, Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper import bundle as bundling
from daicho.paper.bundle import NotBound, Part, bundle, papers_in
from daicho.paper.press import Press
from daicho.paper.stamp import stamp_of
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER, ZHANG
from tests.paper import tools

pytestmark = pytest.mark.font
LONG = tuple(Note(NoteKind.REMARK, f"備考その{number}。" + "証明書の二枚目以降に続く長い文である。" * 4) for number in range(1, 25))


def document(record: CertificateRecord, serial: int) -> Document:
    shown = frozenset(each.omissible for each in JUMINHYO_PERSONAL.choices_for({record.kind}))
    request = CertificateRequest(ISSUED_ON, Requester.SELF, shown, use_confirmed=True)
    return JUMINHYO_PERSONAL.compose(Subjects((record,)), request, CITY, replace(NUMBER, serial_no=serial))


@pytest.fixture(scope="module")
def papers(press: Press) -> list[Part]:
    """花子's of several pages, 張's, and 花子's once more under another number."""
    documents = [document(replace(HANAKO, notes=LONG), 11), document(ZHANG, 12), document(HANAKO, 13)]
    return [Part(press.print(each).pdf, each.page_mark) for each in documents]


@pytest.fixture(scope="module")
def bundled(papers) -> bytes:
    return bundle(papers)


def test_各頁はその写しの発行番号と刻印を持ち写しは順に並ぶ(papers, bundled, tmp_path):
    """Page by page: what poppler reads of the 発行番号, what pikepdf reads of the stamp; the table of contents leads to the first page of each."""
    with pikepdf.open(BytesIO(bundled)) as pdf:
        told = [(int(page.PieceInfo.daicho.Private.Paper), str(page.PieceInfo.daicho.Private.Stamp)) for page in pdf.pages]
        with pdf.open_outline() as outline:
            named = [(item.title, pdf.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
    pages = [len(pikepdf.open(BytesIO(part.pdf)).pages) for part in papers]
    assert pages[0] > 1 and pages[1:] == [1, 1]
    assert told == [(no, stamp_of(part.pdf)) for no, (part, count) in enumerate(zip(papers, pages, strict=True), 1) for _ in range(count)]
    assert named == [(papers[0].label, 0), (papers[1].label, pages[0]), (papers[2].label, pages[0] + 1)]
    whole = tools.text_of(bundled, tmp_path, "-raw").split("\f")[:-1]
    assert whole == [page for part in papers for page in tools.text_of(part.pdf, tmp_path, "-raw").split("\f")[:-1]]


def test_束の画は元の写しの画と同じ(papers, bundled, tmp_path):
    """Every page as it is seen, by poppler."""
    import subprocess

    def pictures(pdf: bytes) -> list[str]:
        (tmp_path / "one.pdf").write_bytes(pdf)
        for old in tmp_path.glob("page-*.png"):
            old.unlink()
        subprocess.run([tools.tool("pdftoppm"), "-r", "40", "-png", tmp_path / "one.pdf", tmp_path / "page"], check=True)
        return [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(tmp_path.glob("page-*.png"))]

    assert pictures(bundled) == [picture for part in papers for picture in pictures(part.pdf)]


def test_同じ写しの束は何度作っても同じバイト列で順が違えば違う(papers, bundled):
    assert bundle(papers) == bundled
    assert bundle(papers[::-1]) != bundled
    assert [one.stamp for one in papers_in(bundled)] == [stamp_of(part.pdf) for part in papers]


def test_刻印のない紙やほかの紙の頁が混ざった束は作られない(papers, monkeypatch):
    """What the bundler itself does wrong is found by what the pages draw."""
    with pytest.raises(NotBound, match="paper 2"):
        bundle([papers[0], Part(papers[1].pdf.replace(b"/Keywords(", b"/Nothing_("), "")])
    with pytest.raises(NotBound, match="no papers"):
        bundle([])
    real, swapped = bundling._taken, []

    def taken(page, no, stamp):
        swapped.append(page)
        return real(swapped[0], no, stamp)

    monkeypatch.setattr(bundling, "_taken", taken)
    with pytest.raises(NotBound, match="does not draw"):
        bundle(papers)


def test_刻印のない頁や途中で切れた写しは束として読まれない(papers, bundled):
    with pikepdf.open(BytesIO(bundled)) as pdf:
        pages = list(pdf.pages)
        for edit, said in (
            (lambda p: p.__delitem__("/PieceInfo"), "does not tell"),
            (lambda p: setattr(p.PieceInfo.daicho.Private, "Paper", 9), "out of its place"),
        ):
            edit(pages[-1])
            out = BytesIO()
            pdf.save(out)
            with pytest.raises(NotBound, match=said):
                papers_in(out.getvalue())
            pages[-1].PieceInfo = pdf.make_indirect(
                pikepdf.Dictionary(daicho=pikepdf.Dictionary(Private=pikepdf.Dictionary(Paper=3, Stamp=stamp_of(papers[2].pdf) or "")))
            )
    with pytest.raises(NotBound):
        papers_in(papers[0].pdf)
