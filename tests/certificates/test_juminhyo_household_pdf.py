"""住民票の写し（世帯連記式）の紙面: what an independent reader finds in the PDF. 標準仕様 1.1.3, 5.1, 5.5, 5.8, 20.1.2; 設計7章.

Read by poppler and pikepdf, which did not make it.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document
from daicho.certificates.juminhyo_household import JUMINHYO_HOUSEHOLD, REMARKS_ROOM
from daicho.certificates.juminhyo_personal import JUMINHYO_PERSONAL
from daicho.certificates.record import CertificateRecord, Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.paper.errors import GlyphMissing, TextOverflow
from daicho.paper.fit import Overflow
from daicho.paper.press import Press
from daicho.values.address import Address
from daicho.values.names import PersonName
from tests.certificates.people import CITY, ISSUED_ON, NUMBER, household
from tests.certificates.test_juminhyo_pdf import squeezed
from tests.paper import tools

pytestmark = pytest.mark.font
MILLIMETRE = 72 / 25.4
WITHOUT_ANNEX = frozenset({Omissible.ALIAS_HISTORY})


def full(people: tuple[CertificateRecord, ...], texts: CityTexts, omitted: frozenset[Omissible] = WITHOUT_ANNEX, definition=JUMINHYO_HOUSEHOLD) -> Document:
    """The document with every omissible entry shown but these."""
    subjects = Subjects(people, whole_household=True)
    shown = frozenset(each.omissible for each in definition.choices_for(subjects.kinds)) - omitted
    return definition.compose(subjects, CertificateRequest(ISSUED_ON, Requester.SELF, shown, for_official_use=True, use_confirmed=True), texts, NUMBER)


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, without white space."""
    return [squeezed(page) for page in tools.text_of(pdf, folder, "-raw").split("\f")[:-1]]


@pytest.mark.parametrize(("size", "count"), [(1, 1), (4, 1), (5, 2), (9, 3), (12, 3)])
def test_読み取った文字は組み上げた内容と一致し各頁に頁数と契印と市名がある(press: Press, city: CityTexts, tmp_path: Path, size: int, count: int):
    """N-1.1.3-02, N-5.1-11, N-5.5-03; domain §4.2: everything that was composed, each where it belongs, and nothing else."""
    document = full(household(size), city)
    printed = press.print(document)
    pages = pages_of(printed.pdf, tmp_path)
    assert len(pages) == printed.pages == count
    for number, page in enumerate(pages, 1):
        assert squeezed(f"{NUMBER.page_mark} {number}/{count}") in page
        assert f"契印{document.tally}" in page and "住民票" in page and "北海道小樽市" in page and "公用" in page
    certified = [squeezed(CITY.certifications["certification_juminhyo_whole"]) in page for page in pages]
    assert certified == [False] * (count - 1) + [True]
    furniture = {"認証文", "交付年月日", "認証者の職名", "認証者の氏名"}
    for page, leaf in zip(pages, document.leaves, strict=True):
        said = [text for block in leaf.blocks for row in block.rows for cell in row for text in (cell.label, cell.text)]
        said += [block.label for block in leaf.blocks] + [leaf.closing]
        last = leaf is document.leaves[-1]
        said += [text for label, text in document.plain if label != "文書名" and (last or label not in furniture)]
        rest = page.replace(squeezed(f"{NUMBER.page_mark} {pages.index(page) + 1}/{count}"), "", 1).replace(document.tally, "", 1)
        for text in sorted(map(squeezed, said), key=len, reverse=True):
            assert text in rest
            rest = rest.replace(text, "", 1)
        assert rest == ""


@pytest.mark.parametrize("size", [1, 4, 5, 9, 12])
def test_以下余白は最後の人の後に一度だけ(press: Press, city: CityTexts, tmp_path: Path, size: int):
    """domain §4.2: also where the last sheet is full."""
    people = household(size)
    pages = pages_of(press.print(full(people, city)).pdf, tmp_path)
    assert [page.count("以下余白") for page in pages] == [0] * (len(pages) - 1) + [1]
    behind = pages[-1].split("以下余白")[1]
    assert squeezed(people[-1].name.legal) in pages[-1].split("以下余白")[0]
    assert not any(squeezed(person.name.legal) in behind for person in people)


def test_一人ずつの段は渡した順に上から並ぶ(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.2-01, -02: read by lines, with label and value side by side."""
    lines = [squeezed(line) for line in tools.text_of(press.print(full(household(5), city)).pdf, tmp_path, "-layout").splitlines()]
    names = [line.split("性別")[0] for line in lines if line.startswith("氏名葛") and "性別" in line]
    assert names == [f"氏名{squeezed(person.name.legal)}" for at, person in enumerate(household(5)) if at != 2]
    assert any(line.startswith("氏名ZHANGYULIN張玉蓮生年月日1985年3月9日") for line in lines)
    assert "住所北海道小樽市花園二丁目１２番１号見本マンション１０１号" in lines


def test_別紙があれば認証文は別紙の最終頁だけにある(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-12: 1 sheet, and 通称の記載及び削除に関する事項 on 別紙; the head of the sheet stands on it too."""
    document = full(household(4), city, frozenset())
    pages = pages_of(press.print(document).pdf, tmp_path)
    assert len(pages) == 2
    assert [squeezed(CITY.certifications["certification_juminhyo_whole"]) in page for page in pages] == [False, True]
    assert "備考別紙のとおり" in pages[0] and "札幌市" not in pages[0]
    assert squeezed("".join(document.paragraphs)) in pages[1] and "世帯主葛\U000e0102城太郎" in pages[1]
    assert [page.count(f"契印{document.tally}") for page in pages] == [1, 1]


def test_長い別紙は続き一行も失われない(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-11: all pages numbered, one mark, one 認証文."""
    notes = tuple(Note(NoteKind.REMARK, f"備考その{number}。" + "別紙の二枚目以降に続く長い文である。" * 4) for number in range(1, 40))
    document = full((replace(household(1)[0], notes=notes), *household(3)[1:]), city)
    printed = press.print(document)
    pages = pages_of(printed.pdf, tmp_path)
    assert len(pages) == printed.pages >= 3
    running = "".join(page.split("別紙（統合記載欄）", 1)[1].split("この写しは")[0].rsplit("20260403", 1)[0] for page in pages[1:])
    assert running.startswith(squeezed("".join(document.paragraphs)))
    assert [squeezed(f"{number}/{len(pages)}") in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_複数の頁には契印の印影が一切れずつ重ねれば一つになるように印字される(press: Press, city: CityTexts, tmp_path: Path):
    """The slices of three pages: none on two, together as much ink as the whole mark; a page alone has none."""
    from PIL import Image

    def ink(size: int) -> list[list[int]]:
        """Dark dots of each page's left margin, by row of the picture."""
        (tmp_path / "page.pdf").write_bytes(press.print(full(household(size), replace(city, ground_svg=""))).pdf)
        subprocess.run([tools.tool("pdftoppm"), "-r", "254", "-gray", "-png", str(tmp_path / "page.pdf"), str(tmp_path / f"of{size}")], check=True)
        found = []
        for picture in sorted(tmp_path.glob(f"of{size}-*.png")):
            with Image.open(picture) as image:
                margin = image.convert("L").crop((0, 0, 170, image.height))
                rows = [sum(1 for x in range(170) if margin.getpixel((x, y)) < 96) for y in range(1200, 1700)]
                found.append(rows)
        return found

    one, three = ink(1), ink(9)
    assert [sum(page) for page in one] == [0]
    assert all(sum(page) > 300 for page in three)
    marked = [{y for y, dots in enumerate(page) if dots} for page in three]
    assert all(len(a & b) <= 1 for at, a in enumerate(marked) for b in marked[at + 1 :])  # one dot of rounding at a cut
    whole = set().union(*marked)
    assert max(whole) - min(whole) + 1 == pytest.approx(97, abs=4)  # 9.85 mm from edge to edge of the outer ring
    assert whole == set(range(min(whole), max(whole) + 1))


def test_二つの別のプロセスが同じバイト列を作る(press: Press, tmp_path: Path):
    """設計7章: byte for byte; cold in two fresh processes with other hash seeds, and warm in this one."""
    program = (
        "import sys\n"
        "from daicho.certificates import TEMPLATES\n"
        "from daicho.paper.press import open_press\n"
        "from tests.certificates.people import CITY, household\n"
        "from tests.certificates.test_juminhyo_household_pdf import full\n"
        "from tests.paper import tools\n"
        "document = full(household(9), CITY)\n"
        "printed = open_press(tools.fonts().directory, TEMPLATES).print(document)\n"
        "sys.stdout.write(' '.join([printed.document_digest, document.tally, document.definition_digest]))\n"
    )
    digests = []
    for seed in ("1", "2"):
        env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ".", "PYTHONHASHSEED": seed}
        digests.append(subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True).stdout.split())
    document = full(household(9), CITY)
    assert digests == [[press.print(document).document_digest, document.tally, document.definition_digest]] * 2


def test_書体は登録されたものだけを埋め込む(press: Press, city: CityTexts, tmp_path: Path):
    """設計7章: what pdffonts lists: IPAmj明朝, embedded, as a subset, with its Unicode values."""
    (tmp_path / "read.pdf").write_bytes(press.print(full(household(9), city)).pdf)
    listed = subprocess.run([tools.tool("pdffonts"), str(tmp_path / "read.pdf")], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert re.match(r"[A-Z]{6}\+IPAmjMincho\s", line) and re.search(r"\byes +yes +yes\b", line)


def test_PDFAとPDFUAの見て取れる条件を満たす(press: Press, city: CityTexts):
    with pikepdf.open(io.BytesIO(press.print(full(household(9), city)).pdf)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", metadata, re.DOTALL) and "<pdfuaid:part>1<" in metadata
        assert pdf.Root.StructTreeRoot is not None and str(pdf.docinfo["/Title"]) == "住民票の写し（世帯連記式）"
        assert pdf.check_pdf_syntax() == []


# ---- 字形の欠けと文字溢れ ----

LONG_NAME = "試験" * 30
LONG_ADDRESS = Address("北海道", "小樽市", "花園二丁目", "１２番１号", "見本マンション" * 12 + "１０１号")


def words_on(pdf: bytes, folder: Path) -> list[tuple[int, float, float, float, float, str]]:
    """(page, left, top, right, bottom, word) as poppler places them, in mm."""
    (folder / "read.pdf").write_bytes(pdf)
    boxes = subprocess.run([tools.tool("pdftotext"), "-bbox", str(folder / "read.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    found = []
    for number, page in enumerate(boxes.split("<page ")[1:], 1):
        for left, top, right, bottom, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page):
            found.append((number, *(float(each) / MILLIMETRE for each in (left, top, right, bottom)), word))
    return found


def test_長い氏名も住所も縮めて欄の中に全て印字される(press: Press, tmp_path: Path):
    """N-5.8-01: 60 characters of a name, an address of 110, in the boxes that poppler measures."""
    people = tuple(replace(person, address=LONG_ADDRESS) for person in household(4))
    people = (people[0], replace(people[1], name=PersonName.japanese(LONG_NAME, "")), *people[2:])
    printed = press.print(full(people, CITY))
    words = words_on(printed.pdf, tmp_path)
    name = [word for word in words if set(word[5]) == set("試験")]
    assert sum(len(word[5]) for word in name) == len(LONG_NAME)
    assert min(word[1] for word in name) >= 18 + 7 + 24 and max(word[3] for word in name) <= 18 + 7 + 24 + 77 + 0.1
    address = [word for word in words if "マンション" in word[5]]
    assert "".join(word[5] for word in address).count("見本マンション") == 12
    assert max(word[3] for word in address) <= 18 + 174 and max(word[4] for word in address) <= 12 + 19 + 10.6 + 0.1
    assert not printed.excess


def test_どの文字も様式の外に出ず段の上に重ならない(press: Press, city: CityTexts, tmp_path: Path):
    """Every word inside the printed width; no two words of a page on top of one another."""
    words = words_on(press.print(full(household(9), city)).pdf, tmp_path)
    assert min(word[1] for word in words) >= 18 - 0.1 and max(word[3] for word in words) <= 18 + 174 + 0.1
    assert max(word[4] for word in words) <= 297 - 5
    for at, (page, left, top, right, bottom, _) in enumerate(words):
        for other in words[at + 1 :]:
            if other[0] == page:
                across = min(right, other[3]) - max(left, other[1])
                down = min(bottom, other[4]) - max(top, other[2])
                assert across <= 0.3 or down <= 0.9, (words[at][5], other[5])  # a word's box is as high as its line, the glyphs are not


def test_収まらない項目は誰のどの項目かを示して止まり市の設定に従う(press: Press, tmp_path: Path):
    """N-5.8-02, -04, -05, -06."""
    people = household(4)
    people = (*people[:2], replace(people[2], previous_address=replace(LONG_ADDRESS, building="見本マンション" * 60)), people[3])
    document = full(people, CITY)
    with pytest.raises(TextOverflow, match="「3人目の転入前住所」") as refusal:
        press.print(document)
    assert "マンション" not in str(refusal.value)
    assert [(line.key, line.label) for line in press.excess(document)] == [("3.previous_address", "3人目の転入前住所")]
    for overflow, is_there in ((Overflow.AS_FAR_AS_IT_FITS, True), (Overflow.BLANK, False)):
        (page,) = pages_of(press.print(document, overflow).pdf, tmp_path)
        assert (page.count("見本マンション") > 4) is is_there


def test_書体に無い字形は誰のどの項目かと符号位置を名指しして止まる(press: Press):
    """設計7章: the sequence of another collection would silently print the base glyph."""
    people = (*household(4)[:3], replace(household(4)[3], name=PersonName.japanese("葛\U000e0100城", "花子")))
    with pytest.raises(GlyphMissing, match=r"^「4人目の氏名」の1文字目（U\+845B U\+E0100）") as refusal:
        press.print(full(people, CITY))
    assert "花子" not in str(refusal.value)


def test_備考は欄に収まると数えた分は必ず収まる(press: Press):
    """The definition counts characters without asking a font: the widest ones, at every place where 禁則 may move one."""
    for words in ("験" * REMARKS_ROOM, "験、" * (REMARKS_ROOM // 2), "（験）" * (REMARKS_ROOM // 3) + "験", "ーー々" * (REMARKS_ROOM // 3)):
        person = replace(household(1)[0], notes=(Note(NoteKind.REMARK, words),))
        document = full((person,), CITY)
        assert document.text_of("remarks") == words
        assert press.excess(document) == ()


def test_個人票を何人分か一度に出しても一通として綴じられる(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-02, -11: a page each, numbered through, 認証文 on the last."""
    document = full(household(3), city, definition=JUMINHYO_PERSONAL)
    pages = pages_of(press.print(document).pdf, tmp_path)
    assert len(pages) == 3
    for number, (page, person) in enumerate(zip(pages, household(3), strict=True), 1):
        assert squeezed(f"{NUMBER.page_mark} {number}/3") in page and f"契印{document.tally}" in page
        assert squeezed(person.name.legal) in page and page.count("以下余白") == 1
    assert [squeezed(CITY.certifications["certification_juminhyo_copy"]) in page for page in pages] == [False, False, True]
