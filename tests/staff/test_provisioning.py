"""職員の連携 — one source of staff: told as a whole, taken over as a whole, out at once. G-29; F-1-11, F-1-12."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import check_password, make_password

from daicho import audit, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.staff_account_v1 import StaffAccountV1, StaffMembership
from daicho.outbox import courier, leading
from daicho.outbox.models import Delivery, Notice
from daicho.staff import commands
from daicho.staff.commands.provisioning import take_over
from daicho.staff.errors import StaffRefused
from daicho.staff.intake import handle_account
from daicho.staff.models import Account, EndedBy, Membership, SignIn, Unit
from daicho.staff.permissions import Permission
from daicho.staff.queries import find_account
from tests.staff.people import COUNTER_1, PASSWORD, SINCE, SYSTEM, TODAY, account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
INTAKE = Actor.system("staff.intake", Permission.ACCOUNT_CHANGE)
TOLD = StaffAccountV1(
    login="h.otaru", name="小樽　花子", kana="オタル　ハナコ", employee_no="S1", valid_from=SINCE, valid_to=None, password_hash=make_password(PASSWORD),
    password_set_at=datetime(2026, 4, 1, tzinfo=UTC), must_change_password=False, memberships=(StaffMembership("1201", "戸籍住民課", SINCE, None),),
)  # fmt: skip


@pytest.fixture
def followers(monkeypatch):
    """This system leads two others."""
    monkeypatch.setattr(courier, "_routes", {})
    for system in ("there", "elsewhere"):
        courier.allow(system, "staff_account")
    monkeypatch.setattr(leading, "_followers", ["there", "elsewhere"])


@pytest.fixture
def led(monkeypatch):
    monkeypatch.setattr(leading, "_leaders", ["residents"])


def administrator() -> Actor:
    known = find_account("d.admin") or account("d.admin", name="石田　大輔", kana="イシダ　ダイスケ")
    return Actor(known.pk, known.login, known.name, "0105", "", "", "H01", frozenset(Permission))


def told() -> list[tuple[str, StaffAccountV1]]:
    """What was posted, to whom, in order."""
    notices = list(Notice.objects.order_by("order_no"))
    bodies = vault.open_payloads([notice.payload_ref for notice in notices])
    from daicho.outbox.envelope import Envelope

    return [(notice.destination, base.read(Envelope, bodies[notice.payload_ref]).message()) for notice in notices]


def test_職員の変更のたびに全ての相手へ今の姿の全体が送られる(followers):
    """G-29: created, moved, given a new secret, ended: each time the whole account."""
    officer = administrator()
    commands.register_unit(SYSTEM, code="1301", name="保険年金課", valid_from=SINCE)
    made = commands.create_account(
        officer, login="j.teine", name="手稲　次郎", kana="テイネ　ジロウ", employee_no="S2", unit_code="1201", password="umi-to-saka-1885", valid_from=SINCE
    )
    commands.move_account(officer, made, unit_code="1301", on=TODAY)
    commands.reset_password(officer, made)
    commands.change_account(officer, made, valid_to=date(2026, 6, 30))
    found = told()
    assert [destination for destination, _ in found] == ["there", "elsewhere"] * 4
    last = found[-1][1]
    assert (last.login, last.valid_to, last.must_change_password) == ("j.teine", date(2026, 6, 30), True)
    assert last.memberships == (
        StaffMembership("1201", "戸籍住民課", SINCE, date(2026, 6, 30)),
        StaffMembership("1301", "保険年金課", TODAY, None),
    )


def test_一人の通知は順に並び他の人を待たせない(followers):
    """One handle for an account and a destination: the post room keeps the order of each, and of each alone."""
    officer = administrator()
    made = account("j.teine", name="手稲　次郎", kana="テイネ　ジロウ")
    other = account("k.asari", name="朝里　健", kana="アサリ　ケン")
    for each in (made, made, other):
        commands.reset_password(officer, each)
    handles = [tuple(subjects) for subjects in Delivery.objects.filter(destination="there").order_by("notice_id").values_list("subjects", flat=True)]
    assert handles[0] == handles[1] != handles[2]


def test_導入そのものが登録する人は送られない(followers):
    """Decision 0018: the installation registers its first accounts in every system."""
    account()
    assert not Notice.objects.exists()


def test_受けた側は同じ人になり同じ秘密で利用を開始できる():
    handle_account(TOLD, None)
    made = find_account("h.otaru")
    assert (made.name, made.employee_no, made.valid_to) == ("小樽　花子", "S1", None)
    assert check_password(PASSWORD, made.password)
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.DONE
    assert list(Membership.objects.values_list("unit_code", "valid_from", "valid_to")) == [("1201", SINCE, None)]
    assert Unit.objects.get(code="1201").name == "戸籍住民課"


def test_二度受けても増えず後の知らせが勝つ():
    moved = replace(TOLD, memberships=(StaffMembership("1201", "戸籍住民課", SINCE, date(2026, 6, 30)), StaffMembership("1301", "保険年金課", TODAY, None)))
    for message in (TOLD, TOLD, moved, moved):
        take_over(INTAKE, message)
    assert Account.objects.count() == 1
    assert list(Membership.objects.order_by("valid_from").values_list("unit_code", "valid_to")) == [("1201", date(2026, 6, 30)), ("1301", None)]


def test_失効した人の開いている利用はその場で終わる():
    """F-1-12, G-29: revoked in the source, out everywhere."""
    take_over(INTAKE, TOLD)
    commands.sign_in("h.otaru", PASSWORD, COUNTER_1)
    take_over(INTAKE, replace(TOLD, valid_to=date(2026, 6, 30)))
    assert SignIn.objects.get().ended_by == EndedBy.REVOKED
    assert commands.sign_in("h.otaru", PASSWORD, COUNTER_1).outcome is commands.Outcome.WRONG


def test_秘密が変わると開いている利用は終わり停止も解ける():
    take_over(INTAKE, TOLD)
    commands.sign_in("h.otaru", PASSWORD, COUNTER_1)
    Account.objects.update(locked_until=datetime(2027, 1, 1, tzinfo=UTC), failed_attempts=3)
    take_over(INTAKE, TOLD)  # nothing new: nothing happens
    assert SignIn.objects.get().ended_at is None
    assert Account.objects.get().locked_until is not None
    take_over(INTAKE, replace(TOLD, password_hash=make_password("another-secret-9")))
    assert SignIn.objects.get().ended_by == EndedBy.SECRET_CHANGED
    assert (Account.objects.get().locked_until, Account.objects.get().failed_attempts) == (None, 0)


def test_受けることは権限のない者にはできず記録が残る():
    with pytest.raises(audit.Refused):
        take_over(Actor.system("stranger"), TOLD)


@pytest.mark.parametrize("act", ["create", "change", "move", "password", "reset"])
def test_従うシステムの職員が変えようとすると住民記録で行うよう告げる(led, act):
    officer = administrator()
    made = account("j.teine", name="手稲　次郎", kana="テイネ　ジロウ")
    acts = {
        "create": lambda: commands.create_account(
            officer, login="k.asari", name="朝里　健", kana="アサリ　ケン", employee_no="S3", unit_code="1201", password="umi-to-saka-1886", valid_from=SINCE
        ),
        "change": lambda: commands.change_account(officer, made, valid_to=TODAY),
        "move": lambda: commands.move_account(officer, made, unit_code="1201", on=TODAY),
        "password": lambda: commands.set_password(replace(officer, account_id=made.pk), made, current=PASSWORD, new="umi-to-saka-1887"),
        "reset": lambda: commands.reset_password(officer, made),
    }
    with pytest.raises(StaffRefused) as refused:
        acts[act]()
    assert "住民記録のシステムで行ってください" in refused.value.problems[0].message
    assert find_account("k.asari") is None
