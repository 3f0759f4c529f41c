"""届出の共通の要件 — the rest of the standard's 4.0 and 4.1.0 that a 転入 and a 転居 can show. std 4.0.*, 4.1.0.*, 4.1.1.1."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from inspect import signature
from pathlib import Path

import pytest
from django.urls import get_resolver

import daicho
from daicho import clock
from daicho.certificates import TEMPLATES
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.letters import ALL_LETTERS
from daicho.certificates.letters.forms import ALL_FORMS
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.models import CivilEvent, Filing, SheetCurrent
from daicho.residents.queries.certificates import choose, read_people
from daicho.residents.queries.waiting import Waiting, waiting
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.person_fields import PERSON_FIELDS
from tests.cast import FAMILY, SATO, TARO
from tests.residents.counter import move_in_form, register, relocation_form
from tests.residents.pages import PAGES, PAGES_OF_PAPERS

pytestmark = pytest.mark.django_db
FORMS = [
    "令和2年頃", "令和2年5月頃", "令和2年5月3日頃", "推定令和2年5月3日", "推定令和2年5月", "令和2年春", "令和2年5月上旬", "令和2年5月中旬頃", "年月日不詳",
    "令和2年 月日不詳", "令和2年5月 日不詳", "令和2年5月3日から6月2日頃までの間", "令和2年5月推定3日から7日までの間", "令和2年5月3日頃から7日頃までの間",
]  # fmt: skip


def test_異動日と処理日は別に残り処理日は自動で入る():
    """N-1.2.1-03, N-1.2.1-04, N-4.0.3-01, N-4.0.3-05: 異動日 4/1, processed 4/10."""
    register("domestic_move_in", move_in_form([TARO]))
    event = CivilEvent.objects.get()
    assert event.effective_on.wareki() == "令和8年4月1日"
    assert clock.jst(event.recorded_at).date() == date(2026, 4, 10)


def test_処理日を入力する欄はどの異動にもない():
    """N-4.0.3-06: 処理日 is never a field, nor is the officer who decides or the day of deciding (N-4.0.8-25)."""
    names = {f.name for event in ALL_EVENTS for f in (*event.fields, *event.member_fields)}
    labels = {f.label for event in ALL_EVENTS for f in (*event.fields, *event.member_fields)}
    assert not names & {"recorded_at", "recorded_on", "processed_on"}
    assert not [label for label in labels if "処理日" in label or "決裁" in label]
    assert not [f.verbose_name for f in Filing._meta.get_fields() if "決裁" in str(getattr(f, "verbose_name", ""))]


def test_届出で選べる異動事由は標準の九つだけである():
    """N-4.1.0.1-01, -03, -04: 転入, 転居, 転出 and 世帯変更等 (of foreigners alone: 法30条の46–48); what is filed under is the event itself, so that none can be left out."""
    filed = {event.standard_code for event in ALL_EVENTS if event.basis is Basis.FILING and event.menu_group == Basis.FILING.value}
    assert filed == {"国内転入", "国外転入等", "転居", "国内転出", "国外転出", "世帯分離", "世帯合併", "世帯変更", "世帯主変更"}


def test_異動日と届出日は一度書けば届出の全員に当たる():
    """N-4.0.10-02: they stand once on the form, for no single person; each history says the same."""
    days = {"effective_on", "filed_on"}
    assert not [event.code for event in ALL_EVENTS if days & event.all_member_fields().keys()]
    written = register("domestic_move_in", move_in_form(FAMILY))
    assert {(w.version.event_id, w.version.key) for w in written} == {(written[0].version.event_id, date(2026, 4, 1))}


def test_新しい世帯では世帯主と続柄を決められる():
    """N-4.0.2-02."""
    written = register("domestic_move_in", move_in_form(FAMILY))
    assert [(w.entries.name_kanji, w.entries.relationship) for w in written] == [(p.name, p.relationship) for p in FAMILY]


def test_世帯主のいない世帯でも残った者の異動ができる():
    """N-4.0.4-04: the head leaves for a new household, then a child moves from the headless one."""
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form(family[:1], ["世帯主"], household_choice="new"))
        written = register("relocation", relocation_form(family[2:3], ["世帯主"], household_choice="new", address="稲穂3丁目9番1号"))
    assert written[0].entries.relationship == "世帯主"


def test_本籍は辞書にない旧町名も直接入力できる():
    """N-4.0.6-01, N-4.0.6-03."""
    old_name = "樺太豊原市大通南一丁目1番地"
    register("domestic_move_in", move_in_form([replace(TARO, texts={"registered_domicile": old_name})]))
    assert SheetCurrent.objects.get().registered_domicile == old_name


def test_本登録の内容は証明書に反映する():
    """N-4.0.8-23."""
    person = register("domestic_move_in", move_in_form([SATO]))[0].person.public_id
    with clock.at(date(2026, 5, 2)):
        register("relocation", relocation_form([person]))
    [record] = read_people(choose(person, None, date(2026, 5, 2)), frozenset(), open_numbers=False).subjects.people
    assert record.address.one_line() == "北海道小樽市色内1丁目3番5号"
    assert record.moved_within_city


def test_届出日を入力でき履歴に残る():
    """N-4.1.0.2-01; N-1.2.1-05: only a 届出 has a 届出日."""
    register("domestic_move_in", move_in_form([TARO], filed_on="令和8年4月3日"))
    event = CivilEvent.objects.get()
    assert (event.basis, event.filed_on) == ("届出", date(2026, 4, 3))


@pytest.mark.parametrize("written", FORMS)
def test_住民となった年月日は不詳の各形式を受け入れそのまま残す(written):
    """N-1.1.8-05, N-1.1.8-07, N-1.1.8-09: also for foreign residents; it is kept and shown as written."""
    register("domestic_move_in", move_in_form([replace(TARO, texts={"became_resident_date": written})]))
    current = SheetCurrent.objects.get()
    assert current.became_resident_date.as_written == written
    assert current.address_changed_date.as_written == written


def test_住民となった年月日は暦にない日も受け入れる():
    """N-1.1.8-04, N-1.1.8-06."""
    register("domestic_move_in", move_in_form([replace(TARO, texts={"became_resident_date": "平成25年2月29日"})]))
    current = SheetCurrent.objects.get()
    assert (current.became_resident_date.wareki(), current.address_changed_date.wareki()) == ("平成25年2月29日", "平成25年2月29日")


@pytest.mark.parametrize("written", ["平成25年2月29日", "令和2年5月頃"])
def test_外国人住民となった年月日も暦にない日と不詳を受け入れる(written):
    """N-1.1.8-08, N-1.1.8-09."""
    texts = {
        "resident_kind": "2", "name_kanji": "", "name_kana": "", "kana_notarised": "", "registered_domicile": "", "family_register_head_name": "",
        "foreign_name_alphabet": "NGUYEN VAN A", "article_30_45_class_code": "1", "residence_card_no": "AB12345678CD", "became_resident_date": written,
    }  # fmt: skip
    register("domestic_move_in", move_in_form([replace(TARO, texts=texts)]))
    assert SheetCurrent.objects.get().foreign_resident_since_date.as_written == written


def test_画面はここに列挙したものだけで再転入者や異動者の一覧はない():
    """N-4.1.1.2-10, N-2.1.3-33: lists of people are what a search found, 転入通知未着者 (N-4.1.3.1.4-02), who waits for a 個人番号
    (domain §1.1.14), whose 附票 nobody could be told of (法19条1項), who is under 支援措置 (標準仕様9.x 支援措置期限の要確認一覧), and
    who may be entered twice (二重登録; no list of 再転入者: two numbers, not two stays); the list of 仮登録 names nobody and takes no condition but the office."""
    assert {name for name in get_resolver().namespace_dict["residents"][1].reverse_dict if isinstance(name, str)} == PAGES | PAGES_OF_PAPERS
    listing = [f.name for f in fields(Waiting)]
    assert not {"name", "name_kanji", "person", "atena_no", "effective_on"} & set(listing)
    assert list(signature(waiting).parameters) == ["actor", "office_code", "person"]  # one person by the id of a card (N-4.0.8-09), no words to search by


def test_紙に出るものはここに列挙したものだけで便覧も届出内容の通知書も一覧表もない():
    """N-4.0.6-06, N-4.1.0.3-07, N-4.1.1.2-10, N-4.3.3-05: nothing is printed but these, and one place sends a paper (the last hop).

    The medium for 入管庁 (N-4.5.7-05) and the day's report of fees are files, and no paper about a person.
    """
    assert {certificate.code for certificate in ALL_CERTIFICATES} == {
        "juminhyo_personal", "juminhyo_household", "entries_certificate", "attested_form", "removed_sheet", "renewed_sheet",
        "removed_entries_certificate", "attested_removed_form", "move_out_certificate", "move_out_equivalent", "absence", "discarded", "wide_area_copy",
    }  # fmt: skip
    assert {letter.code for letter in ALL_LETTERS} == {
        "juminhyo_code_notice", "juminhyo_code_changed", "juminhyo_code_corrected", "individual_number_notice", "individual_number_changed",
        "filing_accepted", "head_changed", "head_requested", "ex_officio_notice", "principal_notice", "principal_notice_to_applicant",
        "principal_notice_ending", "move_in_notice", "move_in_missing", "fuhyo_notice", "article_9_2", "article_19_2", "survey_demand", "support_decided",
        "support_rejected", "support_revised", "support_extended", "support_ending", "support_ended", "support_forwarded", "residence_ending",
        "transitional_stay", "adult_ward_notice", "renaming_ahead", "renaming_done", "application_refused",
    }  # fmt: skip
    assert {form.code for form in ALL_FORMS} == {
        "filing_form",
        "filing_receipt",
        "ex_officio_record",
        "commissioner_slip",
        "move_in_errors",
        "head_request_list",
        "move_in_missing_list",
    }
    assert {code for event in ALL_EVENTS for code in event.certificates} == {
        "juminhyo_household",
        "juminhyo_personal",
        "move_out_certificate",
        "move_out_equivalent",
    }
    assert {path.name for path in TEMPLATES.iterdir()} == {
        "absence.typ", "check.typ", "entries_certificate.typ", "form.typ", "juminhyo_household.typ", "juminhyo_personal.typ", "letter.typ",
        "move_out.typ", "pieces.typ", "sheet.typ", "wide_area.typ",
    }  # fmt: skip
    assert not [name for name in PAPER_NAMES.values() if re.search(r"確認票|便覧", name) and name != "処理結果確認票"]
    package = Path(daicho.__file__).parent / "residents"
    sends = [path for path in sorted(package.rglob("*.py")) if re.search(r"Content-Disposition|application/pdf|text/csv|FileResponse", path.read_text("utf-8"))]
    assert [path.name for path in sends] == ["fees.py", "immigration.py", "last_hop.py"]


def test_法定の項目は住所を定めた年月日のほかすべて転入で入力できる():
    """N-4.1.1.1-01: every entry of a person that the counter writes has its field; 住所を定めた年月日 follows by itself."""
    typed = {f.name for f in PERSON_FIELDS}
    personal = {
        "name_kanji", "name_kana", "former_surname", "former_surname_kana", "birth_date", "sex_code", "relationship", "registered_domicile",
        "family_register_head_name", "became_resident_date", "juminhyo_code", "individual_number", "remarks",
    }  # fmt: skip
    assert personal <= typed
    assert personal <= {f.name for f in fields(SheetEntries)} == set(ENTRIES)
    assert "address_changed_date" not in typed
