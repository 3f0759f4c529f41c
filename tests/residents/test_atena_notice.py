"""統合宛名への通知 — who is told of an event, of what, and of what not; and that no number of theirs comes in. G-17; S1-10; N-7.1.2.3-01, -02, -03."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps

from daicho import outbox, vault
from daicho.contracts.atena_info_v1 import AtenaInfoV1
from daicho.outbox import intake
from daicho.outbox.envelope import Envelope
from daicho.outbox.models import Notice
from daicho.residents.models import CivilEvent
from daicho.residents.rules.atena_info import Identifiers, atena_changed, atena_person
from daicho.residents.rules.entries import SheetEntries
from daicho.values.dates import JapaneseDate
from tests.cast import FAMILY, HANAKO, NGUYEN, SATO, TARO
from tests.residents.counter import enter, move_in_form, register, relocation_form

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
HERE = SheetEntries(
    resident_kind="1", name_kanji="花園　太郎", name_kana="ハナゾノ　タロウ", birth_date=JapaneseDate.decode("S55-03-09"), sex_code="1", address="花園2丁目",
    address_building="運河荘", relationship="世帯主", householder_name="花園　太郎", opened_on=date(2026, 4, 1), individual_number=7,
)  # fmt: skip
NAMED = Identifiers("0000000019", "123456789012", "0" * 32)


def messages() -> list[AtenaInfoV1]:
    """What lies sealed for atena, opened."""
    from daicho.contracts import base

    payloads = [vault.open_payload(notice.payload_ref) for notice in Notice.objects.filter(destination="atena").order_by("order_no")]
    found = [base.read(Envelope, payload).message() for payload in payloads]
    assert all(isinstance(message, AtenaInfoV1) for message in found)
    return found  # type: ignore[return-value]


def test_本登録で家族全員が一つの通知で伝わり仮登録では伝わらない():
    """G-17, N-7.1.2.3-01, N-4.0.8-15, -22."""
    enter("domestic_move_in", move_in_form([SATO], address="稲穂3丁目9番1号"))
    assert messages() == []
    written = register("domestic_move_in", move_in_form())
    [told] = messages()
    assert told.recorded_at == CivilEvent.objects.get().recorded_at
    assert [(p.name, p.name_furigana, p.individual_number) for p in told.persons] == [(p.name, p.kana, p.individual_number) for p in FAMILY]
    assert [p.atena_no for p in told.persons] == [w.person.atena_no for w in written]
    assert {(p.address, p.removed_on) for p in told.persons} == {("北海道小樽市花園2丁目12番1号", None)}
    assert [(p.juminhyo.relationship, p.juminhyo.householder_name) for p in told.persons] == [(p.relationship, TARO.name) for p in FAMILY]
    assert {(p.juminhyo.became_resident_date, p.juminhyo.became_resident_notified_date) for p in told.persons} == {("R8-04-01", date(2026, 4, 3))}


def test_通知は対象者の符丁を持ち中間サーバー向けの鍵は同じ人に同じ():
    """G-20: the key by which residents and chukan alone compare a replica with its original."""
    people = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    register("relocation", relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    first, second = messages()
    assert [p.juminhyo.register_key for p in first.persons] == [p.juminhyo.register_key for p in second.persons] == outbox.subject_handles("chukan", people)
    for notice in Notice.objects.filter(destination="atena"):
        assert sorted(notice.subjects) == sorted(outbox.subject_handles("atena", people))


def test_世帯主が移れば残る者も伝わる():
    """N-7.1.2.3-02: 法7条4号 of everybody whose 世帯主氏名 follows, though nothing of theirs was filed for."""
    written = register("domestic_move_in", move_in_form())
    register(
        "relocation",
        relocation_form([written[0].person.public_id], ["世帯主"], household_choice="new", effective_on="令和8年4月9日", filed_on="令和8年4月10日"),
    )
    told = {p.name: (p.address, p.juminhyo.householder_name) for p in messages()[-1].persons}
    assert told[TARO.name] == ("北海道小樽市色内1丁目3番5号", TARO.name)
    assert told.keys() == {person.name for person in FAMILY}
    assert told[HANAKO.name] == ("北海道小樽市花園2丁目12番1号", None)


def test_外国人は法に定める氏名と外国人住民となった日で伝わる():
    register("domestic_move_in", move_in_form([NGUYEN]))
    [[person]] = [told.persons for told in messages()]
    assert (person.name, person.name_furigana, person.juminhyo.became_resident_date) == ("NGUYEN VAN AN", "グエン　ヴァン　アン", "R8-04-01")


def test_伝える事項が変わらなければ伝えない():
    assert not atena_changed(HERE, HERE.but(remarks="備考", nhi_qualified_flag=True, juminhyo_code=3), TODAY)
    assert atena_changed(None, HERE, TODAY)
    for changes in ({"relationship": "夫"}, {"individual_number": 8}, {"closed_on": date(2026, 5, 1)}, {"address_building": None}, {"former_surname": "稲穂"}):
        assert atena_changed(HERE, HERE.but(**changes), TODAY), changes


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "told"),
    [
        (date(2026, 4, 1), None, None),
        (date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 1)),  # 転出予定
        (date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 10)),
        (None, None, TODAY),  # 転入の取消し: no day finds the sheet
    ],
)
def test_消除日は先の日でも伝わり取り消された記載は今日の消除として伝わる(opened_on, closed_on, told):
    assert atena_person(HERE.but(opened_on=opened_on, closed_on=closed_on), NAMED, TODAY).removed_on == told


def test_統合宛名番号を取り込む項目も受付口もない():
    """N-7.1.2.3-03: residents takes no 団体内統合宛名番号 in."""
    columns = [f"{field.name} {field.verbose_name}" for model in apps.get_app_config("residents").get_models() for field in model._meta.concrete_fields]
    assert len(columns) > 100
    assert [name for name in columns if "integrated" in name or "統合宛名" in name] == []
    assert {kind for sender, kind in intake.registered() if sender == "atena"} <= {"receipts_question", "resynced_question"}  # the books alone


def test_個人番号のまだない人は番号なしで伝わる():
    """番号法7条: the number comes later."""
    register("domestic_move_in", move_in_form([replace(SATO, texts={**SATO.texts, "individual_number": ""})]))
    assert [[p.individual_number for p in told.persons] for told in messages()] == [[None]]
