"""除票・改製原・記載事項証明書・奥書の紙面: where the paper shows what the definition says, measured on the PDF and on its picture. 標準仕様 5.1, 5.6, 5.8.

Read by poppler, which did not make it. Where each box must lie is reckoned here from the widths and heights of the rows alone.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Block
from daicho.certificates.request import BroughtForm, Requester
from daicho.paper.press import Press
from daicho.values.names import OtherName, PersonName
from tests.certificates.people import HANAKO, ZHANG, household
from tests.certificates.sheets import DEAD, LEFT, RENEWED, made
from tests.paper import tools

pytestmark = pytest.mark.font
POINT_MM = 25.4 / 72
LEFT_MM, TOP_MM, WIDTH_MM, BODY_MM = 18.0, 12.0 + 19.0, 174.0, 208.0
SLACK_MM = 0.5  # the letters' own box, as poppler reckons it
LONG = replace(
    ZHANG,
    name=PersonName.foreign("WOLFESCHLEGELSTEINHAUSENBERGERDORFF HUBERT BLAINE ADOLPH CHARLES DAVID EARL", "", alias=OtherName("長大名乗之助" * 5, "")),
    address=replace(ZHANG.address, building="見本マンション壱号館東棟" * 5),
    foreign=replace(ZHANG.foreign, alias_history=(replace(ZHANG.foreign.alias_history[1], alias="長大名乗之助" * 5),)),  # type: ignore[union-attr,type-var]
)
FORM = BroughtForm("厚生年金保険未支給年金請求用生計同一関係に関する申立書", 2)
PAPERS = {
    "転出の除票": lambda city: made("removed_sheet", LEFT, texts=city, for_official_use=True),
    "死亡の除票": lambda city: made("removed_sheet", DEAD, texts=city, who=Requester.THIRD_PARTY),
    "改製原と200の履歴": lambda city: made("renewed_sheet", RENEWED, texts=city),
    "記載事項": lambda city: made("entries_certificate", HANAKO, texts=city),
    "外国人の最も長い記載": lambda city: made("entries_certificate", LONG, texts=city),
    "七人の記載事項": lambda city: made("entries_certificate", *household(7), texts=city),
    "除票記載事項": lambda city: made("removed_entries_certificate", LEFT, texts=city, for_official_use=True),
    "奥書": lambda city: made("attested_form", *household(3), texts=city, brought=FORM, for_official_use=True),
    "除票の奥書": lambda city: made("attested_removed_form", LEFT, texts=city, brought=FORM),
}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


Word = tuple[float, float, float, float, str]


def words_of(pdf: Path) -> list[list[Word]]:
    """Of each page the words with left, top, right, bottom in mm."""
    read = subprocess.run([tools.tool("pdftotext"), "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    found = []
    for page in read.split("<page ")[1:]:
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        found.append([(*(float(each) * POINT_MM for each in four), word) for *four, word in words])
    return found  # type: ignore[return-value]


def places(blocks: tuple[Block, ...]) -> list[tuple[float, float, float, float, str]]:
    """Of each value where its box must lie, and its text."""
    found, top = [], TOP_MM
    for block in blocks:
        for row in block.rows:
            left = LEFT_MM + WIDTH_MM - sum(cell.label_box.width_mm + cell.ruled_mm for cell in row)
            for cell in row:
                left += cell.label_box.width_mm
                found.append((left, top, left + cell.ruled_mm, top + cell.label_box.height_mm, cell.text))
                left += cell.ruled_mm
            top += row[0].label_box.height_mm
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_どの欄の文字もその欄の中にあり紙面に様式の外の墨はない(press: Press, city: CityTexts, tmp_path: Path, name: str):
    """N-5.8-01: every value whole, inside the box that the row gives it; nothing is drawn outside frame, head, 認証文, 発行番号 and 契印."""
    from PIL import Image

    document = PAPERS[name](replace(city, ground_svg=""))
    printed = press.print(document)
    assert not printed.excess
    (tmp_path / "page.pdf").write_bytes(printed.pdf)
    pages = words_of(tmp_path / "page.pdf")
    assert len(pages) == printed.pages
    for number, leaf in enumerate(document.leaves):  # the last alone may go on over further pages
        for left, top, right, bottom, text in places(leaf.blocks):
            inside = [w for w in pages[number] if left <= (w[0] + w[2]) / 2 <= right and top <= (w[1] + w[3]) / 2 <= bottom]
            inside.sort(key=lambda word: (round(word[1], 1), word[0]))
            assert squeezed("".join(word for *_, word in inside)) == squeezed(text)
            for x0, _, x1, _, word in inside:
                assert left - SLACK_MM <= x0 and x1 <= right + SLACK_MM, word
    told = squeezed(tools.text_of(printed.pdf, tmp_path, "-raw"))
    assert all(squeezed(line)[:15] in told for line in document.paragraphs)  # a line may end on another page than it began
    certified = [squeezed(str(document.furniture["certification"])) in squeezed("".join(word for *_, word in page)) for page in pages]
    assert certified == [False] * (len(pages) - 1) + [True]
    subprocess.run([tools.tool("pdftoppm"), "-r", "50", "-gray", "-png", str(tmp_path / "page.pdf"), str(tmp_path / "page")], check=True)
    for number, picture in enumerate(sorted(tmp_path.glob("page-*.png")), 1):
        with Image.open(picture) as page:
            dark = page.point(lambda grey: 255 * (grey < 128))
            mm = 50 / 25.4
            for box in ((0, 0, 5, 297), (205, 0, 210, 297), (0, 0, 210, 10), (0, 290, 210, 297)):
                assert dark.crop(tuple(int(each * mm) for each in box)).getbbox() is None, (number, box)
            frame = dark.crop((int((LEFT_MM - 1.5) * mm), int((TOP_MM - 1) * mm), int((LEFT_MM + 1) * mm), int((TOP_MM + BODY_MM) * mm))).getbbox()
            assert frame is not None and frame[3] - frame[1] >= (BODY_MM - 3) * mm  # the frame is whole on each page


def test_題字と公用は重ならず中央にある(press: Press, city: CityTexts, tmp_path: Path):
    """The longest title of all beside 公用."""
    (tmp_path / "page.pdf").write_bytes(press.print(PAPERS["除票記載事項"](city)).pdf)
    words = [word for word in words_of(tmp_path / "page.pdf")[0] if word[3] < TOP_MM - 4]
    official = max(word[2] for word in words if word[4] in "公用")
    title = [word for word in words if word[4] not in ("公", "用", "公用")]
    assert min(word[0] for word in title) > official + 1 and max(word[2] for word in title) <= 192
    assert (min(word[0] for word in title) + max(word[2] for word in title)) / 2 == pytest.approx(105, abs=1)


def test_通称の別紙のある一人の写しは別紙にだけ認証文がある(press: Press, city: CityTexts, tmp_path: Path):
    """N-5.1-12: 本紙1枚＋通称の別紙1枚."""
    document = made("juminhyo_household", ZHANG, texts=city)
    (tmp_path / "page.pdf").write_bytes(press.print(document).pdf)
    pages = [squeezed("".join(word for *_, word in page)) for page in words_of(tmp_path / "page.pdf")]
    assert len(pages) == 2 and [squeezed(str(document.furniture["certification"])) in page for page in pages] == [False, True]
    assert "別紙のとおり" in pages[0] and "見本花子記載平成30年6月1日札幌市" in pages[1]


def test_続きの頁にも氏名が立つ(press: Press, city: CityTexts, tmp_path: Path):
    """No page of entries without whose they are."""
    document = PAPERS["除票記載事項"](city)
    assert len(document.leaves) == 2
    assert document.leaves[1].blocks[0].rows[0][0].key == "name"
