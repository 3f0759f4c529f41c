"""不在住証明・廃棄済証明: what it says, when it is refused and how little the refusal tells, and the paper. domain §4.7, §5.8.

The paper is read by poppler, which did not make it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from daicho.certificates.absence import ABSENCE, DISCARDED, FOUND
from daicho.certificates.city_texts import CityTexts
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.record import Searched, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper.press import Press
from daicho.values.dates import JapaneseDate
from tests.certificates.people import CITY, ISSUED_ON, NUMBER
from tests.certificates.test_juminhyo_pdf import squeezed
from tests.paper import tools

ASKED = CertificateRequest(ISSUED_ON, Requester.THIRD_PARTY)
NOBODY = Searched("見本　次郎", "北海道小樽市花園二丁目１２番１号", JapaneseDate.parse("昭和10年5月5日"))
GONE = replace(NOBODY, removed_on=JapaneseDate.parse("平成20年3月31日"))


def composed(searched: Searched, definition: CertificateDefinition, texts: CityTexts = CITY) -> Document:
    return definition.compose(Subjects((), searched=searched), ASKED, texts, NUMBER)


def refusals(searched: Searched | None, definition: CertificateDefinition) -> list[str]:
    return [each.message for each in definition.check(Subjects((), searched=searched), ASKED, CITY)]


def test_不在住証明は申請書のとおりの氏名と住所と生年月日と_何を調べたかを載せる():
    assert {cell.label: cell.text for cell in composed(NOBODY, ABSENCE).cells()} == {
        "氏名": "見本　次郎",
        "住所": "北海道小樽市花園二丁目１２番１号",
        "生年月日": "昭和10年5月5日",
        "調べたもの": "令和8年4月3日現在の住民基本台帳（住民票と、保存している除票）",
    }


def test_生年月日の分からない申請でも出せて空欄と載る():
    assert composed(replace(NOBODY, birth_date=None), ABSENCE).text_of("birth_date") == "【空欄】"


@pytest.mark.parametrize(("searched", "definition"), [(NOBODY, ABSENCE), (GONE, DISCARDED)])
def test_当たる人がいれば_同じ一文だけで断る(searched: Searched, definition: CertificateDefinition):
    """domain §7: the sentence is one for everyone, so that it does not tell a hidden person from another, nor what was found of whom."""
    assert refusals(replace(searched, found=True), definition) == [FOUND]
    assert not any(word in FOUND for word in ("住民票が", "除票が", "支援", "抑止", "見本", "花園"))


@pytest.mark.parametrize(("searched", "key"), [(replace(NOBODY, name="　"), "name"), (replace(NOBODY, address=""), "address")])
def test_氏名と住所が無ければ出せない(searched: Searched, key: str):
    assert [each.key for each in ABSENCE.check(Subjects((), searched=searched), ASKED, CITY)] == [key]


@pytest.mark.parametrize(
    ("removed_on", "ok"),
    [("平成26年6月19日", True), ("平成26年6月20日", False), ("令和元年6月20日", False), ("平成20年", True), ("平成26年", False)],
)
def test_廃棄済証明は平成26年6月20日より前に消除されたものだけ(removed_on: str, ok: bool):
    """令34条, domain §4.7: what was not five years old on 2019-06-20 is kept for 150; of a day that is not known the last one counts."""
    day = {"平成20年": "平成20年 月日不詳", "平成26年": "平成26年 月日不詳"}.get(removed_on, removed_on)
    found = refusals(replace(GONE, removed_on=JapaneseDate.parse(day)), DISCARDED)
    assert (found == []) is ok
    assert ok or "除票の写しとして請求を受けてください" in found[0]


def test_消除された日が無ければ廃棄済証明は出せない():
    assert "「消除された日」を入力してください" in refusals(NOBODY, DISCARDED)[0]


@pytest.mark.font
@pytest.mark.parametrize(("searched", "definition"), [(NOBODY, ABSENCE), (GONE, DISCARDED)], ids=["不在住証明", "廃棄済証明"])
def test_紙面は組み上げた内容のほかに何も載せない(press: Press, city: CityTexts, tmp_path: Path, searched: Searched, definition: CertificateDefinition):
    document = composed(searched, definition, city)
    printed = press.print(document)
    read = squeezed(tools.text_of(printed.pdf, tmp_path, "-raw"))
    said = [text for cell in document.cells() for text in (cell.label, cell.text)]
    said += [text for label, text in document.plain if label != "文書名"] + ["以下余白", f"{NUMBER.page_mark} 1/1", document.tally]
    for text in sorted(map(squeezed, said), key=len, reverse=True):
        assert text in read
        read = read.replace(text, "", 1)
    assert (read, printed.pages) == ("", 1)
