"""交付請求の画面 — taken in, supplemented, matched, examined by another officer, issued exactly as approved, used up. 住民基本台帳法第12条–第12条の3; A-05, S1-05."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from daicho.audit.models import AuditEntry
from daicho.residents.models import ApplicationStatement, CertificateApplication, CertificateIssue, Visit
from daicho.staff.queries import find_account
from tests.cast import HANAKO, TARO
from tests.paper.tools import text_of
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import LOGIN, desk, family, open_visit, queries, trail

pytestmark = pytest.mark.django_db
CREDITOR = {
    "ground": "third_party", "way": "counter", "received_on": "令和8年4月10日", "requester_name": "株式会社坂の上信販", "organisation": "株式会社坂の上信販",
    "representative": "坂の上　二郎", "requester_address": "札幌市中央区南一条西一丁目1番地", "bearer_name": "担当　三郎",
    "bearer_address": "札幌市中央区南一条西一丁目1番地", "bearer_link": "employee", "identity": "driving_licence", "claim": "right_or_duty",
    "purpose": "貸金の返還を求める訴えのため", "evidence": "金銭消費貸借契約書の写し", "subject1_name": TARO.name, "subject1_address": "小樽市花園2丁目12番1号",
    "kind1": "juminhyo_personal", "copies1": "1",
}  # fmt: skip
BY_MAIL = {
    "ground": "own", "way": "mail", "received_on": "令和8年4月10日", "standing": "self", "requester_name": TARO.name,
    "requester_address": "小樽市花園2丁目12番1号", "identity": "driving_licence", "subject1_name": TARO.name, "kind1": "juminhyo_personal", "copies1": "2",
    "return_to": "小樽市花園2丁目12番1号　花園太郎", "return_check": "residence", "purpose": "年金の手続",
}  # fmt: skip


def received(clerk: Client, data: dict[str, str]) -> str:
    """The address of the new request."""
    answer = clerk.post("/applications/new/", data)
    assert answer.status_code == 302, visible(answer)[-900:]
    return str(answer.url)


def mine() -> Visit | None:
    """What the clerk at the desk has in hand."""
    account = find_account(LOGIN)
    assert account is not None
    return Visit.objects.filter(closed_at__isnull=True, opened_by_id_no=account.pk).last()


def close(clerk: Client) -> None:
    visit = mine()
    if visit is not None:
        clerk.post("/visit/close/", {"visit": str(visit.public_id)})


def in_hand(clerk: Client, url: str, place: int, person: UUID) -> None:
    """処理を始める, and the sheet is looked up by the name of the paper."""
    close(clerk)
    assert clerk.post(f"{url}take/").status_code == 302
    found = clerk.post(f"{url}candidates/", {"place": str(place), "name": TARO.name})
    assert "この人が対象者" in visible(found), visible(found)[-600:]
    assert clerk.post(f"{url}match/", {"place": str(place), "person": str(person)}).status_code == 302


def issued(clerk: Client, person: UUID, *shown: str, delivery: str = "counter") -> object:
    page = clerk.get(f"/person/{person}/certificate/").content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    data = {"certificate": "juminhyo_personal", "people": str(person), "purpose": "訴えのため", "delivery": delivery, "once": once, "shown": list(shown)}
    return clerk.post(f"/person/{person}/certificate/issue/", data)


def approval(person: UUID, **more: object) -> dict[str, object]:
    return {"approved": "yes", "people": str(person), "copies_juminhyo_personal": "1", "valid_until": "令和8年5月10日", "reason": "疎明資料を確認した", **more}


def second_officer(*permissions: str) -> Client:
    return desks.officer("s.shinsa", permissions or desks.ALL, "E01")


def test_第三者の申出は別の職員が審査し認めた一通だけを交付して使い切る():
    """A-05; 法12条の3第1項: nothing on a 受付 alone; not by who took it in; what was approved, and no second copy."""
    clerk = desk()
    taro, _ = family(TARO, HANAKO)
    open_visit("third_party")
    alone = issued(clerk, taro)
    assert alone.status_code == 422 and "交付請求として受け付け" in visible(alone)
    url = received(clerk, {**CREDITOR, "shown": "relationship"})
    assert mine().application is not None  # who asks stands here
    assert "足りないもの（1件）" in visible(clerk.get(url)) and "第12条の3第7項" in visible(clerk.get(url))
    supplied = {key: value for key, value in CREDITOR.items() if key != "received_on"}
    assert clerk.post(f"{url}edit/", {**supplied, "shown": "relationship", "beyond_basic": "同一人の確認のため"}).status_code == 302
    in_hand(clerk, url, 1, taro)
    page = visible(clerk.get(url))
    assert "別の職員が審査します" in page and "審査の結果を決定する" not in page
    own = clerk.post(f"{url}decide/", approval(taro))
    assert own.status_code == 422 and "受け付けた職員と別の職員" in visible(own)
    waits = issued(clerk, taro)
    assert waits.status_code == 422 and "まだ交付が認められていません" in visible(waits)
    examiner = second_officer()
    refused = examiner.post(f"{url}decide/", approval(taro, copies_juminhyo_personal="2", reason=""))
    assert refused.status_code == 422 and "請求された通数より多く" in visible(refused) and "審査の理由" in visible(refused)
    assert examiner.post(f"{url}decide/", approval(taro)).status_code == 302
    beyond = issued(clerk, taro, "relationship")
    assert beyond.status_code == 422 and "「続柄」の記載は、認められていません" in visible(beyond)
    given = issued(clerk, taro)
    assert given.status_code == 200 and given.content.startswith(b"%PDF")
    again = issued(clerk, taro)
    assert again.status_code == 422 and "すべて交付しました" in visible(again)
    assert CertificateIssue.objects.get().visit.visitor_name == "株式会社坂の上信販"
    row = CertificateApplication.objects.get()
    assert row.closed_at is not None and "交付済" in visible(clerk.get(url))
    assert ApplicationStatement.objects.count() == 2  # what was supplied stands beside what came
    decided = AuditEntry.objects.get(action="residents:application:examine", detail__has_key="approved")
    assert (decided.login, decided.detail["approved"], decided.subjects) == ("s.shinsa", True, [taro])
    assert clerk.post(f"{url}edit/", supplied).status_code == 422


def test_郵送請求は不足を照会し小為替がそろって審査し発送して交付済になる():
    """法12条7項: what is missing at once, chased by a day, money against the fee, identity by copies; the list says what is due next."""
    clerk = desk()
    [taro] = family(TARO)
    url = received(clerk, BY_MAIL)
    page = visible(clerk.get(url))
    assert "足りないもの（2件）" in page and "返信用の封筒" in page and "600円足りません" in page
    assert "不足あり" in visible(clerk.get("/applications/")) and TARO.name in visible(clerk.get("/applications/"))
    assert clerk.post(f"{url}step/", {"kind": "asked", "done_on": "令和8年4月10日", "note": "電話で封筒と小為替を求めた"}).status_code == 302
    listed = visible(clerk.get("/applications/"))
    assert "照会中" in listed and "令和8年4月24日" in listed
    early = clerk.post(f"{url}step/", {"kind": "sent", "done_on": "令和8年4月10日", "note": "発送"})
    assert early.status_code == 422 and "まだ交付を認めていません" in visible(early)
    supplied = {key: value for key, value in BY_MAIL.items() if key != "received_on"}
    clerk.post(f"{url}edit/", {**supplied, "has_envelope": "yes"})
    assert "定額小為替の金額は、50、100" in visible(clerk.post(f"{url}money/", {"order_number": "い1", "order_amount": "310"}))
    for number, amount in (("い123", "450"), ("い124", "200")):
        assert clerk.post(f"{url}money/", {"order_number": number, "order_amount": amount}).status_code == 302
    assert "もう記録されています" in visible(clerk.post(f"{url}money/", {"order_number": "い123", "order_amount": "450"}))
    assert "返すお釣り 50円" in visible(clerk.get(url))
    in_hand(clerk, url, 1, taro)
    assert "審査" in visible(clerk.get("/applications/"))
    assert clerk.post(f"{url}decide/", approval(taro, copies_juminhyo_personal="2")).status_code == 302  # 本人の請求: the same officer may
    for _ in range(2):
        assert issued(clerk, taro, delivery="mail_to_residence").status_code == 200
    assert issued(clerk, taro, delivery="mail_to_residence").status_code == 422
    assert "交付できる" in visible(clerk.get(url))  # nobody knows yet that it left
    assert clerk.post(f"{url}step/", {"kind": "sent", "done_on": "令和8年4月10日", "note": "簡易書留で発送。お釣り50円の切手を同封"}).status_code == 302
    assert "交付済" in visible(clerk.get(url)) and "終わっていない請求はありません" in visible(clerk.get("/applications/"))
    assert CertificateIssue.objects.first().visit.identity_check == "copies"
    found = clerk.post("/applications/find/", {"application_no": str(CertificateApplication.objects.get().application_no)})
    assert found.url == url
    assert clerk.post(f"{url}step/", {"kind": "came_back", "done_on": "令和8年4月10日", "note": "あて所に尋ねあたらず"}).status_code == 302
    assert "返送された" in visible(clerk.get("/applications/"))


def test_認めないときは理由を付けた不交付決定通知書が請求者あてに出て対象者のことは何も告げない(tmp_path):
    """法12条の3; 行政不服審査法82条: reason and how to object; whether somebody of that name lives here is not told."""
    clerk = desk()
    family(TARO)
    open_visit("third_party")
    url = received(clerk, {**CREDITOR, "evidence": ""})
    examiner = second_officer()
    assert examiner.post(f"{url}decide/", {"approved": "yes", "reason": "可"}).status_code == 422
    assert examiner.post(f"{url}decide/", {"approved": "no", "reason": "債権があることを示す資料の提出がないため"}).status_code == 302
    page = visible(examiner.get(url))
    assert "不交付" in page and "理由　債権があることを示す資料の提出がないため" in page and "3か月以内に、市長に対して審査請求" in page
    once = examiner.get(url).content.decode().split('name="once" value="')[1].split('"')[0]
    paper = examiner.post(f"{url}refusal/", {"once": once})
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    said = "".join(text_of(paper.content, tmp_path).split())
    assert "証明書の不交付決定通知書" in said and "株式会社坂の上信販御中" in said and "債権があることを示す資料の提出がないため" in said
    assert TARO.name.replace("　", "") not in said and CertificateIssue.objects.get().case.startswith("application:")


def test_受付だけの職員にはだれの住民票かを示さず権限のない操作もできない():
    """domain §7: for who may not know, a request is what its paper says."""
    clerk = desk()
    [taro] = family(TARO)
    url = received(clerk, BY_MAIL)
    in_hand(clerk, url, 1, taro)
    mail_room = second_officer("residents:application:receive")
    page = visible(mail_room.get(url))
    assert TARO.name in page and "確かめた住民票" not in page and "証明書の交付" not in page
    for act in ("take", "candidates", "match", "decide"):
        assert mail_room.post(f"{url}{act}/", {"place": "1"}).status_code == 403, act
    assert "確かめた住民票" in visible(clerk.get(url))
    assert not AuditEntry.objects.filter(action="residents:application:receive", login="s.shinsa", subjects__len__gt=0).exists()
    assert {str(one) for entry in trail("residents:application:receive") for one in entry.subjects} == {str(taro)}


def test_問合せの数は請求の数によらない():
    """Style 14."""
    clerk = desk()
    received(clerk, BY_MAIL)
    one = queries(clerk, "get", "/applications/")
    received(clerk, CREDITOR)
    received(clerk, BY_MAIL)
    assert queries(clerk, "get", "/applications/") == one
    for wrong in ({"ground": "own", "way": "fax"}, {"ground": "own", "way": "counter"}):
        assert clerk.get("/applications/new/", wrong).status_code == 302
    assert clerk.post("/applications/new/", {**BY_MAIL, "fee": "0"}).status_code == 400
    assert clerk.post("/applications/new/", {**BY_MAIL, "standing": "third_party"}).status_code == 400
