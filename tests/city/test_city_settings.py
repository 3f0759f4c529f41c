"""市の設定値 — declared defaults, dated changes by two persons. spec/domain.md §13."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.city import commands, queries
from daicho.city.defaults import DEFAULTS, TOPICS
from daicho.city.errors import CityProblem
from daicho.city.models import Proposal
from daicho.city.permissions import LABELS_JA, CityPermission
from daicho.city.proposals import waiting
from daicho.city.rules import About, Change

pytestmark = pytest.mark.django_db

ENTERER = Actor(1, "nyuryoku", "入力　係", "10", "戸籍住民課", "honcho", "H01", frozenset({CityPermission.SETTING_ENTER.value}))
APPROVER = Actor(2, "shonin", "承認　係", "10", "戸籍住民課", "honcho", "H02", frozenset(map(str, CityPermission)))
TODAY = date(2026, 4, 1)


def propose(key: str, value: object, valid_from: date = TODAY, *, by: Actor = ENTERER, valid_to: date | None = None, reason: str = "条例の改正") -> int:
    """On TODAY."""
    with clock.at(TODAY):
        return commands.propose(by, Change(About.SETTING, key, {"value": value}, valid_from, valid_to, reason))


def put(key: str, value: object, valid_from: str, valid_to: str | None = None) -> int:
    """Proposed and approved on TODAY."""
    no = propose(key, value, date.fromisoformat(valid_from), valid_to=date.fromisoformat(valid_to) if valid_to else None)
    with clock.at(TODAY):
        commands.approve(APPROVER, no)
    return no


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
    propose("fee_juminhyo_yen", 999)
    assert [city.setting("fee_juminhyo_yen", day) for day in (TODAY, date(2026, 6, 30), date(2026, 7, 1))] == [300, 300, 350]


def test_交付画面の既定にできるのは省略できる事項だけ() -> None:
    """N-5.1-05."""
    put("juminhyo_shown_by_default", ["registered_domicile", "nationality"], "2026-04-01")
    for wrong in (["birth_date"], ["nationality", "nationality"], "nationality", [1]):
        with pytest.raises(CityProblem, match="本籍・筆頭者"):
            propose("juminhyo_shown_by_default", wrong)


def test_短い期間の設定は長い設定の上に乗り終われば元に戻る() -> None:
    put("approval_cap", 100, "2026-04-01")
    put("approval_cap", 200, "2026-04-10", "2026-04-20")
    assert [city.setting("approval_cap", date(2026, 4, day)) for day in (9, 10, 20, 21)] == [100, 200, 200, 100]


def test_同じ日から入れ直した設定は後のものが効き前のものも残る() -> None:
    put("text_blank", "（空欄）", "2026-04-01")
    put("text_blank", "［空欄］", "2026-04-01")
    assert city.setting("text_blank", TODAY) == "［空欄］"
    assert [period.given["value"] for period in queries.periods(About.SETTING, "text_blank")] == ["（空欄）", "［空欄］"]


def test_申請した職員は承認できない() -> None:
    """Not by the command, and not by the database either."""
    no = propose("approval_cap", 60, by=APPROVER)
    with clock.at(TODAY), pytest.raises(CityProblem, match="別の職員が承認してください"):
        commands.approve(APPROVER, no)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE city_proposal SET outcome = 'approved', decided_by = proposed_by, decided_at = proposed_at WHERE id = %s", [no])
    assert city.setting("approval_cap", TODAY) == 50


def test_一度だけ承認でき過ぎた日からの変更は申請も承認もできない() -> None:
    """What was shown and issued on a day past does not change."""
    no = put("approval_cap", 60, "2026-04-01")
    with pytest.raises(CityProblem, match="承認待ちではありません"):
        commands.approve(APPROVER, no)
    with pytest.raises(CityProblem, match="有効開始日が過ぎています"):
        propose("approval_cap", 70, date(2026, 3, 31))
    late = propose("approval_cap", 80, date(2026, 4, 2))
    with clock.at(date(2026, 4, 3)), pytest.raises(CityProblem, match="有効開始日が過ぎています"):
        commands.approve(APPROVER, late)
    assert [view.no for view in waiting()] == [late]


def test_却下には理由が要り取下げは申請した職員だけができる() -> None:
    declined, withdrawn = propose("approval_cap", 60), propose("approval_cap", 70)
    with pytest.raises(CityProblem, match="却下の理由を入力してください"):
        commands.decline(APPROVER, declined, "　")
    with pytest.raises(CityProblem, match="申請した職員だけです"):
        commands.withdraw(APPROVER, withdrawn)
    commands.decline(APPROVER, declined, "議会の議決の前です。")
    commands.withdraw(ENTERER, withdrawn)
    assert [(row.outcome, row.decided_by, row.decision_reason) for row in Proposal.objects.order_by("id")] == [
        ("declined", "shonin", "議会の議決の前です。"),
        ("withdrawn", "nyuryoku", ""),
    ]
    with pytest.raises(CityProblem, match="承認待ちではありません"):
        commands.approve(APPROVER, withdrawn)
    assert city.setting("approval_cap", TODAY) == 50


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
        propose(key, value)
    assert message in str(refused.value)


def test_理由と期間と項目名の誤りを全て言う() -> None:
    with pytest.raises(CityProblem) as refused:
        propose("approval_cap", 0, valid_to=date(2026, 3, 31), reason="")
    assert [name for name, _ in refused.value.problems] == ["reason", "valid_to", "value"]
    with pytest.raises(CityProblem, match="この設定項目はありません"):
        propose("no_such_key", 1)
    with pytest.raises(queries.UnknownSetting):
        city.setting("no_such_key", TODAY)


def test_権限の無い職員は申請も承認もできない() -> None:
    nobody = Actor.system("nobody")
    with pytest.raises(audit.Refused):
        propose("approval_cap", 60, by=nobody)
    no = propose("approval_cap", 60)
    for refused in (lambda: commands.approve(ENTERER, no), lambda: commands.decline(ENTERER, no, "試し"), lambda: commands.withdraw(nobody, no)):
        with pytest.raises(audit.Refused):
            refused()
    assert set(LABELS_JA) == set(CityPermission)


def test_申請と承認は操作履歴に残る() -> None:
    """N-10.2-15."""
    no = put("approval_cap", 60, "2026-04-01")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT login, action, detail->>'proposal', detail->>'key' FROM audit_entry WHERE action LIKE 'city:setting:%%' ORDER BY id DESC LIMIT 2"
        )
        assert cursor.fetchall() == [
            ("shonin", "city:setting:approve", str(no), "approval_cap"),
            ("nyuryoku", "city:setting:enter", str(no), "approval_cap"),
        ]


@pytest.mark.parametrize("key", DEFAULTS)
def test_どの値も画面に書いたとおりに読み戻せる(key: str) -> None:
    kind = DEFAULTS[key].kind
    assert kind.read(kind.typed(DEFAULTS[key].value)) == DEFAULTS[key].value
    assert kind.shown(DEFAULTS[key].value)


def test_設定はどれか一つの事柄に属する() -> None:
    assert sum(len(topic.settings) for topic in TOPICS) == len(DEFAULTS)


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
