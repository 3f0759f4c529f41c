"""記載事項証明書と奥書: only what was chosen appears; 方書 may be left out there alone; what was compared is repeated. 住基法12条, 15条の4; 標準仕様 5.1, 5.3, 5.4, 5.7."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.certificates.catalogue import certificate
from daicho.certificates.move_out import MOVE_OUT_CERTIFICATE, MOVE_OUT_EQUIVALENT
from daicho.certificates.record import NoteKind, Subjects
from daicho.certificates.request import BroughtForm, CertificateRequest, Omissible, Requester
from daicho.city.defaults import DEFAULTS
from tests.certificates.people import CITY, HANAKO, ISSUED_ON, LEAVING, NUMBER, ZHANG, household
from tests.certificates.sheets import DEAD, LEFT, LOT, OF_A_SHEET, PLANNED, asked, made, refused, sheet_for

FOUR_ENTRIES = frozenset({Omissible.NAME, Omissible.BIRTH_DATE, Omissible.SEX, Omissible.ADDRESS})


def keys(document) -> list[str]:
    return [cell.key for cell in document.cells()]


def test_選んだ事項だけが載り選ばない事項は省略とも書かれない():
    """法12条1項: 【省略】 is a word of the copy, not of this."""
    document = made("entries_certificate", HANAKO, shown=FOUR_ENTRIES)
    assert keys(document) == ["name", "former_surname", "sex", "birth_date", "address"] and document.paragraphs == ()
    assert not any("省略" in cell.text for cell in document.cells())


@pytest.mark.parametrize("code", ["entries_certificate", "removed_entries_certificate"])
def test_どの事項も一つずつ選べて選んだものだけが載る(code: str):
    """Each choice alone; a page never stands empty."""
    definition = certificate(code, ISSUED_ON)
    for person in (sheet_for(definition), replace(ZHANG, closes_on=LEFT.closes_on, removed=LEFT.removed) if "removed" in code else ZHANG):
        for choice in definition.choices_for({person.kind}):
            document = made(code, person, shown=frozenset({choice.omissible}))
            governed = {item.key for item in definition.items_for(person.kind) if item.omissible is choice.omissible}
            assert set(keys(document)) <= governed, choice.ja
            assert keys(document) or document.paragraphs, choice.ja


def test_氏名を選べば旧氏と通称は離れない():
    """令30条の13, 30条の16; domain §4.2."""
    assert keys(made("entries_certificate", ZHANG, shown=frozenset({Omissible.NAME}))) == ["name", "alias"]
    assert keys(made("entries_certificate", replace(HANAKO, name=replace(HANAKO.name, former_surname=None)), shown=frozenset({Omissible.NAME}))) == ["name"]


def test_選んだ人数だけが段に並び全員でも一部でも出せる():
    """N-5.1-01."""
    four = household(4)
    for people in (four, (four[3], four[0])):
        document = made("entries_certificate", *people, shown=frozenset({Omissible.NAME}))
        assert [cell.text for cell in document.cells() if cell.key.endswith(".name")] == [person.name.legal for person in people]


def test_何も選ばなければ交付しない():
    assert "1つ以上" in refused("entries_certificate", HANAKO, shown=frozenset())["shown"]


def test_記載事項証明書だけは求められたとき方書を省ける():
    """N-5.4-01, -02: the copies refuse it, and print 方書 whatever is asked."""
    place = frozenset({Omissible.ADDRESS, Omissible.PREVIOUS_ADDRESS})
    assert "見本マンション" in made("entries_certificate", HANAKO, shown=place).text_of("address")
    assert made("entries_certificate", HANAKO, shown=place, without_building=True).text_of("address") == "北海道小樽市花園二丁目１２番１号"
    removal = frozenset({Omissible.REMOVAL, Omissible.ADDRESS})
    assert made("removed_entries_certificate", LEFT, shown=removal).text_of("planned_address") == PLANNED
    without = made("removed_entries_certificate", LEFT, shown=removal, without_building=True)
    assert (without.text_of("planned_address"), without.text_of("address")) == (LOT, "北海道小樽市花園二丁目１２番１号")
    for definition in OF_A_SHEET:
        of = sheet_for(definition)
        if not definition.chosen_only:
            assert "方書を省略できません" in refused(definition.code, of, without_building=True)["without_building"]
        printed = " ".join(cell.text for cell in made(definition.code, of).cells())
        assert "見本マンション１０１号" in printed, definition.code


def test_除票の事項は消除事由と転出先を載せ確定は選んだときだけ():
    """法15条の3; N-1.1.5-13, -14."""
    document = made("removed_entries_certificate", LEFT, shown=frozenset({Omissible.REMOVAL}))
    assert [(cell.label, cell.text) for cell in document.cells()] == [
        ("消除事由", "国内転出"), ("転出先住所（予定）", PLANNED), ("事由の生じた年月日", "令和8年4月1日"),
    ]  # fmt: skip
    assert keys(made("removed_entries_certificate", DEAD, shown=frozenset({Omissible.REMOVAL}), who=Requester.THIRD_PARTY)) == ["removal_reason", "happened_on"]
    confirmed = made("removed_entries_certificate", LEFT, shown=frozenset({Omissible.CONFIRMED_DESTINATION}))
    assert keys(confirmed) == ["confirmed_address", "moved_on", "notified_on"]


def test_番号を記載できる人は写しと同じ():
    """domain §4.3."""
    number = frozenset({Omissible.INDIVIDUAL_NUMBER})
    for who, may in ((Requester.SELF, True), (Requester.SAME_HOUSEHOLD, True), (Requester.AGENT, False), (Requester.THIRD_PARTY, False)):
        assert (refused("entries_certificate", HANAKO, shown=number, who=who) == {}) is may, who
        assert (refused("attested_form", HANAKO, shown=number, who=who) == {}) is may, who


def test_奥書は持参様式の名と枚数を示し照合した事項を繰り返す():
    """The slip holds for that form alone."""
    document = made("attested_form", *household(2), shown=FOUR_ENTRIES, brought=BroughtForm(" 扶養親族等申告書 ", 2))
    assert (document.text_of("form_title"), document.text_of("form_pages")) == ("扶養親族等申告書", "2枚（この証明書を除く）")
    assert document.text_of("2.address") == HANAKO.address.one_line() and document.text_of("1.birth_date") == "昭和55年12月10日"
    assert dict(document.plain)["認証文"] == "上記のとおり相違ないことを証明する。"
    assert made("attested_form", *household(2), shown=FOUR_ENTRIES, brought=BroughtForm("別の様式", 2)).tally != document.tally


def test_奥書は様式の名か枚数か照合がなければ出ない():
    for brought, key in ((BroughtForm(" ", 1), "brought_title"), (BroughtForm("様式", 0), "brought_pages")):
        assert set(refused("attested_form", HANAKO, shown=FOUR_ENTRIES, brought=brought)) == {key}
    assert set(refused("attested_form", HANAKO, shown=frozenset())) == {"shown"}
    assert certificate("attested_form", ISSUED_ON).shown_by_default({HANAKO.kind}) == frozenset()
    assert "brought_title" in refused("juminhyo_personal", HANAKO, shown=frozenset(), brought=BroughtForm("様式", 1))


# ---- 全ての証明書に通ずること ----


@pytest.mark.parametrize("definition", OF_A_SHEET, ids=lambda definition: definition.code)
def test_どの証明書にも公用と印字でき指定がなければ印字されない(definition):
    """N-5.7-01."""
    of = sheet_for(definition)
    for official in (True, False):
        assert (dict(made(definition.code, of, for_official_use=official).plain).get("公用表示") == "公用") is official


@pytest.mark.parametrize("definition", OF_A_SHEET, ids=lambda definition: definition.code)
def test_フリガナは氏名と旧氏と通称だけに付き片仮名である(definition):
    """N-5.3-04, -06: nobody's kana stands at an address, a head, a 筆頭者; never hiragana."""
    kana_everywhere = replace(CITY, foreign_kana=True)
    for person in (HANAKO, ZHANG):
        of = sheet_for(definition)
        record = replace(person, notes=(), closes_on=of.closes_on, removed=of.removed)
        document = made(definition.code, record, texts=kana_everywhere)
        bearing = {cell.key for cell in document.cells() if "（" in cell.text and any("ァ" <= letter <= "ヶ" for letter in cell.text)}
        assert bearing <= {"name", "former_surname", "alias", "furigana"}
        named = " ".join(cell.text for cell in document.cells() if cell.key in ("name", "former_surname", "alias", "furigana"))
        assert not any("ぁ" <= letter <= "ゖ" for letter in named)


@pytest.mark.parametrize("definition", [MOVE_OUT_CERTIFICATE, MOVE_OUT_EQUIVALENT], ids=lambda definition: definition.code)
def test_転出証明書も氏名等のほかにフリガナを付けず方書を省かない(definition):
    """N-5.3-04, N-5.4-01."""
    on = replace(LEAVING, filed_on=None) if definition is MOVE_OUT_EQUIVALENT else LEAVING
    for person in (HANAKO, ZHANG):
        record = replace(person, address=HANAKO.address, notes=(), leaving=on)
        document = definition.compose(
            Subjects((record,)), CertificateRequest(ISSUED_ON, Requester.SELF, without_building=True), replace(CITY, foreign_kana=True), NUMBER
        )
        bearing = {cell.key for cell in document.cells() if "（" in cell.text and any("ァ" <= letter <= "ヶ" for letter in cell.text)}
        assert bearing <= {"name", "former_surname", "alias", "furigana"} and document.text_of("address").endswith("見本マンション１０１号")


def test_市の設定に発行場所も支所の公印も職名の省略も附票通知の表示もない():
    """N-5.5-06, N-5.6-11, -12, N-5.7-02, N-5.3-06: there is nothing to choose."""
    words = " ".join(f"{default.key} {default.ja} {default.accepts_ja}" for default in DEFAULTS.values() if "seal" in default.key or "text_" in default.key)
    for never in ("発行場所", "支所", "出張所", "都道府県", "附票通知", "規定により免除", "ひらがな"):
        assert never not in words, never
    seals = [set(default.kind.choices) - {"certificates"} for key, default in DEFAULTS.items() if key.startswith("seal_of_")]
    assert len(seals) >= len(OF_A_SHEET) and all(choices == {"certifier", "mayor", "deputy", "none"} for choices in seals)


def test_通称住所は備考のほかに載る所がない():
    """N-5.1-16: no entry of a certificate but 備考 takes words of a clerk's own about an address."""
    for definition in OF_A_SHEET:
        assert not [item for item in definition.items if "通称" in item.ja and "住所" in item.ja]
    assert NoteKind.REMARK.value == "C"
    assert not [key for key in DEFAULTS if "popular_address" in key or "通称住所" in DEFAULTS[key].ja]


def test_認証文はどの証明書にも設定がある():
    """N-5.1-07: a definition brings its own setting with its first words."""
    for definition in OF_A_SHEET:
        for said in definition.certifications:
            assert DEFAULTS[said.setting].value == said.text
        assert dict(made(definition.code, sheet_for(definition)).plain)["認証文"] == definition.certification.text
    assert asked("attested_form", HANAKO).brought is not None
