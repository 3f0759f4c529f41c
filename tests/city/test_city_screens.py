"""市の設定の画面 — settings as of a day, a change by two officers, offices with their terminals, who signs. 標準1.3.1, 1.3.9; G-29."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho import city, clock
from daicho.city import demo, queries
from daicho.city.models import Proposal
from daicho.city.permissions import CityPermission as Can
from daicho.city.proposals import waiting
from daicho.outbox import leading
from tests import harness
from tests.copies import turned_to
from tests.staff.people import COUNTER_2, TODAY, signed_in, trail

pytestmark = pytest.mark.django_db
KEY = "fee_juminhyo_yen"
LATER = date(2026, 8, 1)
PROPOSAL = {"value": "350", "valid_from": "令和8年8月1日", "reason": "手数料条例の改正"}
DEPUTY = {
    "title": "北海道小樽市長職務代理者　北海道小樽市副市長", "name": "見本　花子", "seal_name": "市長職務代理者印", "valid_from": "R8.7.10", "valid_to": "R8.7.20",
    "reason": "市長の入院",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def furnished(django_db_setup, django_db_blocker):
    """A city as it is furnished, once: each test works in a transaction on it, which is rolled back."""
    with harness.clone(settings.DAICHO.name) as clone, turned_to(clone):
        with django_db_blocker.unblock(), clock.at(TODAY):
            demo.fill()
            connections.close_all()
        yield


@pytest.fixture(autouse=True)
def today(settings):
    settings.STAFF_TERMINALS = "tests.staff.people.terminals_on"
    with clock.at(TODAY):
        yield


@pytest.fixture
def proposer() -> Client:
    return signed_in(Can.SETTING_READ, Can.SETTING_ENTER, Can.OFFICE_REGISTER, Can.CERTIFIER_APPOINT)


@pytest.fixture
def approver() -> Client:
    return signed_in(Can.SETTING_READ, Can.SETTING_APPROVE, login="t.honma", terminal=COUNTER_2)


def words(answer: HttpResponse) -> str:
    """What the page says, without the signs of its badges; a text is not cut where a difference is marked."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    whole = re.sub(r"</?(?:ins|del)[^>]*>", "", main)
    return " ".join(re.sub(r"[◆○✓△✕×!●]", " ", re.sub(r"<[^>]+>", " ", whole)).split())


def proposed(client: Client, path: str, typed: dict[str, str]) -> str:
    """The address of the proposal that was made."""
    answer = client.post(path, typed)
    assert answer.status_code == 302, words(answer)
    return answer.url


def test_設定は事柄ごとに基準日の値と予定と承認待ちを示す(proposer, approver):
    """G-29: dated. Given a fee that rises in August, When asked for today and for August, Then each day's value."""
    path = proposed(proposer, f"/city/setting/{KEY}/change/", PROPOSAL)
    assert "住民票の写しの手数料（円） 300 承認待ち" in words(proposer.get("/city/"))
    approver.post(f"{path}approve/")
    assert "住民票の写しの手数料（円） 300 令和8年8月1日から" in words(proposer.get("/city/"))
    august = words(proposer.get("/city/?on=R8.8.1"))
    assert "令和8年8月1日の設定" in august and "住民票の写しの手数料（円） 350 市が設定した値" in august


def test_一人が申請し前後を見比べた別の一人が承認すると当日から有効になる(proposer, approver):
    """spec/domain.md §13."""
    path = proposed(proposer, f"/city/setting/{KEY}/change/", PROPOSAL)
    own = words(proposer.get(path))
    assert "自分の申請です" in own and "承認する F9" not in own
    assert proposer.post(f"{path}approve/").status_code == 403
    seen = words(approver.get(path))
    assert "手数料条例の改正" in seen and "値 300 350 変更" in seen and "承認する F9" in seen
    assert approver.post(f"{path}approve/", follow=True).status_code == 200
    assert [city.setting(KEY, day) for day in (TODAY, date(2026, 7, 31), LATER)] == [300, 300, 350]
    assert [(row[1], row[3]["key"]) for row in (*trail(Can.SETTING_ENTER), *trail(Can.SETTING_APPROVE))] == [("h.otaru", KEY), ("t.honma", KEY)]
    history = words(approver.get(f"/city/setting/{KEY}/"))
    assert "令和8年8月1日から 350 予定" in history and "h.otaru" in history and "t.honma" in history


def test_承認の権限があっても自分の申請は承認できない():
    both = signed_in(Can.SETTING_READ, Can.SETTING_ENTER, Can.SETTING_APPROVE)
    path = proposed(both, f"/city/setting/{KEY}/change/", PROPOSAL)
    assert "承認する F9" not in words(both.get(path))
    answer = both.post(f"{path}approve/")
    assert answer.status_code == 422 and "別の職員が承認してください" in words(answer)
    assert city.setting(KEY, LATER) == 300


def test_値は種類に合わなければ入力を残して断る(proposer):
    for key, value, message in (
        (KEY, "三百円", "0から10000までの整数"),
        ("closed_days_own", "2026-02-30 点検", "日付（2026-04-01の形）と理由の組"),
        ("procedures_moved", "65才以上 介護保険の住所変更 介護保険課", "「6歳から14歳」の形"),
        ("procedures_moved", "全員 窓口のない手続", "対象、手続、窓口を空白で区切った行"),
        ("text_overflow", "shrink", "「交付しない」「入る所まで印字する」「空白にする」のどれか"),
    ):
        answer = proposer.post(f"/city/setting/{key}/change/", PROPOSAL | {"value": value})
        assert answer.status_code == 422
        assert message in words(answer)
        assert "手数料条例の改正" in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("closed_days_own", "2026-08-03 庁舎設備点検日\n2026-08-04 停電", {"2026-08-03": "庁舎設備点検日", "2026-08-04": "停電"}),
        (
            "procedures_moved",
            "65歳以上 介護保険の住所変更 介護保険課\n全員　ごみの出し方の案内　環境課",
            [["65歳以上", "介護保険の住所変更", "介護保険課"], ["全員", "ごみの出し方の案内", "環境課"]],
        ),
        ("procedures_moved", "", []),
        ("konbini_for_leaving", "yes", True),
        ("konbini_while_provisional", "as_before", "as_before"),
        ("juminhyo_shown_by_default", ["relationship", "head_name"], ["relationship", "head_name"]),
        ("text_blank", "（空欄）", "（空欄）"),
    ],
)
def test_どの種類の値も画面から変えられる(proposer, approver, key, value, kept):
    assert proposer.get(f"/city/setting/{key}/change/").status_code == 200
    path = proposed(proposer, f"/city/setting/{key}/change/", PROPOSAL | {"value": value})
    approver.post(f"{path}approve/")
    assert city.setting(key, LATER) == kept


def test_却下の理由は申請に残り取下げは申請者だけができる(proposer, approver):
    declined = proposed(proposer, f"/city/setting/{KEY}/change/", PROPOSAL)
    assert approver.post(f"{declined}decline/", {"reason": ""}).status_code == 422
    approver.post(f"{declined}decline/", {"reason": "議決の前です。"})
    assert "却下の理由 議決の前です。" in words(proposer.get(declined))
    withdrawn = proposed(proposer, f"/city/setting/{KEY}/change/", PROPOSAL)
    assert approver.post(f"{withdrawn}withdraw/").status_code == 403
    assert "申請を取り下げました" in words(proposer.post(f"{withdrawn}withdraw/", follow=True))
    assert waiting() == []
    assert city.setting(KEY, LATER) == 300


def test_四つの入力場所にその端末が並ぶ(proposer):
    """N-1.3.1-01, N-1.3.1-02."""
    page = words(proposer.get("/city/places/"))
    for office, terminal in (
        ("本庁", "本庁3 H03"),
        ("駅前サービスセンター", "駅前1 E01"),
        ("銭函サービスセンター", "銭函1 Z01"),
        ("塩谷サービスセンター", "塩谷1 S01"),
    ):
        assert page.index(f"{office} 場所コード") < page.index(terminal)
    assert "端末名 端末コード プリンタ番号 使う期間" in page


def test_入力場所と端末の登録と名称変更と廃止が二人の手で日付どおりに効く(proposer, approver):
    """N-1.3.1-01, N-1.3.1-02."""
    office = {"key": "asari", "name": "朝里出張所", "order": "5", "valid_from": "R8.7.1", "reason": "開設"}
    approver.post(proposed(proposer, "/city/new/office/", office) + "approve/")
    terminal = {"key": "A01", "name": "朝里1", "office_code": "asari", "order": "9", "valid_from": "R8.7.1", "reason": "開設"}
    approver.post(proposed(proposer, "/city/new/terminal/", terminal) + "approve/")
    renamed = {"name": "朝里甲", "office_code": "asari", "order": "9", "valid_from": "R8.8.1", "reason": "名称の整理"}
    path = proposed(proposer, "/city/terminal/A01/change/", renamed)
    assert "端末名 朝里1 朝里甲 変更" in words(approver.get(path))
    approver.post(f"{path}approve/")
    approver.post(proposed(proposer, "/city/office/asari/end/", {"valid_from": "R8.9.1", "reason": "統合"}) + "approve/")
    named = [[one.name for one in queries.terminals_on(day) if one.code == "A01"] for day in (TODAY, LATER, date(2026, 8, 31), date(2026, 9, 1))]
    assert named == [["朝里1"], ["朝里甲"], ["朝里甲"], []]
    assert "朝里出張所" in words(proposer.get("/city/places/")) and "朝里出張所" not in words(proposer.get("/city/places/?on=R8.9.1"))
    assert "令和8年7月1日から令和8年7月31日まで 朝里1" in words(proposer.get("/city/terminal/A01/"))


def test_無い入力場所の端末と同じ日に終わった場所の端末は申請できない(proposer):
    typed = {"key": "X01", "name": "どこか1", "office_code": "nowhere", "order": "0", "valid_from": "R8.7.1", "reason": "試し"}
    answer = proposer.post("/city/new/terminal/", typed)
    assert answer.status_code == 422 and "先に入力場所を登録してください" in words(answer)


def test_職務代理者の期間だけ署名する人が替わる(proposer, approver):
    """N-1.3.9-01, N-1.3.9-02."""
    path = proposed(proposer, "/city/certifier/deputy/change/", DEPUTY)
    approver.post(f"{path}approve/")
    for day, name in (("R8.7.9", "見本 太郎"), ("R8.7.10", "見本 花子"), ("R8.7.20", "見本 花子"), ("R8.7.21", "見本 太郎")):
        assert re.search(f"{name} ?の名前で出ます", words(proposer.get(f"/city/places/?on={day}")).replace("　", " ")), day
    assert "令和8年7月10日から令和8年7月20日まで 予定" in words(proposer.get("/city/places/"))


def test_職務代理を早く終え市長は廃止できない(proposer, approver):
    approver.post(proposed(proposer, "/city/certifier/deputy/change/", DEPUTY) + "approve/")
    approver.post(proposed(proposer, "/city/certifier/deputy/end/", {"valid_from": "R8.7.15", "reason": "市長の退院"}) + "approve/")
    assert [queries.find_certifier(date(2026, 7, day)).is_deputy for day in (14, 15)] == [True, False]
    answer = proposer.post("/city/certifier/mayor/end/", {"valid_from": "R8.7.15", "reason": "試し"})
    assert answer.status_code == 422 and "市長は廃止できません" in words(answer)


def test_氏名のない認証者は申請できない(proposer):
    """N-1.3.9-04."""
    answer = proposer.post("/city/certifier/mayor/change/", DEPUTY | {"name": "　"})
    assert answer.status_code == 422 and "氏名を入力してください" in words(answer)
    assert not Proposal.objects.exists()


def test_従うシステムでは見るだけで変更は住民記録で行うよう告げる(proposer, monkeypatch):
    """G-29."""
    monkeypatch.setattr(leading, "_leaders", ["residents"])
    for path in ("/city/", "/city/places/", f"/city/setting/{KEY}/"):
        page = words(proposer.get(path))
        assert "住民記録のシステムで変更します" in page
        assert "F6" not in page.replace("庁舎・窓口・認証者 F6", "") and "端末を登録" not in page
    answer = proposer.post(f"/city/setting/{KEY}/change/", PROPOSAL)
    assert answer.status_code == 422 and "住民記録のシステムで変更してください" in words(answer)


@pytest.mark.parametrize("path", ["/city/", "/city/places/", "/city/changes/", f"/city/setting/{KEY}/", "/city/new/office/", "/city/certifier/mayor/change/"])
def test_権限がなければ見られない(path):
    assert signed_in().get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["setting/no_such_key/", "office/nowhere/", "certifier/king/", "town/x/", "changes/99/", "new/setting/", f"setting/{KEY}/end/"]
)
def test_ないものは見つからない(proposer, path):
    assert proposer.get(f"/city/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"), [("/city/", 3), ("/city/places/", 4), ("/city/changes/", 3), (f"/city/setting/{KEY}/", 2), ("/city/terminal/H01/", 3)]
)
def test_問合せの数は行数によらない(proposer, approver, path, most):
    """What the page itself asks, beside the two queries of every request (staff) and those of the session."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert proposer.get(path).status_code == 200
        return sum("city_" in query["sql"] for query in seen.captured_queries)

    before = asked()
    for no in range(3):
        office = {"key": f"new{no}", "name": f"出張所{no}", "order": "9", "valid_from": "R8.7.1", "reason": "開設"}
        approver.post(proposed(proposer, "/city/new/office/", office) + "approve/")
        proposed(proposer, f"/city/setting/{KEY}/change/", PROPOSAL | {"value": str(400 + no)})
    assert (before, asked()) == (most, most)
