"""世帯員の並べ替えの画面 — everybody of the household stands there as they stand now; numbers are written, examined, and printed so. 標準5.2."""

from __future__ import annotations

from uuid import UUID

import pytest

from daicho.residents.models import SheetCurrent
from tests.cast import FAMILY
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register, with_reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[UUID]:
    """花園 of four: 世帯主, 妻, 子, 子."""
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form())]


def test_全員の並び順を書き別の職員が照合すると証明書の下見もその順になる(clerk, examiner, family):
    """N-5.2-02, -03, -05; N-1.1.1-26: from the card of a child."""
    open_visit()
    start = f"/filings/new/member_order/{family[2]}/"
    page = visible(clerk.get(start))
    assert "世帯の全員が対象です" in page and all(role.name in page for role in FAMILY)
    filing = UUID(clerk.post(start, {}).url.strip("/").split("/")[1])
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert data["f-way"] == "by_rule" and [data[f"m{index}-place"] for index in range(4)] == [""] * 4
    places = {f"m{index}-place": place for index, place in enumerate(("1", "2", "4", "3"))}
    enter(clerk, filing, data | {"f-effective_on": "令和8年4月10日", "f-way": "as_written"} | places)
    assert "世帯員の並べ替え" in visible(examiner.get(f"/filings/{filing}/examination/"))
    register(examiner, filing)
    sent = {"certificate": "juminhyo_household", "people": [str(person) for person in family], "purpose": "扶養の手続", "delivery": "counter"}
    shown = visible(clerk.post(f"/person/{family[0]}/certificate/look/", sent, headers={"HX-Request": "true"}))
    assert sorted((role.name for role in FAMILY), key=shown.index) == [FAMILY[at].name for at in (0, 1, 3, 2)]
    assert clerk.post("/sign-off/").status_code == 302
    back = clerk.post("/sign-in/", {"login": "m.mado", "password": desks.PASSWORD, "terminal": "E01"})
    assert back.status_code == 302, visible(back)  # at another terminal
    open_visit()
    elsewhere = visible(clerk.post(f"/person/{family[0]}/certificate/look/", sent, headers={"HX-Request": "true"}))
    assert sorted((role.name for role in FAMILY), key=elsewhere.index) == [FAMILY[at].name for at in (0, 1, 3, 2)]


def test_番号の誤りは並べ方の欄に出て入力は残る(clerk, family):
    """N-5.2-03."""
    open_visit()
    filing = UUID(clerk.post(f"/filings/new/member_order/{family[0]}/", {}).url.strip("/").split("/")[1])
    data = form_of(clerk.get(f"/filings/{filing}/"))
    typed = {"f-effective_on": "令和8年4月10日", "f-way": "as_written", "m0-place": "1", "m1-place": "2", "m2-place": "2"}
    answer = clerk.post(f"/filings/{filing}/enter/", data | typed)
    assert answer.status_code == 422 and "同じ番号は使えません（標準仕様5.2）" in visible(answer) and form_of(answer)["m2-place"] == "2"


def test_標準の順は今と同じなら確かめた理由を添えて進む(clerk, family):
    """The alert is answered, as any other (std 11.1)."""
    open_visit()
    filing = UUID(clerk.post(f"/filings/new/member_order/{family[0]}/", {}).url.strip("/").split("/")[1])
    data = form_of(clerk.get(f"/filings/{filing}/")) | {"f-effective_on": "令和8年4月10日"}
    answer = clerk.post(f"/filings/{filing}/enter/", data)
    assert answer.status_code == 422 and "並び順は今と同じです" in visible(answer)
    assert clerk.post(f"/filings/{filing}/enter/", with_reasons(answer, data)).status_code == 302
    assert SheetCurrent.objects.get(person__public_id=family[3]).order_in_household == 4
