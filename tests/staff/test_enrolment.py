"""認証器の登録 — two officers let a third register one device, once and soon; a device is lost and revoked. F-2-08, F-3-08; std 10.3-15."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from daicho import audit, clock
from daicho.staff import commands, queries
from daicho.staff.commands import Outcome
from daicho.staff.errors import StaffRefused
from daicho.staff.models import Authenticator, Enrolment
from daicho.staff.permissions import Permission
from tests.staff.devices import DEMANDED, code_for, code_given, device, enrol, invitation_of, password_given, sign_in
from tests.staff.people import COUNTER_1, COUNTER_2, SYSTEM, TODAY, account, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
APPLY, APPROVE, REVOKE = Permission.AUTHENTICATOR_APPLY, Permission.AUTHENTICATOR_APPROVE, Permission.AUTHENTICATOR_REVOKE


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.STAFF_SECOND_FACTOR = DEMANDED


def acting(made, *rights):
    """The account as an actor who holds these rights."""
    return audit.Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset(map(str, rights)))


@pytest.fixture
def hanako():
    return account()


@pytest.fixture
def admin():
    return account("d.ishi")


@pytest.fixture
def approver():
    return account("s.nari")


def reasons(judge):
    with pytest.raises(StaffRefused) as refused:
        judge()
    return "".join(problem.message for problem in refused.value.problems)


def test_一人が申請し別の一人が承認して本人が登録する(hanako, admin, approver):
    row = commands.apply_for_enrolment(acting(admin, APPLY), hanako, reason="新しい担当")
    code = commands.approve_enrolment(acting(approver, APPROVE), row.pk)
    owned, invited = device(), commands.accept_code(password_given(), code, COUNTER_1)
    assert invited.outcome is Outcome.PROVE
    assert commands.register(invited.token, owned.create(invitation_of(invited.token)), COUNTER_1).outcome is Outcome.PROVE
    assert sign_in(hanako, owned).outcome is Outcome.DONE
    told = [(trail(action)[-1][1], trail(action)[-1][0]) for action in (APPLY, APPROVE, "staff:authenticator:code", "staff:authenticator:enrol")]
    assert told == [("d.ishi", "done"), ("s.nari", "done"), ("h.otaru", "done"), ("h.otaru", "done")]


def test_申請した人も登録を受ける人も承認できない(hanako, admin):
    row = commands.apply_for_enrolment(acting(admin, APPLY, APPROVE), hanako, reason="交換")
    assert "承認できません" in reasons(lambda: commands.approve_enrolment(acting(admin, APPLY, APPROVE), row.pk))
    assert "承認できません" in reasons(lambda: commands.approve_enrolment(acting(hanako, APPROVE), row.pk))
    assert "申請することはできません" in reasons(lambda: commands.apply_for_enrolment(acting(hanako, APPLY), hanako, reason="紛失"))
    assert "理由" in reasons(lambda: commands.apply_for_enrolment(acting(admin, APPLY), hanako, reason=" "))


def test_一人で済ませた登録は表にも入らない(hanako, admin):
    commands.apply_for_enrolment(acting(admin, APPLY), hanako, reason="交換")
    for one in (admin, hanako):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.update(approved_by=one, approved_at=clock.now(), code_digest="x" * 64, expires_at=clock.now())


@pytest.mark.parametrize("act", [
    lambda nobody, made: commands.apply_for_enrolment(nobody, made, reason="交換"),
    lambda nobody, made: commands.approve_enrolment(nobody, 1),
    lambda nobody, made: commands.revoke_authenticator(nobody, 1),
    lambda nobody, made: queries.holders(nobody),
])  # fmt: skip
def test_権限がなければできない(hanako, act):
    with pytest.raises(audit.Refused):
        act(acting(hanako), hanako)


def test_登録コードは一度だけ使える(hanako):
    code = code_for(hanako)
    first, second = (commands.accept_code(password_given(), code, COUNTER_1).token for _ in range(2))
    one, other = device(), device()
    answers = one.create(invitation_of(first)), other.create(invitation_of(second))
    outcomes = [commands.register(token, answer, COUNTER_1).outcome for token, answer in ((first, answers[0]), (second, answers[1]))]
    assert outcomes == [Outcome.PROVE, Outcome.TOO_LATE]
    assert commands.accept_code(password_given(), code, COUNTER_1).outcome is Outcome.NOT_PROVEN
    assert Authenticator.objects.count() == 1


def test_登録コードは定めた時間だけ使える(hanako):
    commands.set_policy(SYSTEM, valid_from=TODAY, enrolment_hours=1)
    code = code_for(hanako)
    with clock.at(clock.now() + timedelta(hours=1)):
        assert commands.accept_code(password_given(), code, COUNTER_1).outcome is Outcome.NOT_PROVEN


def test_新しい申請は前の登録コードを終わらせる(hanako):
    before = code_for(hanako)
    code_for(hanako)
    assert commands.accept_code(password_given(), before, COUNTER_1).outcome is Outcome.NOT_PROVEN


def test_他人の登録コードは使えない(hanako, admin):
    code_for(hanako)
    assert commands.accept_code(password_given(), code_for(admin), COUNTER_1).outcome is Outcome.NOT_PROVEN


def test_違う登録コードは違うパスワードと同じに数え止まる(hanako):
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    code = code_for(hanako)
    token, outcomes = password_given(), []
    for _ in range(3):
        result = commands.accept_code(token, "wrong-wrong", COUNTER_1)
        token = result.token
        outcomes.append(result.outcome)
    assert outcomes == [Outcome.NOT_PROVEN, Outcome.NOT_PROVEN, Outcome.LOCKED]
    with clock.at(clock.now() + timedelta(minutes=11)):
        again = password_given()
        assert commands.accept_code(again, code.upper(), COUNTER_1).outcome is Outcome.PROVE  # as it is read aloud
    assert [outcome for outcome, *_ in trail("staff:authenticator:code")] == ["refused"] * 3 + ["done"]


def test_パスワードが合わなければ登録コードは尋ねられない(hanako):
    code = code_for(hanako)
    assert commands.accept_code("no such token", code, COUNTER_1).outcome is Outcome.TOO_LATE
    assert commands.register("no such token", "{}", COUNTER_1).outcome is Outcome.TOO_LATE
    assert commands.accept_code(password_given(), code, COUNTER_2).outcome is Outcome.TOO_LATE


def test_登録コードなしでは登録できない(hanako):
    """The question of a sign-in invites nobody."""
    token = password_given()
    owned = device()
    assert commands.register(token, owned.create(invitation_of(token)), COUNTER_1).outcome is Outcome.TOO_LATE
    assert not Authenticator.objects.exists()


def test_本人を認識しない認証器は登録されず登録コードは残る(hanako):
    invited, careless = code_given(hanako), device(recognises=False)
    again = commands.register(invited, careless.create(invitation_of(invited)), COUNTER_1)
    assert (again.outcome, trail("staff:authenticator:enrol")[-1][3]) == (Outcome.NOT_PROVEN, {"why": "user not verified"})
    owned = device()
    assert commands.register(again.token, owned.create(invitation_of(again.token)), COUNTER_1).outcome is Outcome.PROVE


def test_一つの認証器は一度しか登録できない(hanako, admin):
    owned = enrol(hanako)
    invited = code_given(admin)
    answer = owned.create(invitation_of(invited))
    Authenticator.objects.update(credential_id=json.loads(answer)["id"])
    assert commands.register(invited, answer, COUNTER_1).outcome is Outcome.NOT_PROVEN
    assert trail("staff:authenticator:enrol")[-1][3] == {"why": "registered already"}


def test_本番では試した型の認証器だけが登録できる(hanako, settings):
    """F-2-08: a device that takes a PIN for a body proves none; which do, the city has tried and named."""
    model = bytes(range(16))
    invited = code_given(hanako)
    settings.INSTALLATION = replace(settings.INSTALLATION, environment="production")
    refused = commands.register(invited, device(model=model).create(invitation_of(invited)), COUNTER_1)
    assert (refused.outcome, trail("staff:authenticator:enrol")[-1][3]) == (Outcome.NOT_PROVEN, {"why": "no model is allowed"})
    commands.set_policy(SYSTEM, valid_from=TODAY, authenticator_models=["00010203-0405-0607-0809-0a0b0c0d0e0f"])
    other = commands.register(refused.token, device().create(invitation_of(refused.token)), COUNTER_1)
    assert (other.outcome, trail("staff:authenticator:enrol")[-1][3]) == (Outcome.NOT_PROVEN, {"why": "model"})
    assert commands.register(other.token, device(model=model).create(invitation_of(other.token)), COUNTER_1).outcome is Outcome.PROVE


def test_失効は記録され二度はできない(hanako, admin):
    enrol(hanako)
    row = Authenticator.objects.get()
    commands.revoke_authenticator(acting(admin, REVOKE), row.pk)
    row.refresh_from_db()
    assert (row.revoked_because, row.revoked_by_id) == ("officer", admin.pk)
    assert "使われていません" in reasons(lambda: commands.revoke_authenticator(acting(admin, REVOKE), row.pk))
    assert [(outcome, login) for outcome, login, *_ in trail(REVOKE)] == [("done", "d.ishi")]


def test_登録コードは摘要だけが表にある(hanako):
    code = code_for(hanako)
    assert Enrolment.objects.get().code_digest == queries.digest_of(code)
    assert code not in str(list(Enrolment.objects.values()))


def test_一覧の問合せの数は人数によらない(hanako, admin, django_assert_num_queries):
    reader = acting(admin, Permission.AUTHENTICATOR_READ)
    for people in (1, 4):
        for no in range(people):
            enrol(account(f"x.person{people}{no}"))
        with django_assert_num_queries(3):
            listed = queries.holders(reader)
        assert sum(len(holder.authenticators) for holder in listed) >= people
