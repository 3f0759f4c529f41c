"""出生 — a child is entered into the household, with a 住民票コード of the stock and a 個人番号 to come. 住民基本台帳法第7条, 第8条; std 4.2.1.2, 4.3.1."""

from __future__ import annotations

from datetime import date

import pytest

from daicho import clock, vault
from daicho.residents.commands import code_stock, filings, registering
from daicho.residents.errors import CannotDo
from daicho.residents.models import CivilEvent, SheetCurrent, StockedCode
from daicho.residents.queries.proof import prove
from daicho.residents.rules.events.birth import BIRTH
from daicho.values.made_up import made_up_juminhyo_code
from tests.cast import CLERK, EXAMINER, FAMILY, HANAKO, NGUYEN, SATO, STRANGER, TARO
from tests.residents.counter import (
    birth_form,
    city_decides,
    enter,
    move_in_form,
    problems,
    register,
    relocation_form,
    stock,
    told,
)

pytestmark = pytest.mark.django_db
CHILD = {
    "resident_kind": "1", "name_kanji": "花園　三郎", "name_kana": "ハナゾノ　サブロウ", "kana_notarised": "both", "sex_code": "1", "relationship": "子",
    "registered_domicile": "北海道札幌市中央区南一条西一丁目1番地", "family_register_head_name": "花園　太郎",
}  # fmt: skip


@pytest.fixture
def home() -> str:
    """The household of 花園, here since 4/1; a hundred codes are in stock."""
    stock(*range(100))
    return register("domestic_move_in", move_in_form(FAMILY, address_building="運河荘101"))[0].entries.household_no


def test_子は世帯に入り住所も世帯主もその世帯のものになる(home):
    """N-4.2.1.2-01, N-4.0.2-01, N-4.2.0.4-01; std 5.2: at the end of the household."""
    [written] = register("birth", birth_form(home, [CHILD]))
    child = written.entries
    assert (child.household_no, child.order_in_household, child.householder_name, child.relationship) == (home, 5, TARO.name, "子")
    assert (child.address, child.address_building) == ("北海道小樽市花園2丁目12番1号", "運河荘101")
    event = CivilEvent.objects.get(code="birth")
    assert (event.standard_code, event.effect, event.basis, event.filed_on) == ("出生", "記載", "職権", date(2026, 4, 9))
    assert prove().proven


def test_住民となった日も住所を定めた日も生年月日も出生の日で届出の日は記載の日(home):
    """domain §2.1, §13; 法7条8号: an entry ex officio. 転入前住所 is 空欄 (N-4.2.1.1-03)."""
    child = register("birth", birth_form(home, [CHILD]))[0].entries
    assert {child.birth_date.encode(), child.became_resident_date.encode(), child.address_changed_date.encode()} == {"R8-04-05"}
    assert {child.became_resident_notified_date, child.address_notified_date, child.juminhyo_created_date} == {date(2026, 4, 10)}
    assert (child.became_resident_reason_code, child.previous_address, child.moved_within_city, child.opened_on) == ("birth", None, False, date(2026, 4, 5))


def test_住民票コードは空き番から付き個人番号は付くまで空欄(home):
    """N-4.3.1-03; domain §1.1.14."""
    child = register("birth", birth_form(home, [CHILD]))[0].entries
    taken = StockedCode.objects.get(taken_at__isnull=False)
    assert (child.juminhyo_code, child.individual_number) == (taken.code_ref, None)
    assert StockedCode.objects.filter(taken_at__isnull=True).count() == 99


def test_双子は一度に記載でき別の番号が付く(home):
    twin = {**CHILD, "name_kanji": "花園　四郎", "name_kana": "ハナゾノ　シロウ"}
    first, second = (w.entries for w in register("birth", birth_form(home, [CHILD, twin])))
    assert first.juminhyo_code != second.juminhyo_code
    assert (first.order_in_household, second.order_in_household) == (5, 6)


def test_氏名が決まっていなければ空欄のまま確かめて記載できる(home):
    """std 1.1.6: 氏名未定 is an alert and no error."""
    form = birth_form(home, [{**CHILD, "name_kanji": "", "name_kana": "", "kana_notarised": ""}])
    assert problems("birth", form) == [("B101", "name_kanji", False)]
    child = register("birth", form)[0].entries
    assert (child.name_kanji, child.name_kana) == (None, None)


@pytest.mark.parametrize("name", ["registered_domicile", "family_register_head_name"])
def test_戸籍の表示は空欄にできない(home, name):
    """N-1.1.6-*; std 1.1.12."""
    assert ("B003", name, True) in problems("birth", birth_form(home, [{**CHILD, name: ""}]))


def test_外国人の子は経過滞在者になる():
    """法30条の50; domain §2.1: 外国人住民となった年月日 is the day of birth, 西暦 for 生年月日 (std 1.1.9)."""
    stock(1)
    parent = register("domestic_move_in", move_in_form([NGUYEN]))[0]
    texts = {"resident_kind": "2", "foreign_name_alphabet": "NGUYEN THI MAI", "sex_code": "2", "relationship": "子", "nationality_code": "VNM"}
    city_decides("juminhyo_code_low", 0)
    child = register("birth", birth_form(parent.entries.household_no, [texts]))[0].entries
    assert (child.article_30_45_class_code, child.foreign_resident_since_date.encode(), child.became_resident_date) == ("5", "R8-04-05", None)
    assert (child.birth_date.is_western, child.foreign_resident_reason_code, child.residence_card_no) == (True, "birth", None)


def test_新しい世帯をつくるときは住所を入力し世帯に入るときは入力しない(home):
    """N-4.0.2-01, -02."""
    alone = {**CHILD, "relationship": "世帯主"}
    assert ("E205", "address", True) in problems("birth", birth_form("", [alone], household_choice="new"))
    assert ("E202", "address", True) in problems("birth", birth_form(home, [CHILD], address="色内1丁目3番5号"))
    child = register("birth", birth_form("", [alone], household_choice="new", address="色内1丁目3番5号"))[0].entries
    assert (child.address, child.household_no != home, child.householder_name) == ("北海道小樽市色内1丁目3番5号", True, "花園　三郎")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"effective_on": "令和8年4月11日"}, ("D002", "effective_on", True)),
        ({"filed_on": "令和8年4月4日"}, ("D101", "filed_on", False)),
        ({"effective_on": "令和8年3月20日"}, ("E203", "effective_on", False)),
    ],
    ids=["処理日より後", "届出が出生より前", "世帯が住む前の出生"],
)
def test_日付と世帯の誤り(home, texts, found):
    """N-4.0.3-03, N-4.1.0.1-05; domain §11."""
    assert found in problems("birth", birth_form(home, [CHILD], **texts))


@pytest.mark.parametrize(("household_no", "code"), [("", "H010"), ("0000009997", "H011")], ids=["選ばれていない", "ない世帯"])
def test_入る世帯がなければ断る(home, household_no, code):
    """N-4.0.2-03."""
    assert (code, "household_no", True) in problems("birth", birth_form(household_no, [CHILD]))


def test_転居の前の出生は確かめさせる(home):
    family = SheetCurrent.objects.values_list("person__public_id", flat=True)
    register("relocation", relocation_form(list(family), effective_on="令和8年4月7日", filed_on="令和8年4月8日"))
    assert ("E203", "effective_on", False) in problems("birth", birth_form(home, [CHILD]))


def test_世帯主が二人になる続柄は断る(home):
    assert ("H001", "relationship", True) in problems("birth", birth_form(home, [{**CHILD, "relationship": "世帯主"}]))


def test_出生の日は不詳でも入力できる(home):
    """N-1.1.8-*."""
    form = birth_form(home, [CHILD], effective_on="令和8年4月頃", filed_on="令和8年4月10日")
    child = register("birth", form)[0].entries
    assert (child.birth_date.as_written, child.opened_on) == ("令和8年4月頃", date(2026, 4, 10))


def test_本人確認情報が出生として知らされ転入通知は出ない(home, monkeypatch):
    """法30条の6; domain §2.1 A: with the drawn code in the clear, and no 個人番号 yet, which 機構 is asked for (N-7.1.2.1-01)."""
    sent = told(monkeypatch)
    written = register("birth", birth_form(home, [CHILD]))[0]
    notice, request = sent
    code = vault.reveal(written.entries.juminhyo_code, because="試験")
    assert (notice.message.event_reason, notice.message.juminhyo_code, notice.message.individual_number, notice.message.update_sequence_no) == (
        "birth",
        code,
        None,
        1,
    )
    assert notice.message.notified_date == date(2026, 4, 9)
    assert (request.message.juminhyo_code, request.message.reason) == (code, "birth")


class Test空き番:
    """std 4.3.1."""

    def test_蓄積したコードから無作為に選ばれる(self):
        """N-4.3.1-02, -05: neither in the order in which they came nor in that of their digits."""
        codes = stock(*range(100))
        refs = dict(zip(vault.find_many(vault.NumberKind.JUMINHYO_CODE, codes).values(), codes, strict=True))
        drawn = [refs[ref] for ref in (code_stock.take_codes(1)[0] for _ in range(20))]
        assert len(set(drawn)) == 20
        assert drawn != sorted(drawn, key=codes.index) and drawn != sorted(drawn)

    def test_空き番が基準を下回ると知らせる(self, home):
        """N-4.3.1-06, -07: 50 left of 51 is enough; 49 is told, and the city chooses the number."""
        code_stock.take_codes(49)
        assert problems("birth", birth_form(home, [CHILD])) == []
        code_stock.take_codes(1)
        assert problems("birth", birth_form(home, [CHILD])) == [("J101", "members", False)]
        city_decides("juminhyo_code_low", 49)
        assert problems("birth", birth_form(home, [CHILD])) == []

    def test_空き番がなければ仮登録も本登録もできず何も書かれない(self, home):
        code_stock.take_codes(99)
        city_decides("juminhyo_code_low", 0)
        filing = enter("birth", birth_form(home, [CHILD]))
        filings.examine(EXAMINER, filing)
        code_stock.take_codes(1)
        assert ("J001", "members", True) in problems("birth", birth_form(home, [CHILD]))
        with pytest.raises(CannotDo):
            registering.register(EXAMINER, filing)
        assert not SheetCurrent.objects.filter(name_kanji="花園　三郎").exists()

    def test_使われたコードや二度目のコードは蓄積できない(self, home):
        with pytest.raises(CannotDo, match="2度"):
            stock(1)
        code_stock.take_codes(100)
        with pytest.raises(CannotDo, match="2度"):  # also one that was given out
            stock(1)
        with pytest.raises(CannotDo, match="記載された"):
            code_stock.stock_codes(CLERK, [SATO.juminhyo_code, HANAKO.juminhyo_code])
        assert StockedCode.objects.count() == 100

    def test_権限のない者は蓄積できない(self):
        from daicho import audit

        with pytest.raises(audit.Refused):
            code_stock.stock_codes(STRANGER, [SATO.juminhyo_code])

    def test_空き番の資料を取り込む(self, tmp_path):
        """N-4.3.1-01, -02: from a file; all of it, or nothing, naming rows and no code."""
        file, codes = tmp_path / "codes.csv", [str(made_up_juminhyo_code(9_100_000 + n)) for n in range(3)]
        file.write_text("\n".join(["juminhyo_code", *codes]), "utf-8")
        assert code_stock.import_codes(CLERK, file) == 3
        file.write_text("\n".join(["juminhyo_code", str(made_up_juminhyo_code(9_100_009)), "12345678901"]), "utf-8")
        with pytest.raises(ValueError, match=r"1 rows hold no 住民票コード: 3$"):
            code_stock.import_codes(CLERK, file)
        file.write_text("code\n", "utf-8")
        with pytest.raises(ValueError, match="heading"):
            code_stock.import_codes(CLERK, file)
        assert StockedCode.objects.count() == 3

    def test_一覧表を作る機能はない(self):
        """N-4.3.1-08: the only ways to the stock are filling it (asked for, answered, from a file) and drawing from it."""
        ways = [name for name in vars(code_stock) if name.endswith("_codes") and not name.startswith("_")]
        assert ways == ["stock_codes", "ask_for_codes", "receive_codes", "import_codes", "take_codes"]


def test_届出の根拠を選ばなければならない(home):
    """令12条2項."""
    assert ("F001", "ground", True) in problems("birth", birth_form(home, [CHILD], ground=""))


def test_生年月日の欄はなく個人番号も住民票コードも入力できない():
    """F-1-04: 生年月日 is 異動日, and the numbers are nobody's to type."""
    assert {"birth_date", "juminhyo_code", "individual_number"}.isdisjoint(BIRTH.all_member_fields())


def test_翌日の処理では記載の日が変わる(home):
    with clock.at(date(2026, 4, 13)):
        child = register("birth", birth_form(home, [CHILD]))[0].entries
    assert (child.became_resident_notified_date, child.became_resident_date.encode()) == (date(2026, 4, 13), "R8-04-05")
