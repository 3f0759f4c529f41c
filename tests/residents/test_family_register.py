"""戸籍の届出・通知による修正 — 婚姻 … 戸籍訂正: what the 戸籍 tells is put on the sheet, and nothing else. 住民基本台帳法第8条; 令第12条第2項; std 4.2.0.4, 4.2.3.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.residents.models import CivilEvent, SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import event_on
from tests.cast import CLERK, HANAKO, ICHIRO, NGUYEN, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import problems, register, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")
NAME = {"name_kanji": "色内　花子", "name_kana": "イロナイ　ハナコ", "kana_notarised": "both"}
DOMICILE = {"registered_domicile": "北海道小樽市色内1丁目1番地", "family_register_head_name": "色内　三郎"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("marriage", {**NAME, **DOMICILE, "relationship": "妻"}),
        ("divorce", {**NAME, **DOMICILE, "relationship": "同居人"}),
        ("adoption", {**NAME, **DOMICILE, "relationship": "子"}),
        ("adoption_dissolved", {**NAME, **DOMICILE, "relationship": "同居人"}),
        ("special_adoption", {**NAME, **DOMICILE, "relationship": "子"}),
        ("recognition", {"relationship": "子"}),
        ("register_entry", {**NAME, **DOMICILE}),
        ("register_branch", {"registered_domicile": "北海道小樽市花園5丁目1番", "family_register_head_name": HANAKO.name}),
        ("register_transfer", {"registered_domicile": "東京都千代田区千代田1番"}),
        ("surname_change", NAME),
        ("given_name_change", {"name_kanji": "花園　華子", "name_kana": "ハナゾノ　ハナコ"}),
        ("furigana", {"name_kana": "ハナゾノ　カコ", "kana_notarised": "both"}),
        ("sex_change", {"sex_code": "1", "name_kanji": "花園　花男", "name_kana": "ハナゾノ　ハナオ"}),
        ("register_correction", {"birth_date": "昭和57年7月2日"}),
    ],
)
def test_戸籍の届出や通知で届けられた項目だけが職権で修正される(code: str, said: dict[str, str]):
    """A-02, S1-02, N-4.2.0.1-01, N-4.2.0.4-01, N-4.2.3.1-01: the day of the 戸籍 is kept; what was not told stays.

    N-4.1.0.2-04, N-4.2.0.4-03: it lies in the column of 届出日, told apart by the basis.
    """
    _, hanako = family_of(TARO, HANAKO)
    before = newest(hanako).to_entries()
    register(code, recorded_form(code, {hanako: said}))
    after, event = newest(hanako).to_entries(), event_of(code)
    assert (event.basis, event.effect, event.standard_code, event.filed_on) == ("職権", "修正", "職権修正", date(2026, 4, 9))
    typed = {name for name in said if name != "kana_notarised"}
    changed = {name for name in before.__dict__ if getattr(before, name) != getattr(after, name)}
    assert changed == {name for name in typed if said[name] != getattr(before, name)}
    version = SheetVersion.objects.get(event=event, person__public_id=hanako)
    assert set(version.asserts) - {"surname_kana_notarised", "given_kana_notarised", "name_substitute"} == typed  # 代替文字氏名 goes with the name
    assert prove().proven


def test_世帯主の氏名が戸籍の届出で変わると世帯員の世帯主氏名も直る():
    """N-4.2.3.1-02; N-4.2.3.1-03: the register keeps no フリガナ of the 世帯主 on the members' sheets, so that none can be wrong."""
    taro, hanako, ichiro = family_of(TARO, HANAKO, ICHIRO)
    register("surname_change", recorded_form("surname_change", {taro: {"name_kanji": "稲穂　太郎", "name_kana": "イナホ　タロウ"}}))
    assert {newest(one).householder_name for one in (taro, hanako, ichiro)} == {"稲穂　太郎"}
    assert newest(hanako).name_kanji == HANAKO.name
    assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 7)).entries.householder_name == TARO.name
    assert person_as_of(AT_COUNTER, hanako, date(2026, 4, 8)).entries.householder_name == "稲穂　太郎"


def test_家族の本籍をまとめて直し一人ずつ履歴が残る():
    """N-4.0.6-04: 転籍 of all who are in the 戸籍, in one event."""
    people = family_of()
    register("register_transfer", recorded_form("register_transfer", dict.fromkeys(people, DOMICILE)))
    assert {newest(one).registered_domicile for one in people} == {DOMICILE["registered_domicile"]}
    assert SheetVersion.objects.filter(event=event_of("register_transfer")).count() == len(people)


def test_空欄と入力した項目だけが空欄になる():
    """std 1.1.6: 氏名 may be 空欄, 本籍 may not; a field left empty says nothing."""
    _, hanako = family_of(TARO, HANAKO)
    register("register_correction", recorded_form("register_correction", {hanako: {"relationship": "空欄"}}))
    assert (newest(hanako).relationship, newest(hanako).name_kanji) == (None, HANAKO.name)
    found = problems("register_correction", recorded_form("register_correction", {hanako: {"registered_domicile": "【空欄】"}}))
    assert ("B003", "registered_domicile", True) in found


def test_変わる項目がなければ受け付けない():
    hanako = family_of(TARO, HANAKO)[1]
    assert ("X002", "members", True) in problems("marriage", recorded_form("marriage", {hanako: {}}))
    assert ("X001", "members", True) in problems("marriage", recorded_form("marriage", {}))


def test_氏名だけ変わるときは振り仮名を確かめさせる():
    """法7条1号の2."""
    hanako = family_of(TARO, HANAKO)[1]
    assert ("X101", "name_kana", False) in problems("surname_change", recorded_form("surname_change", {hanako: {"name_kanji": "色内　花子"}}))
    assert "X101" not in [code for code, _, _ in problems("surname_change", recorded_form("surname_change", {hanako: NAME}))]


def test_外国人に本籍は記載できず世帯主が二人になる続柄も断る():
    """domain §11."""
    nguyen = family_of(NGUYEN)[0]
    assert ("B002", "registered_domicile", True) in problems("marriage", recorded_form("marriage", {nguyen: DOMICILE}))
    taro, hanako = family_of(TARO, HANAKO, address="色内2丁目2番")
    assert ("H001", "relationship", True) in problems("marriage", recorded_form("marriage", {hanako: {"relationship": "世帯主"}}))
    assert newest(taro).relationship == "世帯主"


def test_外国人に戸籍の振り仮名はなく日本人にも読みがなければ公証できない():
    """法7条1号の2; domain §1.1.11."""
    nguyen = family_of(NGUYEN)[0]
    assert ("X401", "name_kana", True) in problems("furigana", recorded_form("furigana", {nguyen: {"name_kana": "グエン", "kana_notarised": "both"}}))
    silent = replace(SATO, kana="", texts={**SATO.texts, "name_kana": "", "kana_notarised": ""})
    sato = family_of(silent, address="稲穂1丁目1番")[0]
    assert ("X402", "name_kana", True) in problems("furigana", recorded_form("furigana", {sato: {"kana_notarised": "surname"}}))
    register("furigana", recorded_form("furigana", {sato: {"name_kana": "サトウ　クズコ", "kana_notarised": "surname"}}))
    assert (newest(sato).surname_kana_notarised, newest(sato).given_kana_notarised) == (True, False)


def test_本人確認情報は変わった項目を詳細に示し本籍や続柄だけでは知らせない(monkeypatch):
    """法30条の6; domain §2.1 A: layouts/codes.csv, update_detail."""
    _, hanako = family_of(TARO, HANAKO)
    sent = told(monkeypatch)
    register("register_transfer", recorded_form("register_transfer", {hanako: DOMICILE}))
    register("recognition", recorded_form("recognition", {hanako: {"relationship": "同居人"}}, effective_on="令和8年4月9日"))
    assert sent == []
    register("given_name_change", recorded_form("given_name_change", {hanako: {"name_kanji": "花園　華子"}}))
    register("furigana", recorded_form("furigana", {hanako: {"name_kana": "ハナゾノ　カコ", "kana_notarised": "both"}}))
    register("marriage", recorded_form("marriage", {hanako: NAME}))
    assert [(one.message.event_reason, one.message.event_reason_detail) for one in sent] == [
        ("correction_ex_officio", "name"),
        ("correction_ex_officio", "furigana"),
        ("correction_ex_officio", "several"),
    ]


def test_後に同じ項目が変わっていれば先に取り消させる():
    """遡及 (design §4): 婚姻 found late, after another change of 氏."""
    hanako = family_of(TARO, HANAKO)[1]
    register("surname_change", recorded_form("surname_change", {hanako: NAME}, effective_on="令和8年4月9日"))
    assert ("P002", "effective_on", True) in problems("marriage", recorded_form("marriage", {hanako: NAME}, effective_on="令和8年4月5日"))
    assert ("P101", "effective_on", False) in problems("marriage", recorded_form("marriage", {hanako: DOMICILE}, effective_on="令和8年4月5日"))


def test_特別養子縁組と性別の変更は履歴に見せない定義である():
    """N-1.1.4: what they changed would tell of them."""
    hidden = [code for code in ("special_adoption", "sex_change", "adoption", "marriage") if not event_on(code, date(2026, 4, 1)).shows_in_history]
    assert hidden == ["special_adoption", "sex_change"]


def test_取り消すと元の記載に戻る():
    """std 4.6."""
    _, hanako = family_of(TARO, HANAKO)
    register("marriage", recorded_form("marriage", {hanako: {**NAME, **DOMICILE}}))
    cancel(event_of("marriage"))
    assert (newest(hanako).name_kanji, newest(hanako).registered_domicile) == (HANAKO.name, HANAKO.typed()["registered_domicile"])
    assert CivilEvent.objects.filter(code="cancellation").count() == 1
    assert prove().proven
