"""取消しの画面 — an event is chosen from the history, what rests on it is named with the way to it, and the same event is entered again. std 4.6; design §4."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from daicho.residents.models import Filing, SheetCurrent
from tests.cast import FAMILY, SATO, TARO
from tests.residents import counter
from tests.residents.cancelling import cancel, event_of
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
REASON = {"f-effective_on": "令和8年4月10日", "f-basis": "ex_officio", "f-reason": "届書の読み違い"}
CANCELS = (*desks.ENTERS, "residents:history:read")


@pytest.fixture
def clerk(made_up_city) -> Client:
    """Enters, and reads the history from which an event is chosen."""
    return desks.officer("m.mado", CANCELS, "H01")


@pytest.fixture
def moved() -> list[UUID]:
    """花園 of four, residents since 4/1, who moved house on 4/8."""
    people = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form())]
    counter.register("relocation", counter.relocation_form(people, effective_on="令和8年4月8日", filed_on="令和8年4月10日"))
    return people


def begin(client: Client, of: UUID, history_no: int, people: list[UUID]) -> UUID:
    answer = client.post(f"/person/{of}/history/{history_no}/cancel/", {"person": [str(one) for one in people]})
    assert answer.status_code == 302 and answer.url.startswith("/filings/"), answer.url
    return UUID(answer.url.strip("/").split("/")[1])


def test_履歴から異動を選び全員について取り消し審査は前後を並べる(clerk, examiner, moved):
    """N-4.6.0.1-02, -03, -12; N-4.6.1.1-03; F-1-02."""
    open_visit()
    history = clerk.get(f"/person/{moved[0]}/history/").content.decode()
    assert history.count("/cancel/") == 2 and "csrf" not in history.split('class="history-form"')[1].split("</form>")[0]
    page = clerk.get(f"/person/{moved[0]}/history/2/cancel/")
    assert all(role.name in visible(page) for role in FAMILY) and "転居（届出・修正）" in visible(page) and page.content.decode().count(" checked") == 4
    filing = begin(clerk, moved[0], 2, moved)
    page = clerk.get(f"/filings/{filing}/")
    data = form_of(page)
    assert (data["people"], data["f-filed_on"], data["f-effective_on"]) == ("4", "令和8年4月10日", "") and "取り消す異動" in visible(page)
    enter(clerk, filing, data | REASON)
    page = examiner.get(f"/filings/{filing}/examination/")
    review, compared = visible(page), re.sub(r"<[^>]+>", "", page.content.decode())  # differing characters stand in elements of their own
    assert "取り消す異動" in review and "届書の読み違い" in review and review.count("取消し（その異動のない記載に戻る）") == 4
    assert "色内1丁目3番5号" in compared and "花園2丁目12番1号" in compared
    register(examiner, filing)
    result = visible(examiner.get(f"/filings/{filing}/result/"))
    assert "異動の取消し（修正）" in result and "世帯主氏名だけ" not in result
    assert {row.address for row in SheetCurrent.objects.all()} == {"北海道小樽市花園2丁目12番1号"}


def test_一部の者を外しまた加えられる(clerk, moved):
    """N-4.6.0.1-03."""
    open_visit()
    filing = begin(clerk, moved[0], 2, moved[:3])
    page = clerk.get(f"/filings/{filing}/")
    assert "取り消さない対象者" in visible(page) and f"join:{moved[3]}" in page.content.decode()
    clerk.post(f"/filings/{filing}/people/", {**form_of(page), "do": f"join:{moved[3]}"})
    page = clerk.get(f"/filings/{filing}/")
    assert form_of(page)["people"] == "4" and "取り消さない対象者" not in visible(page)


def test_上に載る異動は名前とそこへの道を示し始められない(clerk, moved):
    """design §4: named, to be cancelled first."""
    open_visit()
    page = clerk.get(f"/person/{moved[0]}/history/1/cancel/")
    assert visible(page).count("転居　令和8年4月8日　履歴番号2") == 4 and f"/person/{moved[3]}/history/2/cancel/" in page.content.decode()
    assert "先に取り消す異動があります" in visible(page) and "取消しの入力を始める" not in visible(page)


def test_取り消した異動は履歴に残りもう一度入力すると届書の内容が入る(clerk, examiner, moved):
    """N-4.6.0.1-13; fold.md 9; domain §4.6: entered again, prefilled."""
    cancel(event_of("relocation"))
    open_visit()
    page = clerk.get(f"/person/{moved[0]}/history/")
    for said in ("取消し済み", "履歴番号2を取り消し、その前の記載に戻した", "異動の取消し（修正）", "もう一度入力"):
        assert said in visible(page), said
    assert page.content.decode().count("/cancel/") == 1 and "/history/2/again/" in page.content.decode()
    filing = UUID(clerk.post(f"/person/{moved[0]}/history/2/again/").url.strip("/").split("/")[1])
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert (data["people"], data["f-address"], data["f-effective_on"]) == ("4", "色内1丁目3番5号", "令和8年4月8日")
    enter(clerk, filing, data | {"f-effective_on": "令和8年4月9日"})
    register(examiner, filing)
    assert {str(row.address_changed_date.as_written) for row in SheetCurrent.objects.all()} == {"令和8年4月9日"}


def test_取り消した転入は前と同じ人の転入としてもう一度入力できる(clerk, examiner):
    """宛名番号 stays (std 1.1.13): who was a newcomer is known by now; 異動日 may be earlier than the wrong one."""
    family = [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form())]
    cancel(event_of("domestic_move_in"))
    open_visit()
    filing = UUID(clerk.post(f"/person/{family[0]}/history/1/again/").url.strip("/").split("/")[1])
    data = form_of(clerk.get(f"/filings/{filing}/"))
    assert (data["m0-name_kanji"], data["m0-individual_number"], data["f-household_choice"]) == (TARO.name, TARO.individual_number, "new")
    enter(clerk, filing, data | {"f-effective_on": "令和8年3月30日"})
    register(examiner, filing)
    rows = SheetCurrent.objects.filter(closed_on__isnull=True).order_by("person_id")
    assert [row.person.public_id for row in rows] == family and SheetCurrent.objects.count() == 8


def test_取消しは取り消せず取り消していない異動はもう一度入力できない(clerk, moved):
    open_visit()
    assert "先に取り消してください" in visible(clerk.get(clerk.post(f"/person/{moved[0]}/history/2/again/").url))
    cancel(event_of("relocation"))
    open_visit()
    assert "取消しは取り消せません" in visible(clerk.get(f"/person/{moved[0]}/history/3/cancel/"))
    assert "もう取り消されています" in visible(clerk.get(f"/person/{moved[0]}/history/2/cancel/"))
    assert clerk.post(f"/person/{moved[0]}/history/3/cancel/", {"person": str(moved[0])}).status_code == 200
    assert clerk.get(f"/person/{moved[0]}/history/9/cancel/").status_code == 404
    assert not Filing.objects.filter(code="cancellation", state="draft").exists()


def test_対象でない人やだれも選ばない始め方は断る(clerk, moved):
    sato = counter.register("domestic_move_in", counter.move_in_form([SATO], address="色内1丁目3番5号"))[0].person.public_id
    open_visit()
    assert clerk.post(f"/person/{moved[0]}/history/2/cancel/", {"person": str(sato)}).status_code == 400
    assert clerk.post(f"/person/{moved[0]}/history/2/cancel/", {}).url == f"/person/{moved[0]}/history/2/cancel/"


def test_履歴の閲覧と入力の両方の権限がいり取消しはメニューに出ない(made_up_city, clerk, moved):
    open_visit()
    assert not any("/filings/new/cancellation/" in clerk.get(page).content.decode() for page in ("/filings/new/", f"/person/{moved[0]}/"))
    assert clerk.get("/filings/new/cancellation/").status_code == 404
    reader = desks.officer("t.taka", ("residents:history:read", "residents:visit:open"), "Z01")
    open_visit("t.taka")
    assert reader.get(f"/person/{moved[0]}/history/2/cancel/").status_code == 403
    assert not re.search("/cancel/|/again/", reader.get(f"/person/{moved[0]}/history/").content.decode())
