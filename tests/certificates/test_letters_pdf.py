"""通知書の紙面: what an independent reader finds on each letter. 標準仕様 5.8; 設計7章. Read by poppler, which did not make it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document
from daicho.certificates.letters import ALL_LETTERS
from daicho.certificates.letters.form import FormDefinition
from daicho.certificates.letters.forms import ALL_FORMS
from daicho.certificates.letters.letter import Addressee, Column, LetterDefinition, Table
from daicho.certificates.letters.support import SUPPORT_DECIDED
from daicho.paper.press import Press
from tests.certificates.letters import composed, sample, sample_form, with_long_body
from tests.paper import tools

pytestmark = pytest.mark.font

MM = 72 / 25.4
LONG = Addressee("アレクサンドラ　マリア　イザベラ　デ　ラ　クルス　イ　モンテネグロ", "北海道小樽市花園二丁目１２番１号" * 4, "見本マンション" * 8, "0470024")
PLAIN = ALL_LETTERS[0]
WITH_TABLE = replace(PLAIN, table=Table((Column("氏名", 2.0), Column("住所", 3.0), Column("続柄")), "対象となる方", numbered=True))


@dataclass(frozen=True)
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(pdf: bytes, folder: Path) -> list[Word]:
    """Every word as poppler places it, in millimetres from the top left."""
    (folder / "words.pdf").write_bytes(pdf)
    read = subprocess.run([tools.tool("pdftotext"), "-bbox", str(folder / "words.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    found = []
    for page, content in enumerate(read.split("<page ")[1:], 1):
        for box in re.finditer(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', content):
            left, top, right, bottom = (float(box[at]) / MM for at in range(1, 5))
            found.append(Word(page, left, top, right, bottom, box[5]))
    return found


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def told(document: Document, pages: int) -> str:
    """Every character that the paper must bear, each as often as it must: from the data, not from the press."""
    once = [text for cell in document.cells() for text in (cell.label, cell.text)]
    once += list(document.paragraphs)
    once += [text for label, text in document.plain if label not in ("文書名", "続きの標題")]
    once += [f"{document.page_mark} {page}/{pages}" + document.tally for page in range(1, pages + 1)]
    once += [text for label, text in document.plain if label == "続きの標題"] * (pages - 1)
    return squeezed("".join(once))


@pytest.mark.parametrize("definition", ALL_LETTERS, ids=lambda each: each.code)
def test_通知書は一字も欠けず_窓には宛先だけが見える(press: Press, city: CityTexts, tmp_path: Path, definition: LetterDefinition):
    """A4 folded in three in an envelope of 長形3号: the window shows postal code, address, building and name, and nothing else."""
    document = composed(definition, certifier=city.certifier)
    printed = press.print(document)
    assert printed.excess == ()
    words = words_of(printed.pdf, tmp_path)
    assert sorted("".join(squeezed(word.text) for word in words)) == sorted(told(document, printed.pages))
    window = [word for word in words if word.page == 1 and word.left < 112 and word.bottom < 58]
    assert squeezed("".join(word.text for word in window)) == squeezed(
        "".join(document.text_of(key) for key in ("postal_code", "address", "building", "addressee"))
    )
    assert all(word.left >= 20 - 0.5 and word.right <= 190.5 and word.top >= 10 and word.bottom <= 290 for word in words)


def test_宛先がどれほど長くても窓の中に収まる(press: Press, tmp_path: Path):
    """標準5.8: smaller letters, and nothing is cut."""
    printed = press.print(composed(PLAIN, sample(PLAIN, LONG)))
    window = [word for word in words_of(printed.pdf, tmp_path) if word.left < 112 and word.bottom < 58]
    said = squeezed("".join(word.text for word in window))
    assert said == squeezed(f"〒047-0024{LONG.address}{LONG.building}{LONG.name}様")
    assert max(word.right for word in window) <= 104.5


def test_長い文面は次の頁へ続き一行も失われない(press: Press, tmp_path: Path):
    document = with_long_body(PLAIN, 20)
    printed = press.print(document)
    assert printed.pages == 2
    words = words_of(printed.pdf, tmp_path)
    assert sorted("".join(squeezed(word.text) for word in words)) == sorted(told(document, printed.pages))
    first = [word for word in words if word.page == 1]
    assert max(word.bottom for word in first if word.top < 258) <= 260  # the text ends above the contact
    assert all(word.bottom <= 280 for word in words if word.page == 2 and word.top < 282)


def test_長い表は頁ごとに見出しが立ち_どの行もちょうど一度出る(press: Press, tmp_path: Path):
    """A table of 200 people; a name of 60 characters takes as many lines as it needs and is not cut."""
    lines = (("長い氏名" * 15, "長い住所" * 20, "子"), *((f"［{at}］", f"〔{at}〕", "子") for at in range(2, 201)))
    people = replace(sample(WITH_TABLE), lines=lines)
    printed = press.print(composed(WITH_TABLE, people))
    pages = [squeezed(page) for page in tools.text_of(printed.pdf, tmp_path, "-raw").split("\f")[:-1]]
    assert len(pages) == printed.pages >= 5
    assert [page.count("番号氏名住所続柄") for page in pages] == [1] * len(pages)
    whole = "".join(pages)
    assert "長い氏名" * 15 in whole
    for at in range(2, 201):
        assert whole.count(f"{at}［{at}］〔{at}〕子") == 1, at


def test_見出しだけが頁の下に残ることはない(press: Press, tmp_path: Path):
    """記 and the head of a table go with what stands under them, wherever the page ends."""
    for paragraphs in range(1, 14):
        pages = [squeezed(page) for page in tools.text_of(press.print(with_long_body(WITH_TABLE, paragraphs)).pdf, tmp_path, "-raw").split("\f")[:-1]]
        for page in pages:
            body = page.split("お問い合わせ先")[0]
            assert not body.endswith(("記", "対象となる方", "続柄")), paragraphs


def test_公印のある通知書には公印があり_ない通知書には公印省略とある(press: Press, city: CityTexts, tmp_path: Path):
    from PIL import Image

    def ink(definition: LetterDefinition) -> float:
        (tmp_path / "page.pdf").write_bytes(press.print(composed(definition, certifier=city.certifier)).pdf)
        subprocess.run([tools.tool("pdftoppm"), "-r", "100", "-gray", "-png", "-singlefile", str(tmp_path / "page.pdf"), str(tmp_path / "page")], check=True)
        with Image.open(tmp_path / "page.png") as image:
            scale = 100 / 25.4
            place = image.crop((int(167 * scale), int(57 * scale), int(190 * scale), int(80 * scale)))
            return sum(place.histogram()[:128]) / (place.width * place.height)

    assert ink(PLAIN) > 0.2
    unsealed = replace(PLAIN, sealed=False)
    assert ink(unsealed) < 0.05
    assert "（公印省略）" in squeezed(tools.text_of((tmp_path / "page.pdf").read_bytes(), tmp_path, "-raw"))


@pytest.mark.parametrize("definition", ALL_FORMS, ids=lambda each: each.code)
@pytest.mark.parametrize("lines", [0, 90], ids=["一頁", "続く"])
def test_帳票は一字も欠けず紙の中に収まり頁が付く(press: Press, tmp_path: Path, definition: FormDefinition, lines: int):
    """Upright or across; a long table goes on with the heads of its columns."""
    document = sample_form(definition, lines)
    printed = press.print(document)
    assert (printed.pages > 1) is (lines > 0)
    words = words_of(printed.pdf, tmp_path)
    heads = "番号項目変更前変更後" * (printed.pages - 1 if lines else 0)
    read = sorted("".join(squeezed(word.text) for word in words))
    assert [each for each in read if each not in heads] == [each for each in sorted(told(document, printed.pages)) if each not in heads]
    width, height = (297, 210) if definition.landscape else (210, 297)
    assert all(word.left >= 19.5 and word.right <= width - 19.5 and word.top >= 10 and word.bottom <= height - 6 for word in words)


def test_支援措置の期間は表の一行に収まる(press: Press, tmp_path: Path):
    """A period broken before its まで is read wrongly."""
    period = "令和7年12月23日から令和8年12月18日まで"
    letter = replace(sample(SUPPORT_DECIDED), lines=(("花園　花子", "申出者", period),))
    assert period in [word.text for word in words_of(press.print(composed(SUPPORT_DECIDED, letter)).pdf, tmp_path)]
