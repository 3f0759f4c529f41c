"""添付の一覧による公用請求 — a public office asks for many people by a list; まとめて交付 makes what was approved, each on record, without a fee, and no copy more. 住民基本台帳法第12条の2; decisions 0051, 0052."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from daicho import clock
from daicho.certificates.fees import OFFICIAL
from daicho.residents.models import BulkIssue, CertificateApplication, CertificateIssue
from daicho.residents.rules.blocks import Strength
from tests.paper.tools import text_of
from tests.residents.bulk import alone, blocked, worked
from tests.residents.case_letters import back_at_the_desk
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, open_visit
from tests.residents.screens.test_application_screens import close, mine, received

pytestmark = pytest.mark.django_db
OFFICE = {
    "ground": "official", "way": "counter", "received_on": "令和8年4月10日", "organisation": "札幌国税局", "bearer_title": "徴収官", "bearer_name": "国税　太郎",
    "identity": "staff_id", "law": "国税徴収法第146条の2", "purpose": "滞納者の居所の確認", "by_list": "yes", "kind1": "juminhyo_personal", "copies1": "2",
    "shown": "relationship",
}  # fmt: skip
BY_MAIL = {**OFFICE, "way": "mail", "return_to": "札幌市中央区大通西10丁目", "return_check": "residence", "has_envelope": "yes"}
AS_APPROVED = {
    "certificate": "juminhyo_personal", "purpose": "滞納者の居所の確認", "source": "list", "official": "yes", "shown": "relationship",
}  # fmt: skip


def approved(clerk: Client, url: str, until: str = "令和8年5月10日") -> None:
    """So many as were asked for, to whoever is on the list."""
    given = {"approved": "yes", "people": "*", "copies_juminhyo_personal": "2", "shown": "relationship", "valid_until": until, "reason": "公文書を確認した"}
    answer = clerk.post(f"{url}decide/", given)
    assert answer.status_code == 302, visible(answer)[-900:]


def order(clerk: Client, people: list[str], **more: str) -> Client:
    return clerk.post("/bulk/order/", {**AS_APPROVED, "people": "\n".join(people), **more})


def refused(clerk: Client, people: list[str], **more: str) -> str:
    """Why the order is not taken: nothing of it is kept."""
    before = BulkIssue.objects.count()
    answer = order(clerk, people, **more)
    assert answer.status_code == 422 and BulkIssue.objects.count() == before, answer.headers
    return visible(answer)


def taken(clerk: Client, people: list[str]) -> BulkIssue:
    answer = order(clerk, people)
    assert answer.status_code == 302 and answer.url.startswith("/bulk/"), visible(answer)[-900:]
    return BulkIssue.objects.latest("pk")


def asked(clerk: Client) -> str:
    """The office's messenger stands at the counter; the address of the request."""
    open_visit("public_office")
    return received(clerk, OFFICE)


def test_一覧の人の分は認めた通数だけを手数料なしで一人一通ずつ交付し請求の記録になる(tmp_path):
    """法12条の2: opened as it was approved; each copy is a row of 交付履歴 of the request; used up with the last."""
    clerk, people = desk(), alone(3)
    url = asked(clerk)
    assert "添付の一覧によります" in visible(clerk.get(url)) and "まとめて交付する" not in visible(clerk.get(url))
    approved(clerk, url)
    assert "一覧の人にまとめて交付する" in visible(clerk.get(url))
    opened = clerk.get("/bulk/new/")
    assert "残りは、住民票の写し（個人票） 2通です（令和8年5月10日まで）" in visible(opened)
    assert [f'value="{each}" checked' in " ".join(opened.content.decode().split()) for each in ("yes", "relationship", "registered_domicile")] == [
        True, True, False,
    ]  # fmt: skip
    row = taken(clerk, people[:2])
    assert worked() == {"申請": 1, "作成済み": 2, "除外": 0}
    issues = list(CertificateIssue.objects.order_by("pk").select_related("visit"))
    request = CertificateApplication.objects.get()
    assert [one.subjects.get().person.atena_no for one in issues] == people[:2]
    assert {(one.visit.application_id, one.fee_yen, one.exemption, one.standing, tuple(one.chosen)) for one in issues} == {
        (request.pk, 0, OFFICIAL, "public_office", ("relationship",))
    }
    request.refresh_from_db()
    page = visible(clerk.get(url))
    assert request.closed_at is not None and "交付済" in page and "2通 2通 2通" in page
    pdf = clerk.post(f"/bulk/{row.public_id}/file/1/", {"once": str(UUID(int=7))})
    assert "".join(text_of(pdf.content, tmp_path).split()).count("公用") == 2
    assert "すべて交付しました" in refused(clerk, people[2:])


def test_認めた範囲を超える一覧は一通も作られず理由が示される():
    """法12条の3第1項 as for one copy: number, certificate, entry; what waits to be made is counted."""
    clerk, people = desk(), alone(3)
    url = asked(clerk)
    assert "まだ交付が認められていません" in refused(clerk, people[:1])
    approved(clerk, url)
    assert "残りは2通ですが、この一覧では3通になります" in refused(clerk, people)
    assert "「住民票の写し（世帯連記式）」は、交付を認めた証明書ではありません" in refused(clerk, people[:1], certificate="juminhyo_household")
    assert "「本籍・筆頭者」の記載は、認められていません" in refused(clerk, people[:1], shown="registered_domicile")
    taken(clerk, people[:1])
    assert "残りは1通ですが、この一覧では2通になります（ほかに1通が作成を待っています）" in refused(clerk, people[1:])
    taken(clerk, people[1:2])
    assert "残りは0通ですが、この一覧では1通になります" in refused(clerk, people[2:])
    assert worked()["作成済み"] == 2 and CertificateIssue.objects.count() == 2


def test_請求を処理していない受付では一覧の分を交付できない():
    """法12条の2: on a 受付 alone nothing, and with nobody in hand nothing at all."""
    clerk, people = desk(), alone(1)
    url = asked(clerk)
    approved(clerk, url)
    close(clerk)
    answer = order(clerk, people)
    assert answer.status_code == 302 and answer.url.startswith("/visit/") and not BulkIssue.objects.exists()
    open_visit("public_office")
    assert "交付請求として受け付け" in refused(clerk, people)
    open_visit("self")
    received(clerk, OFFICE)
    assert mine().application is None  # who came for themselves is not the office
    assert "公用請求による手数料の免除は、国・地方公共団体の機関の請求だけです" in refused(clerk, people)
    close(clerk)
    clerk.post(f"{url}take/")
    taken(clerk, people)


def test_期限の翌日には申請できず期限までの申請も作られない():
    """The approval's last day holds for the copy too, not for the order alone."""
    clerk, people = desk(), alone(2)
    url = asked(clerk)
    approved(clerk, url, until="令和8年4月10日")
    row = taken(clerk, people[:1])
    with clock.at(date(2026, 4, 11)):
        clerk = back_at_the_desk()
        close(clerk)
        clerk.post(f"{url}take/")
        assert mine().application is not None
        assert "交付を認めた期限が過ぎています" in refused(clerk, people[1:])
        assert worked() == {"申請": 1, "作成済み": 0, "除外": 1}
        assert "交付を認めた期限が過ぎています" in visible(clerk.get(f"/bulk/{row.public_id}/"))
    assert not CertificateIssue.objects.exists()


def test_抑止のある人の分は作られず数えられず残りはほかの人に交付できる():
    """domain §7: who was left out is named to the clerk; the copy that was not made may be made of another."""
    clerk, people = desk(), alone(3)
    url = asked(clerk)
    approved(clerk, url)
    row = taken(clerk, people[:2])
    blocked(row.lines.get(place=1).person.public_id, Strength.ALERT)
    assert worked() == {"申請": 1, "作成済み": 1, "除外": 1}
    assert "抑止のある人です" in visible(clerk.get(f"/bulk/{row.public_id}/"))
    assert "残りは、住民票の写し（個人票） 1通です" in visible(clerk.get("/bulk/new/"))
    taken(clerk, people[2:])
    assert worked()["作成済み"] == 1 and CertificateIssue.objects.count() == 2


def test_郵送の公用請求は発送を記録するまで終わらない():
    """法12条7項: as for one copy by mail; no money is asked of a public office that is free."""
    clerk, people = desk(), alone(2)
    close(clerk)
    url = received(clerk, BY_MAIL)
    page = visible(clerk.get(url))
    assert "足りないもの" not in page and "手数料 0円" in page
    clerk.post(f"{url}take/")
    approved(clerk, url)
    taken(clerk, people)
    worked()
    assert {one.fee_yen for one in CertificateIssue.objects.all()} == {0} and CertificateIssue.objects.count() == 2
    assert "交付できる" in visible(clerk.get(url))
    assert clerk.post(f"{url}step/", {"kind": "sent", "done_on": "令和8年4月10日", "note": "簡易書留で発送"}).status_code == 302
    assert "交付済" in visible(clerk.get(url))
