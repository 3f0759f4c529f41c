"""移転許可の画面 — the list as of a day, a proposal, approval by another officer, revocation; who may do what. F-1-41, F-0-12; D-R1, D-R2, D-R5, H-16."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho.transfers.models import Department, TransferGrant
from daicho.transfers.rules.grants import offered
from tests.transfers.city_hall import departments, granted
from tests.transfers.officers import ALL, main_of, signed_in, visible

pytestmark = pytest.mark.django_db
READ = "transfers:grant:read"
NHI = next(no for no, one in enumerate(offered()) if one.purpose_code == "005")
AID = next(no for no, one in enumerate(offered()) if one.caution)
TYPED = {
    "department_code": "1301", "purpose_code": "005", "purpose_ja": "国民健康保険関係事務", "basis_code": "number_act_9_1_table",
    "items": ["name_kanji", "address"], "scope": "file_one", "method": "real_time", "valid_from": "令和8年4月10日", "valid_to": "",
    "requested_on": "R8.4.9", "request_reference": "保年第12号",
}  # fmt: skip


@pytest.fixture
def town():
    departments()


def test_評価書の移転が候補として並びそのまま申請の画面に入る(town):
    """D-01…D-15: offered as proposals."""
    officer = signed_in("n.ogawa")
    page = visible(officer.get("/grants/"))
    assert page.count("リアルタイム") == 0
    assert all(one.purpose_ja in page for one in offered())
    assert "有効な移転許可はありません" in page
    form = officer.get(f"/grants/new/?offered={NHI}").content.decode()
    assert 'value="国民健康保険関係事務"' in form
    assert form.count("checked") == len(offered()[NHI].items) + 2


def test_根拠を確かめるべき候補は注意を示す(town):
    """D-R5."""
    officer = signed_in("n.ogawa")
    assert "番号法第9条第2項の事務" in visible(officer.get(f"/grants/new/?offered={AID}"))
    row = granted("021")
    assert "番号法第9条第2項の事務" in visible(officer.get(f"/grants/{row.pk}/"))


def test_一人が申請し別の一人が承認する(town):
    """F-1-41."""
    proposer, approver = signed_in("n.ogawa"), signed_in("t.honma")
    answer = proposer.post("/grants/new/", TYPED)
    row = TransferGrant.objects.get()
    assert (answer.status_code, answer.url, row.proposed_by) == (302, f"/grants/{row.pk}/", "小川　直樹")
    own = visible(proposer.get(answer.url))
    assert "承認待ち" in own and "ほかの職員が承認します" in own and "この移転許可を承認する" not in own
    assert proposer.post(f"/grants/{row.pk}/approve/").status_code == 422
    assert "この移転許可を承認する" in visible(approver.get(answer.url))
    assert approver.post(f"/grants/{row.pk}/approve/").status_code == 302
    page = visible(approver.get(answer.url))
    assert "有効" in page and "本間　隆" in page and "氏名、住所" in page and "保年第12号（令和8年4月9日）" in page
    assert "国民健康保険関係事務" in visible(approver.get("/grants/")).split("に有効な移転許可")[2].split("まだ申請されていない")[0]


def test_入力の誤りは項目ごとに示し打ったものは残る(town):
    officer = signed_in("n.ogawa")
    answer = officer.post("/grants/new/", {**TYPED, "items": [], "valid_from": "令和8年4月31日", "request_reference": ""})
    page = answer.content.decode()
    assert (answer.status_code, TransferGrant.objects.exists()) == (422, False)
    assert 'value="国民健康保険関係事務"' in page
    assert "項目を選択してください" in page and "利用依頼の文書番号を入力してください" in page and 'value="令和8年4月31日"' in page
    again = officer.post("/grants/new/", {**TYPED, "valid_from": "令和8年4月9日"})
    assert (again.status_code, "開始日が過ぎています" in visible(again)) == (422, True)


def test_定義にない項目は受け付けない(town):
    """F-1-04."""
    assert signed_in("n.ogawa").post("/grants/new/", {**TYPED, "approved_by": "x"}).status_code == 400


def test_書戻しは別に申請する(town):
    """D-R6."""
    officer = signed_in("n.ogawa")
    page = officer.get("/grants/new/write-back/").content.decode()
    assert "国民健康保険資格有無" in page and "振り仮名" not in page.split("<main")[1]
    typed = {**TYPED, "purpose_code": "W01", "basis_code": "resident_act_7_10", "items": ["nhi_qualified_flag"], "scope": "residents"}
    assert officer.post("/grants/new/write-back/", typed).status_code == 302
    assert TransferGrant.objects.get().direction == "write"


@pytest.mark.parametrize("query", ["?offered=9999", "?grant=9999", "?grant=99999999999999999999"])
def test_ない候補や許可からは始まらない(town, query):
    answer = signed_in("n.ogawa").get(f"/grants/new/{query}")
    assert answer.status_code == (200 if len(query) > 20 else 404)


def test_有効な許可の内容から次の申請を始められる(town):
    """H-16: a change is a new row."""
    row = granted()
    officer = signed_in("n.ogawa")
    assert f"?grant={row.pk}" in officer.get(f"/grants/{row.pk}/").content.decode()
    assert 'value="国民健康保険関係事務"' in officer.get(f"/grants/new/?grant={row.pk}").content.decode()


def test_却下と取消しには理由がいる(town):
    approver = signed_in("t.honma")
    row = granted()
    assert approver.post(f"/grants/{row.pk}/revoke/", {"revoke-reason": " "}).status_code == 422
    assert approver.post(f"/grants/{row.pk}/revoke/", {"revoke-reason": "移管", "revoke-last_day": "x"}).status_code == 422
    assert approver.post(f"/grants/{row.pk}/revoke/", {"revoke-reason": "移管", "revoke-last_day": "令和8年4月30日"}).status_code == 302
    row.refresh_from_db()
    assert (str(row.valid_to), row.end_reason) == ("2026-04-30", "移管")
    assert approver.post(f"/grants/{row.pk}/revoke/", {"revoke-reason": "直ちに"}).status_code == 302
    assert "取消し" in visible(approver.get(f"/grants/{row.pk}/"))
    proposer = signed_in("n.ogawa")
    proposer.post("/grants/new/", TYPED)
    waiting = TransferGrant.objects.order_by("-pk")[0]
    assert approver.post(f"/grants/{waiting.pk}/decline/", {"decline-reason": "根拠なし"}).status_code == 302
    assert "却下" in visible(approver.get(f"/grants/{waiting.pk}/"))


def test_基準日の許可と履歴を示す(town):
    """H-16: as of a day."""
    from datetime import date

    granted(items=("name_kanji",))
    new = granted(items=("name_kanji", "address"), valid_from=date(2026, 5, 1))
    officer = signed_in("n.ogawa")

    def in_force(on: str) -> str:
        return visible(officer.get("/grants/", {"on": on})).split("に有効な移転許可")[2].split("まだ申請")[0]

    assert "氏名、住所" not in in_force("") and "氏名、住所" in in_force("令和8年5月1日")
    assert "令和8年4月10日から令和8年4月30日まで" in visible(officer.get(f"/grants/{new.pk}/"))
    assert officer.get("/grants/", {"on": "令和8年4月31日"}).status_code == 422


def test_権限がなければ見ることも申請も承認もできない(town):
    """F-0-12."""
    row = granted()
    stranger = signed_in("t.taka", ())
    assert {stranger.get(path).status_code for path in ("/grants/", f"/grants/{row.pk}/", "/grants/new/", "/feeds/", "/departments/")} == {403}
    reader = signed_in("n.ogawa", (READ,))
    assert "移転を申請" not in visible(reader.get("/grants/"))
    assert {
        reader.post(path, {"revoke-reason": "x", "decline-reason": "x"}).status_code for path in (f"/grants/{row.pk}/revoke/", "/grants/new/", "/departments/")
    } == {403}
    row.refresh_from_db()
    assert row.revoked_at is None


def test_ない許可は404になる():
    officer = signed_in("n.ogawa")
    assert officer.get("/grants/9999/").status_code == 404
    assert officer.post("/grants/9999/approve/").status_code == 404


def test_移転先の名称を日付で変える():
    """D-R3."""
    departments()
    officer = signed_in("n.ogawa")
    typed = {"code": "1301", "name": "健康保険部　国保年金課", "transfer_no": "4", "valid_from": "令和8年4月10日"}
    assert officer.post("/departments/", typed).status_code == 302
    assert "健康保険部　国保年金課" in visible(officer.get("/departments/"))
    assert officer.post("/departments/", {**typed, "code": "13"}).status_code == 422
    assert officer.post("/departments/", {**typed, "x": "1"}).status_code == 400
    assert Department.objects.filter(code="1301").count() == 2


def test_一覧の問合せの数は行数によらない(town):
    """House style 14: pinned."""
    officer = signed_in("n.ogawa")
    counts = {"/grants/": [], "/feeds/": []}
    for purposes in (("005",), ("001", "002", "003", "W01")):
        for purpose in purposes:
            granted(purpose, "write" if purpose.startswith("W") else "read")
        for path, found in counts.items():
            with CaptureQueriesContext(connection) as queries:
                officer.get(path)
            found.append(len(queries))
    assert counts == {"/grants/": [6, 6], "/feeds/": [9, 9]}, counts


def test_利用開始の後は見られる最初の画面に着く():
    assert signed_in("n.ogawa").get("/").url == "/grants/"
    assert signed_in("t.honma", ("transfers:notice:read",)).get("/").url == "/notices/"
    assert set(ALL) > {READ}


def test_連携の状況は最後の移転と待ちを示す(town):
    from tests.contracts.transfer_samples import MOVE_IN
    from tests.transfers.sending import told

    granted()
    granted("001", method="within_ten_minutes")
    officer = signed_in("n.ogawa")
    told(MOVE_IN)
    page = main_of(officer.get("/feeds/"))
    assert "送信待ち1件" in page and "登録の都度" in page and "5分おき" in page and "届いています" in page
