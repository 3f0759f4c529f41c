"""住民票の写し（広域交付）: what it says and can never say, for whom, and the paper. 法12条の4; domain §4.5."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from daicho.certificates.city_texts import CityTexts
from daicho.certificates.document import Document
from daicho.certificates.record import CertificateRecord, Note, NoteKind, Subjects
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.certificates.wide_area import RESIDENCE_ITEMS, WIDE_AREA_COPY
from daicho.paper.press import Press
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, NUMBER, ZHANG, household
from tests.certificates.test_juminhyo_pdf import squeezed
from tests.paper import tools

EVERYTHING = frozenset(each.omissible for each in WIDE_AREA_COPY.omissible)


def composed(people: tuple[CertificateRecord, ...], shown: frozenset[Omissible] = frozenset(), texts: CityTexts = CITY) -> Document:
    return WIDE_AREA_COPY.compose(Subjects(people), CertificateRequest(ISSUED_ON, Requester.SELF, shown, use_confirmed=True), texts, NUMBER)


def refusals(record: CertificateRecord, **asked: object) -> list[str]:
    request = replace(CertificateRequest(ISSUED_ON, Requester.SELF), **asked)  # type: ignore[arg-type]  # fields of the request
    return [each.key for each in WIDE_AREA_COPY.check(Subjects((record,)), request, CITY)]


def test_特別の請求が無ければ_番号も世帯主も続柄も在留の事項も省略される():
    """法12条の4第4項."""
    own = {cell.key: cell.text for cell in composed((HANAKO,)).cells()}
    assert {key for key, text in own.items() if text == "【省略】"} == {"head_name", "relationship", "juminhyo_code", "individual_number"}
    foreign = {cell.key: cell.text for cell in composed((ZHANG,)).cells()}
    assert {foreign[key] for key in ("nationality", "residence_class", "residence_status", "residence_period", "residence_expiry", "card_no")} == {"【省略】"}
    assert own["previous_address"] == "東京都千代田区見本町一丁目１番地１"


def test_全てを請求しても_本籍と筆頭者と個別記載事項と備考と履歴と通称の履歴は載らない():
    """法12条の4第4項; domain §4.5: even where the record has them."""
    told = replace(HANAKO, notes=(Note(NoteKind.REMARK, "内緒の備考"), *HANAKO.notes))
    document = composed((told, replace(ZHANG, address=HANAKO.address)), EVERYTHING)
    everything = " ".join([cell.text + cell.label for cell in document.cells()] + list(document.paragraphs))
    assert not any(word in everything for word in ("本籍", "筆頭者", "国民健康保険", "選挙人名簿", "備考", "転居", "札幌市", "統合記載欄"))
    assert "【省略】" not in everything
    assert {"983205673214", "12345678903", "中国", "AB12345678CD"} <= {cell.text for cell in document.cells()}
    assert RESIDENCE_ITEMS < EVERYTHING


@pytest.mark.parametrize("requester", [Requester.AGENT, Requester.LEGAL_REPRESENTATIVE, Requester.PUBLIC_OFFICE, Requester.THIRD_PARTY])
def test_本人と同一世帯の人のほかには交付しない(requester: Requester):
    assert refusals(HANAKO, requester=requester) == [""]
    assert refusals(HANAKO) == refusals(HANAKO, requester=Requester.SAME_HOUSEHOLD) == []


def test_届いていない番号と空欄にできない事項の空欄は断る():
    shown = frozenset({Omissible.INDIVIDUAL_NUMBER})
    assert refusals(replace(HANAKO, individual_number=None), shown=shown) == ["individual_number"]
    assert refusals(replace(HANAKO, birth_date=None)) == ["birth_date"]
    assert refusals(HANAKO, shown=shown | {Omissible.JUMINHYO_CODE}) == ["use_confirmed"]
    assert [each.key for each in WIDE_AREA_COPY.check(Subjects(()), CertificateRequest(ISSUED_ON, Requester.SELF), CITY)] == ["people"]


@pytest.mark.font
def test_紙面は組み上げた内容のとおりで_枠に収まる(press: Press, city: CityTexts, tmp_path: Path):
    """Five people, two sheets; read by poppler."""
    document = composed(household(5), EVERYTHING, city)
    printed = press.print(document)
    assert (printed.pages, printed.excess) == (2, ())
    pages = [squeezed(page) for page in tools.text_of(printed.pdf, tmp_path, "-raw").split("\f")[:-1]]
    for number, (page, leaf) in enumerate(zip(pages, document.leaves, strict=True), 1):
        texts = [text for block in leaf.blocks for row in block.rows for cell in row for text in (cell.label, cell.text)]
        texts += [leaf.closing, "広域交付", f"{NUMBER.page_mark} {number}/2", document.tally]
        assert [text for text in texts if squeezed(text) not in page] == []
    assert [squeezed(CITY.certifications["certification_wide_area"]) in page for page in pages] == [False, True]
