"""改ざん防止用紙の画面 — from the box to the shredder: 入庫, 払出し, the print of a copy on its sheets, a spoiled print once more, 棚卸. std 1.3.8, 5.5; decision 0052."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from daicho import clock, vault
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.residents.commands.held_copies import erase_due
from daicho.residents.models import Bundle, CertificateIssue, HeldCopy, IssueStop, PaperMove, PaperResult, PaperSeries
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_state import issue_state
from daicho.vault.errors import ErasedError
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries
from tests.residents.screens.test_certificate_screen import asked, once, url

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("job.held_copies")
PAPER = (Permission.PAPER_USE, Permission.PAPER_MANAGE, Permission.CERTIFICATE_ISSUE)


@pytest.fixture
def counter():
    """The clerk at H01 with a visitor, and a colleague at E01; 100 sheets in the store, 20 of them at H01."""
    clerk = desk()
    other = desks.officer("s.shinsa", PAPER, "E01")
    record(clerk, "receive", "A000001～A000100")
    check(other, PaperMove.objects.get())
    record(clerk, "hand_out", "A000001～A000020", terminal="H01")
    return clerk, other


def record(client, kind, sheets, status=302, **more):
    answer = client.post("/paper/stock/record/", {"kind": kind, "sheets": sheets, **more})
    assert answer.status_code == status, visible(answer)
    return answer


def check(client, move):
    return client.post(f"/paper/check/{move.public_id}/", follow=True)


def issued(clerk, person):
    answer = clerk.post(url(person, "issue/"), asked(person, once=once(clerk.get(url(person)))))
    assert answer.status_code == 200, visible(answer)
    return CertificateIssue.objects.latest("pk"), answer.content


def printed(client, issue, step, **data):
    sent = {f"bad-{name}": text for name, text in data.items()} if step == "spoiled" else data
    return client.post(f"/issues/{issue.public_id}/print/{step}/", sent, follow=True)


def left(client, path="/paper/"):
    return re.search(r"残り (\d+)", visible(client.get(path)))[1]


def test_入庫は二人目が確かめるまで払い出せず入れた職員は自分では確かめられない(counter):
    clerk, other = counter
    record(clerk, "receive", "B000001～B000500")
    box = PaperMove.objects.latest("pk")
    assert "まだ二人目の職員が確かめていません" in visible(record(clerk, "hand_out", "B000001～B000100", 422, terminal="H01"))
    assert "自分が記録したものの立会いは確認できません" in visible(check(clerk, box))
    assert "立会いを確認しました" in visible(check(other, box))
    record(clerk, "hand_out", "B000001～B000100", terminal="H01")
    assert left(clerk) == "120" and "A000021～A000100" in visible(clerk.get("/paper/stock/"))


def test_写しに使った用紙は番号で残り二度使えず他の端末の用紙は断られる(counter):
    """A sheet is used once; what does not lie here is named by number and place."""
    clerk, other = counter
    taro, hanako, *_ = family()
    first, _ = issued(clerk, taro)
    assert "この写しは" not in visible(clerk.get(f"/issues/{first.public_id}/print/"))
    page = visible(clerk.get("/paper/"))
    assert first.certificate_no in page and "A000001" in page
    assert "正しく印刷されたことを記録しました" in visible(printed(clerk, first, "good", sheets="A000001"))
    assert [(row.kind, row.first_no, row.certificate_id) for row in PaperMove.objects.filter(certificate=first)] == [("use", 1, first.pk)]
    second, _ = issued(clerk, hanako)
    for wrong, said in (
        ("A000001", f"発行番号「{first.certificate_no}」の交付に使用済み"), ("A000050", "保管庫にあり"), ("A000900", "入庫の記録がありません"), ("A00001", "入庫の記録がありません"),
        ("A000002 A000003", "用紙は1枚です"), ("", "用紙番号を入力してください"),
    ):  # fmt: skip
        assert said in visible(printed(clerk, second, "good", sheets=wrong)), wrong
    assert "端末「窓口1」に払い出された用紙" in visible(printed(other, second, "good", sheets="A000002")).replace("本庁", "窓口")
    assert PaperResult.objects.count() == 1 and left(clerk) == "19"


def test_書損は同じ発行番号の同じ写しを印刷し直し手数料も番号も増えない(counter):
    """The spoiled sheet is on record; the bytes are the same; there is never a second good print."""
    clerk, _ = counter
    taro = family()[0]
    issue, pdf = issued(clerk, taro)
    refused = printed(clerk, issue, "again", once=str(uuid4()))
    assert "先に、印刷し直す理由" in visible(refused)
    assert "印刷し直す理由を入力" in visible(printed(clerk, issue, "spoiled", sheets="A000001", reason=""))
    page = printed(clerk, issue, "spoiled", sheets="A000001～A000002", reason="紙詰まり")
    assert "同じ発行番号で印刷し直せます" in visible(page)
    name = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    again = printed(clerk, issue, "again", once=name)
    assert again.headers["Content-Type"] == "application/pdf" and again.content == pdf
    assert "ほかの画面で先に記録" in visible(printed(clerk, issue, "again", once=name))
    assert CertificateIssue.objects.count() == 1 and not IssueStop.objects.exists() and Bundle.objects.get().kind == "reprint"
    assert AuditEntry.objects.filter(detail__reprint=2, subjects=[taro]).count() == 1
    held = HeldCopy.objects.get()
    printed(clerk, issue, "good", sheets="A000003")
    assert [(row.print_no, row.good) for row in PaperResult.objects.order_by("pk")] == [(1, False), (2, True)]
    assert "「正しく印刷された」と記録されています" in visible(printed(clerk, issue, "again", once=str(uuid4())))
    with pytest.raises(ErasedError):
        vault.open_payload(held.payload_ref)
    row = PaperResult.objects.get(good=True)
    row.pk, row.print_no = None, 3
    assert "paper_result_one_good" in refusal_of(row)


def refusal_of(row) -> str:
    """What the database says against a row, "" when it takes it."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refused:
        return str(refused)
    return ""


def test_交付を取り消すと写しは無効となり戻った用紙は裁断を待つ(counter):
    """N-1.3.8-11: taken back after it was printed; two officers destroy the sheets."""
    clerk, other = counter
    issue, _ = issued(clerk, family()[0])
    printed(clerk, issue, "good", sheets="A000001")
    assert issue_state(issue).is_valid
    clerk.post(f"/issues/{issue.public_id}/disposal/", {"kind": "wrong", "reason": "別の世帯員の写し"})
    state = issue_state(issue)
    assert (state.ja, state.is_valid) == ("取消し済み", False)
    page = clerk.get("/paper/")
    assert "裁断を待つ書損紙 1枚　A000001" in visible(page) and "取消し済み" in visible(clerk.get(f"/issues/{issue.public_id}/print/"))
    clerk.post("/paper/shred/")
    shredded = PaperMove.objects.get(kind="shred")
    assert "ほかの職員の確認待ち" in visible(clerk.get("/paper/")) and "裁断を待つ書損紙 0枚" in visible(clerk.get("/paper/"))
    check(other, shredded)
    assert shredded.check_row.checked_by != shredded.recorded_by
    clerk.post(f"/issues/{issue.public_id}/disposal/", {"kind": "mistaken", "reason": "別の写しの処分をここに記録した"})
    assert issue_state(issue).is_valid


def test_棚卸は帳簿と数えた枚数を残し差は説明がなければ記録できない(counter):
    clerk, _ = counter
    assert "1枚不足しています" in visible(clerk.post("/paper/count/", {"counted": "19"}))
    clerk.post("/paper/count/", {"counted": "19", "explanation": "A000020が見当たらない"})
    record(clerk, "lose", "A000020", reason="棚卸で不足。調査した")
    clerk.post("/paper/count/", {"counted": "19"})
    clerk.post("/paper/stock/count/", {"counted": "80"})
    assert "19枚（帳簿19枚）" in visible(clerk.get("/paper/")) and "80枚（帳簿80枚）" in visible(clerk.get("/paper/stock/"))
    assert "差の説明" not in visible(clerk.get("/paper/")).split("前回の棚卸")[1][:60] and "棚卸で不足。調査した" in visible(clerk.get("/paper/"))


def test_廃棄には理由と証明が要り用紙の一生を番号で調べられる(counter):
    clerk, other = counter
    page = visible(record(clerk, "discard", "A000091～A000100", 422))
    assert "理由を入力してください" in page and "溶解証明書" in page
    record(clerk, "discard", "A000091～A000100", reason="様式の変更", proof="溶解証明書 第12号")
    check(other, PaperMove.objects.latest("pk"))
    story = visible(clerk.post("/paper/stock/find/", {"find-sheets": "A000095"})).split("この用紙の記録")[1].split("用紙の記録（")[0]
    assert story.index("入庫") < story.index("未使用紙の廃棄") and "溶解証明書 第12号" in story


def test_印刷し直すための写しは一日の終わりに消える(counter):
    """design §7: issued papers are not kept."""
    clerk, _ = counter
    issue, _ = issued(clerk, family()[0])
    held = HeldCopy.objects.get(certificate=issue)
    assert erase_due(SYSTEM) == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert erase_due(SYSTEM) == 1 and erase_due(SYSTEM) == 0
    with pytest.raises(ErasedError):
        vault.open_payload(held.payload_ref)


def test_同じ用紙を二つの端末が同時に使えばデータベースが一方を断る(counter):
    """What each has looked up before the other's act is no ground any more."""
    source, found = PaperMove.objects.get(kind="hand_out"), []
    for first, last in ((5, 7), (7, 9), (4, 5), (1, 20), (8, 9)):
        row = PaperMove.objects.get(pk=source.pk)
        row.pk, row.kind, row.source, row.public_id, row.first_no, row.last_no = None, "spoil", source, uuid4(), first, last
        found.append(refusal_of(row))
    assert ["paper_taken_once" in said for said in found] == [False, True, True, True, False] and not found[0] + found[4]
    box = PaperMove.objects.get(kind="receive")
    box.pk, box.public_id, box.first_no, box.last_no = None, uuid4(), 100, 200
    assert "paper_received_once" in refusal_of(box)
    assert PaperSeries.objects.count() == 1


def test_用紙の画面の問合せの数は記録が増えても変わらない(counter):
    clerk, _ = counter
    few = queries(clerk, "get", "/paper/"), queries(clerk, "get", "/paper/stock/")
    for no in range(1, 6):
        clerk.post("/paper/record/", {"own-kind": "spoil", "own-sheets": f"A{no:06}", "own-reason": "試し刷り"})
    assert (queries(clerk, "get", "/paper/"), queries(clerk, "get", "/paper/stock/")) == few
