"""附票の画面 — of whom nobody could be told, until a clerk says what was done; and how the notices themselves stand. 住民基本台帳法第19条第1項; S1-09; F-2-20."""

from __future__ import annotations

import pytest

from daicho import clock
from daicho.outbox.models import Delivery, Notice
from daicho.residents.models import FuhyoWithoutSeat
from tests.cast import HANAKO, TARO
from tests.residents.fuhyo import TARO_HERE, at_home
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
ENTER = "residents:filing:enter"


def test_通知先がない人は届出の画面から知れ処理した内容を残すと消える():
    """So that a clerk knows: the count in the menu, whom it is about, what was done."""
    taro = family(at_home(TARO, "不明"))[0]
    clerk = desk()
    menu = clerk.get("/filings/new/")
    assert "附票の通知先がない人" in visible(menu) and "いま1件" in visible(menu) and "/fuhyo/" in menu.content.decode()
    page = visible(clerk.get("/fuhyo/"))
    assert TARO.name in page and "不明" in page and "転入" in page
    [read] = [row for row in trail(ENTER) if row.subjects == [taro]]
    assert read.purpose == "附票の通知先がない者の処理"
    row = FuhyoWithoutSeat.objects.get()
    said = visible(clerk.post(f"/fuhyo/{row.public_id}/settle/", {"note": " "}, follow=True))
    assert "処理の内容が入力されていません" in said and TARO.name in said
    said = visible(clerk.post(f"/fuhyo/{row.public_id}/settle/", {"note": "本籍地に書面で通知した"}, follow=True))
    assert "処理済みにしました" in said and "処理する人はいません" in said
    row.refresh_from_db()
    assert (row.note, row.handled_by, row.handled_at) == ("本籍地に書面で通知した", "小林　窓子", clock.now())
    assert "すでに処理済み" in visible(clerk.post(f"/fuhyo/{row.public_id}/settle/", {"note": "もう一度"}, follow=True))
    assert "附票の通知先がない人" not in visible(clerk.get("/filings/new/"))


def test_一覧の問合せの数は人数によらない():
    """style 14."""
    family(at_home(TARO, "なし"))
    clerk = desk()
    one = queries(clerk, "get", "/fuhyo/")
    family(at_home(HANAKO, "なし"))
    assert queries(clerk, "get", "/fuhyo/") == one


def test_附票の通知の拒否は要対応の一覧と経過に理由とともに示され再送できる():
    """N-7.1.1.1-11, -22; S1-09: the city's own 附票 stands among the destinations."""
    family(TARO_HERE)
    [notice] = Notice.objects.filter(destination="family_register")
    Delivery.objects.filter(notice=notice).update(state="refused", attempts=1, reply_code="F04", reply_reason_ja="項目：本籍。", replied_at=clock.now())
    clerk = desk()
    page = visible(clerk.get("/notices/?state=refused"))
    assert "戸籍附票記載事項通知（法第19条第1項）" in page and "戸籍附票システム" in page and "相手方が拒否" in page
    life = visible(clerk.get(f"/notices/{notice.notice_id}/"))
    assert "項目：本籍。" in life and TARO.name in life and "国内転入" in life
    assert clerk.post(f"/notices/{notice.notice_id}/resend/", {"resend-reason": "附票で訂正済み"}).status_code == 302
    assert Delivery.objects.get(notice=notice).state == "pending"
