"""認証と認証解除 — every attempt is on record, guessing is stopped, one person works in one place. F-1-11, F-1-13; std 10.2-11, 10.3-03, -16."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from daicho import clock
from daicho.staff import commands, queries
from daicho.staff.commands import Outcome
from daicho.staff.models import EndedBy, SignIn
from tests.staff.people import COUNTER_1, COUNTER_2, PASSWORD, SYSTEM, TODAY, account, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def enter(password=PASSWORD, terminal=COUNTER_1, **more):
    return commands.sign_in("h.otaru", password, terminal, **more)


def test_正しい組だけが通り失敗も成功も端末とともに残る():
    """N-10.3-03, N-10.2-11: std 10.3-03, 10.2-11."""
    account()
    assert [enter("wrong-one").outcome, enter("wrong-two").outcome, enter().outcome] == [Outcome.WRONG, Outcome.WRONG, Outcome.DONE]
    assert [(outcome, login, terminal) for outcome, login, terminal, _ in trail("staff:sign_in")] == [
        ("refused", "h.otaru", "H01"), ("refused", "h.otaru", "H01"), ("done", "h.otaru", "H01"),
    ]  # fmt: skip
    assert [row[3].get("attempt") for row in trail("staff:sign_in")] == ["1", "2", None]


def test_知らない利用者IDは打たれた文字を残さない():
    """It may be a password typed into the wrong box."""
    assert commands.sign_in("my-secret-password", "x", COUNTER_1).outcome is Outcome.WRONG
    assert trail("staff:sign_in") == [("refused", "unknown:login", "H01", {"why": "unknown"})]


def test_続けて失敗すると正しくても止まり時がたてば入れる():
    """N-10.3-16: std 10.3-16; the number of failures is the city's dated policy."""
    account()
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    assert [enter("wrong").outcome for _ in range(3)] == [Outcome.WRONG] * 3
    assert enter().outcome is Outcome.LOCKED
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert enter().outcome is Outcome.DONE
    assert [row[3].get("why") for row in trail("staff:sign_in")] == ["wrong password", "wrong password", "locked now", "locked", None]


def test_停止の間は正しいパスワードにだけ停止を告げそれも推測の助けにならない():
    """std 10.3-16: whoever guesses on learns nothing more; the officer with the right password learns until when."""
    account()
    commands.set_policy(SYSTEM, valid_from=TODAY, max_failures=3, lock_minutes=10)
    for _ in range(3):
        enter("wrong")
    told = enter()
    assert (told.outcome, told.locked_until) == (Outcome.LOCKED, clock.now() + timedelta(minutes=10))
    assert [enter("wrong").outcome for _ in range(3)] == [Outcome.WRONG] * 3
    assert enter().outcome is Outcome.WRONG
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert enter("wrong").outcome is Outcome.WRONG  # counted from nothing again
        assert enter().outcome is Outcome.DONE


def test_失効した利用者には停止も告げない():
    account(valid_to=TODAY)
    for _ in range(5):
        enter("wrong")
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert enter().outcome is Outcome.LOCKED
    with clock.at(TODAY + timedelta(days=1)):
        for _ in range(5):
            enter("wrong")
        assert enter().outcome is Outcome.WRONG


def test_成功すると失敗の数は消える():
    account()
    for _ in range(4):
        assert enter("wrong").outcome is Outcome.WRONG
    assert enter().outcome is Outcome.DONE
    assert enter("wrong").outcome is Outcome.WRONG


def test_別の端末での同時利用は拒み引き継げば前の利用が終わる():
    """F-1-11: two simultaneous sessions of an ID are refused; taking over is flagged."""
    made = account()
    first = enter()
    other = enter(terminal=COUNTER_2)
    assert (other.outcome, other.other.terminal_code) == (Outcome.IN_USE, "H01")
    assert queries.find_current_use(first.token, TODAY) is not None
    second = enter(terminal=COUNTER_2, take_over=True)
    assert second.outcome is Outcome.DONE
    assert queries.find_current_use(first.token, TODAY) is None
    assert SignIn.objects.filter(account=made).order_by("id").values_list("ended_by", flat=True)[0] == EndedBy.TAKEN_OVER
    assert trail("staff:sign_in")[-1][3] == {"took_over": "H01"}


def test_同じ端末でブラウザが落ちてもすぐ入り直せる():
    account()
    first = enter()
    assert enter().outcome is Outcome.DONE
    assert queries.find_current_use(first.token, TODAY) is None


def test_放置された別の端末の利用は妨げにならない():
    made = account()
    enter()
    with clock.at(clock.now() + timedelta(minutes=21)):
        assert enter(terminal=COUNTER_2).outcome is Outcome.DONE
    assert SignIn.objects.filter(account=made).order_by("id").values_list("ended_by", flat=True)[0] == EndedBy.IDLE


def test_開いている利用は一人に一つしか表に入らない():
    made = account()
    enter()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignIn.objects.create(
            municipality_code=made.municipality_code, account=made, token_digest="x" * 64, terminal_code="H02", terminal_name="本庁2", office_code="honcho",
            signed_in_at=clock.now(), last_seen_at=clock.now(),
        )  # fmt: skip


def test_利用の証は摘要だけが表にある():
    account()
    token = enter().token
    assert SignIn.objects.get().token_digest == queries.digest_of(token) != token


def test_終了は一度だけ記録される():
    account()
    token = enter().token
    use = queries.find_current_use(token, TODAY)
    actor = queries.actor_from(use)
    commands.sign_off(actor, use.sign_in.pk)
    commands.sign_off(actor, use.sign_in.pk)
    assert [(outcome, login, detail) for outcome, login, _, detail in trail("staff:sign_off")] == [("done", "h.otaru", {"why": "sign_off"})]
