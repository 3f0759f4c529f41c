"""管理項目の規則 — what an older row's digest covers, under which name letters go, kana as 住基ネット takes them, what a 転入 asks. design §4; std 1.1.18, 1.1.19, 4.1.1.1."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from daicho.juki_net.rules.form import form_problems
from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import ENTRIES, SheetEntries, Writer
from daicho.residents.rules.events.move_in import MOVE_IN
from daicho.residents.rules.identity_info import Numbers, Source, identity_info
from daicho.residents.rules.mailing_name import mailing_name
from daicho.residents.rules.managed_fields import MANAGED
from daicho.residents.rules.reading import read_field
from daicho.residents.rules.resident_status import STATUSES, status_of
from daicho.residents.rules.vocabulary import REASONS
from daicho.values.dates import JapaneseDate
from daicho.values.kana import juki_kana
from daicho.values.made_up import made_up_juminhyo_code
from tests.residents.item_rows import ROWS

KIM = SheetEntries(resident_kind="2", foreign_name_alphabet="KIM MINSU", foreign_alias="金田　実")


def test_前の様式の行の要約値は項目が増えても変わらない():
    """design §4, F-1-14: what is digested of a row are its filled entries, so that a row of layout 1 is proven as it was sealed."""
    row = SheetEntries(name_kanji="花園　太郎", address="北海道小樽市花園2丁目12番1号", birth_date=JapaneseDate.parse("昭和55年3月9日"))
    sealed = '{"address":"北海道小樽市花園2丁目12番1号","birth_date":"S55-03-09","name_kanji":"花園　太郎"}'
    assert digest_of(row) == hashlib.sha256(sealed.encode()).digest()
    assert digest_of(row.but(adult_ward=False)) != digest_of(row)


@pytest.mark.parametrize(
    ("code", "priority", "sent_to"),
    [
        ("alias", None, "金田　実"),
        ("legal_name", "alias", "KIM MINSU"),
        ("both", None, "KIM MINSU（金田　実）"),
        (None, "alias", "金田　実"),
        (None, None, "KIM MINSU"),
    ],
)
def test_郵便物の宛名は郵便物送付コードのとおり(code: str | None, priority: str | None, sent_to: str):
    """N-1.1.19-01: 通称のみ, 本名のみ, or both; without a code the 氏名優先区分."""
    assert mailing_name(KIM.but(mailing_name_code=code, name_priority_code=priority)) == sent_to


def test_通称のない人や日本人の宛名は氏名である():
    assert mailing_name(KIM.but(foreign_alias=None, mailing_name_code="alias")) == "KIM MINSU"
    assert mailing_name(SheetEntries(resident_kind="1", name_kanji="花園　太郎", mailing_name_code=None)) == "花園　太郎"
    assert mailing_name(SheetEntries(resident_kind="2")) is None


@pytest.mark.parametrize(
    ("kept", "sent"),
    [("オタル　ハナコ", "オタル　ハナコ"), ("おたる　はなこ", "オタル　ハナコ"), ("ｵﾀﾙ ﾊﾅｺ", "オタル　ハナコ"), ("マリア・ルイザ　サントス", "マリア　ルイザ　サントス"),
     ("オタル　　ハナコ ", "オタル　ハナコ"), ("山ダ　ハナ", "ダ　ハナ"), ("", None), (None, None), ("＊", None)],
)  # fmt: skip
def test_フリガナは住基ネットの形に直る(kept: str | None, sent: str | None):
    """N-1.1.18-05."""
    assert juki_kana(kept, 200) == sent


def test_直したフリガナは住基ネットの検査に通り住民票の値は変わらない():
    """N-1.1.18-05: 文字種, 桁, 区切り; of 氏名, 旧氏 and, where no other is kept, the カタカナ表記 of a foreign resident. 通称 has no item of its own there."""
    day = JapaneseDate.parse("令和8年4月1日")
    entries = SheetEntries(
        resident_kind="1", name_kanji="小樽　花子", name_kana="オタル・＊ハナコ" + "ー" * 250, former_surname="佐藤", former_surname_kana="ｻﾄｳ" * 60,
        birth_date=day, sex_code="2", address="北海道小樽市花園2丁目12番1号", became_resident_date=day, address_changed_date=day,
    )  # fmt: skip
    source = Source(("move_in", "from_municipality"), day, date(2026, 4, 3), 1, "officer1", "窓口1番", "012033", date(2026, 4, 10))
    info = identity_info(entries, Numbers(str(made_up_juminhyo_code(1)), None), source)
    assert form_problems(info) == ()
    assert (len(info.name_furigana or ""), len(info.former_surname_furigana or ""), entries.former_surname_kana) == (200, 100, "ｻﾄｳ" * 60)
    assert (info.name_furigana or "").startswith("オタル　ハナコー")


def test_住民状態は消除の事由ごとに区別される():
    """N-1.1.1-51, N-1.1.1-28."""
    gone = SheetEntries(opened_on=date(2026, 4, 1), closed_on=date(2026, 4, 9))
    words = dict(STATUSES)
    told = {reason: words[status_of(gone.but(removal_reason_code=reason), date(2026, 4, 9))] for reason in ("move_out", "move_out_abroad", "death", "absent")}
    assert told == {"move_out": "転出", "move_out_abroad": "国外転出", "death": "死亡", "absent": "職権消除"}
    assert words[status_of(gone, date(2026, 4, 8))] == "転出予定"
    assert words[status_of(gone.but(closed_on=None), date(2026, 4, 9))] == "住民"
    assert all(status_of(gone.but(removal_reason_code=reason), date(2026, 4, 9)) in words for reason in REASONS)


OTHERWISE = {
    "address_changed_date": "住所を定めた年月日 is not typed (N-4.1.1.1-03)",
    "householder_name": "the 世帯主's own 氏名",
    "became_resident_date": "異動日, unless the papers say otherwise",
    "foreign_resident_since_date": "as above",
    "address_notified_date": "届出日",
    "last_registered_address": "last_registered_address of the filing",
    "residence_notified": "the 転入届 itself is the 住居地の届出",
}
"""Items that another field, or the 転入 itself, says."""
_OF_REMOVALS = ("removal_", "planned_move_out_", "confirmed_move_out_", "alias_history_deleted_")


@pytest.mark.parametrize("section", ["N-1.1.1-", "N-1.1.2-"])
def test_転入では住所を定めた年月日と担当課の項目のほかはすべて入力できる(section: str):
    """N-4.1.1.1-01, -02: 個別記載事項 are the departments' to write (D-R6)."""
    asked = {field.name for field in (*MOVE_IN.fields, *MOVE_IN.member_fields)} | {"household_no"}
    wanted = {name for row, names in ROWS.items() if row.startswith(section) for name in names.split() if not name.startswith(_OF_REMOVALS)}
    assert {name for name in wanted - asked - OTHERWISE.keys() if ENTRIES[name].writer is not Writer.DEPARTMENT} == set()
    assert {"effective_on", "filed_on", "last_registered_address"} <= asked


def test_任意項目は名と値の組で読み組でないものは断る():
    """Items 94, 131."""
    field = next(f for f in MANAGED if f.name == "optional_items")
    assert read_field(field, "地区班：第3班、広報: 不要") == '{"地区班":"第3班","広報":"不要"}'
    for text in ("地区班", "地区班：", "：第3班", "班：1、班：2"):
        with pytest.raises(ValueError, match="名：値"):
            read_field(field, text)
