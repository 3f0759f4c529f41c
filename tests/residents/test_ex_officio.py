"""職権修正・軽微な修正・誤記修正 — what is put right ex officio, and in whose place it stands. 令第12条; 規則第11条第3項; std 4.2.3; fold.md 6."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho import clock
from daicho.residents.models import SheetVersion
from daicho.residents.queries.history import person_as_of
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events import ALL_EVENTS, event_on
from daicho.residents.rules.vocabulary import MINOR_CORRECTIONS
from tests.cast import CLERK, HANAKO, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import move_out_form, problems, register, relocation_form, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
AT_COUNTER = replace(CLERK, visit_no="1")


def mend_form(person, history_no: int, **texts: str):
    return recorded_form("mend", {person: {"wrong_history_no": str(history_no), **texts}})


def as_of(person, day: date, known_at=None):
    return person_as_of(AT_COUNTER, person, day, known_at).entries if known_at else person_as_of(AT_COUNTER, person, day).entries


def test_職権修正で記載事項を直せる():
    """N-4.2.0.1-01, N-4.2.3.1-01."""
    taro = family_of(TARO)[0]
    register("ex_officio_correction", recorded_form("ex_officio_correction", {taro: {"became_resident_date": "令和8年3月30日", "remarks": "聞き取りによる"}}))
    row, event = newest(taro), event_of("ex_officio_correction")
    assert (row.became_resident_date.encode(), row.remarks, row.name_kanji) == ("R8-03-30", "聞き取りによる", TARO.name)
    assert (event.basis, event.standard_code, event.filed_on) == ("職権", "職権修正", None)
    assert prove().proven


def test_世帯員の一部だけの住所を直すことはできない():
    """domain §11: 世帯員の住所は同じ."""
    taro, hanako = family_of(TARO, HANAKO)
    one = {taro: {"address": "北海道小樽市色内1丁目1番"}}
    assert ("H004", "address", True) in problems("ex_officio_correction", recorded_form("ex_officio_correction", one))
    both = recorded_form("ex_officio_correction", {**one, hanako: one[taro]})
    assert not [found for found in problems("ex_officio_correction", both) if found[2]]


@pytest.mark.parametrize("ground", [code for code, _ in MINOR_CORRECTIONS])
def test_軽微な修正は住所や氏名の書き方だけを変え住所を定めた日は動かない(ground: str, monkeypatch):
    """N-4.2.3.1-04, N-4.2.3.2-01…-07: it is chosen as such, told as such, and nobody has moved."""
    taro = family_of(TARO)[0]
    before, sent = newest(taro), told(monkeypatch)
    said = {"name_kanji": "花園　太朗"} if ground.endswith("characters") else {"address": "北海道小樽市花園2丁目12番20号"}
    register("minor_correction", recorded_form("minor_correction", {taro: said}, ground=ground))
    row = newest(taro)
    assert (row.address_changed_date, row.moved_within_city) == (before.address_changed_date, before.moved_within_city)
    assert (row.name_kanji, row.address) != (before.name_kanji, before.address)
    assert event_of("minor_correction").standard_code == "軽微な修正"
    assert [(one.message.event_reason, one.message.event_reason_detail) for one in sent] == [("minor_correction", None)]


def test_附票通知の詳細事項欄に住所修正などを設定する欄はない():
    """N-4.2.3.1-05 (must not)."""
    fields = [f.name for event in ALL_EVENTS for f in (*event.fields, *event.member_fields)]
    assert not [name for name in fields if "fuhyo" in name or "detail" in name]


def test_誤記修正は誤った履歴を残してその時点から正しい記載にする():
    """N-4.2.3.3-01…-04: 誤記修正 is the 事由, the wrong row stays, as of the day of the entry it is right, as known before it is as it was."""
    taro = family_of(TARO)[0]
    known_before = SheetVersion.objects.get(person__public_id=taro).recorded_at
    with clock.at(date(2026, 4, 20)):
        register("mend", mend_form(taro, 1, birth_date="昭和55年3月8日"))
        assert as_of(taro, date(2026, 4, 2)).birth_date.encode() == "S55-03-08"
        assert as_of(taro, date(2026, 4, 2), known_before + timedelta(seconds=1)).birth_date.encode() == "S55-03-09"
    rows = SheetVersion.objects.filter(person__public_id=taro).order_by("history_no")
    assert [row.birth_date.encode() for row in rows] == ["S55-03-09", "S55-03-08"]
    assert (event_of("mend").standard_code, newest(taro).birth_date.encode()) == ("誤記修正", "S55-03-08")
    assert prove().proven


def test_後に変わった項目の誤記を直しても今の記載は変わらない():
    """fold.md 6, 12: it stands in the place of the wrong version, so that the later 転居 counts on."""
    taro = family_of(TARO)[0]
    register("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    register("mend", mend_form(taro, 1, address="北海道小樽市花園2丁目13番1号"))
    assert newest(taro).address == "北海道小樽市色内1丁目3番5号"
    assert [as_of(taro, date(2026, 4, day)).address for day in (2, 9)] == ["北海道小樽市花園2丁目13番1号", "北海道小樽市色内1丁目3番5号"]
    assert prove().proven


def test_誤記のある履歴番号を確かめ直せない番号なら正しい番号を示す():
    taro = family_of(TARO)[0]
    register("relocation", relocation_form([taro], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    assert ("X501", "wrong_history_no", True) in problems("mend", mend_form(taro, 9, name_kanji="花園　太朗"))
    assert ("X502", "name_kanji", True) in problems("mend", mend_form(taro, 2, name_kanji="花園　太朗"))
    assert ("X002", "members", True) in problems("mend", mend_form(taro, 2))


def test_その時の票に書けない誤記修正は後に変わっていても断る():
    """std 1.1.6: 本籍 was never 空欄 on a Japanese sheet, also where 転籍 says another since; found by the second model of the law."""
    taro = family_of(TARO)[0]
    register("register_transfer", recorded_form("register_transfer", {taro: {"registered_domicile": "北海道小樽市色内1丁目1番地"}}))
    assert ("B003", "registered_domicile", True) in problems("mend", mend_form(taro, 1, registered_domicile="空欄"))
    assert ("B002", "foreign_resident_since_date", True) in problems("mend", mend_form(taro, 1, foreign_resident_since_date="令和8年4月1日"))


def test_誤記修正の誤記も直せて取り消すと元の誤記に戻る():
    taro = family_of(TARO)[0]
    register("mend", mend_form(taro, 1, name_kanji="花園　大郎", name_kana="ハナゾノ　タロウ"))
    register("mend", mend_form(taro, 2, name_kanji="花園　太良"))
    assert newest(taro).name_kanji == "花園　太良"
    cancel(event_of("mend"))
    assert newest(taro).name_kanji == "花園　大郎"
    assert prove().proven


def test_履歴を残さずに上書きする権限はデータベースにもない():
    """N-4.2.3.3-04 (must not): versions are INSERT only by grant."""
    assert SheetVersion.web_grants == "SELECT, INSERT"
    assert not [event.ja for event in ALL_EVENTS if "上書き" in event.ja]


def test_職権で消除された人は実態調査などの事由とともに除票になる(monkeypatch):
    """N-4.2.0.1-01, S1-03; domain §2.1 職権消除."""
    taro, hanako = family_of(TARO, HANAKO)
    sent = told(monkeypatch)
    register("ex_officio_removal", recorded_form("ex_officio_removal", {taro: {}}, ground="absent"))
    row = newest(taro)
    assert (row.closed_on, row.removal_reason_code) == (date(2026, 4, 8), "absent")
    assert newest(hanako).relationship == "世帯主"  # 令25条
    assert event_of("ex_officio_removal").standard_code == "職権消除"
    assert [(one.message.event_reason, one.message.event_reason_detail) for one in sent] == [("removal_ex_officio", "absent")]
    register("ex_officio_removal", recorded_form("ex_officio_removal", {hanako: {}}, ground="duplicate"))
    assert (sent[-1].message.event_reason, sent[-1].message.event_reason_detail) == ("removal_ex_officio", None)
    assert prove().proven


def test_法の適用を受けなくなるのは外国人だけで対象者のない消除は断る():
    taro = family_of(TARO)[0]
    found = problems("ex_officio_removal", recorded_form("ex_officio_removal", {taro: {}}, ground="outside_the_law"))
    assert ("X603", "ground", True) in found
    assert ("X602", "members", True) in problems("ex_officio_removal", recorded_form("ex_officio_removal", {}, ground="absent"))


@pytest.mark.parametrize(("typed", "closed_on"), [("平成31年4月1日", None), ("令和8年4月頃", date(2026, 4, 10)), ("令和8年4月5日", date(2026, 4, 5))])
def test_失踪宣告により死亡とみなされる日に職権消除する(typed: str, closed_on: date | None, monkeypatch):
    """N-4.2.2.2-01, -02; std 1.1.8: the day may be 不詳; before the 住民となった日 it is refused."""
    taro, hanako = family_of(TARO, HANAKO)
    form = recorded_form("disappearance", {taro: {}}, effective_on=typed, ground="article_9_2")
    if closed_on is None:
        assert ("P003", "effective_on", True) in problems("disappearance", form)
        return
    sent = told(monkeypatch)
    register("disappearance", form)
    assert (newest(taro).closed_on, newest(taro).removal_reason_code, event_of("disappearance").standard_code) == (closed_on, "disappearance", "職権消除")
    assert (sent[0].message.event_reason, sent[0].message.event_reason_detail) == ("removal_ex_officio", "disappearance")
    both = recorded_form("disappearance", {taro: {}, hanako: {}})
    assert ("X601", "members", True) in problems("disappearance", both)


def test_失踪宣告が取り消されると途切れなく回復する(monkeypatch):
    """domain §2.1 失踪: 取消しで回復; fold.md 11: no gap, and the closing stays in the history."""
    taro = family_of(TARO)[0]
    register("disappearance", recorded_form("disappearance", {taro: {}}))
    sent = told(monkeypatch)
    with clock.at(date(2026, 5, 1)):
        form = recorded_form("restoration", {taro: {}}, effective_on="令和8年5月1日", household_choice="new")
        register("restoration", form)
        row = newest(taro)
        assert (row.closed_on, row.removal_reason_code, row.relationship) == (None, None, "世帯主")
        assert all(as_of(taro, day) is not None for day in (date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 20), date(2026, 5, 1)))
        assert [(one.message.event_reason, one.message.event_reason_detail) for one in sent] == [("entry_ex_officio", "restored")]
        assert (event_of("restoration").effect, SheetVersion.objects.filter(person__public_id=taro).count()) == ("回復", 3)
        assert prove().proven
        cancel(event_of("restoration"))
        assert newest(taro).closed_on == date(2026, 4, 8)
        assert prove().proven


def test_元の世帯に戻る人は今の世帯主からみた続柄で回復する():
    """Who became 世帯主 meanwhile stays so: two would be unlawful (法7条4号)."""
    taro, _ = family_of(TARO, HANAKO)
    number = newest(taro).household_no
    register("ex_officio_removal", recorded_form("ex_officio_removal", {taro: {}}, ground="absent"))
    into = {"household_choice": "existing", "household_no": number}
    assert ("H001", "relationship", True) in problems("restoration", recorded_form("restoration", {taro: {}}, **into))
    register("restoration", recorded_form("restoration", {taro: {"relationship": "夫"}}, **into))
    assert (newest(taro).relationship, newest(taro).household_no, newest(taro).householder_name) == ("夫", number, HANAKO.name)
    assert prove().proven


def test_回復できるのは消除された人だけで転出は取消しによる():
    taro, sato = family_of(TARO)[0], family_of(SATO, address="稲穂1丁目1番")[0]
    new = {"household_choice": "new"}
    assert ("X702", "person", True) in problems("restoration", recorded_form("restoration", {taro: {}}, **new))
    register("move_out", move_out_form([sato], on="令和8年4月9日"))
    assert ("X703", "person", True) in problems("restoration", recorded_form("restoration", {sato: {}}, **new))
    assert ("X701", "members", True) in problems("restoration", recorded_form("restoration", {}, **new))


def test_取り消された転入の人は回復できない():
    taro = family_of(TARO)[0]
    cancel(event_of("domestic_move_in"))
    assert ("X704", "person", True) in problems("restoration", recorded_form("restoration", {taro: {}}, household_choice="new"))


def test_死亡や失踪や職権消除の区別は消除の事由に残る():
    """std 1.2.2: the closed list; 失踪 is 職権消除."""
    day = date(2026, 4, 1)
    assert [event_on(code, day).standard_code for code in ("death", "disappearance", "ex_officio_removal")] == ["死亡", "職権消除", "職権消除"]
