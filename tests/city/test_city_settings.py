"""市の設定値 — declared defaults, dated overrides by two persons. spec/domain.md §13."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.city import commands, queries
from daicho.city.commands import CityProblem
from daicho.city.defaults import DEFAULTS
from daicho.city.permissions import LABELS_JA, CityPermission

pytestmark = pytest.mark.django_db

ENTERER = Actor(1, "nyuryoku", "入力　係", "10", "戸籍住民課", "honcho", "H01", frozenset({CityPermission.SETTING_ENTER.value}))
APPROVER = Actor(2, "shonin", "承認　係", "10", "戸籍住民課", "honcho", "H02", frozenset(map(str, CityPermission)))
TODAY = date(2026, 4, 1)


def put(key: str, value: object, valid_from: str, valid_to: str | None = None) -> int:
    """Entered and approved on TODAY."""
    with clock.at(TODAY):
        end = date.fromisoformat(valid_to) if valid_to else None
        row = commands.enter_setting(ENTERER, key, value, date.fromisoformat(valid_from), reason="条例の改正", valid_to=end)
        commands.approve_setting(APPROVER, row)
    return row


@pytest.mark.parametrize("key", DEFAULTS)
def test_どの設定も名称と出所を持ち初期値が自分の検査に合う(key: str) -> None:
    default = DEFAULTS[key]
    assert default.ja
    assert default.source
    assert default.accepts_ja
    assert default.accepts(default.value)
    assert city.setting(key, TODAY) == default.value


def test_承認された設定だけがその期間に効く() -> None:
    put("fee_juminhyo_yen", 350, "2026-07-01")
    with clock.at(TODAY):
        commands.enter_setting(ENTERER, "fee_juminhyo_yen", 999, TODAY, reason="承認されない案")
    assert [city.setting("fee_juminhyo_yen", day) for day in (TODAY, date(2026, 6, 30), date(2026, 7, 1))] == [300, 300, 350]


def test_交付画面の既定にできるのは省略できる事項だけ() -> None:
    """N-5.1-05."""
    put("juminhyo_shown_by_default", ["registered_domicile", "nationality"], "2026-04-01")
    for wrong in (["birth_date"], ["nationality", "nationality"], "nationality", [1]):
        with clock.at(TODAY), pytest.raises(CityProblem, match="registered_domicile"):
            commands.enter_setting(ENTERER, "juminhyo_shown_by_default", wrong, TODAY, reason="誤り")


def test_短い期間の設定は長い設定の上に乗り終われば元に戻る() -> None:
    put("approval_cap", 100, "2026-04-01")
    put("approval_cap", 200, "2026-04-10", "2026-04-20")
    assert [city.setting("approval_cap", date(2026, 4, day)) for day in (9, 10, 20, 21)] == [100, 200, 200, 100]


def test_同じ日から入れ直した設定は後のものが効き前のものも残る() -> None:
    put("text_blank", "（空欄）", "2026-04-01")
    put("text_blank", "［空欄］", "2026-04-01")
    assert city.setting("text_blank", TODAY) == "［空欄］"
    assert [row.value for row in queries.setting_history("text_blank")] == ["［空欄］", "（空欄）"]


def test_入力した職員は承認できない() -> None:
    with clock.at(TODAY):
        row = commands.enter_setting(APPROVER, "approval_cap", 60, TODAY, reason="繁忙期")
        with pytest.raises(CityProblem, match="別の職員が承認してください"):
            commands.approve_setting(APPROVER, row)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE city_setting SET approved_by = entered_by, approved_at = entered_at WHERE id = %s", [row])


def test_過ぎた日からの設定は承認できず一度だけ承認できる() -> None:
    row = put("approval_cap", 60, "2026-04-01")
    with pytest.raises(CityProblem, match="承認待ちではありません"):
        commands.approve_setting(APPROVER, row)
    with clock.at(TODAY):
        late = commands.enter_setting(ENTERER, "approval_cap", 70, date(2026, 3, 31), reason="遅れた入力")
        with pytest.raises(CityProblem, match="有効開始日が過ぎています"):
            commands.approve_setting(APPROVER, late)
    assert [row.id for row in queries.settings_awaiting_approval()] == [late]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("approval_cap", 0, "「一度に本登録できる件数の上限」は1から500までの整数で入力してください。"),
        ("approval_cap", True, "1から500までの整数"),
        ("approval_cap", "50", "1から500までの整数"),
        ("text_blank", " ", "空でない文字列"),
        ("closed_days_own", {"2026-02-30": "点検"}, "日付（2026-04-01の形）と理由の組"),
    ],
)
def test_合わない値は何を入れるかを言って断る(key: str, value: object, message: str) -> None:
    with pytest.raises(CityProblem) as refused:
        commands.enter_setting(ENTERER, key, value, TODAY, reason="試し")
    assert message in str(refused.value)


def test_理由と期間と項目名を確かめる() -> None:
    with pytest.raises(CityProblem, match="理由を入力してください"):
        commands.enter_setting(ENTERER, "approval_cap", 60, TODAY, reason="")
    with pytest.raises(CityProblem, match="有効終了日が有効開始日より前です"):
        commands.enter_setting(ENTERER, "approval_cap", 60, TODAY, reason="繁忙期", valid_to=date(2026, 3, 31))
    with pytest.raises(queries.UnknownSetting):
        commands.enter_setting(ENTERER, "no_such_key", 1, TODAY, reason="試し")
    with pytest.raises(queries.UnknownSetting):
        city.setting("no_such_key", TODAY)


def test_権限の無い職員は入力も承認もできない() -> None:
    nobody = Actor.system("nobody")
    with pytest.raises(audit.Refused):
        commands.enter_setting(nobody, "approval_cap", 60, TODAY, reason="試し")
    row = commands.enter_setting(ENTERER, "approval_cap", 60, TODAY, reason="試し")
    with pytest.raises(audit.Refused):
        commands.approve_setting(ENTERER, row)
    assert set(LABELS_JA) == set(CityPermission)


def test_入力と承認は操作履歴に残る() -> None:
    row = put("approval_cap", 60, "2026-04-01")
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, action, detail->>'row' FROM audit_entry WHERE action LIKE 'city:setting:%%' ORDER BY id DESC LIMIT 2")
        assert cursor.fetchall() == [("shonin", "city:setting:approve", str(row)), ("nyuryoku", "city:setting:enter", str(row))]


def test_市だけの休日は設定から閉庁日になる() -> None:
    """地方自治法4条の2"""
    put("closed_days_own", {"2026-08-03": "庁舎設備点検日"}, "2026-04-01")
    assert queries.closed_days(TODAY).why(date(2026, 8, 3)) == "庁舎設備点検日"
    assert not queries.closed_days(date(2026, 3, 31)).is_closed(date(2026, 8, 3))


def test_設定はいくつでも1回の問合せで読む(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    put("approval_cap", 60, "2026-04-01")
    with django_assert_num_queries(1):
        assert city.settings_on(DEFAULTS, TODAY)["approval_cap"] == 60
    with django_assert_num_queries(1):
        city.setting("text_blank", TODAY)
