"""転出証明書の画面 — at the end of the filing without another menu, later on wish, again as 再交付, called in. 法22条2項; 標準4.1.3.0.3, 4.1.3.0.4."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from daicho import clock
from daicho.residents.commands import filings
from daicho.residents.models import CertificateIssue, Filing
from tests.cast import EXAMINER, HANAKO, TARO
from tests.residents import counter
from tests.residents.cancelling import cancel, event_of
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family
from tests.residents.test_special_move_out import special

pytestmark = pytest.mark.django_db
COUNTED = 28


@pytest.fixture
def couple() -> list[UUID]:
    desks.city()
    return family(TARO, HANAKO)


def leave(people: list[UUID], code: str = "move_out", **texts: str) -> Filing:
    """Entered and 照合済み; 本登録 is for the screen."""
    form = special(people, **texts) if code == "special_move_out" else counter.move_out_form(people, **texts)
    filing = counter.enter(code, form)
    filings.examine(EXAMINER, filing)
    Filing.objects.filter(public_id=filing).update(entered_by_id_no=9001)  # nobody who signs in below
    return Filing.objects.get(public_id=filing)


def sent_from(answer, at: int = 0) -> tuple[str, dict[str, str]]:
    """Where the paper's form goes, and what it sends."""
    form = re.findall(r'<form method="post" action="([^"]+)" data-issued.*?</form>', answer.content.decode(), re.S)[at]
    part = answer.content.decode().split(f'action="{form}"', 1)[1].split("</form>", 1)[0]
    return form, dict(re.findall(r'<input type="hidden" name="(once|again)" value="([^"]+)"', part))


def test_本登録の結果の画面からそのまま転出証明書が出て_もう一度開いても二通目は出ない(couple):
    """N-4.1.3.0.3-01: no menu between; by itself where the city says so (the script submits the form that says data-at-once), and once."""
    row, officer = leave(couple), desks.officer("s.shinsa", desks.ALL, "E01")
    registered = officer.post(f"/filings/{row.public_id}/register/")
    assert registered.url.endswith("/result/?registered=now")
    page = officer.get(registered.url)
    assert "転出証明書を交付する" in visible(page) and "花園　太郎" in visible(page)
    assert "data-at-once" in page.content.decode()
    assert "data-at-once" not in officer.get(f"/filings/{row.public_id}/result/").content.decode()
    where, what = sent_from(page)
    paper = officer.post(where, what)
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    issued = CertificateIssue.objects.get()
    assert (issued.kind, issued.visit_id, issued.subjects.count()) == ("move_out_certificate", row.visit_id, 2)
    again = officer.get(registered.url)
    assert issued.certificate_no in visible(again) and "data-at-once" not in again.content.decode()
    officer.post(where, what)
    assert CertificateIssue.objects.count() == 1


def test_市がボタンで出すと決めれば_自動では出ない(couple):
    counter.city_decides("move_out_certificate_at_once", "by_button")
    row, officer = leave(couple), desks.officer("s.shinsa", desks.ALL, "E01")
    page = officer.get(officer.post(f"/filings/{row.public_id}/register/").url)
    assert "転出証明書を交付する" in visible(page) and "data-at-once" not in page.content.decode()


def test_特例転入を利用した転出では自動で出ず_求められれば出せる(couple):
    """N-4.1.3.0.4-02, -04."""
    row, officer = leave(couple, "special_move_out"), desks.officer("s.shinsa", desks.ALL, "E01")
    page = officer.get(officer.post(f"/filings/{row.public_id}/register/").url)
    assert "data-at-once" not in page.content.decode() and "転出証明書は要りません" in visible(page)
    assert officer.post(*sent_from(page)).status_code == 200
    assert CertificateIssue.objects.count() == 1


def test_十四日を過ぎた届出では_準ずる証明書か除票の写しを選べ_どちらも自動では出ない():
    """N-4.1.3.0.3-02, -03."""
    from datetime import date

    with clock.at(date(2026, 4, 20)):
        desks.city()
        [taro] = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form([TARO], effective_on="令和8年3月1日"))]
        row, officer = leave([taro], on="令和8年4月1日", filed_on="令和8年4月18日"), desks.officer("s.shinsa", desks.ALL, "E01")
        page = officer.get(officer.post(f"/filings/{row.public_id}/register/").url)
        assert "転出証明書に準ずる証明書を交付する" in visible(page) and "data-at-once" not in page.content.decode()
        assert f'href="/person/{taro}/certificate/?for=move_in">除票の写しを交付する' in page.content.decode()
        assert officer.post(*sent_from(page)).status_code == 200
        assert CertificateIssue.objects.get().kind == "move_out_equivalent"
        offered = desk().get(f"/person/{taro}/certificate/?for=move_in").content.decode()
        assert "除票の写し" in offered and 'value="転入届に添付するため"' in offered


def test_あとから来た人には個人票から再交付し_選んだ人だけにもできる(couple):
    """N-4.1.3.0.3-04: for whoever comes, under their own 受付; some of those who left may be left off."""
    counter.register("move_out", counter.move_out_form(couple))
    clerk = desk()
    assert f"/person/{couple[1]}/move-out-paper/" in clerk.get(f"/person/{couple[1]}/").content.decode()
    page = clerk.get(f"/person/{couple[1]}/move-out-paper/")
    where, what = sent_from(page)
    assert "again" not in what and "北海道旭川市七条通九丁目48番地" in visible(page)
    assert clerk.post(where, {**what, "people": [str(couple[1])]}).status_code == 200
    where, what = sent_from(clerk.get(f"/person/{couple[1]}/move-out-paper/"))
    refused = clerk.post(where, what)
    assert (refused.status_code, "再交付の申出の理由" in visible(refused)) == (422, True)
    assert clerk.post(where, {**what, "reason": "紛失", "people": [str(couple[1])]}).status_code == 200
    assert [(row.replaces_id is not None, row.subjects.count()) for row in CertificateIssue.objects.order_by("pk")] == [(False, 1), (True, 1)]
    other, sent = sent_from(clerk.get(f"/person/{couple[0]}/move-out-paper/"))
    assert "again" not in sent  # of 太郎 nothing was issued yet
    assert clerk.post(other, {**sent, "surname": "x"}).status_code == 400


def test_取り消した転出の証明書は結果の画面で回収を求める(couple):
    """N-1.3.8-11."""
    counter.register("move_out", counter.move_out_form(couple))
    clerk = desk()
    clerk.post(*sent_from(clerk.get(f"/person/{couple[0]}/move-out-paper/")))
    cancel(event_of("move_out"))
    row = Filing.objects.get(code="cancellation")
    page = visible(desks.officer("s.shinsa", desks.ALL, "E01").get(f"/filings/{row.public_id}/result/"))
    assert CertificateIssue.objects.get().certificate_no in page and "回収して、処分を記録してください" in page


def test_交付する権限がなければ結果の画面に証明書はなく_番地でも出せない(couple):
    row = leave(couple)
    counter.registering.register(EXAMINER, row.public_id)
    examiner = desks.officer("s.shinsa", [right for right in desks.EXAMINES if right != "residents:certificate:issue"], "E01")
    assert "転出証明書を交付" not in visible(examiner.get(f"/filings/{row.public_id}/result/"))
    assert examiner.post(f"/filings/{row.public_id}/move-out-paper/{couple[0]}/", {"once": "3d1b0f63-4f0e-4f57-9b9d-0a4c8be1c021"}).status_code == 403
    assert not CertificateIssue.objects.exists()
