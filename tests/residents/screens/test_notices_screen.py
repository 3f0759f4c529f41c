"""連携の画面 — how each notice stands, whom it is about for those who may know, and sending it again. F-2-20; design §5."""

from __future__ import annotations

import uuid

import pytest

from daicho import clock
from daicho.outbox.models import Delivery, Notice, RefusedMessage
from tests.cast import FAMILY, TARO
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
COUNTED = 4
READ, RESEND, WITHDRAW = "residents:notice:read", "residents:notice:resend", "residents:notice:withdraw"


def stuck() -> Notice:
    """As the relay leaves it after a refusal: the first notice of 花園 太郎."""
    notice = Notice.objects.order_by("order_no")[0]
    Delivery.objects.filter(notice=notice).update(
        state="refused", attempts=2, reply_code="L01", reply_reason_ja="更新順番号に欠番があります。", replied_at=clock.now()
    )
    return notice


def rows(client, query: str = "") -> int:
    return client.get(f"/notices/{query}").content.decode().count('<th scope="row"')


def test_一覧は状態を示し人を示さず絞り込める():
    family()
    stuck()
    clerk = desk()
    page = visible(clerk.get("/notices/"))
    assert "本人確認情報の通知" in page and "転入通知" in page and "相手方が拒否" in page
    assert not any(person.name in page.split("連携の状況")[-1] for person in FAMILY)
    cs, every = "?destination=juki_net", Notice.objects.count()
    assert [rows(clerk, cs + q) for q in ("", "&state=refused", "&state=acknowledged")] == [12, 1, 0]
    assert [rows(clerk, q) for q in ("", "?state=%27x&before=-1")] == [every, every]


def test_経過は対象者を記録してから示す():
    people = family()
    notice = stuck()
    page = visible(desk().get(f"/notices/{notice.notice_id}/"))
    assert "L01" in page and "国内転入" in page and "2回" in page and TARO.name in page.split("通知の経過")[-1] and FAMILY[1].name not in page
    [row] = trail(READ)
    assert (row.subjects, row.detail["notice_id"]) == ([people[0]], str(notice.notice_id))


def test_住民票を見る権限がなければ対象者は示されない():
    family()
    page = visible(desk(READ).get(f"/notices/{stuck().notice_id}/"))
    assert "対象者" not in page


def test_理由を添えて再送し記録する():
    family()
    notice = stuck()
    clerk = desk()
    assert clerk.post(f"/notices/{notice.notice_id}/resend/", {"resend-reason": " "}).status_code == 422
    assert clerk.post(f"/notices/{notice.notice_id}/resend/", {"resend-reason": "相手方で訂正済み"}).status_code == 302
    assert Delivery.objects.get(notice=notice).state == "pending"
    assert [row.purpose for row in trail("outbox:notice:resend")] == ["相手方で訂正済み"]
    assert "送信待ちに戻しました" in visible(clerk.get(f"/notices/{notice.notice_id}/"))


def test_理由を添えて取り下げ記録し後の通知が進む():
    """Decision 0004: otherwise a refused notice would hold its people forever."""
    family()
    notice = stuck()
    clerk = desk()
    assert clerk.post(f"/notices/{notice.notice_id}/withdraw/", {"withdraw-reason": ""}).status_code == 422
    assert clerk.post(f"/notices/{notice.notice_id}/withdraw/", {"withdraw-reason": "文書で通知済み"}).status_code == 302
    assert Delivery.objects.get(notice=notice).state == "withdrawn"
    assert [row.purpose for row in trail("outbox:notice:withdraw")] == ["文書で通知済み"]
    page = visible(clerk.get(f"/notices/{notice.notice_id}/"))
    assert "取り下げました" in page and "再送の理由" not in page


def test_取下げの権限は再送の権限とは別である():
    family()
    notice = stuck()
    reader = desk(READ, RESEND)
    page = visible(reader.get(f"/notices/{notice.notice_id}/"))
    assert "再送の理由" in page and "取下げの理由" not in page
    assert reader.post(f"/notices/{notice.notice_id}/withdraw/", {"withdraw-reason": "不要"}).status_code == 403
    assert (Delivery.objects.get(notice=notice).state, [row.outcome for row in trail(WITHDRAW)]) == ("refused", ["refused"])


def test_要対応だけの一覧は拒否と送信できずの両方を示す():
    """N-7.1.1.1-22."""
    family()
    stuck()
    Delivery.objects.filter(notice=Notice.objects.order_by("order_no")[1]).update(state="dead")
    assert rows(desk(), "?state=work_list") == 2


def test_止まっていない通知は再送できない():
    family()
    notice = Notice.objects.first()
    clerk = desk()
    clerk.post(f"/notices/{notice.notice_id}/resend/", {"resend-reason": "急ぐ"})
    assert "操作できません" in visible(clerk.get("/notices/"))


def test_権限がなければ見ることも再送もできない():
    family()
    notice = stuck()
    reader = desk(READ)
    assert "再送の理由" not in visible(reader.get(f"/notices/{notice.notice_id}/"))
    assert reader.post(f"/notices/{notice.notice_id}/resend/", {"resend-reason": "もう一度"}).status_code == 403
    assert Delivery.objects.get(notice=notice).state == "refused"


def test_見る権限がなければ拒まれ知らない通知は404():
    family()
    clerk = desk("residents:visit:open")
    assert {clerk.get(path).status_code for path in ("/notices/", f"/notices/{stuck().notice_id}/")} == {403}
    assert {row.outcome for row in trail(READ)} == {"refused"}


def test_受け付けなかった電文を示し権限がなければ拒む():
    clerk = desk()
    assert "受け付けなかった電文はありません" in visible(clerk.get("/notices/turned-away/"))
    RefusedMessage.objects.create(refused_at=clock.now(), claimed_sender="stranger", authenticated=False, code="stale", digest="0" * 64)
    page = visible(clerk.get("/notices/turned-away/"))
    assert "stranger" in page and "署名が古い" in page and "確認できず" in page


def test_受け付けなかった電文も見る権限がなければ拒まれる():
    assert desk("residents:visit:open").get("/notices/turned-away/").status_code == 403
    assert [row.outcome for row in trail(READ)] == ["refused"]


def test_知らない通知は404():
    assert desk().get(f"/notices/{uuid.uuid4()}/").status_code == 404


def test_問合せの数は通知の数によらない():
    """Style 14; one more for what waits behind stuck ones."""
    family(TARO)
    clerk = desk()
    few = queries(clerk, "get", "/notices/")
    family(*FAMILY[1:])
    assert (few, queries(clerk, "get", "/notices/")) == (COUNTED, COUNTED)
