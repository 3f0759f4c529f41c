"""エラー項目・アラート項目の一覧 — what must at least be an error, an alert, and what must not be one, held against the catalogue. domain §11; std 11.1.

The two lists of the standard are an appendix that is not at hand (domain §11 [K]); these are written out from domain §11. Each item is a
code, or says where else it is kept, or what it waits for. That each code is provoked: tests/architecture/test_problem_codes.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events import ALL_EVENTS
from daicho.residents.rules.problems import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]


class Waits(str):
    """Belongs to what is not built yet, which."""


class Elsewhere(str):
    """Cannot be entered, or is refused by a command: the test that shows it, `path::name`."""


Kept = tuple[str, ...] | Waits | Elsewhere

ERRORS: Mapping[str, Kept] = {
    "世帯主が2人以上": ("H001",),
    "「世帯主」が連結の中にある続柄": ("F002", "H002"),
    "続柄の語彙外・5世代": ("F002", "H002"),
    "元の世帯と先の世帯が同じ": ("W007", "R003"),
    "元の世帯全員の世帯分離": ("W004",),
    "世帯合併等で住所（方書を除く）が不一致": ("H004",),
    "同一市への転出": ("E302",),
    "住民票コードの桁とCD": ("F002",),
    "個人番号の桁とCD": ("F002",),
    "宛名番号・世帯番号のCD": ("F002", "H011"),
    "同じ番号が現存者に存在": ("N001",),
    "番号が除票と一致する者の新規入力": ("N002",),
    "空欄不可項目の欠落": ("B001", "B003", "F001"),
    "本籍・筆頭者の片方だけ空欄": ("B003",),
    "許されない項目の不詳日・暦上に無い日": ("D001", "F002"),
    "異動日が処理日より後（転出を除く）": ("D002",),
    "届出日・申出日・通知日が処理日より後": ("D003",),
    "処理日の変更": Elsewhere("tests/residents/test_filing_requirements.py::test_処理日を入力する欄はどの異動にもない"),
    "消除者への異動": ("P001",),
    "仮登録中の者への別異動": ("C001",),
    "他職員が入力中": ("C001",),
    "照合記録なし": Elsewhere("tests/residents/test_filing_life.py::test_照合の記録がなければ本登録できない"),
    "照合者と入力者が同じ": Elsewhere("tests/residents/test_filing_life.py::test_自分の入力した届出は照合できない"),
    "日本人に在留項目・外国人に本籍や旧氏": ("B002",),
    "支援措置対象者を含む閲覧・交付": Waits("支援措置 (std 1.1.16, 3.4)"),
    "エラー水準の抑止": Waits("抑止設定 (std 3.1)"),
}
ALERTS: Mapping[str, Kept] = {
    "世帯主が0人": ("H101",),
    "世帯主が抜けて2人以上残る": ("R102",),
    "世帯主が15歳未満": ("H106", "R104"),
    "異動日が最終異動日より前（遡及）": ("P101",),
    "異動日が届出日より後（転出以外）": ("D101",),
    "届出期間14日超": ("D102",),
    "再転入の3情報一致": ("N102",),
    "名寄せ候補": ("N102", "N105"),
    "転居先が現住所": ("R101",),
    "氏名・性別・続柄の空欄": ("B101", "B102"),
    "続柄と性別の不整合": ("H110", "H111"),
    "親子の年齢逆転": ("H113", "H114"),
    "配偶者の重複": ("H112",),
    "続柄が全員再設定されていない": ("B102",),  # W003, an error, where somebody is left out altogether
    "転出先が構成員間で不一致": Elsewhere("tests/residents/test_listed_problems.py::test_転出先は届出に一つで構成員の間で違わない"),
    "個人番号の応答待ち": ("N101", "N104"),
    "空き番の残数": ("J101",),
    "生年月日と出生の異動日の不一致": Elsewhere("tests/residents/test_listed_problems.py::test_出生の生年月日は異動日で別に入力しない"),
    "支援措置の終了1か月前・満了済み": Waits("支援措置 (std 1.1.16, 3.4)"),
    "アラート水準の抑止": Waits("抑止設定 (std 3.1)"),
    "在留期限": ("N106", "I101"),  # of those who arrive; of residents by the notices of 入管 (法30条の50), and on their card
    "同一住所に別世帯": ("H105",),
    "方書の表記ゆれ": ("H107",),
    "文字溢れ・未登録外字・縮退": Waits("証明書と文字 (std 5, 1.3)"),
    "生年月日不詳": ("B104",),
    "存在しない和暦": ("B105", "D103"),
}
NEVER = ("不受理", "交付日", "交付済", "交付した", "転出予定者")
"""Words of 作らないアラート: 不受理申出 (N-3.5-01), 交付日より前に遡る異動 (N-5.1-15), 転出予定者がいる世帯 (N-5.1-17)."""


def named(kept: Mapping[str, Kept]) -> list[tuple[str, str]]:
    return [(item, code) for item, where in kept.items() if not isinstance(where, str) for code in where]


@pytest.mark.parametrize(("item", "code"), named(ERRORS))
def test_エラー項目一覧の項目はエラーである(item: str, code: str):
    """N-11.1-02."""
    assert CATALOGUE[code].kind == "エラー", item


@pytest.mark.parametrize(("item", "code"), named(ALERTS))
def test_アラート項目一覧の項目はアラートである(item: str, code: str):
    """N-11.1-05."""
    assert CATALOGUE[code].kind == "アラート", item


@pytest.mark.parametrize("where", [one for one in (*ERRORS.values(), *ALERTS.values()) if isinstance(one, Elsewhere)])
def test_目録のほかで守るものはその試験がある(where: Elsewhere):
    path, name = where.split("::")
    assert f"def {name}(" in (ROOT / path).read_text("utf-8")


def test_待つものはここに列挙したものだけである():
    assert sorted({str(one) for one in (*ERRORS.values(), *ALERTS.values()) if isinstance(one, Waits)}) == [
        "抑止設定 (std 3.1)", "支援措置 (std 1.1.16, 3.4)", "証明書と文字 (std 5, 1.3)",
    ]  # fmt: skip


def test_作らないアラートは目録にない():
    """domain §11; N-3.5-01, N-5.1-15, N-5.1-17. That none arises while one cancels a 転出 or issues a 写し: test_cancellation.py, test_issued_record.py,
    test_certificate_household.py."""
    assert [e.code for e in CATALOGUE.values() if re.search("|".join(NEVER), e.item + e.reason + e.action)] == []


def of(code: str) -> EventDefinition:
    [definition] = [event for event in ALL_EVENTS if event.code == code]
    return definition


def test_転出先は届出に一つで構成員の間で違わない():
    """domain §11 A: where it cannot be typed, nobody need be warned."""
    for event in (of("move_out"), of("move_out_abroad")):
        assert [f.name for f in event.fields if f.name.startswith("planned_")] != []
        assert {f.name for f in event.all_member_fields().values()} <= {"caution", "special_ground"}


def test_出生の生年月日は異動日で別に入力しない():
    """domain §11 A: where it cannot be typed, nobody need be warned."""
    assert "birth_date" not in [f.name for f in (*of("birth").fields, *of("birth").member_fields)]
