"""利用者の登録から失効まで — one named person each, dated, never reused. F-1-11, F-1-12; std 10.3-01–05, -09."""

from datetime import date, timedelta

import pytest

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.staff import commands, queries
from daicho.staff.errors import StaffRefused, UseEnded
from daicho.staff.models import Account
from daicho.staff.permissions import Permission
from tests.staff.people import COUNTER_1, PASSWORD, SINCE, SYSTEM, TODAY, account, trail, units

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def refused(call, *args, **kwargs):
    with pytest.raises(StaffRefused) as raised:
        call(*args, **kwargs)
    return {problem.field for problem in raised.value.problems}


def test_登録した利用者は氏名と所属と期間を持ちパスワードはargon2id():
    made = account(valid_to=date(2027, 3, 31))
    assert (made.name, queries.unit_of(made, TODAY).name, made.valid_to) == ("小樽　花子", "戸籍住民課", date(2027, 3, 31))
    assert Account.objects.get(pk=made.pk).password.startswith("argon2$argon2id$")
    assert [row[0] for row in trail("staff:account:create")] == ["done"]


def test_間違いは全部まとめて知らせる():
    units()
    found = refused(
        commands.create_account, SYSTEM, login="counter1", name="窓口一番", kana="まどぐち", employee_no=" ", unit_code="9999", password="x",
        valid_from=TODAY, valid_to=TODAY - timedelta(days=1),
    )  # fmt: skip
    assert found == {"login", "name", "password", "unit_code", "employee_no", "valid_to"}
    assert not Account.objects.exists()


def test_一度使われた利用者IDは失効した後も使えない():
    """F-1-11: IDs are never reused."""
    first = account("h.otaru")
    commands.change_account(SYSTEM, first, valid_to=TODAY - timedelta(days=1))
    assert refused(account, "h.otaru", employee_no="other") == {"login"}


def test_一人の職員に有効な利用者IDは一つ():
    account("h.otaru", employee_no="S1")
    assert refused(account, "h.otaru2", employee_no="S1") == {"employee_no"}


def test_権限のない職員は登録できず拒否が残る():
    units()
    nobody = Actor(1, "someone", "他　人", "1201", "戸籍住民課", "honcho", "H01", frozenset())
    with pytest.raises(audit.Refused):
        commands.create_account(
            nobody, login="h.otaru", name="小樽　花子", kana="オタル　ハナコ", employee_no="1", unit_code="1201", password=PASSWORD, valid_from=TODAY
        )
    assert [(outcome, login) for outcome, login, _, _ in trail("staff:account:create")] == [("refused", "someone")]


def test_人事異動を前もって登録すると当日から効く():
    """std 10.3-09."""
    made = account()
    day = date(2026, 10, 1)
    commands.move_account(SYSTEM, made, unit_code="1301", on=day)
    assert [queries.unit_of(made, each).code for each in (day - timedelta(days=1), day)] == ["1201", "1301"]
    assert refused(commands.move_account, SYSTEM, made, unit_code="1201", on=date(2026, 9, 1)) == {"on"}


def test_自分の所属は自分で変えられない():
    """F-1-10: an administrator must not move themself into a unit that may do more."""
    made, other = account(), account("b.other")
    administrator = Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset({Permission.ACCOUNT_CHANGE}))
    assert refused(commands.move_account, administrator, made, unit_code="1301", on=TODAY) == {""}
    assert queries.unit_of(made, TODAY).code == "1201"
    commands.move_account(administrator, other, unit_code="1301", on=TODAY)
    assert queries.unit_of(other, TODAY).code == "1301"


def test_失効日を過ぎると利用を開始できない():
    """F-1-12, std 10.3-01."""
    made = account(valid_to=TODAY)
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.DONE
    with clock.at(TODAY + timedelta(days=1)):
        assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.WRONG
    assert [row[0] for row in trail("staff:sign_in")] == ["done", "refused"]
    assert made.valid_to == TODAY


def test_登録の前日までは利用を開始できない():
    account(valid_from=TODAY + timedelta(days=1))
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.WRONG


def test_パスワードの変更は現在のものを確かめ同じものを拒む():
    made = account()
    me = Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset())
    assert refused(commands.set_password, me, made, current="wrong", new="kaze-no-machi-77") == {"current"}
    assert [row[0] for row in trail("staff:password:change")] == ["refused"]
    assert refused(commands.set_password, me, made, current=PASSWORD, new=PASSWORD) == {"new"}
    commands.set_password(me, made, current=PASSWORD, new="kaze-no-machi-77")
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.WRONG
    assert commands.sign_in("h.otaru", "kaze-no-machi-77", COUNTER_1).outcome is commands.Outcome.DONE


def test_現在のパスワードを当てようとすると止まり利用も終わる():
    """std 10.3-16: at a terminal left alone one guesses no longer than at the sign-in screen."""
    made = account()
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    commands.sign_in("h.otaru", PASSWORD, COUNTER_1)
    me = Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset())
    for _ in range(2):
        assert refused(commands.set_password, me, made, current="wrong", new="kaze-no-machi-77") == {"current"}
    assert queries.open_use_of(made) is not None
    with pytest.raises(UseEnded, match="form"):
        commands.set_password(me, made, current="wrong", new="kaze-no-machi-77")
    assert queries.open_use_of(made) is None
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.LOCKED
    assert [row[3]["why"] for row in trail("staff:password:change")] == ["wrong password", "wrong password", "locked now"]


def test_利用開始の失敗と現在のパスワードの失敗は合わせて数える():
    made = account()
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    commands.sign_in("h.otaru", PASSWORD, COUNTER_1)
    for _ in range(2):
        commands.sign_in("h.otaru", "wrong", COUNTER_1)
    me = Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset())
    with pytest.raises(UseEnded):
        commands.set_password(me, made, current="wrong", new="kaze-no-machi-77")


def test_他人のパスワードは初期化の権限がなければ変えられない():
    """std 10.3-05."""
    made = account()
    other = Actor(made.pk + 1, "other", "他　人", "1201", "戸籍住民課", "honcho", "H01", frozenset())
    for call in (lambda: commands.set_password(other, made, current=PASSWORD, new="kaze-no-machi-77"), lambda: commands.reset_password(other, made)):
        with pytest.raises(audit.Refused):
            call()


def test_初期化すると仮のパスワードで入れ変更を求められる():
    made = account()
    commands.sign_in("h.otaru", PASSWORD, COUNTER_1)
    temporary = commands.reset_password(SYSTEM, made)
    assert queries.open_use_of(made) is None
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.WRONG
    result = commands.sign_in("h.otaru", temporary, COUNTER_1)
    assert result.outcome is commands.Outcome.DONE
    assert result.account.must_change_password


def test_使われていない利用者が点検の一覧に出る():
    """F-1-12: review list of accounts unused n days; the policy says how many."""
    with clock.at(SINCE):
        idle, busy = account("a.idle"), account("b.busy")
        account("c.gone", valid_to=TODAY - timedelta(days=1))
    with clock.at(TODAY - timedelta(days=3)):
        commands.sign_in(busy.login, PASSWORD, COUNTER_1)
    assert [each.login for each in queries.unused_accounts(TODAY)] == [idle.login]
    commands.set_policy(SYSTEM, valid_from=TODAY, unused_days=2)
    assert [each.login for each in queries.unused_accounts(TODAY)] == [idle.login, busy.login]
