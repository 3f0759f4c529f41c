"""帳票の釦 — each form leaves where the clerk has the case in hand, through the last hop; also one about nobody whom the register knows. 標準仕様 4.0.5, 4.1.3.1.2; A-05."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import HANAKO, TARO
from tests.residents import counter
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, move_in_data, open_visit, register
from tests.residents.screens.test_headless_screens import family_of

pytestmark = [pytest.mark.django_db, pytest.mark.font]


def press(client, page: str, address: str):
    """The button that leads there, as the page holds it."""
    once = re.search(rf'action="{re.escape(address)}".*?name="once" value="([^"]+)"', client.get(page).content.decode(), re.S)
    assert once is not None, address
    return client.post(address, {"once": once[1]})


def test_転入届の入力から住民異動届が_本登録から控えが出る(clerk, examiner):
    """書かない窓口: typed, printed for the filer, entered, registered, the receipt taken along; the filing's form also beside the examination."""
    open_visit()
    filing = begin_move_in(clerk, 2)
    clerk.post(f"/filings/{filing}/enter/", move_in_data([TARO, HANAKO]))
    for client, page in ((clerk, f"/filings/{filing}/"), (examiner, f"/filings/{filing}/examination/")):
        answer = press(client, page if client is examiner else f"/filings/{filing}/examination/", f"/filings/{filing}/form/")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF-"), page
    register(examiner, filing)
    answer = press(examiner, f"/filings/{filing}/result/", f"/filings/{filing}/receipt/")
    assert answer.content.startswith(b"%PDF-") and 'filename="filing_receipt.pdf"' in answer["Content-Disposition"]
    assert [row.kind for row in CertificateIssue.objects.order_by("pk")] == ["filing_form", "filing_form", "filing_receipt"]
    taro = SheetCurrent.objects.get(name_kanji=TARO.name).person.public_id
    assert "届出の控えと手続の案内" in visible(clerk.get(f"/person/{taro}/papers/"))


def test_入力中の届出からも住民異動届が出る(clerk):
    open_visit()
    filing = begin_move_in(clerk, 1)
    answer = press(clerk, f"/filings/{filing}/", f"/filings/{filing}/form/")
    assert answer.content.startswith(b"%PDF-") and CertificateIssue.objects.get().subjects.count() == 0


def test_一覧の紙は一覧の画面から出る(clerk, stranger):
    """N-4.1.3.1.2-05: the list of errors; nobody without the right gets it."""
    family_of(TARO)
    counter.receive(counter.move_in_received(HANAKO, date(2026, 4, 5)))
    answer = press(clerk, "/received/?kind=move_in", "/received/errors/paper/")
    assert answer.content.startswith(b"%PDF-")
    assert "/received/errors/paper/" not in clerk.get("/received/").content.decode()
    assert stranger.post("/received/errors/paper/", {"once": str(UUID(int=1))}).status_code == 403
