"""まとめて交付の画面 — from a list, a CSV or a search to the file; another officer's approval; who was left out, page by page. F-2-17; decision 0052."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daicho.paper.bundle import papers_in
from daicho.residents.models import BulkIssue, CertificateIssue, SheetCurrent
from daicho.residents.permissions import Permission
from daicho.residents.rules.blocks import Strength
from tests.residents.bulk import alone, atena_nos, blocked, worked
from tests.residents.counter import city_decides
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
ORDER = {"certificate": "juminhyo_personal", "purpose": "選挙人名簿の確認", "source": "list"}


def order(clerk, people, status=302, **more):
    answer = clerk.post("/bulk/order/", {**ORDER, "people": "\n".join(people), **more})
    assert answer.status_code == status, visible(answer)[-800:]
    return BulkIssue.objects.latest("pk") if status == 302 else answer


def test_一覧から申請し作られた写しを頁の索引とともに印刷できる():
    clerk = desk()
    taro, hanako, *_ = family()
    blocked(hanako, Strength.ERROR)
    row = order(clerk, atena_nos(hanako, taro))
    page = visible(clerk.get(f"/bulk/{row.public_id}/"))
    assert "作成を進めています。0通／2通" in page
    worked()
    answer = clerk.get(f"/bulk/{row.public_id}/")
    page = visible(answer)
    assert "抑止のある人です（本人確認待ち）" in page and "1番　1頁から1枚" in page and "花園　花子" in page and "令和8年4月17日" in page
    once = re.search(r'name="once" value="([^"]+)"', answer.content.decode())[1]
    url = f"/bulk/{row.public_id}/file/1/"
    pdf = clerk.post(url, {"once": once})
    assert pdf.headers["Content-Type"] == "application/pdf" and CertificateIssue.objects.get().subjects.get().person.public_id == taro
    assert "印刷は済んでいます" in visible(clerk.post(url, {"once": once}, follow=True))
    assert {str(one) for one in trail("residents:bulk:issue")[-1].subjects} == {str(taro), str(hanako)}  # the page, after the file
    assert "ファイルを消去しました" in visible(clerk.post(f"/bulk/{row.public_id}/erase/", follow=True))


def test_CSVでも検索結果からでも申請できる():
    clerk = desk()
    people = alone(2)
    file = SimpleUploadedFile("list.csv", ("宛名番号,備考\r\n" + "".join(f"{one},甲\r\n" for one in people)).encode("cp932"))
    row = order(clerk, [], file=file)
    assert [line.person.atena_no for line in row.lines.order_by("place")] == people
    chosen = [str(line.person.public_id) for line in row.lines.order_by("-place")]
    form = clerk.post("/bulk/from-search/", {"person": chosen}).content.decode()
    assert "\n".join(people[::-1]) in form.replace("\r", "")
    found = clerk.post("/search/found/", {"name": "一覧"})
    assert 'form="bulk" name="person"' in found.content.decode()
    refused = visible(order(clerk, [people[0], "x", people[0], "7777777"], 422))
    assert "2行目の宛名番号が数字ではありません" in refused and "3行目の宛名番号は、1行目と同じです" in refused
    assert "2人目の宛名番号の人は、登録されていません" in visible(order(clerk, [people[0], "7777777"], 422))
    assert "どちらか一つ" in visible(order(clerk, people, 422, file=SimpleUploadedFile("a.csv", b"1")))
    assert CertificateIssue.objects.count() == 0


def test_人数を超える申請はほかの職員が承認し自分では承認できない():
    clerk = desk()
    city_decides("bulk_people_officer", 1)
    row = order(clerk, alone(2))
    page = clerk.get(f"/bulk/{row.public_id}/")
    assert "承認なしで作成できる1人を超えます" in visible(page) and "/approve/" not in page.content.decode()
    assert "自分が申請したもの" in visible(clerk.post(f"/bulk/{row.public_id}/approve/", {"people": "2"}, follow=True))
    chief = desks.officer("s.shinsa", (Permission.BULK_APPROVE,), "E01")
    assert "承認待ち" in visible(chief.get("/bulk/waiting/")) and chief.get("/bulk/").status_code == 403
    assert "2人分の作成を承認する" in visible(chief.get(f"/bulk/{row.public_id}/"))
    chief.post(f"/bulk/{row.public_id}/approve/", {"people": "2"})
    assert worked()["作成済み"] == 2
    assert chief.post(f"/bulk/{row.public_id}/file/1/", {"once": str(row.public_id)}).status_code == 403


def test_文字超過リストには欄に収まらない人だけが内容とともに載る():
    """N-10.7-09: two of three."""
    clerk = desk()
    city_decides("text_overflow", "as_far_as_it_fits")
    people = alone(3)
    for one in people[:2]:
        SheetCurrent.objects.filter(person__atena_no=one).update(address_building="とても長い名前の建物" * 30)
    row = order(clerk, people)
    worked()
    page = visible(clerk.get(f"/bulk/{row.public_id}/?excess=yes"))
    assert [one in page for one in people] == [True, True, False] and page.count("住所（316文字中") == 2


def test_問合せの数は名簿が長くても変わらない():
    clerk = desk()
    few, many = order(clerk, alone(1)), order(clerk, alone(5, first=50))
    worked()
    assert queries(clerk, "get", f"/bulk/{few.public_id}/") == queries(clerk, "get", f"/bulk/{many.public_id}/")
    assert len(papers_in(clerk.post(f"/bulk/{many.public_id}/file/1/", {"once": str(many.public_id)}).content)) == 5
