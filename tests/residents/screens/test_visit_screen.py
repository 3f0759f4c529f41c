"""受付の画面 — one visitor at a time, identified, on record; then the next. 住基法12条, 27条; F-1-01."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daicho.residents.models import Visit
from daicho.residents.screens import visit as visit_screen
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import LOGIN, trail

pytestmark = pytest.mark.django_db
TYPED = {
    "visitor_name": "花園　太郎",
    "standing": "self",
    "identity_check": "one_document",
    "identity_documents": ["my_number_card"],
    "purpose": "住民票の写しの請求",
}


@pytest.fixture
def clerk():
    desks.city()
    return desks.officer(LOGIN, desks.ALL, "H01")


def test_受付をすると番号が付き来庁者が全ての画面に示される(clerk):
    answer = clerk.post("/visit/", TYPED)
    assert (answer.status_code, answer.url) == (302, "/search/")
    page = visible(clerk.get("/search/"))
    assert "受付中" in page and "花園　太郎（本人）" in page
    visit = Visit.objects.get()
    assert (visit.identity_documents, visit.terminal, visit.office_code) == (["my_number_card"], "H01", "honcho")
    assert [row.detail["step"] for row in trail("residents:visit:open")] == ["open"]


def test_足りないものは全て項目のそばに示され入力は残る(clerk):
    answer = clerk.post("/visit/", {"visitor_name": "花園　太郎", "identity_check": "two_documents", "identity_documents": ["pension"]})
    page = visible(answer)
    assert answer.status_code == 422 and not Visit.objects.exists()
    assert "資格を選んでください" in page and "2点以上" in page and "用件が入力されていません" in page
    assert 'value="花園　太郎"' in answer.content.decode()


def test_長すぎる用件は受け付けず文字数を知らせる(clerk):
    answer = clerk.post("/visit/", {**TYPED, "purpose": "長" * 201})
    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert "用件は200文字以内で入力してください（今は201文字です）" in visible(answer)


def test_画面にない項目は受け付けない(clerk):
    """F-1-04."""
    assert clerk.post("/visit/", {**TYPED, "visit_no": "7"}).status_code == 400


def test_受付中は次の受付を始められない(clerk):
    clerk.post("/visit/", TYPED)
    assert clerk.post("/visit/", TYPED).status_code == 409
    assert Visit.objects.count() == 1


def test_同時に二度送られても受付は一つで先の受付が示される(clerk, monkeypatch):
    """Both requests began while no visit was open; the second says what to do and shows the visitor in hand."""
    real = visit_screen.at_counter
    monkeypatch.setattr(visit_screen, "at_counter", lambda request: replace(real(request), visit=None))
    clerk.post("/visit/", TYPED)
    answer = clerk.post("/visit/", {**TYPED, "visitor_name": "次の　人"})
    monkeypatch.undo()
    assert (answer.status_code, answer.url) == (302, "/visit/")
    page = visible(clerk.get("/visit/"))
    assert "前の来庁者の受付が、まだ終わっていません" in page and TYPED["visitor_name"] in page and "次の　人" not in page
    assert Visit.objects.count() == 1


def test_受付を終えると来庁者の名残はなく次の受付に進む(clerk):
    clerk.post("/visit/", TYPED)
    clerk.post("/search/found/", {"name": "花園"})
    assert "search_words" in clerk.session
    answer = clerk.post("/visit/close/", {"visit": str(Visit.objects.get().public_id)})
    assert answer.url == "/visit/" and "search_words" not in clerk.session
    assert Visit.objects.get().closed_at is not None
    assert "受付中" not in visible(clerk.get("/visit/"))


def test_他の職員の受付は終えられない(clerk):
    clerk.post("/visit/", TYPED)
    other = desks.officer("s.shinsa", desks.ALL, "H02")
    other.post("/visit/close/", {"visit": str(Visit.objects.get().public_id)})
    assert Visit.objects.get().closed_at is None


def test_受付なしに住民の画面へ進むと受付のあとそこへ戻る(clerk):
    """F-1-01: nobody is looked up for nobody."""
    assert clerk.get("/search/?clear").url == "/visit/"
    clerk.get("/notices/")
    clerk.get("/person/6f1f0f4e-3f5b-4d3c-9a51-000000000000/")
    assert clerk.post("/visit/", TYPED).url == "/person/6f1f0f4e-3f5b-4d3c-9a51-000000000000/"


def test_権限がなければ受付できず記録される():
    desks.city()
    stranger = desks.officer(LOGIN, (), "H01")
    assert stranger.get("/visit/").status_code == 403
    assert stranger.post("/visit/", TYPED).status_code == 403
    assert {row.outcome for row in trail("residents:visit:open")} == {"refused"}
