"""操作権限 — for a unit or a person, dated, by two persons, never by post. F-1-10, F-1-12; std 10.3-07–09, -12, -13, -17."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from daicho import clock
from daicho.audit.actor import Actor
from daicho.staff import commands, permissions, queries
from daicho.staff.errors import StaffRefused
from daicho.staff.models import Grant
from daicho.staff.permissions import Permission
from tests.staff.people import PASSWORD, SINCE, STATION, SYSTEM, TODAY, account, give, trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
READ, ENTER = "tests:person:read", "tests:filing:enter"


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setattr(permissions, "_entries", dict(permissions._entries))
    permissions.register("試験", {READ: "住民票を見る", ENTER: "異動を入力する"})


def officer(made, *grants):
    return Actor(made.pk, made.login, made.name, "1201", "戸籍住民課", "honcho", "H01", frozenset(grants))


def refused(call, *args, **kwargs):
    with pytest.raises(StaffRefused) as raised:
        call(*args, **kwargs)
    return {problem.field for problem in raised.value.problems}


def test_課の全員が照会でき一人だけが異動を入力できる():
    """N-10.3-07, N-10.3-02: std 10.3-07."""
    one, other, outsider = account("a.one"), account("b.other"), account("c.outside", unit_code="1301")
    give(READ, unit_code="1201")
    give(ENTER, login="a.one")
    assert [queries.grants_of(each, TODAY) for each in (one, other, outsider)] == [{READ, ENTER}, {READ}, frozenset()]


def test_権限は期間の中だけ効き異動すれば課の権限を失う():
    """N-10.3-09, F-1-12; std 10.3-09."""
    made = account()
    give(ENTER, login="h.otaru", valid_from=date(2026, 7, 2), valid_to=date(2026, 7, 31))
    give(READ, unit_code="1201")
    commands.move_account(SYSTEM, made, unit_code="1301", on=date(2026, 8, 1))
    days = [date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 31), date(2026, 8, 1)]
    assert [queries.grants_of(made, day) for day in days] == [{READ}, {READ, ENTER}, {READ, ENTER}, frozenset()]


def test_承認されるまで効かず申請した本人は承認できない():
    boss, other = account("a.boss"), account("b.other")
    receiver = account()
    giver = officer(boss, Permission.GRANT_GIVE, Permission.GRANT_APPROVE)
    row = commands.grant(giver, ENTER, account=receiver, valid_from=SINCE, reason="担当替え")
    assert queries.grants_of(receiver, TODAY) == frozenset()
    assert refused(commands.approve_grant, giver, row.pk) == {""}
    assert refused(commands.approve_grant, officer(receiver, Permission.GRANT_APPROVE), row.pk) == {""}
    commands.approve_grant(officer(other, Permission.GRANT_APPROVE), row.pk)
    assert queries.grants_of(receiver, TODAY) == {ENTER}
    assert refused(commands.approve_grant, officer(other, Permission.GRANT_APPROVE), row.pk) == {""}
    assert [row[0] for row in trail("staff:grant:approve")] == ["done"]


def test_表も同じ人の申請と承認を受け付けない():
    boss = account("a.boss")
    row = commands.grant(officer(boss, Permission.GRANT_GIVE), READ, unit_code="1301", valid_from=SINCE, reason="試験")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=row.pk).update(approved_by=boss, approved_at=clock.now())


def test_自分には付与できず職位にも付与できない():
    """std 10.3-17: there is nothing to grant to but an account or a unit."""
    boss = account("a.boss")
    giver = officer(boss, Permission.GRANT_GIVE)
    assert refused(commands.grant, giver, ENTER, account=boss, valid_from=SINCE, reason="x") == {"account"}
    assert refused(commands.grant, giver, ENTER, valid_from=SINCE, reason="x") == {"account"}
    assert refused(commands.grant, giver, ENTER, unit_code="課長", valid_from=SINCE, reason="x") == {"unit_code"}
    columns = {field.name for field in Grant._meta.get_fields()}
    assert not columns & {"post", "title", "role", "rank"}


def test_自分の所属への付与は申請も承認もできない():
    """F-1-10: a unit's right is each member's own; two of one unit must not enrich it."""
    boss, other, outsider = account("a.boss"), account("b.other"), account("c.outside", unit_code="1301")
    giver, approver = (officer(each, Permission.GRANT_GIVE, Permission.GRANT_APPROVE) for each in (boss, other))
    assert refused(commands.grant, giver, ENTER, unit_code="1201", valid_from=SINCE, reason="x") == {"unit_code"}
    row = commands.grant(officer(outsider, Permission.GRANT_GIVE), ENTER, unit_code="1201", valid_from=SINCE, reason="x")
    assert refused(commands.approve_grant, approver, row.pk) == {""}
    assert queries.grants_of(other, TODAY) == frozenset()
    commands.approve_grant(SYSTEM, row.pk)
    assert queries.grants_of(other, TODAY) == {ENTER}


def test_付与の期間の一日でも所属すれば申請も承認もできない():
    """Also with a move entered beforehand, and with a membership that has ended meanwhile."""
    boss, applicant = account("a.boss", unit_code="1301"), account("c.outside", unit_code="1301")
    account("b.member")
    commands.move_account(SYSTEM, boss, unit_code="1201", on=date(2026, 8, 1))
    commands.move_account(SYSTEM, boss, unit_code="1301", on=date(2026, 9, 1))
    giver = officer(boss, Permission.GRANT_GIVE, Permission.GRANT_APPROVE)

    def period(first, last):
        return {"unit_code": "1201", "valid_from": first, "valid_to": last, "reason": "x"}

    for first, last in ((SINCE, None), (SINCE, date(2026, 8, 1)), (date(2026, 8, 31), None), (date(2026, 8, 10), date(2026, 8, 10))):
        assert refused(commands.grant, giver, ENTER, **period(first, last)) == {"unit_code"}
    row = commands.grant(officer(applicant, Permission.GRANT_GIVE), ENTER, **period(SINCE, date(2026, 8, 1)))
    assert refused(commands.approve_grant, giver, row.pk) == {""}
    commands.grant(giver, ENTER, **period(SINCE + timedelta(days=1), date(2026, 7, 31)))
    commands.grant(giver, ENTER, **period(date(2026, 9, 1), None))


def test_一覧表にない権限と理由のない付与は拒む():
    """std 10.3-12."""
    made = account()
    assert refused(commands.grant, SYSTEM, "tests:nothing:here", account=made, valid_from=SINCE, reason=" ") == {"permission", "reason"}
    assert refused(commands.grant, SYSTEM, READ, account=made, scope="floor:2", valid_from=SINCE, valid_to=SINCE - timedelta(days=1), reason="x") == {
        "scope", "valid_to",
    }  # fmt: skip


def test_事務所に限った権限はその事務所の端末でだけ効く():
    """N-10.3-01: std 10.3-01 利用範囲."""
    made = account()
    give(ENTER, login="h.otaru", scope="office:ekimae")
    assert queries.grants_of(made, TODAY, "ekimae") == {ENTER}
    assert queries.grants_of(made, TODAY, "honcho") == frozenset()
    assert queries.grants_of(made, TODAY) == frozenset()


def test_取消しはすぐ効き再び付与できる():
    made = account()
    first = give(ENTER, login="h.otaru")
    commands.revoke(SYSTEM, first)
    assert queries.grants_of(made, TODAY) == frozenset()
    assert refused(commands.revoke, SYSTEM, first) == {""}
    give(ENTER, login="h.otaru")
    assert queries.grants_of(made, TODAY) == {ENTER}


def test_最終日を決めた取消しは翌日から効く():
    made = account()
    row = give(ENTER, login="h.otaru")
    commands.revoke(SYSTEM, row, last_day=TODAY)
    assert queries.grants_of(made, TODAY) == {ENTER}
    assert queries.grants_of(made, TODAY + timedelta(days=1)) == frozenset()


def test_同じ付与は二重に入らない():
    account()
    give(ENTER, login="h.otaru")
    assert refused(give, ENTER, login="h.otaru") == {"permission"}


def test_八つの操作をそれぞれ独立に許せる(django_assert_num_queries):
    """N-10.3-13: std 10.3-13; set-based: one query however many grants."""
    names = [f"tests:work:{word}" for word in ("euc", "log", "rights", "setting", "protected", "protection", "batch", "code")]
    permissions.register("試験", dict.fromkeys(names, "x"))
    people = [account(f"p.{letter}one") for letter in "abcdefgh"]
    for person, name in zip(people, names, strict=True):
        give(name, login=person.login)
    for person, name in zip(people, names, strict=True):
        with django_assert_num_queries(1):
            assert queries.grants_of(person, TODAY) == {name}


def test_部屋は権限の名前を一度だけ意味づける():
    permissions.register("試験", {READ: "住民票を見る"})
    with pytest.raises(ValueError, match="different meaning"):
        permissions.register("試験", {READ: "別の意味"})
    with pytest.raises(ValueError, match="not a permission name"):
        permissions.register("試験", {"read everything": "x"})


def test_番の一つの問いと権限の問いは同じ答えを出す():
    """The hand-written query of the middleware against the ORM's, over units, periods, scopes, approvals and revocations."""
    made, other = account(), account("b.other", unit_code="1301")
    token = commands.sign_in("h.otaru", PASSWORD, STATION).token
    give(READ, unit_code="1201")
    give(READ, login="h.otaru")
    give(ENTER, login="h.otaru", scope="office:honcho")
    give(ENTER, login="h.otaru", scope="office:ekimae", valid_from=date(2026, 7, 10), valid_to=date(2026, 7, 20))
    give(Permission.POLICY_SET, login="b.other")
    give(Permission.GRANT_GIVE, unit_code="1301")
    commands.revoke(SYSTEM, give(Permission.GRANT_REVOKE, login="h.otaru"))
    commands.grant(SYSTEM, Permission.ACCOUNT_CHANGE, account=made, valid_from=SINCE, reason="承認待ち")
    commands.move_account(SYSTEM, made, unit_code="1301", on=date(2026, 7, 15))
    for day in (TODAY, date(2026, 7, 9), date(2026, 7, 10), date(2026, 7, 15), date(2026, 7, 20), date(2026, 7, 21)):
        use = queries.find_current_use(token, day)
        assert use.grants == queries.grants_of(made, day, "ekimae")
        assert (use.unit_code, use.unit_name) == (queries.unit_of(made, day).code, queries.unit_of(made, day).name)
    assert queries.find_current_use(token, date(2026, 7, 15)).grants == {READ, ENTER, Permission.GRANT_GIVE}
    assert queries.grants_of(other, TODAY) == {Permission.POLICY_SET, Permission.GRANT_GIVE}
