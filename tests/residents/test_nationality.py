"""帰化・国籍取得・国籍喪失 — two sheets and one 除票, one person. 住民基本台帳法第8条; 令第12条第2項; std 4.5.3–4.5.5; domain §2.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho import clock
from daicho.contracts.certificate_hold_v1 import CertificateHoldV1
from daicho.residents.models import Removal, Sheet, SheetCurrent, SheetVersion, Spell
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.people import filing_people
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import event_on
from daicho.residents.rules.nationality import OF_FOREIGNERS, OF_JAPANESE
from tests.cast import CLERK, HANAKO, NGUYEN, TARO
from tests.residents.cancelling import cancel, event_of, problems_of_cancel
from tests.residents.counter import move_out_form, problems, register, relocation_form, told, turn_to
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
JAPANESE = {
    "name_kanji": "花園　安", "name_kana": "ハナゾノ　アン", "kana_notarised": "both", "registered_domicile": "北海道小樽市花園2丁目12番",
    "family_register_head_name": "花園　安",
}  # fmt: skip
FOREIGN = {"foreign_name_alphabet": "HANAZONO TARO", "nationality_code": "USA"}
KEPT = (
    "address", "address_building", "sex_code", "relationship", "address_changed_date", "juminhyo_code", "individual_number", "previous_address", "household_no",
    "order_in_household", "opened_on", "closed_on",
)  # fmt: skip
"""N-4.5.3-02, N-4.5.4-02, N-4.5.5-02, beside 宛名番号, which is the person's."""


@pytest.mark.parametrize("code", ["naturalisation", "nationality_acquisition"])
def test_帰化や国籍取得で外国人住民票が消除され日本人住民票に引き継がれる(code: str):
    """N-4.5.3-01…-04, N-4.5.4-01…-04: 住民となった年月日 is the 外国人住民となった年月日; the rest as the standard lists it."""
    nguyen = family_of(NGUYEN)[0]
    before = newest(nguyen).to_entries()
    register(code, recorded_form(code, {nguyen: JAPANESE}))
    foreign, japanese = SheetCurrent.objects.filter(person__public_id=nguyen).order_by("history_no")
    assert (foreign.resident_kind, foreign.closed_on, foreign.removal_reason_code) == ("2", date(2026, 4, 8), code)
    assert (japanese.resident_kind, japanese.name_kanji, japanese.registered_domicile) == ("1", "花園　安", "北海道小樽市花園2丁目12番")
    assert {name: getattr(japanese, name) for name in KEPT} == {name: getattr(before, name) for name in KEPT}
    assert (japanese.became_resident_date, japanese.birth_date.encode()) == (before.foreign_resident_since_date, "S60-03-09")
    assert not [name for name in OF_FOREIGNERS if getattr(japanese, name) is not None]
    assert [s.kind for s in Sheet.objects.filter(spell__person__public_id=nguyen).order_by("pk")] == ["2", "1"]
    assert (Spell.objects.filter(person__public_id=nguyen).count(), Removal.objects.filter(sheet__spell__person__public_id=nguyen).count()) == (1, 1)
    assert event_of(code).standard_code == "職権記載（帰化等）"
    assert prove().proven


def test_国籍喪失で日本人住民票が消除され経過滞在者として引き継がれる():
    """N-4.5.5-01…-04; the 本籍 and what else is Japanese goes."""
    taro = family_of(TARO)[0]
    before = newest(taro).to_entries()
    register("nationality_loss", recorded_form("nationality_loss", {taro: FOREIGN}))
    japanese, foreign = SheetCurrent.objects.filter(person__public_id=taro).order_by("history_no")
    assert (japanese.resident_kind, japanese.closed_on, japanese.removal_reason_code) == ("1", date(2026, 4, 8), "nationality_loss")
    assert (foreign.resident_kind, foreign.article_30_45_class_code, foreign.foreign_name_alphabet) == ("2", "6", "HANAZONO TARO")
    assert {name: getattr(foreign, name) for name in KEPT} == {name: getattr(before, name) for name in KEPT}
    assert (foreign.foreign_resident_since_date.encode(), foreign.birth_date.encode()) == ("R8-04-08", "1980-03-09")
    assert not [name for name in OF_JAPANESE if getattr(foreign, name) is not None]
    assert event_of("nationality_loss").standard_code == "職権記載（国籍喪失）"
    assert prove().proven


def test_国籍を失った日が住民となった日より前なら住民となった日が外国人住民となった日になる():
    """N-4.5.5-03: the later of the two; the sheet itself cannot be closed before it was opened (fold.md 22)."""
    taro = family_of(TARO)[0]
    early = recorded_form("nationality_loss", {taro: FOREIGN}, effective_on="令和8年3月1日")
    assert ("P003", "effective_on", True) in problems("nationality_loss", early)
    late = recorded_form("ex_officio_correction", {taro: {"became_resident_date": "令和8年4月9日"}}, effective_on="令和8年4月1日")
    register("ex_officio_correction", late)
    register("nationality_loss", recorded_form("nationality_loss", {taro: FOREIGN}))
    assert newest(taro).foreign_resident_since_date.encode() == "R8-04-09"


def test_国籍喪失者に旧外登法の登録年月日は記載できない():
    """N-4.5.5-05 (must not): neither by the event nor afterwards, whatever they were as a Japanese."""
    taro = family_of(TARO)[0]
    register("nationality_loss", recorded_form("nationality_loss", {taro: FOREIGN}))
    assert newest(taro).alien_registration_date is None
    assert "alien_registration_date" not in event_on("nationality_loss", date(2026, 4, 10)).all_member_fields()
    later = recorded_form("managed_items", {taro: {"alien_registration_date": "平成15年6月1日"}}, effective_on="令和8年4月9日")
    assert ("B002", "alien_registration_date", True) in problems("managed_items", later)


def test_どの日にも住民票は一つで国籍の変わった日から新しい票による():
    """design §4: as-of goes through both sheets without a gap."""
    nguyen = family_of(NGUYEN)[0]
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    kinds = [person_as_of(AT_COUNTER, nguyen, date(2026, 4, day)).entries.resident_kind for day in (1, 7, 8, 10)]
    assert kinds == ["2", "2", "1", "1"]
    known = filing_people(AT_COUNTER, [str(nguyen)], ())
    assert known.persons[str(nguyen)].entries.resident_kind == "1"


def test_世帯主が帰化すると世帯員の世帯主氏名も新しい氏名になる():
    """std 1.2.1-13."""
    nguyen, spouse = family_of(NGUYEN, replace(HANAKO, relationship="妻"))
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    assert newest(spouse).householder_name == "花園　安"
    assert SheetVersion.objects.filter(person__public_id=nguyen).count() == 3  # entered, closed, entered again


def test_本人確認情報は職権記載等として一度だけ知らせる(monkeypatch):
    """法30条の6: one person, one number; the sheet that gives way is no removal of them."""
    nguyen = family_of(NGUYEN)[0]
    sent = told(monkeypatch)
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    [notice] = sent
    assert (notice.message.event_reason, notice.message.event_reason_detail, notice.message.name_kanji) == ("entry_ex_officio", "naturalised", "花園　安")
    assert notice.message.planned_person_flag is False


@pytest.mark.parametrize("room", ["atena", "konbini", "transfers"])
def test_ほかの部屋にも新しい票だけが伝わる(room: str, monkeypatch):
    nguyen = family_of(NGUYEN)[0]
    sent = told(monkeypatch, room)
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    assert len([one for one in sent if not isinstance(one.message, CertificateHoldV1)]) == 1  # コンビニ is held while the filing waits, and freed


def test_転出の予定がある人の帰化は予定を引き継ぎ予定日に消除される():
    """fold.md 17: other entries; the planned removal stays and comes on the new sheet."""
    nguyen = family_of(NGUYEN)[0]
    register("move_out", move_out_form([nguyen], on="令和8年4月15日"))
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    assert newest(nguyen).closed_on == date(2026, 4, 15)
    with clock.at(date(2026, 4, 15)):
        turn_to(date(2026, 4, 15))
        assert newest(nguyen).removal_reason_code == "move_out"
        assert prove().proven


def test_取り消すと元の票が現存に戻り新しい票はなかったことになる():
    """std 4.6; fold.md 10, 21: the two rows go together."""
    nguyen = family_of(NGUYEN)[0]
    before = newest(nguyen).to_entries()
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    cancel(event_of("naturalisation"))
    dropped, back = SheetCurrent.objects.filter(person__public_id=nguyen).order_by("history_no")
    assert (back.resident_kind, back.closed_on, back.to_entries()) == ("2", None, before)
    assert (dropped.resident_kind, dropped.closed_on) == ("1", dropped.opened_on)
    assert person_as_of(AT_COUNTER, nguyen, date(2026, 4, 10)).entries.resident_kind == "2"
    assert prove().proven
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))  # entered again
    assert newest(nguyen).resident_kind == "1" and prove().proven


def test_帰化の後の異動があれば帰化は先に取り消せない():
    """fold.md 8: what lies on the sheet that it opened."""
    nguyen = family_of(NGUYEN)[0]
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    event = event_of("naturalisation")
    register("relocation", relocation_form([nguyen], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    assert [code for code, _, blocks in problems_of_cancel(event) if blocks] == ["Z008"]
    cancel(event_of("relocation"))
    cancel(event)
    assert newest(nguyen).resident_kind == "2" and prove().proven


def test_元号の決まらない生年月日では日本人住民票に記載できない():
    """N-1.1.9: a Japanese is born in 和暦; of 1989 alone nobody knows whether 昭和 or 平成."""
    uncertain = replace(NGUYEN, birth="1989年 月日不詳")
    nguyen = family_of(uncertain)[0]
    assert ("X202", "person", True) in problems("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))


def test_もう日本人の人の帰化や空欄の氏名は断る():
    taro = family_of(TARO)[0]
    assert ("X201", "person", True) in problems("naturalisation", recorded_form("naturalisation", {taro: JAPANESE}))
    nguyen = family_of(NGUYEN, address="色内2丁目2番")[0]
    found = problems("naturalisation", recorded_form("naturalisation", {nguyen: {**JAPANESE, "name_kanji": "", "registered_domicile": ""}}))
    assert {("F001", "name_kanji", True), ("F001", "registered_domicile", True)} <= set(found)
    assert ("X001", "members", True) in problems("naturalisation", recorded_form("naturalisation", {}))
    assert ("P002", "effective_on", True) not in problems("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
