"""生体認証による利用開始 — a password opens nothing, a fresh assertion of one's own device does; whatever fails is recorded, counted, and locks. F-2-08, F-2-14, F-3-08."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from daicho import clock
from daicho.jobs import registry
from daicho.staff import commands
from daicho.staff.commands import Outcome
from daicho.staff.models import Account, Authenticator, Challenge, EndedBy, SignIn
from daicho.staff.queries import find_current_use
from tests.staff.devices import DEMANDED, enrol, password_given, prove, question_of, sign_in
from tests.staff.people import COUNTER_1, COUNTER_2, PASSWORD, SYSTEM, TODAY, account, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.STAFF_SECOND_FACTOR = DEMANDED


@pytest.fixture
def hanako():
    return account()


@pytest.fixture
def owned(hanako):
    """Her device, enrolled."""
    return enrol(hanako)


def whys(action="staff:sign_in"):
    return [detail["why"] for outcome, _, _, detail in trail(action) if outcome == "refused"]


def test_パスワードだけでは利用は開かない(owned):
    """N-10.3-15."""
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is Outcome.PROVE
    assert not SignIn.objects.exists()
    assert [(outcome, detail) for outcome, *_, detail in trail("staff:assertion:ask")][-1] == ("done", {"purpose": "sign_in"})


def test_自分の認証器の新しい応答で利用が開く(hanako, owned):
    """N-10.3-15."""
    result = sign_in(hanako, owned)
    assert result.outcome is Outcome.DONE
    use = find_current_use(result.token, TODAY)
    assert (use.account.login, use.sign_in.terminal_code, use.sign_in.asserted_at) == ("h.otaru", "H01", clock.now())
    assert (Authenticator.objects.get().sign_count, Authenticator.objects.get().last_used_at) == (1, clock.now())
    assert trail("staff:sign_in")[-1][:3] == ("done", "h.otaru", "H01")


def test_求めない系ではパスワードで開く(owned, settings):
    """The demand is a system's setting: residents' officers sign in as before."""
    settings.STAFF_SECOND_FACTOR = ""
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is Outcome.DONE
    assert SignIn.objects.get().asserted_at is None


def test_一つの問いに答えられるのは一度だけ(owned):
    token = password_given()
    answer = owned.get(question_of(token))
    assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.DONE
    assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.TOO_LATE
    again = password_given()
    assert commands.prove(again, answer, COUNTER_1).outcome is Outcome.NOT_PROVEN
    assert whys() == ["assertion: another question"]


def test_失敗した問いにもう一度は答えられない(owned):
    token = password_given()
    answer = owned.get(question_of(token))
    failed = commands.prove(token, "{}", COUNTER_1)
    assert (failed.outcome, commands.prove(token, answer, COUNTER_1).outcome) == (Outcome.NOT_PROVEN, Outcome.TOO_LATE)
    assert prove(failed.token, owned).outcome is Outcome.DONE


def test_問いは定めた秒数だけ生きる(owned):
    commands.set_policy(SYSTEM, valid_from=TODAY, answer_seconds=30)
    token = password_given()
    answer = owned.get(question_of(token))
    with clock.at(clock.now() + timedelta(seconds=30)):
        assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.TOO_LATE
    assert not SignIn.objects.exists()


def test_別の端末からは答えられない(owned):
    assert prove(password_given(), owned, COUNTER_2).outcome is Outcome.TOO_LATE


def test_答えは一つの問いに一つで他人の認証器は効かない(owned):
    other = account("m.minato")
    stranger = enrol(other)
    token = password_given("m.minato")
    answer = stranger.get(question_of(token))
    assert commands.prove(password_given("h.otaru"), answer, COUNTER_1).outcome is Outcome.NOT_PROVEN
    assert whys()[-1] == "assertion: another's authenticator"


def test_本人を認識できなかった試みは記録され数えられ止まる(hanako, owned):
    """std 10.3-16, with the dated number; afterwards neither password nor device opens anything until the lock is over."""
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    owned.recognises = False
    first = prove(password_given(), owned)
    second = commands.prove(first.token, json.dumps({"failed": "NotAllowedError"}), COUNTER_1)
    third = prove(second.token, owned)
    assert [each.outcome for each in (first, second, third)] == [Outcome.NOT_PROVEN, Outcome.NOT_PROVEN, Outcome.LOCKED]
    assert whys() == ["assertion: user not verified", "assertion: device: NotAllowedError", "assertion: user not verified, locked now"]
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is Outcome.LOCKED
    owned.recognises = True
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert sign_in(hanako, owned).outcome is Outcome.DONE


def test_止まっている間に前の問いへ正しく答えても開かない(owned):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2, lock_minutes=10)
    kept, token = password_given(), password_given()
    answer = owned.get(question_of(kept))
    commands.prove(commands.prove(token, "{}", COUNTER_1).token, "{}", COUNTER_1)
    assert commands.prove(kept, answer, COUNTER_1).outcome is Outcome.LOCKED
    assert not SignIn.objects.exists()


def test_停止が明けた後もまた数えて止まる(owned):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2, lock_minutes=10)
    for minutes in (0, 11):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            result = commands.prove(commands.prove(password_given(), "{}", COUNTER_1).token, "{}", COUNTER_1)
            assert (result.outcome, Account.objects.get().locked_until) == (Outcome.LOCKED, clock.now() + timedelta(minutes=10))


def test_パスワードと生体の失敗は合わせて数える(owned):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2, lock_minutes=10)
    commands.sign_in("h.otaru", "wrong", COUNTER_1)
    assert commands.prove(password_given(), "{}", COUNTER_1).outcome is Outcome.LOCKED


def test_使用回数が戻った認証器はどちらも信じない(hanako, owned):
    """WebAuthn §6.1.1: there are two of it."""
    sign_in(hanako, owned)
    owned.count = 0
    assert prove(password_given(), owned).outcome is Outcome.NOT_PROVEN
    assert (whys()[-1], Authenticator.objects.get().revoked_because) == ("assertion: count went back", "copied")
    owned.count = 9
    with pytest.raises(LookupError):  # it is not even asked any more
        prove(password_given(), owned)


def test_数えない認証器も使える(hanako, owned):
    made = account("m.minato")
    owned = enrol(made, counts=False)
    assert [sign_in(made, owned).outcome for _ in range(2)] == [Outcome.DONE, Outcome.DONE]


def test_失効した認証器は効かない(owned):
    token = password_given()
    answer = owned.get(question_of(token))
    commands.revoke_authenticator(SYSTEM, Authenticator.objects.get().pk)
    assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.NOT_PROVEN
    assert not SignIn.objects.exists()


def test_失効した利用者には開かない(hanako, owned):
    token = password_given()
    answer = owned.get(question_of(token))
    commands.change_account(SYSTEM, hanako, valid_to=TODAY)
    with clock.at(clock.now() + timedelta(seconds=1)):
        Challenge.objects.update(expires_at=clock.now() + timedelta(days=2))
        with clock.at(clock.now() + timedelta(days=1)):
            assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.WRONG
    assert whys() == ["not in force"]


def test_ほかの端末で利用中なら引き継ぐと言った人だけが始められる(hanako, owned):
    """F-1-11, asked before the body is."""
    first = sign_in(hanako, owned)
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_2).outcome is Outcome.IN_USE
    assert sign_in(hanako, owned, COUNTER_2, take_over=True).outcome is Outcome.DONE
    assert find_current_use(first.token, TODAY) is None


class Test利用の再開:
    @pytest.fixture
    def use(self, hanako, owned):
        return find_current_use(sign_in(hanako, owned).token, TODAY)

    def test_離れている間に止まり新しい応答で続きができる(self, hanako, owned, use):
        """F-2-14: the dated number of minutes."""
        commands.set_policy(SYSTEM, valid_from=TODAY, assertion_idle_minutes=2)
        later = clock.now() + timedelta(minutes=3)
        with clock.at(later):
            assert prove(commands.ask_to_resume(use), owned).outcome is Outcome.DONE
            row = SignIn.objects.get()
            assert (row.ended_at, row.asserted_at, row.last_seen_at) == (None, later, later)
        assert trail("staff:assertion:resume")[-1][:3] == ("done", "h.otaru", "H01")

    @pytest.mark.parametrize("minutes", [0, 61])
    def test_無操作の分数には上限がある(self, minutes):
        """F-2-14: the number of minutes is the city's, and has a ceiling."""
        with pytest.raises(IntegrityError, match="staff_accesspolicy"), transaction.atomic():
            commands.set_policy(SYSTEM, valid_from=TODAY, assertion_idle_minutes=minutes)

    def test_続けて失敗すると利用も終わる(self, owned, use):
        commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=2)
        failed = commands.prove(commands.ask_to_resume(use), "{}", COUNTER_1)
        assert commands.prove(failed.token, "{}", COUNTER_1).outcome is Outcome.LOCKED
        assert (SignIn.objects.get().ended_by, whys("staff:assertion:resume")[-1]) == (EndedBy.REVOKED, "assertion: not as it must be, locked now")

    def test_終わった利用は再開できない(self, hanako, owned, use):
        token = commands.ask_to_resume(use)
        answer = owned.get(question_of(token))
        SignIn.objects.update(ended_at=clock.now(), ended_by=EndedBy.SIGN_OFF)
        assert commands.prove(token, answer, COUNTER_1).outcome is Outcome.TOO_LATE


def test_答えの済んだ問いも忘れられた問いも毎日の処理で消える(owned):
    password_given()
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert registry.get("expired_sessions").run(TODAY, {})["認証の問い"] > 0
    assert not Challenge.objects.exists()


def test_公開鍵のほかに認証器の中身は残らない(owned):
    """What a body is like never reaches the city."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staff_authenticator")
        names = [column.name for column in cursor.description]
    assert set(names) == {
        "id", "municipality_code", "account_id", "credential_id", "public_key", "model", "sign_count",
        "registered_at", "last_used_at", "revoked_at", "revoked_because", "revoked_by_id",
    }  # fmt: skip
