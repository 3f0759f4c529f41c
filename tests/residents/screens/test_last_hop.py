"""最後の関所 — a paper that is not the one asked for does not leave, stops all issuing, and two officers let it go on. A-05, S1-05; decision 0045."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from daicho import audit
from daicho.audit.models import AuditEntry
from daicho.paper.stamp import stamp_of
from daicho.residents.commands import certificates, handing_over, printing
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, IssueStop
from daicho.residents.permissions import Permission
from daicho.residents.queries.bonds import recorded_bond
from daicho.residents.screens.last_hop import LastHop, PaperOfNobody, PaperResponse, UnboundPaper
from tests.residents.screens.test_certificate_screen import asked, desk, once, taro, url, visible

__all__ = ["taro"]
pytestmark = pytest.mark.django_db


def operator(login: str) -> audit.Actor:
    return audit.Actor(1, login, login, "99", "運用", "", "operator", frozenset({Permission.ISSUE_RESUME}))


def issue_as(clerk, person):
    return clerk.post(url(person, "issue/"), asked(person, once=once(clerk.get(url(person)))))


def test_出た紙は請求と人と版とバイト列に結び付いて記録されている(taro):
    answer = issue_as(desk(), taro)
    row = CertificateIssue.objects.get()
    recorded = recorded_bond(row.public_id)
    assert recorded.bond is not None and not recorded.stands_still
    assert [(one.person, one.history_no) for one in recorded.bond.people] == [(str(taro), 1)]
    assert row.stamp == stamp_of(answer.content) and row.delivered_digest == row.document_digest == hashlib.sha256(answer.content).hexdigest()
    assert (len(row.request_digest), recorded.bond.digest) == (64, row.binding)


def swapped(monkeypatch, change):
    """The press, or what stands between it and the door, gives back something else."""
    real = certificates.put_on_record

    def put(actor, copy):
        issued = real(actor, copy)
        return handing_over.Issued(change(issued.pdf), issued.certificate_no, issued.pages, issued.fee_yen, issued.once)

    monkeypatch.setattr(certificates, "put_on_record", put)


def test_別の紙は出ずすべての交付が止まり二人で再開する(taro, monkeypatch, caplog):
    clerk = desk()
    other = issue_as(clerk, taro).content
    swapped(monkeypatch, lambda _: other)
    answer = issue_as(clerk, taro)
    assert answer.status_code == 503 and "交付を止めています" in visible(answer) and b"%PDF" not in answer.content
    stop = IssueStop.objects.get()
    assert stop.found == ["bytes", "stamp"] and AuditEntry.objects.filter(action="residents:issue:stop").exists()
    assert [record.levelname for record in caplog.records if "issuing stopped" in record.message] == ["CRITICAL"]

    monkeypatch.undo()
    held = issue_as(clerk, taro)
    assert held.status_code == 422 and "取り違えのおそれ" in visible(held)
    for first, second, reason in ((operator("a"), operator("a"), "直した"), (operator("a"), operator("b"), " ")):
        with pytest.raises(CannotDo):
            handing_over.resume(first, second, reason)
    assert handing_over.resume(operator("a"), operator("b"), "印刷の部品を直した") == 1
    assert issue_as(clerk, taro).status_code == 200


@pytest.mark.parametrize("change", [lambda pdf: pdf[:-1], lambda pdf: pdf + b" ", lambda pdf: pdf.replace(b"/Title", b"/Titel", 1)])
def test_一バイトでも違えば出ない(taro, monkeypatch, change):
    swapped(monkeypatch, change)
    assert issue_as(desk(), taro).status_code == 503
    assert IssueStop.objects.get().found == ["bytes"]


def test_記録のない紙と人の違う紙は出ない(taro, monkeypatch):
    real = PaperResponse.__init__

    def another_person(self, issued, person, **rest):
        real(self, issued, issued.once, **rest)

    monkeypatch.setattr(PaperResponse, "__init__", another_person)
    assert issue_as(desk(), taro).status_code == 503
    assert IssueStop.objects.get().found == ["person"]


def test_印刷の部品が別の内容を返せば記録もされない(taro, monkeypatch):
    clerk = desk()
    press = printing.open_press(printing.settings.FONTS_DIR, printing.TEMPLATES)

    class Mixed:
        count = press.count

        def print(self, document, overflow):
            return press.print(replace(document, page_mark=document.page_mark + "9"), overflow)

    page = clerk.get(url(taro))
    monkeypatch.setattr(printing, "open_press", lambda *_: Mixed())
    with pytest.raises(handing_over.Crossed):
        clerk.post(url(taro, "issue/"), asked(taro, once=once(page)))
    assert not CertificateIssue.objects.exists()


def test_結び付けのない紙はどの画面からも出ない():
    request = RequestFactory().get("/")
    request.resolver_match = None
    for content_type in ("application/pdf", "application/zip", "application/octet-stream"):
        with pytest.raises(UnboundPaper):
            LastHop(lambda _, kind=content_type: HttpResponse(b"%PDF-1.7", content_type=kind))(request)
    assert LastHop(lambda _: PaperOfNobody(b"%PDF-1.7", content_type="application/pdf"))(request).status_code == 200
