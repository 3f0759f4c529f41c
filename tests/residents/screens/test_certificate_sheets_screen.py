"""どの住民票のどの証明書か — on one screen the sheet, the certificate and the entries are chosen; what may not be handed out says why. 住基法12条, 15条の4; std 5.1, 5.4."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from daicho.residents.models import CertificateIssue, SheetCurrent
from tests.cast import TARO
from tests.residents.counter import death_form, move_out_form, register, removed
from tests.residents.recording import recorded_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, open_visit
from tests.residents.screens.test_certificate_household_screen import counted, once, ticked, url, words

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
COUNTED = {"get": 31, "look": 14, "issue": 27}


@pytest.fixture
def four() -> list[UUID]:
    return family()


def sent(code: str, *people: UUID, **more: object) -> dict[str, object]:
    return {"certificate": code, "people": [str(person) for person in people], "purpose": "年金の手続", "delivery": "counter", **more}


def offered(answer: object, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', answer.content.decode())  # type: ignore[attr-defined]


def test_現在の住民票だけの人には住民票は選ばせず証明書を選ばせる(four):
    first = desk().get(url(four[0]))
    assert offered(first, "certificate") == ["juminhyo_personal", "juminhyo_household", "entries_certificate", "attested_form"]
    assert 'type="radio" class="choice__input" id="id-sheet' not in first.content.decode() and "証明する住民票" not in visible(first)


def test_証明書を替えると選べる事項が入れ替わり市の決めた初期の選択で開く(four):
    """N-5.1-05: the script swaps the choices out of band; ticks of another certificate are not carried over."""
    clerk = desk()
    data = sent("entries_certificate", four[0], drawn_for="juminhyo_personal", shown=["individual_number"])
    part = clerk.post(url(four[0], "look/"), data, headers=PART)
    assert 'id="choices" hx-swap-oob="true"' in part.content.decode()
    assert ticked(part, "shown") == ["name", "birth_date", "sex", "address"] and "番号を印字します" not in visible(part)
    again = clerk.post(url(four[0], "look/"), {**data, "drawn_for": "entries_certificate", "shown": ["name", "relationship"]}, headers=PART)
    assert "hx-swap-oob" not in again.content.decode() and "続柄 世帯主" in words(again) and "生年月日 昭和" not in words(again)


def test_写しには方書を省く指定がなく送っても交付しない(four):
    """N-5.4-01, -02."""
    clerk = desk()
    first = clerk.get(url(four[0]))
    assert not offered(first, "without_building")
    refused = clerk.post(url(four[0], "issue/"), sent("juminhyo_personal", four[0], without_building="yes", once=once(first)))
    assert refused.status_code == 422 and "方書を省略できません" in visible(refused)
    SheetCurrent.objects.filter(person__public_id=four[0]).update(address_building="見本荘101号")
    look = sent("entries_certificate", four[0], drawn_for="entries_certificate", shown=["name", "address"])
    assert "見本荘101号" in visible(clerk.post(url(four[0], "look/"), look, headers=PART))
    assert "見本荘101号" not in visible(clerk.post(url(four[0], "look/"), {**look, "without_building": "yes"}, headers=PART))
    assert clerk.post(url(four[0], "issue/"), {**look, "without_building": "yes", "once": once(first)}).status_code == 200
    page = words(clerk.get(url(four[0])))
    assert "住民票記載事項証明書 1枚" in page and "方書は省略" in page


def test_奥書は住民票の記載を見比べてから選び様式の名と枚数がなければ交付しない(four):
    clerk = desk()
    part = clerk.post(url(four[0], "look/"), sent("attested_form", *four[:2], drawn_for="juminhyo_personal"), headers=PART)
    page = words(part)
    assert "住民票の記載（様式と見比べる）" in page and "花園 花子" in page and "昭和57年7月1日" in page and TARO.individual_number not in page
    assert "照合した事項が選ばれていません" in page and ticked(part, "shown") == []
    ready = sent("attested_form", *four[:2], drawn_for="attested_form", shown=["name"], brought_title="在職証明書", brought_pages="２")
    page = words(clerk.post(url(four[0], "look/"), ready, headers=PART))
    assert "証明する様式 在職証明書" in page and "2枚（この証明書を除く）" in page
    first = clerk.get(url(four[0]))
    for wrong in ({"brought_title": ""}, {"brought_pages": "0"}, {"brought_pages": "二"}, {"shown": []}):
        assert clerk.post(url(four[0], "issue/"), {**ready, **wrong, "once": once(first)}).status_code == 422, wrong
    assert clerk.post(url(four[0], "issue/"), {**ready, "once": once(first)}).status_code == 200
    assert CertificateIssue.objects.get().kind == "attested_form"


def test_除票の人は除票の写しで開き一緒に転出した人から選べる(four):
    """N-5.1-01, -14, N-1.3.8-06; 法15条の4: who stayed is not offered; 交付履歴 tells the kinds apart."""
    register("move_out", move_out_form(four[1:3], on="令和8年4月9日"))
    clerk = desk()
    first = clerk.get(url(four[1]))
    assert offered(first, "certificate") == ["removed_sheet", "removed_entries_certificate", "attested_removed_form"]
    assert offered(first, "people") == [str(four[1]), str(four[2])] and "除票 令和8年4月9日 国内転出" in words(first)
    assert "消除事由 国内転出" in words(first) and "転出先（確定）・転入通知年月日" in words(first)
    issued = clerk.post(url(four[1], "issue/"), sent("removed_sheet", four[1], once=once(first), sheet=offered(first, "sheet")[0]))
    assert issued.status_code == 200
    assert "住民票の除票の写し 1枚" in words(clerk.get(url(four[1])))
    open_visit(standing="same_household")
    page = visible(clerk.get(url(four[1])))
    assert "同一世帯の者の請求では交付できない証明書：住民票の除票の写し" in page and "「第三者」" in page


def test_亡くなった人の除票では番号が選べず理由が示される(four):
    """domain §4.3."""
    register("death", death_form(four[0]))
    clerk = desk(standing="third_party")
    first = clerk.get(url(four[0]))
    assert not {"individual_number", "juminhyo_code", "confirmed_destination"} & set(offered(first, "shown"))
    assert "記載できない事項：個人番号（亡くなった人の除票）" in visible(first)
    open_visit(standing="self")
    assert "亡くなった人の除票です。本人やその代理人としての請求はできません" in visible(clerk.get(url(four[0])))


def test_保存期間を過ぎた除票は選べるが廃棄済証明へ導く():
    """domain §4.7: a migrated row of someone removed in 2014."""
    [taro] = family(TARO)
    removed(taro, date(2026, 4, 5), "move_out")
    SheetCurrent.objects.filter(person__public_id=taro).update(closed_on=date(2014, 6, 19))
    page = visible(desk().get(url(taro)))
    assert "保存期間を過ぎて廃棄済み（廃棄済証明）" in page and "廃棄済証明を交付してください" in page


def test_改製した人は現在の住民票と改製原から選べる(four):
    """N-1.1.4-03; a sheet by its number, which tells nothing of anybody."""
    register("sheet_renewal", recorded_form("sheet_renewal", {four[0]: {}}, effective_on="令和8年4月9日"))
    clerk = desk()
    first = clerk.get(url(four[0]))
    new, old = offered(first, "sheet")
    assert ticked(first, "sheet") == [new] and "改製原 令和8年4月9日" in words(first)
    turned = clerk.post(url(four[0], "look/"), sent("juminhyo_personal", four[0], sheet=old, drawn_for="juminhyo_personal"), headers=PART)
    assert ticked(turned, "certificate") == ["renewed_sheet"] and offered(turned, "people") == [str(four[0])] and "消除事由 改製" in words(turned)
    assert clerk.post(url(four[0], "issue/"), sent("juminhyo_personal", four[0], sheet=old, once=once(first))).status_code == 422
    assert clerk.post(url(four[0], "issue/"), sent("renewed_sheet", four[0], sheet=old, once=once(first))).status_code == 200
    other = sent("juminhyo_personal", four[1], sheet=old)
    assert "この人の住民票にありません" in visible(clerk.post(url(four[1], "look/"), other, headers=PART))


def test_画面にない住民票の書き方は受け付けない(four):
    """F-1-04."""
    clerk = desk()
    for wrong in ({"sheet": "1 or 1"}, {"certificate": "discarded_sheet"}, {"brought": "x"}):
        assert clerk.post(url(four[0], "look/"), {**sent("juminhyo_personal", four[0]), **wrong}).status_code == 400, wrong


def test_問合せの数は住民票の枚数にも除票の人数にもよらない(four):
    """Style 14: one who left, and one who left after a 改製; of a 除票 one and three people to look at."""
    register("sheet_renewal", recorded_form("sheet_renewal", {four[2]: {}}, effective_on="令和8年4月8日"))
    register("move_out", move_out_form(four[1:], on="令和8年4月9日"))
    clerk = desk()
    found = []
    for person in four[1:3]:
        data = sent("removed_sheet", person, shown=["relationship", "history"], drawn_for="removed_sheet")
        clerk.post(url(person, "issue/"), {**data, "once": once(clerk.get(url(person)))})  # caches are warm, and 交付履歴 has a line
        get = counted(clerk, "get", url(person))
        look = [
            counted(clerk, "post", url(person, "look/"), sent("removed_sheet", *people, drawn_for="removed_sheet"), headers=PART)
            for people in ([person], four[1:])
        ]
        assert look[0] == look[1]
        data["once"] = once(clerk.get(url(person)))
        found.append({"get": get, "look": look[0], "issue": counted(clerk, "post", url(person, "issue/"), data)})
    assert found == [COUNTED] * 2
