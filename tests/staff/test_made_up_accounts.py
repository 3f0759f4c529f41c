"""架空の職員 — the demo's people are named persons with a password of this installation; loading twice changes nothing."""

import json
import stat
from dataclasses import replace

import pytest

from daicho.staff import commands, permissions, queries, rules
from daicho.staff.models import Account, Grant
from synthetic import accounts
from tests.staff.people import COUNTER_1, TODAY

DUTIES = {
    "窓口職員",
    "審査者",
    "管理責任者",
    "セキュリティ責任者",
    "住基ネット操作者",
    "他課（保険年金課）照会者",
    "システム管理者",
    "番号連携担当",
    "コンビニ交付担当",
    "庁内連携担当",
    "番号連携担当（職員の登録だけ）",
    "連携担当（職員の登録だけ）",
}


def test_全ての職務の人がいて共用の名前はない():
    """F-1-11."""
    assert {each.duty for each in accounts.ACCOUNTS} == DUTIES
    assert sum(each.duty == "窓口職員" for each in accounts.ACCOUNTS) == 2
    for each in accounts.ACCOUNTS:
        assert rules.login_problems(each.login) == rules.name_problems(each.name, each.kana) == ()
        assert each.unit_code in accounts.UNITS


def test_入力する人と審査する人は別():
    """F-1-02: nobody holds both, the made-up city must show how it is meant."""
    for each in accounts.ACCOUNTS:
        held = {*each.grants, *accounts.UNIT_GRANTS.get(each.unit_code, ())}
        assert not {"residents:filing:enter", "residents:filing:examine"} <= held
        assert not {"staff:grant:give", "staff:grant:approve"} <= held


def test_パスワードは導入ごとに作られ本人だけの書類に残る(tmp_path):
    file = tmp_path / "deep" / "passwords.json"
    first = accounts.make_accounts(accounts.kept_passwords(file))
    assert accounts.make_accounts(accounts.kept_passwords(file)) == first
    people = {(each.system == "juki_net", each.login) for each in first}
    assert len({each.password for each in first}) == len(people)  # one person has one secret but in juki_net (G-29)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(json.loads(file.read_text("utf-8"))) == len(people)
    assert accounts.make_accounts(accounts.kept_passwords(tmp_path / "other.json")) != first
    for each in first:
        assert rules.password_problems(each.password, login=each.login, min_length=12) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_二度読み込んでも増えず権限どおりに使える(tmp_path, monkeypatch):
    monkeypatch.setattr(permissions, "_entries", dict(permissions._entries))
    names = {name for each in accounts.ACCOUNTS for name in each.grants} | {name for names in accounts.UNIT_GRANTS.values() for name in names}
    permissions.register(
        "試験",
        {
            name: name
            for name in names
            if not permissions.is_registered(name) and name.split(":")[0] in ("residents", "staff", "city", "outbox", "oversight", "jobs")
        },
    )
    made = accounts.make_accounts(accounts.kept_passwords(tmp_path / "passwords.json"))
    report = accounts.load(made)
    assert (report.created, report.unknown) == (9, ())
    counted = (Account.objects.count(), Grant.objects.count())
    assert accounts.load(made) == accounts.LoadReport(0, 0, ())
    assert (Account.objects.count(), Grant.objects.count()) == counted
    examiner = next(each for each in made if each.duty == "審査者")
    assert commands.sign_in(examiner.login, examiner.password, COUNTER_1).outcome is commands.Outcome.DONE
    held = queries.grants_of(queries.find_account(examiner.login), TODAY)
    assert {"residents:filing:examine", "residents:person:read"} <= held
    assert "residents:filing:enter" not in held


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_認証器の要る系では全員に登録コードが一つずつある(tmp_path, settings):
    """F-2-08: the demo's people register a device of their own; whoever has a code or a device is given no second one."""
    from daicho.staff.commands import Outcome, accept_code
    from tests.staff.devices import DEMANDED

    made = [replace(each, system=settings.DAICHO.name) for each in accounts.make_accounts(accounts.kept_passwords(tmp_path / "passwords.json"))[:3]]
    accounts.load(made)
    file = tmp_path / accounts.CODE_FILE
    assert (accounts.invite(made, file), file.exists()) == (0, False)
    settings.STAFF_SECOND_FACTOR = DEMANDED
    assert [accounts.invite(made, file), accounts.invite(made, file)] == [3, 0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    codes = accounts.kept(file)
    for each in made:
        asked = commands.sign_in(each.login, each.password, COUNTER_1)
        assert accept_code(asked.token, codes[f"{each.system}/{each.login}"], COUNTER_1).outcome is Outcome.PROVE
