"""異動の通知書の画面 — out of the event's flow without another menu, later from the history, and every paper of a person on one page. 標準仕様 1.3.8, 2.2.2, 4.1.0.3, 4.3.3."""

from __future__ import annotations

import re

import pytest

from daicho.audit.models import AuditEntry
from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register
from tests.residents.screens.test_headless_screens import family_of
from tests.residents.screens.test_removal_screens import DEATH, begin

pytestmark = [pytest.mark.django_db, pytest.mark.font]


def letters_on(page) -> dict[str, tuple[str, str, bool]]:
    """Of each letter of a page: where its button leads, the name of the copy, whether it goes out by itself."""
    forms = re.findall(
        r'<form method="post" action="(/person/[^"]+/papers/[^"]+)"[^>]*?( data-letter-at-once)?>.*?name="once" value="([^"]+)"', page.content.decode(), re.S
    )
    return {address.strip("/").rsplit("/", 1)[1]: (address, once, bool(by_itself)) for address, by_itself, once in forms}


def test_コードの変更の本登録に続けて別操作なしに変更通知票が出て_後から再出力できる(clerk, examiner):
    """N-4.3.3-02, -04; N-4.1.0.3-02: nothing else goes out by itself. The script sends what the page holds; here the test does."""
    counter.stock(*range(5))
    taro, *_ = family_of(TARO, HANAKO)
    open_visit()
    filing = begin(clerk, "juminhyo_code_change", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {"f-effective_on": "令和8年4月10日", "f-filer": "self"})
    register(examiner, filing)
    result = examiner.get(f"/filings/{filing}/result/")
    address, once, by_itself = letters_on(result)["juminhyo_code_changed"]
    assert by_itself and "js/letters_at_once.js" in result.content.decode()
    answer = examiner.post(address, {"once": once})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'inline; filename="juminhyo_code_changed.pdf"'
    [row] = CertificateIssue.objects.all()
    assert (row.kind, row.visit, row.issued_by, row.pages) == ("juminhyo_code_changed", None, "高橋　照合", 1)
    assert visible(examiner.post(address, {"once": once}, follow=True)).count("この画面からの交付は済んでいます") == 1
    again = examiner.get(f"/filings/{filing}/result/")  # the page drawn anew sends nothing a second time
    address, once, by_itself = letters_on(again)["juminhyo_code_changed"]
    assert not by_itself and "再出力" in visible(again) and row.certificate_no in visible(again)
    later = clerk.get(address.rsplit("/", 2)[0] + "/")
    assert "住民票コード変更通知票" in visible(later)
    assert clerk.post(address, {"once": letters_on(later)["juminhyo_code_changed"][1]}).content.startswith(b"%PDF-")
    page = visible(clerk.get(f"/person/{taro}/papers/"))
    assert page.count("住民票コード変更通知票") == 2 and "市から" in page and row.certificate_no in page


def test_市が自動の出力を使わなければ釦だけがある(clerk, examiner):
    """標準4.3.3: 自動で出せる."""
    counter.stock(*range(5))
    counter.city_decides("letters_at_once", False)
    taro, *_ = family_of(TARO)
    open_visit()
    filing = begin(clerk, "juminhyo_code_change", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | {"f-effective_on": "令和8年4月10日", "f-filer": "self"})
    register(examiner, filing)
    result = examiner.get(f"/filings/{filing}/result/")
    assert not letters_on(result)["juminhyo_code_changed"][2] and "letters_at_once.js" not in result.content.decode()


def test_定めないと決めた世帯の依頼通知書は一覧から出て_出したことが一覧に残る(clerk, examiner):
    """N-4.0.5-03, -04."""
    taro, hanako, _ = family_of(TARO, HANAKO, counter.FAMILY[2])
    open_visit(identity_check="not_needed")
    filing = begin(clerk, "death", taro, person=[str(taro)])
    enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")) | DEATH)
    register(examiner, filing)
    clerk.post(f"/headless/{hanako}/leave/")
    page = clerk.get("/headless/").content.decode()
    once = re.search(rf'action="/headless/{hanako}/letter/".*?name="once" value="([^"]+)"', page, re.S)
    assert once is not None
    answer = clerk.post(f"/headless/{hanako}/letter/", {"once": once[1]})
    assert answer.content.startswith(b"%PDF-") and 'filename="head_requested.pdf"' in answer["Content-Disposition"]
    assert CertificateIssue.objects.get().certificate_no in visible(clerk.get("/headless/"))


def test_権限のない人には通知書の画面が開かず断りが残る(clerk, stranger):
    """design §6."""
    taro, *_ = family_of(TARO)
    history_no = SheetCurrent.objects.get(person__public_id=taro).history_no
    for answer in (
        stranger.get(f"/person/{taro}/papers/{history_no}/"),
        stranger.post(f"/person/{taro}/papers/{history_no}/filing_accepted/", {"once": "0" * 32}),
    ):
        assert answer.status_code == 403
    assert AuditEntry.objects.filter(outcome="refused").count() >= 2
    assert not CertificateIssue.objects.exists()
