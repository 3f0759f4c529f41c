"""照合の印と符号: 紙面の二次元コードは市の署名した事実だけを持ち、どの頁にもあり、何とも重ならない。標準仕様 5.6; 決定0046.

The code is read from a picture of the page by zxing, which did not draw it.
"""

from __future__ import annotations

import base64
import random
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric import ed25519

from daicho.certificates.check_mark import CheckMark, with_mark
from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper import verifying
from daicho.paper.check_code import CheckKey, code_of, in_fours, new_code
from daicho.paper.check_mark import draw_check_mark
from daicho.paper.press import Press
from daicho.paper.qr import MASK, modules
from daicho.paper.verifying import NotGenuine, PrintedCode, verify_code
from tests.certificates.people import HANAKO, ISSUED_ON, NUMBER
from tests.paper import tools
from tests.paper.signed import City, made_up_city

ADDRESS = "https://www.city.example.lg.jp/check/"
CODE = "K7Q29MXD0123ABCD"
LONG = tuple(Note(NoteKind.REMARK, f"備考その{number}。" + "次の頁に続く長い文である。" * 6) for number in range(1, 31))


@pytest.fixture(scope="module")
def otaru(tmp_path_factory: pytest.TempPathFactory) -> City:
    return made_up_city(tmp_path_factory.mktemp("otaru"))


def facts_of(document: Document, pages: int) -> PrintedCode:
    return PrintedCode(CODE, document.page_mark, document.dated, pages, document.stamp)


def marked(document: Document, city: City, pages: int) -> tuple[Document, str]:
    whole = f"{ADDRESS}{CODE}#{city.keys.check.token(facts_of(document, pages))}"
    drawing = draw_check_mark(whole)
    return with_mark(document, CheckMark(in_fours(CODE), ADDRESS, drawing.png, drawing.size_mm)), whole


@pytest.mark.font
def test_どの頁の二次元コードも読めて何とも重ならず内容の要約値は変わらない(press: Press, city: CityTexts, otaru: City, tmp_path: Path):
    """Two pages, the longest title of a deputy, a note under the seal: what stands nearest to the mark."""
    import zxingcpp
    from PIL import Image

    texts = replace(
        city,
        certifier=replace(city.certifier, title="北海道小樽市長職務代理者　北海道小樽市副市長"),
        wording=replace(city.wording, fixed_note="この印は黒色です。"),
    )
    record = replace(HANAKO, notes=LONG)
    plain = JUMINHYO_PERSONAL.compose(Subjects((record,)), CertificateRequest(ISSUED_ON, Requester.SELF), texts, NUMBER)
    document, whole = marked(plain, otaru, press.count(plain))
    assert (document.stamp, document.tally) == (plain.stamp, plain.tally)
    printed = press.print(document)
    assert printed.pages == press.count(plain) > 1
    assert press.print(marked(plain, otaru, printed.pages)[0]).pdf == printed.pdf  # the mark is data: byte for byte the same again
    (tmp_path / "copy.pdf").write_bytes(printed.pdf)
    subprocess.run([tools.tool("pdftoppm"), "-r", "200", "-gray", "-png", tmp_path / "copy.pdf", tmp_path / "page"], check=True)
    for picture in sorted(tmp_path.glob("page-*.png")):
        with Image.open(picture) as page:
            assert [found.text for found in zxingcpp.read_barcodes(page)] == [whole]
    for at, boxes in enumerate(_boxes(printed.pdf, tmp_path), 1):
        mark = [box for box in boxes if box.text in ("照合番号", in_fours(CODE), ADDRESS)]
        assert len(mark) == 3, f"page {at}"
        assert not [(one.text, other.text) for one in mark for other in boxes if one is not other and one.overlaps(other)]
        qr = Box("QR", 18 * PT, (297 - 8 - 4.5 - 24) * PT, 42 * PT, (297 - 8 - 4.5) * PT)
        assert not [other.text for other in boxes if qr.overlaps(other)]


PT = 72 / 25.4


class Box:
    """A word as poppler finds it on the page, in points."""

    def __init__(self, text: str, left: float, top: float, right: float, bottom: float) -> None:
        self.text, self.left, self.top, self.right, self.bottom = text, left, top, right, bottom

    def overlaps(self, other: Box) -> bool:
        return self.left < other.right - 0.3 and other.left < self.right - 0.3 and self.top < other.bottom - 0.3 and other.top < self.bottom - 0.3


def _boxes(pdf: bytes, folder: Path) -> list[list[Box]]:
    import re

    pages = tools.text_of(pdf, folder, "-bbox").split("<page ")[1:]
    word = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [[Box(text, float(a), float(b), float(c), float(d)) for a, b, c, d, text in word.findall(page)] for page in pages]


def facts() -> PrintedCode:
    return PrintedCode(CODE, "20260403 小樽市 本庁1 プリンタ001 011", date(2026, 4, 3), 2, "3f2f41e15281" + "ab" * 26)


def test_符号は署名された事実を返し同じ事実には同じ符号になる(otaru: City):
    """決定0046: checked offline; 契印 follows from the content's digest; nothing in it is about a person."""
    token = otaru.keys.check.token(facts())
    assert verify_code(f"{ADDRESS}{CODE}#{token}", otaru.certificates) == verify_code(token, otaru.certificates) == facts()
    assert otaru.keys.check.token(facts()) == token
    assert facts().tally == "7WQM-3RAJ"
    assert len(f"{ADDRESS}{CODE}#{token}") <= 287  # what a QR code of 65 modules holds


def test_どの一字を変えても別の鍵でも符号は退けられる(otaru: City):
    token = otaru.keys.check.token(facts())
    data = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    drawn = random.Random(20260403)
    for place in range(len(data)):
        altered = bytearray(data)
        altered[place] ^= 1 << drawn.randrange(8)
        with pytest.raises(NotGenuine):
            verify_code(base64.urlsafe_b64encode(bytes(altered)).decode("ascii").rstrip("="), otaru.certificates)
    with pytest.raises(NotGenuine, match="市の鍵ではない"):
        verify_code(CheckKey(ed25519.Ed25519PrivateKey.generate()).token(facts()), otaru.certificates)
    with pytest.raises(NotGenuine, match="アドレスの照合番号"):
        verify_code(f"{ADDRESS}{new_code()}#{token}", otaru.certificates)
    for rubbish in ("", "#", "読めない", token[:40]):
        with pytest.raises(NotGenuine):
            verify_code(rubbish, otaru.certificates)


def test_紙から打った番号は書き方に構わず読める():
    """Crockford's letters: O is 0, I and L are 1; hyphens and spaces of any kind."""
    assert code_of("k7q2-9mxd－O123 abcd") == "K7Q29MXD0123ABCD"
    assert [code_of(typed) for typed in ("", "K7Q2", "K7Q2-9MXD-0123-ABC!", "K7Q2-9MXD-0123-ABCDE", "住民票")] == [None] * 5
    assert len({new_code() for _ in range(1000)}) == 1000


def test_符号を確かめる道具は日本語で答える(otaru: City, capsys: pytest.CaptureFixture[str]):
    token = otaru.keys.check.token(facts())
    assert verifying.main(["--code", token, "--certificate", str(otaru.pem)]) == 0
    said = capsys.readouterr().out
    assert "20260403 小樽市 本庁1 プリンタ001 011" in said and "2026年4月3日" in said and "7WQM-3RAJ" in said and "K7Q2-9MXD-0123-ABCD" in said
    assert verifying.main(["--code", token[:-5] + "AAAAA", "--certificate", str(otaru.pem)]) == 1
    assert "書き換えられています" in capsys.readouterr().out


def test_二次元コードは別の符号器と一つの模様まで同じで別の読取り器で読める():
    """JIS X 0510: full codes of every size are held against segno (which fills the others up with one byte that the standard does not have); others are read."""
    import zxingcpp
    from PIL import Image

    drawn = random.Random(20260403)
    for version in range(1, 21):
        full = "".join(drawn.choices("abcXYZ0189-_/#", k=CAPACITY[version - 1])).encode("ascii")
        other = segno.make(full, error="m", mask=MASK, micro=False, boost_error=False, mode="byte")
        assert (other.version, modules(full)) == (version, [bytes(row) for row in other.matrix])
        content = full[: len(full) - 1 - version]
        rows = modules(content) if content else []
        if rows:
            side = len(rows) + 8
            picture = Image.new("L", (side, side), 255)
            picture.putdata([0 if 4 <= x < side - 4 and 4 <= y < side - 4 and rows[y - 4][x - 4] else 255 for y in range(side) for x in range(side)])
            assert [found.text for found in zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), 0))] == [content.decode()]
    with pytest.raises(ValueError, match="too many"):
        modules(b"x" * 1000)


CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)
"""Bytes by version at correction M (JIS X 0510, table 7)."""
