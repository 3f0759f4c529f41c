"""住民票の写し（個人票）の紙面: what an independent reader finds in the PDF. 標準仕様 5.1, 5.5, 5.6, 5.8; 設計7章.

Read by poppler and pikepdf, which did not make it. Not checked here: full PDF/A and PDF/UA conformity (veraPDF is not to be had).
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document, Flow
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import CertificateRecord, Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper.errors import GlyphMissing, TextOverflow
from daicho.paper.fit import Overflow
from daicho.paper.glyphs import clusters
from daicho.paper.press import Press, paginate
from daicho.values.address import Address
from daicho.values.names import PersonName
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER, ZHANG
from tests.paper import tools
from tests.paper.embedded_glyphs import drawn_outlines, embedded_outlines, original_outline

pytestmark = pytest.mark.font

MANY = tuple(Note(NoteKind.REMARK, f"備考その{number}。" + "証明書の二枚目以降に続く長い文である。" * 4) for number in range(1, 61))


def full(record: CertificateRecord, texts: CityTexts) -> Document:
    """The document with every omissible entry shown."""
    shown = frozenset(each.omissible for each in JUMINHYO_PERSONAL.choices_for({record.kind}))
    request = CertificateRequest(ISSUED_ON, Requester.SELF, shown, for_official_use=True, use_confirmed=True)
    return JUMINHYO_PERSONAL.compose(Subjects((record,)), request, texts, NUMBER)


def column(document: Document) -> Flow:
    """The integrated column of its only person."""
    (leaf,) = document.leaves
    assert leaf.flow is not None
    return leaf.flow


def squeezed(text: str) -> str:
    """Without white space: a reader of PDF may divide lines and words as it likes."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("record", [HANAKO, ZHANG], ids=["日本人", "外国人"])
def test_読み取った文字は組み上げた内容と一致する(press: Press, city: CityTexts, tmp_path: Path, record: CertificateRecord):
    document = full(record, city)
    read = squeezed(tools.text_of(press.print(document).pdf, tmp_path, "-raw"))
    said = [text for cell in document.cells() for text in (cell.label, cell.text)]
    said += [*document.paragraphs, column(document).label, column(document).closing, f"{NUMBER.page_mark} 1/1", document.tally]
    said += [text for label, text in document.plain if label != "文書名"]
    rest = read
    for text in sorted(map(squeezed, said), key=len, reverse=True):
        assert text in rest
        rest = rest.replace(text, "", 1)
    assert rest == ""


def test_見出しと値は同じ段に並ぶ(press: Press, city: CityTexts, tmp_path: Path):
    lines = [squeezed(line) for line in tools.text_of(press.print(full(HANAKO, city)).pdf, tmp_path, "-layout").splitlines()]
    for expected in ("氏名葛\U000e0102城花子生年月日昭和60年3月9日", "世帯主葛\U000e0102城太郎続柄妻", "旧氏渡邉\U000e0110（ワタナベ）"):
        assert expected in lines


def test_二つの別のプロセスが同じバイト列を作る(press: Press, city: CityTexts, tmp_path: Path):
    """Cold in two fresh processes with other hash seeds, and warm in this one."""
    program = (
        "import sys\n"
        "from daicho.certificates import TEMPLATES\n"
        "from daicho.paper.press import open_press\n"
        "from tests.certificates.people import CITY, HANAKO\n"
        "from tests.certificates.test_juminhyo_pdf import full\n"
        "from tests.paper import tools\n"
        "printed = open_press(tools.fonts().directory, TEMPLATES).print(full(HANAKO, CITY))\n"
        "sys.stdout.write(' '.join([printed.document_digest, printed.font_digest, printed.template_digest, full(HANAKO, CITY).definition_digest]))\n"
    )
    digests = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ".", "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.append(done.stdout.split())
    document = full(HANAKO, CITY)
    printed = press.print(document)
    press.print(full(ZHANG, city))
    assert press.print(document).pdf == printed.pdf
    assert digests == [[printed.document_digest, printed.font_digest, printed.template_digest, document.definition_digest]] * 2


def test_内容か日付が違えば要約値も違う(press: Press):
    document = full(HANAKO, CITY)
    assert press.print(document).document_digest != press.print(replace(document, dated=date(2026, 4, 4))).document_digest


NAMES = ["葛城", "葛\U000e0102城", "葛\U000e0103城", "渡邉", "渡邉\U000e0110", "渡邉\U000e0111", "渡邊\U000e0112", "𠮷田", "髙﨑"]


@pytest.mark.parametrize("surname", NAMES)
def test_印字された字形は書体の異体字表のとおり(press: Press, surname: str):
    """The outline embedded for every character of the page is the font's own for that character or sequence."""
    document = full(replace(HANAKO, name=PersonName.japanese(surname, "花子")), CITY)
    outlines = embedded_outlines(press.print(document).pdf)
    assert {press.repertoire.glyph_name(each) for each in clusters(surname)} <= {press.repertoire.glyph_name(each) for each in outlines}
    for cluster, outline in outlines.items():
        assert outline == original_outline(press.repertoire, cluster), f"{cluster!r} is drawn otherwise"


def test_書体の全ての異体字が_その字形で順に印字される(press: Press):
    """All 11,474 sequences of IPAmj明朝 in one document, glyph by glyph in the order of drawing."""
    with TTFont(press.repertoire.fonts.fonts[0].path, lazy=True) as font:
        table = next(each for each in font["cmap"].tables if each.format == 14)
        known = sorted({chr(code) + chr(selector) for selector, pairs in table.uvsDict.items() for code, _ in pairs})
    document = full(replace(HANAKO, notes=(Note(NoteKind.REMARK, "".join(known)),)), CITY)
    lines = [line for page in paginate(column(document), press.repertoire) for line in page.lines if len(line) > 40]
    assert sum(len(clusters(line)) for line in lines) == len(known) == 11474
    drawn = [outline for page in drawn_outlines(press.print(document).pdf) for outline in page]
    at = 0
    for line in lines:
        expected = [original_outline(press.repertoire, each) for each in clusters(line)]
        at = next(start for start in range(at, len(drawn)) if drawn[start : start + len(expected)] == expected) + len(expected)


def test_異体字は基底の字と違う絵になる(press: Press):
    drawn = {}
    for name in ("葛", "葛\U000e0102"):
        document = full(replace(HANAKO, name=PersonName.japanese(name, ""), head_name="", family_register_head_name="見本"), CITY)
        drawn[name] = next(outline for cluster, outline in embedded_outlines(press.print(document).pdf).items() if cluster == name)
    assert drawn["葛"] != drawn["葛\U000e0102"]


# ---- 字形の欠けと文字溢れ ----


def test_書体に無い字形は項目と符号位置を名指しして止まる(press: Press):
    """The sequence of another collection would silently print the base glyph: it is refused instead."""
    document = full(replace(HANAKO, name=PersonName.japanese("葛\U000e0100城", "花子")), CITY)
    with pytest.raises(GlyphMissing, match=r"^「氏名」の1文字目（U\+845B U\+E0100）") as refusal:
        press.print(document)
    assert "花子" not in str(refusal.value)
    assert [(label, each.code_points) for label, each in press.missing(document)] == [("氏名", "U+845B U+E0100")]


def test_備考や市の文言の欠けも見つける(press: Press):
    remark = replace(HANAKO, notes=(Note(NoteKind.REMARK, "🍣"),))
    certifier = replace(CITY, certifier=replace(CITY.certifier, name="見本\ue000"))
    assert [label for label, _ in press.missing(full(remark, CITY))] == ["統合記載欄"]
    assert [label for label, _ in press.missing(full(HANAKO, certifier))] == ["認証者の氏名"]


LONG = Address("北海道", "小樽市", "花園二丁目", "１２番１号", "見本マンション" * 40)


def test_縮めても溢れる項目は文字超過リストに載り交付は止まる(press: Press):
    """N-5.8-02, -04, -05."""
    document = full(replace(HANAKO, address=LONG), CITY)
    with pytest.raises(TextOverflow, match="「住所」") as refusal:
        press.print(document)
    (line,) = refusal.value.excess
    assert (line.key, line.label, line.length) == ("address", "住所", len(LONG.one_line()))
    assert press.excess(document) == (line,)
    assert "マンション" not in str(refusal.value)


def test_溢れた項目は市の設定で_限界まで_又は_空白(press: Press, tmp_path: Path):
    """N-5.8-06."""
    document = full(replace(HANAKO, address=LONG), CITY)
    as_far = press.print(document, Overflow.AS_FAR_AS_IT_FITS)
    assert squeezed(LONG.one_line())[: as_far.excess[0].fitted - 1] in squeezed(tools.text_of(as_far.pdf, tmp_path, "-raw"))
    blank = press.print(document, Overflow.BLANK)
    assert "マンション" not in squeezed(tools.text_of(blank.pdf, tmp_path, "-raw"))
    assert len(blank.excess) == 1


def test_縮めた文字も欄の外へ出ない(press: Press, tmp_path: Path):
    """Every word that poppler places lies inside the paper's printed width, and the name inside its box."""
    name = "試験" * 30
    printed = press.print(full(replace(HANAKO, name=PersonName.japanese(name, "")), CITY))
    (tmp_path / "read.pdf").write_bytes(printed.pdf)
    boxes = subprocess.run([tools.tool("pdftotext"), "-bbox", str(tmp_path / "read.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes)
    inner = [tuple(map(float, word[:4])) for word in words if set(word[4]) == set("試験")]
    millimetre = 72 / 25.4
    assert inner
    assert sum(len(word[4]) for word in words if set(word[4]) == set("試験")) == len(name)
    assert min(box[0] for box in inner) >= (18 + 29) * millimetre
    assert max(box[2] for box in inner) <= (18 + 174 - 20 - 34) * millimetre + 0.1
    assert max(float(word[2]) for word in words) <= (18 + 174) * millimetre + 0.1


# ---- 複葉 ----


def test_複葉では認証文は最終頁だけ_発行番号は各頁_文は一行も失われない(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-11, N-5.5-03."""
    document = full(replace(HANAKO, notes=MANY), city)
    printed = press.print(document)
    pages = [squeezed(page) for page in tools.text_of(printed.pdf, tmp_path, "-raw").split("\f")[:-1]]
    assert len(pages) == printed.pages >= 4
    certified = [squeezed(CITY.certifications["certification_juminhyo_copy"]) in page for page in pages]
    assert certified == [False] * (len(pages) - 1) + [True]
    for number, page in enumerate(pages, start=1):
        assert squeezed(f"{NUMBER.page_mark} {number}/{len(pages)}") in page
        assert "葛\U000e0102城花子" in page
    running = "".join(page.split("統合記載欄", 1)[1].split("この写しは")[0].rsplit("20260403", 1)[0] for page in pages)
    assert running.startswith(squeezed("".join(document.paragraphs)))
    assert running.count("以下余白") == 1


@pytest.mark.parametrize(("short", "closed"), [(1, True), (0, False)])
def test_以下余白は余白があるときだけ_そのために頁を増やさない(press: Press, tmp_path: Path, short: int, closed: bool):
    empty = column(full(replace(HANAKO, notes=(), individual_entries=()), CITY))
    room = int(empty.first_mm / (empty.size_pt * empty.line_height * 25.4 / 72))
    remarks = "\n".join(f"{number}行目" for number in range(room - 1 - short))  # 【備考】 takes one line
    printed = press.print(full(replace(HANAKO, notes=(Note(NoteKind.REMARK, remarks),), individual_entries=()), CITY))
    assert printed.pages == 1
    assert ("以下余白" in squeezed(tools.text_of(printed.pdf, tmp_path, "-raw"))) is closed


# ---- PDF/A, PDF/UA: what can be looked at without a validator ----


def test_PDFAとPDFUAの見て取れる条件を満たす(press: Press, city: CityTexts):
    with pikepdf.open(io.BytesIO(press.print(full(HANAKO, city)).pdf)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", metadata, re.DOTALL)
        assert "<pdfuaid:part>1<" in metadata
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "ja-JP"
        assert pdf.Root.StructTreeRoot is not None
        assert not pdf.is_encrypted
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/ID" in pdf.trailer
        assert not {"/OpenAction", "/AA", "/JavaScript"} & set(pdf.Root.keys())
        assert str(pdf.docinfo["/Title"]) == "住民票の写し（個人票）"
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and each.get("/Subtype") == "/Type0":
                assert "/ToUnicode" in each
                assert "/FontFile2" in each.DescendantFonts[0].FontDescriptor
        assert pdf.check_pdf_syntax() == []  # what `qpdf --check` looks at


def test_公印は25mm角以内の図形で文字として読み取れない(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-08, N-5.6-07."""
    assert city.certifier.seal_mm <= 25.0
    assert "市長之印" not in squeezed(tools.text_of(press.print(full(HANAKO, city)).pdf, tmp_path, "-raw"))


def test_紙面は黒と灰色と地紋だけで公印の位置に墨がある(press: Press, city: CityTexts, tmp_path: Path):
    from PIL import Image

    def seal_ink(texts: CityTexts) -> float:
        (tmp_path / "page.pdf").write_bytes(press.print(full(HANAKO, replace(texts, ground_svg=""))).pdf)
        subprocess.run([tools.tool("pdftoppm"), "-r", "100", "-png", "-singlefile", str(tmp_path / "page.pdf"), str(tmp_path / "page")], check=True)
        with Image.open(tmp_path / "page.png") as image:
            pixels = image.convert("RGB")
            assert all(max(colour) - min(colour) <= 2 for _, colour in pixels.getcolors(1 << 20) or [])
            scale = 100 / 25.4
            place = pixels.crop((int((192 - 6 - 24) * scale), int(252 * scale), int((192 - 6) * scale), int(285 * scale))).convert("L")
            return sum(place.histogram()[:128]) / (place.width * place.height)

    assert seal_ink(city) > 0.2
    assert seal_ink(CITY) < 0.02
