"""統合記載欄 — 異動履歴 by itself, 留意事項 tied to items of an 異動, 備考 apart; on a 除票 too. 標準1.1.4, 1.1.5, 1.1.14."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from daicho import clock
from daicho.certificates.integrated_column import paragraphs
from daicho.certificates.record import NoteKind
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.commands.officer_notes import NoteForm, write_note
from daicho.residents.commands.writing import Recording, moment_after, write_changes
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.queries.certificates import choose, read_people
from daicho.residents.queries.column_notes import column_of
from daicho.residents.queries.proof import prove
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.events.ex_officio_correction import EX_OFFICIO_CORRECTION
from daicho.residents.rules.on_certificate import OpenNumbers, certificate_record
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, HANAKO, NGUYEN, TARO
from tests.paper.tools import text_of
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import death_form, move_in_form, move_out_form, problems, register, relocation_form, turn_to, visit
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
READER = replace(CLERK, visit_no="1")
TODAY = date(2026, 4, 10)
H, S = Omissible.HISTORY, Omissible.SPECIAL_HISTORY


def on_paper(person: UUID, *shown: Omissible, on: date = TODAY) -> tuple[str, ...]:
    """The column as a copy of that day bears it."""
    [record] = read_people(choose(person, None, on), frozenset(shown), open_numbers=False).subjects.people
    return paragraphs(record, CertificateRequest(on, Requester.SELF, frozenset(shown)), "【空欄】")


def tied(person: UUID) -> list[tuple[str, int, tuple[str, ...] | None]]:
    found = column_of(READER, person)
    assert found is not None
    return [(one.text, one.on, one.names) for one in found.cautions]


def caution(person: UUID, on: int, text: str = "", **said: str) -> None:
    register("caution_entry", recorded_form("caution_entry", {person: {"on_history_no": str(on), "way": "add", "caution": text, **said}}))


def moved(*roles) -> UUID:
    person = family_of(*(roles or (TARO,)))[0]
    register("relocation", relocation_form([person], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    return person


def test_異動履歴は手で入力しなくても異動からできる():
    """N-1.1.14-01, -07; N-5.1-03: A, B and C are told apart; without a request there is no A."""
    person = moved()
    found = column_of(READER, person)
    assert found is not None and [note.kind for note in found.notes] == [NoteKind.HISTORY, NoteKind.HISTORY]
    assert on_paper(person) == ()
    head, opened, relocated = on_paper(person, H)
    assert (head, opened) == ("【異動履歴・留意事項】", "令和8年4月1日　国内転入")
    assert relocated.startswith("令和8年4月9日　転居　住所：北海道小樽市花園2丁目12番1号→北海道小樽市色内1丁目3番5号")


def test_写しで省略する項目は履歴にも載らない():
    """法12条5項: 本籍 and 続柄 of the past are no less omitted than those of today."""
    person = family_of(TARO)[0]
    register("ex_officio_correction", recorded_form("ex_officio_correction", {person: {"registered_domicile": "北海道小樽市色内一丁目3番"}}))
    assert "色内" not in "".join(on_paper(person, H))
    assert "本籍：" in "".join(on_paper(person, H, Omissible.REGISTERED_DOMICILE))


def test_備考を足しても直しても異動履歴は増えず備考の位置に出る():
    """N-1.1.14-03, -05, -11: 200 characters, with two 異動 in the history."""
    person, text = moved(), "備考" * 100
    before = SheetVersion.objects.count()
    write_note(CLERK, person, NoteForm("remarks", "初めの備考"))
    write_note(CLERK, person, NoteForm("remarks", text, seen="初めの備考"))
    assert SheetVersion.objects.count() == before
    assert on_paper(person, H)[-2:] == ("【備考】", text) and on_paper(person) == ("【備考】", text)


def test_どの異動でも留意事項を自由に入力できその異動に付く():
    """N-1.1.14-02, -09, -10: as it was typed; an 異動 without one is registered as well."""
    person = moved()
    form = recorded_form(
        "ex_officio_correction", {person: {"registered_domicile": "北海道小樽市色内一丁目3番", "caution": "戸籍の附票により確認、５月に再照会"}}
    )
    register("ex_officio_correction", form)
    assert tied(person) == [("戸籍の附票により確認、５月に再照会", 3, ("registered_domicile",))]
    assert on_paper(person) == ("【留意事項】", "戸籍の附票により確認、５月に再照会")
    asked = [event for event in ALL_EVENTS if event.is_offered]
    assert all("caution" in event.all_member_fields() for event in asked)
    cancel(event_of("ex_officio_correction"))
    assert tied(person) == [] and prove().proven


def test_留意事項は後から異動項目に紐付けて足し書き直し削除でき履歴が残る():
    """N-1.1.14-02, -04, N-1.2.1-11: 転入前住所 of the 転入; the words of before stay in the history, each with its own 異動."""
    person = moved()
    caution(person, 1, "転入前住所は通知により確認", item="previous_address")
    assert tied(person) == [("転入前住所は通知により確認", 1, ("previous_address",))]
    assert on_paper(person) == ("【留意事項】", "転入前住所は通知により確認")
    assert on_paper(person, H)[1:3] == ("令和8年4月1日　国内転入", "転入前住所は通知により確認")
    caution(person, 3, "転入前住所は電話で確認", way="replace")
    assert tied(person) == [("転入前住所は電話で確認", 1, ("previous_address",))]
    caution(person, 2, "転居の留意事項")
    caution(person, 4, way="remove")
    assert [text for text, _, _ in tied(person)] == ["転居の留意事項"] and prove().proven
    said = SheetVersion.objects.filter(person__public_id=person).order_by("history_no").values_list("remark", flat=True)
    assert list(said) == [None, None, "転入前住所は通知により確認", "転入前住所は電話で確認", "転居の留意事項", None]


def test_付けられない留意事項は理由を示して断る():
    person = moved()
    cases = {
        "U001": {"on_history_no": "9", "way": "add", "caution": "無い異動"},
        "U002": {"on_history_no": "2", "way": "replace", "caution": "無い留意事項"},
        "U003": {"on_history_no": "2", "way": "add", "caution": ""},
    }
    for code, said in cases.items():
        assert [found for found, _, _ in problems("caution_entry", recorded_form("caution_entry", {person: said}))] == [code]
    assert [found for found, _, _ in problems("removed_sheet_error", error_form(person))] == ["U004"]


def error_form(person: UUID, **said: str):
    wrong = {"found_on": "令和8年4月10日", "place": "birth_date", "reason_code": "register", "correct_text": "昭和55年3月19日"}
    return recorded_form("removed_sheet_error", {person: {**wrong, **said}})


def test_除票の誤記は本欄をそのままに留意事項で正しい記載を示す():
    """N-1.1.5-05; items 81–87: also of the 除票 of somebody who came back, whose newest sheet stays the newest."""
    [person] = family_of(TARO)
    register("death", death_form(person, "令和8年4月8日"))
    before = newest(person).to_entries()
    assert [found for found, _, _ in problems("removed_sheet_error", error_form(person, found_on="令和8年4月11日"))] == ["U005"]
    register("removed_sheet_error", error_form(person, corrected_birth_date="昭和55年3月19日", reason_text="戸籍謄本"))
    after = newest(person).to_entries()
    assert after.birth_date == before.birth_date and after.name_kanji == before.name_kanji and after.closed_on == before.closed_on
    assert after.corrected_birth_date is not None and after.corrected_birth_date.wareki() == "昭和55年3月19日"
    assert (after.deleted_record_error_found_date, after.deleted_record_error_place, after.deleted_record_error_reason_code) == (TODAY, "生年月日", "register")
    assert (after.deleted_record_correct_text, after.deleted_record_error_reason_text) == ("昭和55年3月19日", "戸籍謄本")
    [(text, _, names)] = tied(person)
    assert (text, names) == ("誤記　生年月日　正しい記載　昭和55年3月19日（令和8年4月10日判明）", ("birth_date",)) and prove().proven
    caution(person, 2, "消除についての留意事項")
    assert tied(person)[0][0] == "消除についての留意事項" and newest(person).closed_on == before.closed_on


@pytest.mark.parametrize(("ground", "words"), [("special_adoption", "特別養子縁組"), ("special_adoption_dissolved", "特別養子縁組解消")], ids=["成立", "解消"])
def test_特別養子縁組とその解消の文言は転出先住所と転入前住所に紐付く(ground: str, words: str):
    """N-1.1.14-12, -13, -14, -15, -16, -17; N-1.1.4-06: on paper only when the special causes are asked for."""
    moved_in = register("domestic_move_in", with_ground(move_in_form([TARO]), ground))[0].person.public_id
    assert tied(moved_in) == [(words, 1, ("previous_address",))]
    assert words not in "".join(on_paper(moved_in, H)) and words in on_paper(moved_in, H, S)
    form = with_ground(move_out_form([moved_in], on="令和8年4月9日", planned_municipality_code="", planned_address="", planned_address_building=""), ground)
    register("move_out", form)
    turn_to(date(2026, 4, 9))
    assert tied(moved_in)[-1] == (words, 2, ("confirmed_move_out_address", "planned_move_out_address"))
    assert newest(moved_in).planned_move_out_address is None


def with_ground(form, ground: str):
    return replace(form, members=tuple(replace(member, texts={**member.texts, "special_ground": ground}) for member in form.members))


def paper(person: UUID, folder: Path, *shown: Omissible) -> str:
    """The text of a copy as it is issued."""
    request = CertificateRequest(TODAY, Requester.SELF, frozenset(shown))
    wanted = certificates.Wanted("juminhyo_personal", person, frozenset({person}))
    return "".join(text_of(certificates.issue(CLERK, visit(), wanted, request, "本人の申請").pdf, folder).split())


def test_特別な事由の前の氏名と性別は名指しで選ばれたときだけ履歴に載る(tmp_path):
    """N-1.1.4-05, -06: no 改製; the former name is not told by an earlier 異動 either."""
    person = family_of(TARO)[0]
    said = {"name_kanji": "花園　太郎右衛門", "name_kana": "ハナゾノ　タロウエモン"}
    register("given_name_change", recorded_form("given_name_change", {person: said}, effective_on="令和8年4月7日"))
    said = {"name_kanji": "花園　太子", "name_kana": "ハナゾノ　タコ", "sex_code": "2"}
    register("sex_change", recorded_form("sex_change", {person: said}, effective_on="令和8年4月8日"))
    assert SheetCurrent.objects.filter(person__public_id=person).count() == 1 and newest(person).closed_on is None
    default, asked = "".join(on_paper(person, H)), "".join(on_paper(person, H, S))
    assert "太郎" not in default and "男" not in default and "国内転入" in default
    assert "氏名：花園　太郎右衛門→花園　太子" in asked and "性別：男→女" in asked and "氏名：花園　太郎→花園　太郎右衛門" in asked
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))
    default, asked = paper(person, tmp_path, H), paper(person, tmp_path, H, S)
    assert "太郎" not in default and "男" not in default and "太郎右衛門" in asked and "男→女" in asked


@pytest.mark.parametrize("code", ["special_adoption", "sex_change"])
def test_特別な事由は改製せずに原票に履歴を残す(code: str):
    """N-1.1.4-05: 特別養子縁組, its dissolution (the same event) and 性別の変更 make no 除票."""
    person = family_of(TARO)[0]
    said = {"name_kanji": "小樽　太郎", "name_kana": "オタル　タロウ"} | ({"sex_code": "2"} if code == "sex_change" else {})
    register(code, recorded_form(code, {person: said}))
    [sheet] = SheetCurrent.objects.filter(person__public_id=person)
    assert (sheet.closed_on, SheetVersion.objects.filter(sheet=sheet.sheet).count()) == (None, 2)


def test_改製すると履歴は新しい票に写らず旧い票に残る():
    """N-1.1.4-03, -04; N-1.1.5-02, -13: 事由 and day on the old one, 改製日 on both; the person goes on."""
    person = moved()
    with clock.at(date(2026, 5, 7)):
        register("sheet_renewal", recorded_form("sheet_renewal", {person: {}}, effective_on="令和8年5月7日"))
        old, new = SheetCurrent.objects.filter(person__public_id=person).order_by("history_no")
        assert (old.removal_reason_code, old.removal_date.certain(), old.closed_on) == ("sheet_renewal", date(2026, 5, 7), date(2026, 5, 7))
        assert (new.closed_on, new.juminhyo_created_date) == (None, date(2026, 5, 7)) and old.address == new.address
        assert on_paper(person, H, on=date(2026, 5, 7)) == ("【異動履歴・留意事項】", "令和8年5月7日　改製")


def removed_column(person: UUID, on: date) -> tuple[str, ...]:
    """除票固有の記載事項 as a copy of the 除票 would bear them."""
    record = certificate_record(newest(person).to_entries(), OpenNumbers())
    return paragraphs(record, CertificateRequest(on, Requester.SELF), "【空欄】")


@pytest.mark.parametrize("role", [TARO, NGUYEN], ids=["日本人", "外国人"])
def test_除票には消除事由と事由の生じた日と転出先が統合記載欄に出る(role):
    """N-1.1.5-12, -13; N-1.1.14-06: of a 除票 alone; composed here, printed with the copy of a 除票 (issue 6)."""
    dead, left = family_of(role, HANAKO)
    register("death", death_form(dead, "令和8年4月8日"))
    register("move_out", move_out_form([left], on="令和8年4月20日"))
    assert removed_column(dead, TODAY) == ("【除票の記載事項】", "消除事由　死亡", "事由の生じた年月日　令和8年4月8日")
    planned = "転出先住所（予定）　北海道旭川市七条通九丁目48番地　旭荘2号"
    assert removed_column(left, TODAY) == ()
    assert removed_column(left, date(2026, 4, 20)) == ("【除票の記載事項】", "消除事由　国内転出", planned, "転出予定年月日　令和8年4月20日")


def test_二百回修正しても登録は断られず改製も起きず履歴は全て読める():
    """N-1.1.4-01, -02: 200 修正 of one sheet."""
    person = family_of(TARO)[0]
    for number in range(200):
        corrected(person, f"{number}号室")
    rows = SheetVersion.objects.filter(person__public_id=person).order_by("history_no").values_list("history_no", "address_building", "event__code")
    assert [(no, building) for no, building, _ in rows][1:] == [(number + 2, f"{number}号室") for number in range(200)]
    assert {code for _, _, code in rows} == {"domestic_move_in", "ex_officio_correction"}
    assert SheetCurrent.objects.filter(person__public_id=person).count() == 1 and prove().proven


def corrected(person: UUID, building: str) -> None:
    """One 職権修正 as 本登録 writes it."""
    row = newest(person)
    moment = moment_after(row.recorded_at)
    effective_on = JapaneseDate.of(clock.today())
    event = CivilEvent(
        municipality_code=row.municipality_code, code="ex_officio_correction", standard_code="職権修正", definition=EX_OFFICIO_CORRECTION.recorded_as, basis="職権",
        effect="修正", effective_on=effective_on, recorded_at=moment, source="test", request_key=uuid4(),
    )  # fmt: skip
    state = PersonState(row.person.atena_no, row.to_entries(), True, row.spell_id, row.history_no, public_id=str(person))
    situation = Situation(clock.today(), row.municipality_code, "", persons={state.atena_no: state})
    with transaction.atomic():
        write_changes(Recording(event, moment, effective_on), situation, Changes(revisions=(Revision(0, state.atena_no, {"address_building": building}),)))
