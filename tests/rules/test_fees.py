"""手数料と日報の規則 — the fee by table and exemption, the day's sums, what was counted. 地方自治法第227条; 市の手数料条例・財務規則."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from daicho.certificates.fees import OFFICIAL, Exemption, check_exemption, fee_yen, word_of
from daicho.city.defaults import DEFAULTS
from daicho.city.kinds import Amounts, Remissions
from daicho.residents.rules.disposals import DISPOSALS, MISTAKEN, stands
from daicho.residents.rules.fee_report import Fee, check_count, report

TABLE = {"fee_juminhyo_yen": 300, "fee_removed_sheet_yen": 350}
KNOWN = (Exemption(OFFICIAL, "公用請求", "条例"), Exemption("welfare", "生活保護", "条例"))
DAY = date(2026, 4, 10)
ONE = Fee("main", "H01", "小林　窓子", "juminhyo_personal", DAY, 300)


def test_手数料は証明書ごとの表により郵送で違う額のものだけ別の表による():
    assert fee_yen("fee_juminhyo_yen", TABLE, {}, mail=False, exemption="") == 300
    assert fee_yen("fee_removed_sheet_yen", TABLE, {"fee_juminhyo_yen": 400}, mail=True, exemption="") == 350
    assert fee_yen("fee_juminhyo_yen", TABLE, {"fee_juminhyo_yen": 400}, mail=True, exemption="") == 400
    assert fee_yen("fee_juminhyo_yen", TABLE, {"fee_juminhyo_yen": 400}, mail=False, exemption="") == 300


def test_免除の理由によらなければ0円にならず表にない証明書は値の付けようがない():
    assert fee_yen("fee_juminhyo_yen", TABLE, {}, mail=False, exemption="welfare") == 0
    with pytest.raises(KeyError):
        fee_yen("fee_forgotten_yen", TABLE, {}, mail=False, exemption="")


def test_表にない免除の理由は断り公用の証明書の理由は公用だけである():
    assert check_exemption("welfare", KNOWN, for_official_use=False) == () == check_exemption("", KNOWN, for_official_use=True)
    assert [field for field, _ in check_exemption("my_friend", KNOWN, for_official_use=False)] == ["exemption"]
    assert [field for field, _ in check_exemption("welfare", KNOWN, for_official_use=True)] == ["exemption"]
    assert (word_of("welfare", KNOWN), word_of("gone", KNOWN)) == ("生活保護", "gone")


def test_免除の表は市が日付を付けて変えられ公用請求の行は無くせない():
    """標準1.3: typed one to a line; read back as it is."""
    default = DEFAULTS["fee_remissions"]
    assert default.accepts(default.value) and Remissions().read(Remissions().typed(default.value)) == default.value
    without = [line for line in default.value if line[0] != OFFICIAL]
    doubled = [*default.value, default.value[0]]
    assert not default.accepts(without) and not default.accepts(doubled) and not default.accepts([["Official", "x", "y"]]) and not default.accepts([["a", "b"]])
    assert Amounts().read(["fee_juminhyo_yen 400"]) == {"fee_juminhyo_yen": 400}
    assert Amounts().accepts({"fee_juminhyo_yen": 400}) and not Amounts().accepts({"fee_juminhyo_yen": -1}) and not Amounts().accepts({"x": 1})


@pytest.mark.parametrize(
    ("kinds", "still"),
    [((), True), (("wrong",), False), (("not_recovered",), True), (("not_recovered", "wrong"), False), (("wrong", MISTAKEN), True), (("called_in",), True)],
)
def test_回収して処分した写しは交付しなかったものとして数える(kinds: tuple[str, ...], still: bool):
    assert stands(kinds) is still


def test_締めた日の額は後の処分で変わらず処分した日の返金になる():
    """Taken back on the 12th: the 10th keeps its 300 yen; found to be a slip on the 13th, it is owed again."""
    late = replace(ONE, disposed=(("wrong", DAY + timedelta(2)), (MISTAKEN, DAY + timedelta(3))))
    at = [report(DAY + timedelta(days), [late]) for days in range(5)]
    assert [found.due_at("main", "H01") for found in at] == [300, 0, -300, 300, 0]
    assert [[line.copies for line in found.cash] for found in at] == [[1], [], [0], [0], []]


def test_小為替で払われた手数料と免除は現金に入らない():
    found = report(DAY, [ONE, replace(ONE, by_money_order=True), replace(ONE, fee_yen=0, exemption="welfare")])
    assert found.due_at("main", "H01") == 300 and [line.kept_yen for line in found.money_orders] == [300]
    assert found.exempt == (("welfare", 1),) and [line.exempt for line in found.cash] == [1]


def test_窓口の額の合計は一件ずつ数えた額と一致する():
    """Against a count made otherwise: every copy's yen put into the drawer and taken out again, day by day."""
    dice = random.Random(5)
    kinds = [kind for kind, _ in DISPOSALS]
    fees = []
    for _ in range(400):
        issued = DAY + timedelta(dice.randrange(5))
        on, records = issued, []
        for _ in range(dice.randrange(4)):
            on += timedelta(dice.randrange(3))
            records.append((dice.choice(kinds), on))
        fees.append(
            Fee("main", dice.choice("AB"), dice.choice("xy"), dice.choice("pq"), issued, dice.choice((0, 300)), "", dice.random() < 0.2, tuple(records))
        )
    for days in range(12):
        day = DAY + timedelta(days)
        drawers = {"A": 0, "B": 0}
        for fee in (fee for fee in fees if not fee.by_money_order):
            drawers[fee.terminal] += fee.fee_yen * (fee.issued_on == day)
            out = False
            for kind, on in fee.disposed:
                if kind in ("wrong", "spoiled", "withdrawn") and not out:
                    drawers[fee.terminal] -= fee.fee_yen * (on == day)
                    out = True
                elif kind == MISTAKEN and out:
                    drawers[fee.terminal] += fee.fee_yen * (on == day)
                    out = False
        found = report(day, fees)
        assert {terminal: found.due_at("main", terminal) for terminal in drawers} == drawers


def test_差額があれば理由がなければ締められない():
    assert check_count(300, 300, "") == () == check_count(200, 300, "釣銭の渡し間違い")
    assert "100円足りない" in check_count(200, 300, " ")[0][1] and "100円多い" in check_count(400, 300, "")[0][1]
    assert check_count(None, 300, "") and check_count(-1, 300, "")
