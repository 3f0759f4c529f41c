"""対象者・移転記録・書戻しの画面 — recorded before anything is shown, by POST, never a number or name in an address. F-1-13, F-1-43, F-0-12; D-R4, D-R6, G-26."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.audit.models import AuditEntry
from daicho.contracts.department_items_v1 import DepartmentItemsOutcomeV1
from daicho.transfers.models import Person, TransferRecord, WriteBack
from tests.contracts.transfer_samples import ATENA, DIED, ENTRY, MOVE_IN, OTHER_ATENA, PERSON, RELOCATED
from tests.transfers.city_hall import granted, may_write
from tests.transfers.officers import main_of, signed_in
from tests.transfers.sending import deliver, pull, told

pytestmark = pytest.mark.django_db
PERSON_READ, RECORD_READ, WRITE_BACK_READ = "transfers:person:read", "transfers:record:read", "transfers:write_back:read"


@pytest.fixture
def life():
    """国保 reads and writes; somebody moved in and house, the department wrote back twice, one time in vain; another department asked in vain."""
    granted()
    may_write()
    told(MOVE_IN, replace(MOVE_IN, history_no=2, person=RELOCATED), replace(MOVE_IN, atena_no=OTHER_ATENA))
    deliver(ENTRY, sender="departments")
    deliver(replace(ENTRY, entry_no="E-0002", sequence_no=9), sender="departments")
    pull("0401", "001")
    return Person.objects.get(atena_no=ATENA)


def trail(action: str) -> list[tuple[str, set[uuid.UUID]]]:
    return [(row.outcome, set(row.subjects)) for row in AuditEntry.objects.filter(action=action).order_by("id")]


def test_宛名番号で一人を確かめ知らせた課と書戻しが並ぶ(life):
    """D-R4: what which department was told."""
    officer = signed_in("n.ogawa")
    page = main_of(officer.post("/persons/found/", {"atena_no": ATENA}))
    for shown in (
        PERSON.name_kanji, RELOCATED.address, "昭和60年", "住登者", "福祉保険部", "国民健康保険関係事務", "リアルタイム", "移転した", "書戻し番号",
        "間の書戻しが届いていません", "令和15年4月10日",
    ):  # fmt: skip
        assert shown in page, shown
    assert page.count("国民健康保険関係事務") == 2
    assert trail(PERSON_READ) == [("done", {life.public_id})]


def test_氏名では探せず見つからない番号も記録される():
    officer = signed_in("n.ogawa")
    assert "氏名では検索できません" in main_of(officer.get("/persons/"))
    answer = officer.post("/persons/found/", {"atena_no": "999"})
    assert (answer.status_code, "対象にいません" in main_of(answer)) == (422, True)
    assert officer.post("/persons/found/", {"atena_no": ""}).status_code == 422
    assert officer.post("/persons/found/", {"atena_no": "1", "name": "花子"}).status_code == 400
    assert trail(PERSON_READ) == [("done", set())]


def test_死亡した者の票には何もない(life):
    """評価書II(1)2③."""
    told(replace(DIED, history_no=3))
    page = main_of(signed_in("n.ogawa").get(f"/persons/{life.public_id}/"))
    assert "対象外" in page and PERSON.name_kanji not in page and RELOCATED.address not in page and "対象外を知らせた" in page


def test_番地に宛名番号は現れない(life):
    """F-0-12."""
    officer = signed_in("n.ogawa")
    pages = [officer.post("/persons/found/", {"atena_no": ATENA}), officer.post("/records/found/", {"outcome": "any"}), officer.get("/write-backs/")]
    for page in pages:
        html = page.content.decode()
        assert not any(ATENA in part.split('"')[0] for part in html.split('href="')[1:])


def test_知らない人は404になり試みは記録される():
    assert signed_in("n.ogawa").get(f"/persons/{uuid.uuid4()}/").status_code == 404
    assert trail(PERSON_READ) == [("failed", set())]


def test_移転記録を課と人と結果と日で探す(life):
    """F-1-43: searchable by department and person; refusals too."""
    officer = signed_in("n.ogawa")

    def found(**keys: str) -> tuple[int, int]:
        answer = officer.post("/records/found/", {"outcome": "any", **keys})
        return answer.status_code, answer.content.decode().split("<tbody>")[-1].count('<th scope="row"') if "<tbody>" in answer.content.decode() else 0

    assert found() == (200, 4)
    assert found(department="1301") == (200, 3)
    assert found(atena_no=ATENA) == (200, 2)
    assert found(outcome="refused") == (200, 1)
    assert found(department="0401", outcome="given") == (200, 0)
    assert found(first="令和8年4月11日") == (200, 0)
    assert found(first="R8.4.10", last="R8.4.10") == (200, 4)
    assert found(last="令和8年4月9日") == (200, 0)
    assert found(atena_no="999") == (200, 0)
    assert found(first="昨日")[0] == 422
    assert found(name="花子")[0] == 400


def test_記録を見たことは見えた全員とともに残る(life):
    officer = signed_in("n.ogawa")
    officer.get("/records/")
    assert trail(RECORD_READ) == []
    page = main_of(officer.post("/records/found/", {"outcome": "any"}))
    assert "有効な移転許可がない" in page and "許可なし" in page and "課からの受付" in page
    assert PERSON.name_kanji not in page
    assert trail(RECORD_READ) == [("done", set(Person.objects.values_list("public_id", flat=True)))]


def test_書戻しの一覧は拒否と理由を示し絞り込める(life):
    """G-26: refusals stand on a screen."""
    officer = signed_in("n.ogawa")
    page = main_of(officer.get("/write-backs/"))
    assert "住民記録へ送信" in page and "庁内連携で拒否" in page and "間の書戻しが届いていません" in page and "国民健康保険資格有無" in page
    refused = main_of(officer.get("/write-backs/?state=refusals"))
    assert "E-0002" in refused and "E-0001" not in refused
    assert "E-0001" in main_of(officer.get("/write-backs/?state=%27x&before=-1"))
    assert trail(WRITE_BACK_READ)[0] == ("done", {life.public_id})


def test_書戻しの一件は値を示し見たことを記録する(life):
    row = WriteBack.objects.get(entry_no="E-0001")
    deliver(DepartmentItemsOutcomeV1(str(row.public_id), None, clock.now(), ("国民健康保険の取得日が処理日（本日）より後です。",)))
    officer = signed_in("n.ogawa")
    page = main_of(officer.get(f"/write-backs/{row.public_id}/"))
    for shown in ("住民記録で拒否", "取得日が処理日（本日）より後です", "国民健康保険資格有無 有", "令和8年4月1日", "国民健康保険喪失日"):
        assert shown in page, shown
    assert trail(WRITE_BACK_READ)[-1] == ("done", {life.public_id})
    assert officer.get(f"/write-backs/{uuid.uuid4()}/").status_code == 404


def test_権限がなければどれも見られず拒否が残る(life):
    """F-0-12."""
    stranger = signed_in("t.taka", ())
    row = WriteBack.objects.first()
    got = {
        path: stranger.get(path).status_code
        for path in ("/persons/", f"/persons/{life.public_id}/", "/records/", "/write-backs/", f"/write-backs/{row.public_id}/")
    }
    assert set(got.values()) == {403}
    posted = {stranger.post(path, {"atena_no": ATENA, "outcome": "any"}).status_code for path in ("/persons/found/", "/records/found/")}
    assert posted == {403}
    assert {outcome for action in (PERSON_READ, RECORD_READ, WRITE_BACK_READ) for outcome, _ in trail(action)} == {"refused"}


@pytest.mark.parametrize("path", ["/persons/found/", "/records/found/"])
def test_人を示す検索はPOSTだけである(path):
    assert signed_in("n.ogawa").get(path).status_code == 405


def test_問合せの数は人数や件数によらない(life):
    """House style 14: pinned."""
    officer = signed_in("n.ogawa")

    def counted() -> list[int]:
        found = []
        for act in (
            lambda: officer.post("/persons/found/", {"atena_no": ATENA}),
            lambda: officer.post("/records/found/", {"outcome": "any"}),
            lambda: officer.get("/write-backs/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                act()
            found.append(len(queries))
        return found

    few = counted()
    told(*(replace(MOVE_IN, atena_no=f"10000009{no:02}") for no in range(5)), replace(MOVE_IN, history_no=3))
    for no in range(2, 6):
        deliver(replace(ENTRY, entry_no=f"E-{no}", sequence_no=no), sender="departments")
    assert (few, counted()) == ([10, 8, 7], [10, 8, 7])


def test_通知の画面は移転の種類を言葉で示す(life):
    page = main_of(signed_in("n.ogawa").get("/notices/"))
    assert "異動の連携（リアルタイム）" in page and "書戻し（住民記録へ）" in page and "書戻しの結果" in page
    assert TransferRecord.objects.exists()
