"""旧氏と通称 — names beside the name, on request and on petition. 令第30条の13–第30条の17; domain §1.1.12; std 1.2.2."""

from __future__ import annotations

from datetime import date

import pytest

from daicho.residents.queries.proof import prove
from tests.cast import HANAKO, NGUYEN, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import problems, register, told
from tests.residents.recording import family_of, newest, recorded_form

pytestmark = pytest.mark.django_db
OTARU = {"former_surname": "小樽", "former_surname_kana": "オタル"}
ALIAS = {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}


def registered(code: str, person, said: dict[str, str] | None = None, **texts: str) -> None:
    register(code, recorded_form(code, {person: said or {}}, **texts))


def found(code: str, person, said: dict[str, str] | None = None, **texts: str) -> list[tuple[str, str, bool]]:
    return problems(code, recorded_form(code, {person: said or {}}, **texts))


def test_旧氏は振り仮名とともに請求により記載し変更し削除する(monkeypatch):
    """令30条の13, 30条の14; std 1.2.2: three 事由; the day is the 請求日; told as 旧氏."""
    hanako = family_of(TARO, HANAKO)[1]
    sent = told(monkeypatch)
    registered("former_surname_entry", hanako, OTARU)
    assert (newest(hanako).former_surname, newest(hanako).former_surname_kana) == ("小樽", "オタル")
    registered("surname_change", hanako, {"name_kanji": "色内　花子", "name_kana": "イロナイ　ハナコ"})
    registered("former_surname_change", hanako, {"former_surname": "花園", "former_surname_kana": "ハナゾノ"}, effective_on="令和8年4月9日")
    assert newest(hanako).former_surname == "花園"
    registered("former_surname_deletion", hanako, effective_on="令和8年4月10日")
    assert (newest(hanako).former_surname, newest(hanako).former_surname_kana) == (None, None)
    assert [event_of(code).standard_code for code in ("former_surname_entry", "former_surname_change", "former_surname_deletion")] == [
        "旧氏の記載", "旧氏の変更", "旧氏の削除",
    ]  # fmt: skip
    assert (event_of("former_surname_entry").basis, event_of("former_surname_entry").filed_on) == ("請求", date(2026, 4, 9))
    assert [one.message.event_reason_detail for one in sent] == ["former_surname", "several", "former_surname", "former_surname"]  # 氏名 with 振り仮名
    assert prove().proven


def test_旧氏は一つだけでいまの氏にはできない():
    """令30条の13第1項; 30条の14."""
    hanako = family_of(TARO, HANAKO)[1]
    assert ("Y003", "person", True) in found("former_surname_change", hanako, OTARU)
    assert ("Y003", "person", True) in found("former_surname_deletion", hanako)
    assert ("Y004", "former_surname", True) in found("former_surname_entry", hanako, {"former_surname": "花園", "former_surname_kana": "ハナゾノ"})
    registered("former_surname_entry", hanako, OTARU)
    assert ("Y001", "former_surname", True) in found("former_surname_entry", hanako, {"former_surname": "稲穂", "former_surname_kana": "イナホ"})
    assert ("Y004", "former_surname", True) in found("former_surname_change", hanako, {"former_surname": "花園", "former_surname_kana": "ハナゾノ"})
    assert ("Y101", "former_surname", False) in found("former_surname_change", hanako, {"former_surname": "稲穂", "former_surname_kana": "イナホ"})
    assert ("F001", "former_surname_kana", True) in found("former_surname_change", hanako, {"former_surname": "稲穂"})


def test_削除した後の旧氏は氏が変わってからだけ記載できる():
    """令30条の13第3項."""
    hanako = family_of(TARO, HANAKO)[1]
    registered("former_surname_entry", hanako, OTARU)
    registered("former_surname_deletion", hanako, effective_on="令和8年4月9日")
    assert ("Y002", "former_surname", True) in found("former_surname_entry", hanako, OTARU, effective_on="令和8年4月10日")
    registered("surname_change", hanako, {"name_kanji": "色内　花子", "name_kana": "イロナイ　ハナコ"}, effective_on="令和8年4月9日")
    assert "Y002" not in [code for code, _, _ in found("former_surname_entry", hanako, OTARU, effective_on="令和8年4月10日")]


def test_通称は申出により市町村名と年月日とともに記載し削除しても履歴が残る():
    """令30条の16, 30条の17; items 114–119. N-1.1.7-04, -05, N-4.2.0.5-04: 申出日 lies in the column of 届出日, told apart by the basis."""
    nguyen = family_of(NGUYEN)[0]
    registered("alias_entry", nguyen, ALIAS)
    row = newest(nguyen)
    assert (row.foreign_alias, row.alias_history_alias, row.alias_history_entered_municipality) == ("花園安", "花園安", "北海道小樽市")
    assert (row.alias_history_order, row.alias_history_entered_date) == (1, date(2026, 4, 8))
    assert (row.alias_history_entered_municipality_code, event_of("alias_entry").filed_on) == ("012033", date(2026, 4, 9))
    assert (event_of("alias_entry").basis, event_of("alias_entry").standard_code) == ("申出", "通称の記載")
    registered("alias_deletion", nguyen, effective_on="令和8年4月9日")
    row = newest(nguyen)
    assert (row.foreign_alias, row.foreign_alias_kana, row.alias_history_alias) == (None, None, "花園安")
    assert (row.alias_history_deleted_municipality, row.alias_history_deleted_date) == ("北海道小樽市", date(2026, 4, 9))
    registered("alias_entry", nguyen, {"foreign_alias": "色内安"}, effective_on="令和8年4月10日")
    row = newest(nguyen)
    assert (row.alias_history_order, row.alias_history_alias, row.alias_history_deleted_date) == (2, "色内安", None)
    assert prove().proven


def test_通称は外国人に一つだけで資料を確かめる():
    """令30条の16第1項."""
    nguyen = family_of(NGUYEN)[0]
    assert ("Y203", "person", True) in found("alias_deletion", nguyen)
    assert ("Y211", "papers_seen", False) in found("alias_entry", nguyen, ALIAS, papers_seen="")
    registered("alias_entry", nguyen, ALIAS)
    assert ("Y202", "foreign_alias", True) in found("alias_entry", nguyen, {"foreign_alias": "色内安"})
    taro = family_of(TARO, address="色内2丁目2番")[0]
    assert ("Y201", "person", True) in found("alias_entry", taro, ALIAS)
    assert ("Y005", "person", True) in found("former_surname_entry", nguyen, OTARU)


def test_旧氏や通称の異動も取り消せる():
    """std 4.6."""
    hanako = family_of(TARO, HANAKO)[1]
    registered("former_surname_entry", hanako, OTARU)
    cancel(event_of("former_surname_entry"))
    assert newest(hanako).former_surname is None
    nguyen = family_of(NGUYEN, address="色内2丁目2番")[0]
    registered("alias_entry", nguyen, ALIAS)
    registered("alias_deletion", nguyen, effective_on="令和8年4月9日")
    cancel(event_of("alias_deletion"))
    assert newest(nguyen).foreign_alias == "花園安"
    assert prove().proven
