"""標準の異動事由 — the closed list of std 1.2.2 and the events of this register: each falls under it, and nothing of it is without an event."""

from __future__ import annotations

from collections import Counter

import pytest

from daicho.residents.models import CivilEvent, Removal, SheetCurrent
from daicho.residents.rules.definitions import Effect
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.standard_reasons import GIVES_WAY, REASONS, events_under, reasons_of
from daicho.residents.rules.vocabulary import REASONS as REMOVAL_WORDS
from tests.cast import HANAKO, NGUYEN, TARO
from tests.residents.counter import problems, register, relocation_form
from tests.residents.recording import family_of, recorded_form

pytestmark = pytest.mark.django_db
JAPANESE = {"name_kanji": "花園　安", "registered_domicile": "不明", "family_register_head_name": "不明"}
FOREIGN = {"foreign_name_alphabet": "HANAZONO", "nationality_code": "USA"}


def test_標準の区分はすべて異動に対応し異動はすべて標準の区分に戻る():
    """N-1.2.2-01…-03, -06: 9 of 記載, 9 of 消除, 19 of 修正, none without an event; from code to 区分 and back."""
    assert Counter(effect for effect, _ in REASONS) == {Effect.ENTRY: 9, Effect.REMOVAL: 9, Effect.CORRECTION: 19}
    under = events_under(ALL_EVENTS)
    assert [reason for reason, events in under.items() if not events] == []
    assert all(event in under[reason] for event in ALL_EVENTS for reason in reasons_of(event))
    assert {event.code for event in ALL_EVENTS} == {event.code for events in under.values() for event in events}


def test_職権記載の帰化等は日本人だけに職権消除の帰化等は外国人だけに用いる():
    """N-1.2.2-04, -07; the other way round N-1.2.2-05, -08: it is the kind of the sheet that decides."""
    nguyen, taro = family_of(NGUYEN)[0], family_of(TARO, address="色内2丁目2番")[0]
    assert ("X201", "person", True) in problems("naturalisation", recorded_form("naturalisation", {taro: JAPANESE}))
    assert ("X201", "person", True) in problems("nationality_loss", recorded_form("nationality_loss", {nguyen: FOREIGN}))
    register("naturalisation", recorded_form("naturalisation", {nguyen: JAPANESE}))
    register("nationality_loss", recorded_form("nationality_loss", {taro: FOREIGN}))
    gone = {row.resident_kind: REMOVAL_WORDS[row.removal_reason_code] for row in SheetCurrent.objects.filter(closed_on__isnull=False)}
    assert gone == {"2": "職権消除（帰化等）", "1": "職権消除（国籍喪失）"}
    entered = {row.resident_kind: row for row in SheetCurrent.objects.filter(closed_on__isnull=True)}
    assert set(entered) == {"1", "2"}
    codes = CivilEvent.objects.filter(code__in=("naturalisation", "nationality_loss")).order_by("pk").values_list("standard_code", flat=True)
    assert list(codes) == ["職権記載（帰化等）", "職権記載（国籍喪失）"]


@pytest.mark.parametrize(("code", "ja"), [("sheet_renewal", "改製"), ("sheet_remaking", "再製")])
def test_改製と再製は記載と消除の双方に数えられる(code: str, ja: str):
    """N-1.2.2-09: one event, one new sheet, one 除票."""
    taro = family_of(TARO)[0]
    register(code, recorded_form(code, {taro: {}}))
    event = next(e for e in ALL_EVENTS if e.code == code)
    assert reasons_of(event) == ((Effect.ENTRY, ja), (Effect.REMOVAL, ja))
    assert (CivilEvent.objects.filter(standard_code=ja, effect="記載").count(), Removal.objects.filter(event__code=code).count()) == (1, 1)
    assert GIVES_WAY[code] == ja


def test_修正の事由は区分ごとに一件ずつ残る():
    """N-1.2.2-10, -14, -15."""
    taro, hanako = family_of(TARO, HANAKO)
    nguyen = family_of(NGUYEN, address="色内2丁目2番")[0]
    register("relocation", relocation_form([taro, hanako], effective_on="令和8年4月3日", filed_on="令和8年4月4日"))
    said = (
        ("minor_correction", taro, {"name_kanji": "花園　太朗"}, {"ground": "identified_characters"}),
        ("ex_officio_correction", taro, {"remarks": "聞き取り"}, {}),
        ("mend", hanako, {"wrong_history_no": "1", "birth_date": "昭和57年7月2日"}, {}),
        ("former_surname_entry", hanako, {"former_surname": "小樽", "former_surname_kana": "オタル"}, {}),
        ("former_surname_change", hanako, {"former_surname": "稲穂", "former_surname_kana": "イナホ"}, {"effective_on": "令和8年4月9日"}),
        ("former_surname_deletion", hanako, {}, {"effective_on": "令和8年4月10日"}),
        ("alias_entry", nguyen, {"foreign_alias": "花園安"}, {}),
        ("alias_deletion", nguyen, {}, {"effective_on": "令和8年4月9日"}),
    )
    for code, person, values, texts in said:
        register(code, recorded_form(code, {person: values}, **texts))
    counted = Counter(CivilEvent.objects.filter(effect="修正").values_list("standard_code", flat=True))
    assert counted == dict.fromkeys(("転居", "軽微な修正", "職権修正", "誤記修正", "旧氏の記載", "旧氏の変更", "旧氏の削除", "通称の記載", "通称の削除"), 1)
