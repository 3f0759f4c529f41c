"""職員と操作権限の画面 — the administrator's list, a new account, moving, resetting, revoking at once; rights by two officers. std 10.3; F-1-10–F-1-12."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.outbox import leading
from daicho.staff import commands, queries
from daicho.staff.models import Account, EndedBy, Grant, SignIn
from daicho.staff.permissions import Permission as Can
from tests.staff.people import COUNTER_1, COUNTER_2, PASSWORD, SYSTEM, TODAY, account, at_work, browser_of, give, signed_in, trail

pytestmark = pytest.mark.django_db
NEW = {
    "name": "朝里　健", "kana": "アサリ　ケン", "employee_no": "S20001", "login": "k.asari", "unit_code": "1201", "valid_from": "R8.7.1", "valid_to": "",
}  # fmt: skip
RIGHT = {"to": "account:k.asari", "permission": "jobs:run:read", "scope": "city", "valid_from": "R8.7.1", "valid_to": "", "reason": "夜間の点検の担当"}


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


@pytest.fixture
def administrator() -> Client:
    return signed_in(Can.ACCOUNT_READ, Can.ACCOUNT_CREATE, Can.ACCOUNT_CHANGE, Can.PASSWORD_RESET, Can.GRANT_REVOKE, login="d.ishida")


@pytest.fixture
def giver() -> Client:
    return signed_in(Can.ACCOUNT_READ, Can.GRANT_GIVE, login="t.honma", terminal=COUNTER_2)


@pytest.fixture
def approver() -> Client:
    account("s.narita", unit_code="1301")
    for permission in (Can.ACCOUNT_READ, Can.GRANT_APPROVE):
        give(permission, login="s.narita")
    return browser_of("s.narita")


def words(answer: HttpResponse) -> str:
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"[◆○✓△✕×!●■]", " ", re.sub(r"<[^>]+>", " ", main)).split())


def created(administrator: Client) -> tuple[Account, str]:
    """k.asari, registered by the screen, and the temporary password that stood on its answer."""
    answer = administrator.post("/staff/accounts/new/", NEW)
    assert answer.status_code == 200, words(answer)
    return Account.objects.get(login="k.asari"), re.search(r"仮のパスワード ([a-z0-9-]{19})", words(answer)).group(1)


def test_登録した利用者は一度だけ示された仮のパスワードで入り自分のものに変える(administrator):
    """N-10.3-01, -02, -03."""
    made, temporary = created(administrator)
    entered = commands.sign_in("k.asari", temporary, COUNTER_1)
    assert entered.token
    assert (made.must_change_password, queries.unit_of(made, TODAY).name) == (True, "戸籍住民課")
    page = words(administrator.get(f"/staff/accounts/{made.pk}/"))
    assert "朝里" in page and "最初の利用で変更" in page and temporary not in page
    assert temporary not in str(trail("staff:account:create"))


def test_登録の誤りは全て告げ入力を残す(administrator):
    """F-1-11."""
    account("k.asari", employee_no="S20001")
    answer = administrator.post("/staff/accounts/new/", NEW | {"name": "窓口　担当", "kana": "madoguchi"})
    assert answer.status_code == 422
    for message in ("利用者IDは再利用できません", "職員本人の氏名を入力してください", "全角カタカナで入力してください", "有効な利用者IDがすでにあります"):
        assert message in words(answer)
    assert 'value="S20001"' in answer.content.decode()


def test_失効は直ちに効き開いている利用も終わる(administrator):
    """F-1-12."""
    account("m.sasaki")
    at_work("m.sasaki")
    row = Account.objects.get(login="m.sasaki")
    answer = administrator.post(f"/staff/accounts/{row.pk}/revoke/", follow=True)
    assert "利用者を失効させました" in words(answer) and "失効" in words(answer)
    assert SignIn.objects.get(account=row).ended_by == EndedBy.REVOKED
    assert not commands.sign_in("m.sasaki", PASSWORD, COUNTER_1).token
    assert [row[1] for row in trail("staff:account:revoke")] == ["d.ishida"]


def test_今日登録した利用者も直ちに失効させられる(administrator):
    """A period is never empty, so the password opens nothing any more."""
    made, temporary = created(administrator)
    administrator.post(f"/staff/accounts/{made.pk}/revoke/")
    assert not commands.sign_in("k.asari", temporary, COUNTER_1).token
    assert "失効" in words(administrator.get(f"/staff/accounts/{made.pk}/"))


def test_自分は失効も異動も期間の変更もさせられない(administrator):
    me = Account.objects.get(login="d.ishida")
    for path, typed in (("revoke", {}), ("move", {"move-unit_code": "1301", "move-on": "R8.8.1"}), ("change", {"change-valid_to": ""})):
        answer = administrator.post(f"/staff/accounts/{me.pk}/{path}/", typed)
        assert answer.status_code == 422 and "ほかの管理者に依頼してください" in words(answer)


def test_所属の異動は先の日付で準備でき当日から効く(administrator):
    """N-10.3-09."""
    account("m.sasaki")
    row = Account.objects.get(login="m.sasaki")
    answer = administrator.post(f"/staff/accounts/{row.pk}/move/", {"move-unit_code": "1301", "move-on": "R8.8.1"}, follow=True)
    assert "保険年金課 1301 令和8年8月1日から" in words(answer)
    assert [queries.unit_of(row, day).code for day in (date(2026, 7, 31), date(2026, 8, 1))] == ["1201", "1301"]


def test_先の日から始まる利用者はその日まで入れない(administrator):
    """N-10.3-09: registered in advance."""
    answer = administrator.post("/staff/accounts/new/", NEW | {"valid_from": "R8.8.1"})
    temporary = re.search(r"仮のパスワード ([a-z0-9-]{19})", words(answer)).group(1)
    assert "開始前" in words(administrator.get("/staff/accounts/"))
    with clock.at(date(2026, 7, 31)):
        assert not commands.sign_in("k.asari", temporary, COUNTER_1).token
    with clock.at(date(2026, 8, 1)):
        assert commands.sign_in("k.asari", temporary, COUNTER_1).token


def test_利用終了日を決めるとその日の終わりまで使える(administrator):
    """N-10.3-01, N-10.3-09."""
    account("m.sasaki")
    row = Account.objects.get(login="m.sasaki")
    administrator.post(f"/staff/accounts/{row.pk}/change/", {"change-valid_to": "R8.7.31"})
    assert 'value="令和8年7月31日"' in administrator.get(f"/staff/accounts/{row.pk}/").content.decode()  # an empty field would lift it
    with clock.at(date(2026, 7, 31)):
        assert commands.sign_in("m.sasaki", PASSWORD, COUNTER_1).token
    with clock.at(date(2026, 8, 1)):
        assert not commands.sign_in("m.sasaki", PASSWORD, COUNTER_1).token


def test_パスワードを初期化すると仮のものだけで入れる(administrator):
    """N-10.3-05."""
    account("m.sasaki")
    row = Account.objects.get(login="m.sasaki")
    answer = administrator.post(f"/staff/accounts/{row.pk}/reset/")
    temporary = re.search(r"仮のパスワード ([a-z0-9-]{19})", words(answer)).group(1)
    assert not commands.sign_in("m.sasaki", PASSWORD, COUNTER_1).token
    assert commands.sign_in("m.sasaki", temporary, COUNTER_1).token
    assert signed_in(terminal=COUNTER_2).post(f"/staff/accounts/{row.pk}/reset/").status_code == 403


def test_権限は一人が申請し別の一人が承認すると有効になり一覧表に載る(administrator, giver, approver):
    """N-10.3-07, -08, -12; F-1-12."""
    made, _ = created(administrator)
    answer = giver.post("/staff/rights/new/", RIGHT)
    assert answer.status_code == 302, words(answer)
    assert "承認する F9" not in words(giver.get(answer.url))
    assert queries.grants_of(made, TODAY) == frozenset()
    assert "夜間の点検の担当" in words(approver.get(answer.url))
    assert approver.post(f"{answer.url}approve/").status_code == 302
    assert queries.grants_of(made, TODAY) == {"jobs:run:read"}
    assert "バッチ処理の実行記録の照会 朝里 健（k.asari） の" in words(giver.get("/staff/rights/")).replace("　", " ")


def test_権限を取り消すと次の操作から使えない(administrator):
    """N-10.3-12: the table and what really happens agree."""
    signed = signed_in("jobs:run:read", login="m.sasaki", terminal=COUNTER_2)
    assert signed.get("/jobs/").status_code == 200
    row = Grant.objects.get(account__login="m.sasaki", permission="jobs:run:read")
    assert "m.sasaki" in words(administrator.get("/staff/rights/"))
    administrator.post(f"/staff/rights/{row.pk}/revoke/", {"last_day": ""})
    assert signed.get("/jobs/").status_code == 403
    assert "取消し" in words(administrator.get(f"/staff/rights/{row.pk}/"))


def test_申請した職員と受ける職員は承認できない(administrator, giver):
    created(administrator)
    give(Can.GRANT_APPROVE, login="t.honma")
    path = giver.post("/staff/rights/new/", RIGHT).url
    answer = giver.post(f"{path}approve/")
    assert answer.status_code == 422 and "承認できません" in words(answer)
    own = giver.post("/staff/rights/new/", RIGHT | {"to": "account:t.honma"})
    assert own.status_code == 422 and "自分に操作権限を付与することはできません" in words(own)


def test_職位には付与できない(giver):
    """N-10.3-17: a unit or a person, nothing else stands in the list."""
    offered = re.findall(r'<option value="([^"]+)"', giver.get("/staff/rights/new/").content.decode().split('name="to"')[1].split("</select>")[0])
    assert offered and all(value.startswith(("unit:", "account:")) for value in offered)
    answer = giver.post("/staff/rights/new/", RIGHT | {"to": "post:係長"})
    assert answer.status_code == 422 and "一覧から選んでください" in words(answer)
    assert not Grant.objects.filter(permission="jobs:run:read").exists()


def test_従うシステムでは名簿は見るだけで権限だけを付与する(administrator, giver, monkeypatch):
    """G-29; decision 0018."""
    monkeypatch.setattr(leading, "_leaders", ["residents"])
    assert "住民記録のシステムで行います" in words(administrator.get("/staff/accounts/")) and "利用者を登録" not in words(administrator.get("/staff/accounts/"))
    answer = administrator.post("/staff/accounts/new/", NEW)
    assert answer.status_code == 422 and "住民記録のシステムで行ってください" in words(answer)
    account("k.asari")
    assert giver.post("/staff/rights/new/", RIGHT).status_code == 302


@pytest.mark.parametrize("path", ["/staff/accounts/", "/staff/accounts/new/", "/staff/accounts/1/", "/staff/rights/", "/staff/rights/new/", "/staff/rights/1/"])
def test_権限がなければ開けない(path):
    """N-10.3-08."""
    assert signed_in().get(path).status_code == 403


@pytest.mark.parametrize("path", ["/staff/accounts/99999/", "/staff/rights/99999/"])
def test_ないものは見つからない(administrator, path):
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/staff/accounts/", "/staff/rights/"])
def test_問合せの数は人数によらない(administrator, path):
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert administrator.get(path).status_code == 200
        return len(seen.captured_queries)

    before = asked()
    for no in range(4):
        account(f"x.officer{no}")
        commands.approve_grant(
            SYSTEM, commands.grant(SYSTEM, "jobs:run:read", account=queries.find_account(f"x.officer{no}"), valid_from=TODAY, reason="試験").pk
        )
    assert asked() == before
