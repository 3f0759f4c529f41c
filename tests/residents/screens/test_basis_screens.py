"""届出・職権・申出の別の画面 — chosen on the form, begun without a visitor, and told of in the result. 令第12条; N-4.2.0.1-*, N-4.2.0.5-*."""

from __future__ import annotations

import pytest

from daicho.residents.models import Filing
from tests.residents.counter import move_in_form, register, relocation_form
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import form_of, open_visit

pytestmark = pytest.mark.django_db
EX_OFFICIO = {"basis": "ex_officio", "filed_on": "", "filer": ""}


def household() -> list:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form())]


@pytest.fixture
def clerk(made_up_city):
    return desks.officer("m.mado", desks.ENTERS, "H01")


def test_届出も申出も日の欄は処理日で始まる(clerk):
    """N-4.2.0.5-03, N-4.1.0.2-02."""
    open_visit()
    answer = clerk.post("/filings/new/domestic_move_in/", {"count": "1"})
    page = clerk.get(answer.url)
    assert form_of(page)["f-filed_on"] == "令和8年4月10日" and form_of(page)["f-basis"] == "filed"
    assert "届出日・申出日" in visible(page)


def test_確認のいらない用件の受付からは職権でなら始められる(clerk):
    """N-4.2.0.2-01: the way from the menu over the search to the form goes on to say it."""
    person = household()[0]
    open_visit(identity_check="not_needed")
    menu = clerk.get("/filings/new/").content.decode()
    assert 'href="/filings/new/relocation/?basis=ex_officio"' in menu and 'href="/filings/new/birth/?basis=ex_officio"' not in menu
    assert clerk.post("/filings/new/relocation/?basis=ex_officio").url == "/search/"
    answer = clerk.post("/filings/new/relocation/picked/?basis=ex_officio", {"person": str(person)})
    assert answer.url == f"/filings/new/relocation/{person}/?basis=ex_officio"
    assert clerk.get(answer.url).status_code == 200
    filing = clerk.post(answer.url, {"everybody": "yes"}).url
    assert form_of(clerk.get(filing))["f-basis"] == "ex_officio"
    assert clerk.get("/filings/new/death/?basis=ex_officio").status_code == 200, "what is ex officio anyway knows no such choice"


def test_本登録の結果は職権であることと通知書の要ることを示す(clerk):
    """N-4.2.0.1-03, N-4.2.0.5-01: due where a 届出 was; the paper itself comes with the certificates."""
    people = household()
    shown = {}
    for basis, day, texts in (("職権", "令和8年4月9日", EX_OFFICIO), ("届出", "令和8年4月10日", {"filed_on": "令和8年4月10日"})):
        register("relocation", relocation_form(people, effective_on=day, address=f"色内{len(texts)}丁目3番5号", **texts))
        filing = Filing.objects.latest("id")
        shown[basis] = visible(clerk.get(f"/filings/{filing.public_id}/result/"))
    assert "職権記載等通知書で知らせてください" in shown["職権"] and "職権記載等通知書" not in shown["届出"]
    assert "届出・職権等の別 職権" in " ".join(shown["職権"].split())
    assert "届出日" not in shown["職権"].replace("届出日等", "") and "届出日" in shown["届出"]
