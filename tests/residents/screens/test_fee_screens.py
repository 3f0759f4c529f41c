"""手数料日報の画面 — counted by one officer, confirmed by another; free only by a ground of the city's table. 地方自治法第227条; A-05, S1-05."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from daicho.residents.models import CertificateIssue, FeeClosing
from tests.cast import TARO
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, open_visit, queries

pytestmark = pytest.mark.django_db
DAY = {"day": "令和8年4月10日"}


def issue(clerk: Client, person: object, **more: str) -> object:
    once = clerk.get(f"/person/{person}/certificate/").content.decode().split('name="once" value="')[1].split('"')[0]
    data = {"certificate": "juminhyo_personal", "people": str(person), "purpose": "年金の手続", "delivery": "counter", "once": once, **more}
    return clerk.post(f"/person/{person}/certificate/issue/", data)


def test_一日の手数料を窓口ごとに数え別の職員が確認し免除と処分を別に示す():
    clerk = desk()
    [taro] = family(TARO)
    open_visit("self")
    assert issue(clerk, taro).status_code == 200 and issue(clerk, taro, exemption="welfare").status_code == 200
    refused = issue(clerk, taro, exemption="my_friend")
    assert refused.status_code == 422 and "本日の手数料の表にありません" in visible(refused)
    official = issue(clerk, taro, official="yes")
    assert official.status_code == 422 and "国・地方公共団体の機関の請求だけ" in visible(official)
    assert list(CertificateIssue.objects.order_by("pk").values_list("fee_yen", "exemption")) == [(300, ""), (0, "welfare")]
    page = visible(clerk.get("/fees/"))
    assert "本庁 本庁1 小林　窓子 住民票の写し" in page.replace("　（", "（").replace("（個人票）", "") and "生活保護を受けている人の請求 1通" in page
    first = CertificateIssue.objects.earliest("pk")
    window = {**DAY, "window": first.office_code, "terminal": first.terminal}
    assert clerk.post("/fees/close/", {**window, "terminal": "Z99", "counted": "0"}).status_code == 422
    short = clerk.post("/fees/close/", {**window, "counted": "200"})
    assert short.status_code == 422 and "100円足りない" in visible(short)
    assert clerk.post("/fees/close/", {**window, "counted": "300"}).status_code == 302
    count = FeeClosing.objects.get()
    clerk.post("/fees/close/", {**DAY, "confirm": str(count.pk)})
    assert FeeClosing.objects.count() == 1  # not by who counted
    cashier = desks.officer("s.shinsa", ("residents:fees:read", "residents:fees:close"), "E01")
    assert "確認待ち" in visible(cashier.get("/fees/"))
    cashier.post("/fees/close/", {**DAY, "confirm": str(count.pk)})
    assert FeeClosing.objects.filter(confirms=count).count() == 1 and "締め済み" in visible(cashier.get("/fees/"))
    spoiled = CertificateIssue.objects.get(fee_yen=300)
    clerk.post(f"/issues/{spoiled.public_id}/disposal/", {"kind": "spoiled", "reason": "紙詰まり"})
    assert "締めた後に交付や処分がある" in visible(cashier.get("/fees/"))
    sheet = cashier.post("/fees/csv/", DAY).content.decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("区分,場所,窓口,職員,証明書,通数") and sheet[1].endswith(",2,300,1,1,300,0") and TARO.name not in "".join(sheet)
    listed = visible(clerk.post("/issues/found/", {"exemption": "welfare"}))
    assert "条件に合う交付 1件" in listed and "条件に合う交付 2件" in visible(clerk.post("/issues/found/", {"way": "counter"}))
    for statement in ("DELETE FROM residents_feeclosing", "UPDATE residents_feeclosing SET counted_yen = 0"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    one = queries(cashier, "get", "/fees/")
    issue(clerk, taro)
    assert queries(cashier, "get", "/fees/") == one
    assert cashier.post("/fees/", {"day": "令和8年4月11日"}).status_code == 422


def test_代理人は受付で権限を示す書類を確認してから始まる():
    """法12条4項, 27条3項: by the screen; 本人 is as quick as ever."""
    clerk = desk()
    clerk.post("/visit/close/", {"visit": str(open_visit("self").public_id)})
    came = {
        "visitor_name": "代理　人子",
        "standing": "agent",
        "identity_check": "one_document",
        "identity_documents": "driving_licence",
        "purpose": "写しの請求",
    }
    refused = clerk.post("/visit/", came)
    assert refused.status_code == 422 and "委任状）を確認し" in visible(refused)
    assert clerk.post("/visit/", {**came, "authority": "mandate", "authority_note": "花園太郎の委任状（令和8年4月1日）"}).status_code == 302
    assert "花園太郎の委任状（令和8年4月1日）" in visible(clerk.get("/visit/"))
