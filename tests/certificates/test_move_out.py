"""転出証明書・転出証明書に準ずる証明書: what it says, which of the two, what 再交付 changes, and the paper. 法22条2項, 令23条; 標準4.1.3.0.2–4.1.3.0.4.

The paper is read by poppler, which did not make it.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daicho.certificates.city_texts import CityTexts, IssueNumber
from daicho.certificates.definitions import CertificateDefinition
from daicho.certificates.document import Document
from daicho.certificates.move_out import HEAD_GRID, MOVE_OUT_CERTIFICATE, MOVE_OUT_EQUIVALENT
from daicho.certificates.record import CertificateRecord, Subjects
from daicho.certificates.request import CertificateRequest, Requester
from daicho.paper.press import Press
from daicho.values.address import Address
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, LEAVING, NUMBER, ZHANG, leavers
from tests.certificates.test_juminhyo_pdf import squeezed
from tests.paper import tools

ASKED = CertificateRequest(ISSUED_ON, Requester.SELF)
LATE = replace(LEAVING, filed_on=None)


def composed(
    people: tuple[CertificateRecord, ...],
    texts: CityTexts = CITY,
    *,
    definition: CertificateDefinition = MOVE_OUT_CERTIFICATE,
    asked: CertificateRequest = ASKED,
    number: IssueNumber = NUMBER,
) -> Document:
    return definition.compose(Subjects(people), asked, texts, number)


def refusals(people: tuple[CertificateRecord, ...], definition: CertificateDefinition = MOVE_OUT_CERTIFICATE, asked: CertificateRequest = ASKED) -> list[str]:
    return [each.message for each in definition.check(Subjects(people), asked, CITY)]


def said(document: Document) -> dict[str, str]:
    return {cell.key: cell.text for cell in document.cells()}


def test_日本人の転出証明書は政令の事項を番号も資格も省かずに載せる():
    """令23条2項; N-4.1.3.0.2-01: written out entry by entry, so that nothing can be left out or added unseen."""
    assert said(composed((replace(HANAKO, leaving=LEAVING),))) == {
        "address": "北海道小樽市花園二丁目１２番１号　見本マンション１０１号",
        "head_name": "葛\U000e0102城　太郎",
        "moves_to": "北海道札幌市中央区北一条西二丁目１番　見本ハイツ２０５",
        "leaves_on": "令和8年4月10日",
        "told_on": "令和8年4月2日",
        "remarks": "【空欄】",
        "notice": CITY.wording.to_move_in,
        "furigana": "カツラギ　ハナコ",
        "name": "葛\U000e0102城　花子",
        "sex": "女",
        "birth_date": "昭和60年3月9日",
        "former_surname": "渡邉\U000e0110　（ワタナベ）",
        "relationship": "妻",
        "registered_domicile": "北海道小樽市花園二丁目１２番地",
        "family_register_head_name": "葛\U000e0102城　太郎",
        "juminhyo_code": "12345678903",
        "individual_number": "983205673214",
        "health_insurance": "該当",
        "late_elderly": "非該当",
        "care_insurance": "非該当",
        "pension": "第1号被保険者",
        "basic_pension_no": "1234567890",
        "child_allowance": "支給を始めた年月 平成30年4月　支給を終わる年月 令和8年4月",
    }


def test_外国人には在留の事項を載せ_暦は生年月日と満了の日だけ西暦():
    """法30条の45; N-1.1.9-03, -04."""
    own = said(composed((replace(ZHANG, leaving=LEAVING),)))
    assert {key: own[key] for key in ("name", "alias", "birth_date", "nationality", "residence_class", "residence_status", "residence_period")} == {
        "name": "ZHANG YULIN　張　玉蓮",
        "alias": "住民　花子",
        "birth_date": "1985年3月9日",
        "nationality": "中国",
        "residence_class": "中長期在留者",
        "residence_status": "技術・人文知識・国際業務",
        "residence_period": "５年",
    }
    assert (own["residence_expiry"], own["card_no"], own["leaves_on"]) == ("2030年4月30日", "AB12345678CD", "令和8年4月10日")
    assert not {"registered_domicile", "family_register_head_name", "furigana"} & set(own)


def test_個人番号のまだ無い人は空欄で_住民票コードの無い人には出さない():
    """標準1.1.6: 住民票コード is never 空欄; a newcomer waits for the 個人番号."""
    assert said(composed((replace(HANAKO, leaving=LEAVING, individual_number=None),)))["individual_number"] == "【空欄】"
    (message,) = refusals((replace(HANAKO, leaving=LEAVING, juminhyo_code=None),))
    assert "「住民票コード」が空欄です" in message


def test_転出先は養子の転出では空欄のまま出る():
    """N-1.1.5-04: 特別養子縁組."""
    assert said(composed((replace(HANAKO, leaving=replace(LEAVING, to="")),)))["moves_to"] == "【空欄】"


def test_同じ世帯の何人でも一通に載り_違う世帯や違う届出は断る():
    """令23条: 3 to a sheet; what stands once must be so of everyone."""
    document = composed(leavers(7))
    assert [len(leaf.blocks) - 1 for leaf in document.leaves] == [3, 3, 1]
    assert [leaf.closing for leaf in document.leaves] == ["次葉に続く", "次葉に続く", "以下余白"]
    names = [cell.text for cell in document.cells() if cell.key.endswith(".name")]
    assert len(names) == len(set(names)) == 7
    head, wife = leavers(2)
    assert "世帯ごとに分けて" in refusals((head, replace(wife, address=Address("北海道", "小樽市", "稲穂一丁目", "１番"))))[0]
    assert "届出ごとに分けて" in refusals((head, replace(wife, leaving=replace(LEAVING, leaves_on=date(2026, 4, 11)))))[0]


def test_十四日以内の届出には転出証明書_過ぎた届出には準ずる証明書だけが出る():
    """N-4.1.3.0.3-02."""
    in_time, late = (replace(HANAKO, leaving=LEAVING),), (replace(HANAKO, leaving=LATE),)
    assert refusals(in_time) == refusals(late, MOVE_OUT_EQUIVALENT) == []
    assert "準ずる証明書又は除票の写しを交付してください" in refusals(late)[0]
    assert "転出証明書を交付してください" in refusals(in_time, MOVE_OUT_EQUIVALENT)[0]


def test_準ずる証明書は転入届に添付すべき書類として発行した旨を載せる():
    """N-4.1.3.0.3-02: the words stand on the one and not on the other."""
    late = composed((replace(HANAKO, leaving=LATE),), definition=MOVE_OUT_EQUIVALENT)
    assert said(late)["remarks"] == CITY.wording.to_be_attached
    assert "転入届に添付すべき書類として発行した" in CITY.wording.to_be_attached
    assert dict(late.plain)["標題"] == "転出証明書に準ずる証明書"
    assert said(late)["told_on"] == "【空欄】"  # 届出日 of a 転出 entered ex officio is not used (N-4.1.3.0.1-02)
    assert CITY.wording.to_be_attached not in said(composed((replace(HANAKO, leaving=LEAVING),))).values()


def test_特例による転出で任意に出すものには_特例による転出処理済_とある():
    """N-4.1.3.0.4-05."""
    assert said(composed((replace(HANAKO, leaving=replace(LEAVING, is_special=True)),)))["remarks"] == "特例による転出処理済"
    assert "特例" not in " ".join(said(composed((replace(HANAKO, leaving=LEAVING),))).values())


def test_再交付は再交付とあるほか_初めのものと同じ内容():
    """N-4.1.3.0.3-05: the mark on the one and not on the other; all boxes alike; number and day are the copy's own."""
    again = composed(leavers(4), asked=replace(ASKED, issued_on=date(2026, 5, 1), is_reissue=True), number=replace(NUMBER, serial_no=77, issued_ymd="20260501"))
    first = composed(leavers(4))
    assert said(again) == said(first)
    assert set(again.plain) - set(first.plain) == {("公用表示", "再交付"), ("交付年月日", "令和8年5月1日")}
    assert not any("再交付" in text for _, text in first.plain)
    assert again.page_mark != first.page_mark
    assert again.tally != first.tally


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"leaving": None}, "国内への転出が記録されていません"),
        ({"leaving": replace(LEAVING, has_arrived=True)}, "転入通知が届いています"),
        ({"is_prohibited": True}, "発行禁止"),
        ({"birth_date": None}, "「生年月日」が空欄です"),
        ({"foreign": None}, "外国人住民の記載事項がありません"),
    ],
)
def test_出せない人には理由を言って断る(changed: dict[str, object], why: str):
    assert any(why in message for message in refusals((replace(ZHANG, **{"leaving": LEAVING, **changed}),)))


@pytest.mark.parametrize(
    ("requester", "ok"), [(Requester.SELF, True), (Requester.AGENT, True), (Requester.PUBLIC_OFFICE, False), (Requester.THIRD_PARTY, False)]
)
def test_転出届をできる人だけに渡す(requester: Requester, ok: bool):
    """法24条, 27条: an agent files and takes the paper along; a third party has no part in it."""
    assert (refusals((replace(HANAKO, leaving=LEAVING),), asked=replace(ASKED, requester=requester)) == []) is ok


# ---- the paper ----


@pytest.mark.font
def test_紙面は組み上げた内容のとおりで_どの字も自分の欄の中にある(press: Press, city: CityTexts, tmp_path: Path):
    """標準5.8: 5 people, two sheets, 再交付: every text where it belongs, no word outside the frame, none over a ruling between label and value."""
    document = composed(leavers(5), city, asked=replace(ASKED, is_reissue=True))
    printed = press.print(document)
    assert printed.pages == 2
    assert printed.excess == ()
    pages = [squeezed(page) for page in tools.text_of(printed.pdf, tmp_path, "-raw").split("\f")[:-1]]
    for number, (page, leaf) in enumerate(zip(pages, document.leaves, strict=True), 1):
        texts = [text for block in leaf.blocks for row in block.rows for cell in row for text in (cell.label, cell.text)]
        texts += [*(block.label for block in leaf.blocks), leaf.closing, f"{NUMBER.page_mark} {number}/2", document.tally, "契印"]
        texts += [
            text for label, text in document.plain if label in ("標題", "市区町村名", "公用表示") or (number == 2 and label not in ("文書名", "契印の見出し"))
        ]
        for text in sorted(set(map(squeezed, texts)), key=len, reverse=True):
            assert text in page
            page = page.replace(text, "")
        assert re.sub(r"[0-9]", "", page) == ""
    assert ("再交付" in pages[0], "再交付" in pages[1]) == (True, True)
    _inside_their_boxes(document, printed.pdf, tmp_path)


def _inside_their_boxes(document: Document, pdf: bytes, folder: Path) -> None:
    """The head of page 1, box by box: poppler's place of each text against the place that the grid gives it, worked out anew here."""
    (folder / "read.pdf").write_bytes(pdf)
    command = [tools.tool("pdftotext"), "-l", "1", "-bbox", str(folder / "read.pdf"), "-"]
    read = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', read)
    words = [(*(float(each) * 25.4 / 72 for each in place), text) for *place, text in found]
    assert words
    assert all(left >= 18 - 0.1 and right <= 18 + 174 + 0.1 for left, _, right, _, _ in words)
    top = 12.0 + 19
    for height, slots in HEAD_GRID:
        start = 18.0
        for slot in slots:
            start, end = start + slot.label_mm, start + slot.label_mm + slot.value_mm
            inside = [
                text for left, up, right, down, text in words if _ink(left, text, slot.size_pt) >= start and right <= end and top <= up and down <= top + height
            ]
            assert squeezed("".join(inside)) == squeezed(said(document)[slot.key]), slot.key
            start = end
        top += height


def _ink(left: float, text: str, size_pt: float) -> float:
    """The left half of 【 is white, and hangs out of a line that begins with it."""
    return left + size_pt * 25.4 / 72 / 2 if text.startswith("【") else left


@pytest.mark.font
def test_枠の外に墨は無く_どの頁も切れていない(press: Press, city: CityTexts, tmp_path: Path):
    """As a picture: nothing between frame and edge of the paper but 契印, title, 発行番号 and 認証; nothing at the very edge at all."""
    from PIL import Image

    (tmp_path / "page.pdf").write_bytes(press.print(composed(leavers(6), replace(city, ground_svg=""), asked=replace(ASKED, is_reissue=True))).pdf)
    subprocess.run([tools.tool("pdftoppm"), "-r", "60", "-gray", "-png", str(tmp_path / "page.pdf"), str(tmp_path / "page")], check=True)
    scale = 60 / 25.4
    for path in sorted(tmp_path.glob("page-*.png")):
        with Image.open(path) as page:
            for box in ((0, 0, 210, 8), (193.5, 0, 210, 297), (0, 290, 210, 297), (0, 0, 17, 138), (0, 153, 17, 297)):
                darkest, _ = page.convert("L").crop(tuple(int(each * scale) for each in box)).getextrema()
                assert darkest > 200, box
