"""個人票の画面 — what stands on the sheet, numbers covered, the household, what is under way. std 2.2, 3.3; F-0-18, F-1-13."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest

from daicho.residents.models import Person
from daicho.residents.rules.entries import ENTRIES
from daicho.residents.screens.sheet_groups import GROUPS
from tests.cast import FAMILY, HANAKO, SATO, TARO
from tests.residents import counter
from tests.residents.recording import recorded_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
COUNTED = 13


def test_他課の職員には仮登録中でも仮登録前の住所だけが見える():
    """N-4.0.8-14: who may look people up and neither enters nor examines sees what was, and not what waits."""
    people = family()
    filing = counter.enter("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    elsewhere = desk("residents:visit:open", "residents:person:search", "residents:person:read")
    page = visible(elsewhere.get(f"/person/{people[0]}/"))
    assert "花園2丁目12番1号" in page and "色内1丁目3番5号" not in page
    assert elsewhere.get(f"/filings/{filing}/examination/").status_code == 403
    assert elsewhere.get("/waiting/").status_code == 403


def test_記載事項は全てどれか一つの組にある():
    named = [name for _, names in GROUPS for name in names.split()]
    assert sorted(named) == sorted(ENTRIES)


def test_本人と世帯員が記録されてから示される():
    """F-1-13, N-3.3-01."""
    people = family()
    counter.removed(people[3], date(2026, 4, 5))
    counter.register("death", counter.death_form(people[2]))
    page = visible(desk().get(f"/person/{people[0]}/"))
    assert all(person.name in page for person in FAMILY) and "46歳" in page
    assert (page.count("除票（国内転出）"), page.count("除票（死亡）")) == (1, 1)
    [row] = trail("residents:person:read")
    assert (set(row.subjects), row.purpose) == (set(people), "")


def test_番号は伏せてあり権限のある人が一つずつ開ける():
    """S1-04, F-0-18; design §6: each unmasking is on record."""
    people = family()
    clerk = desk()
    card = clerk.get(f"/person/{people[0]}/").content.decode()
    assert TARO.individual_number not in card and TARO.juminhyo_code not in card
    opened = clerk.post(f"/person/{people[0]}/number/", {"entry": "individual_number"}).content.decode().replace(" ", "")
    assert TARO.individual_number in opened and TARO.juminhyo_code not in opened
    [row] = trail("residents:number:reveal")
    assert (row.subjects, row.shows_numbers, row.detail["entry"]) == ([people[0]], True, "individual_number")
    part = clerk.post(f"/person/{people[0]}/number/", {"entry": "juminhyo_code"}, headers={"HX-Request": "true"})
    assert TARO.juminhyo_code in part.content.decode() and "<html" not in part.content.decode()


def test_番号を開く権限がなければ開けず記録される():
    people = family()
    clerk = desk("residents:visit:open", "residents:person:read")
    assert "表示：" not in visible(clerk.get(f"/person/{people[0]}/"))
    assert clerk.post(f"/person/{people[0]}/number/", {"entry": "individual_number"}).status_code == 403
    assert [(row.outcome, row.subjects) for row in trail("residents:number:reveal")] == [("refused", [people[0]])]


def test_番号でない項目や無い番号は開けない():
    people = family()
    clerk = desk()
    for entry in ("name_kanji", "basic_pension_number", ""):
        assert clerk.post(f"/person/{people[0]}/number/", {"entry": entry}).status_code == 404, entry


def test_仮登録があれば知らせ仮登録前の内容を示す():
    """design §3: outside the counter the record stays as before it."""
    people = family()
    counter.enter("relocation", counter.relocation_form(people, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    page = visible(desk().get(f"/person/{people[0]}/"))
    assert "転居の仮登録" in page and "花園2丁目12番1号" in page and "色内1丁目" not in page


def test_宛名番号は番地にない():
    """F-0-12."""
    people = family()
    atena_no = Person.objects.get(public_id=people[0]).atena_no
    html = desk().get(f"/person/{people[0]}/").content.decode()
    assert f"/{atena_no}" not in html and f"={atena_no}" not in html and atena_no in html


def test_知らない番地は404で権限がなければ403():
    family()
    clerk = desk()
    assert clerk.get(f"/person/{uuid.uuid4()}/").status_code == 404
    assert [row.outcome for row in trail("residents:person:read")] == ["failed"]


def test_権限がなければ誰を見ようとしたかとともに拒まれる():
    people = family()
    assert desk("residents:visit:open").get(f"/person/{people[0]}/").status_code == 403
    assert [(row.outcome, row.subjects) for row in trail("residents:person:read")] == [("refused", [people[0]])]


def test_問合せの数は世帯の人数によらない():
    """Style 14."""
    [alone] = family(SATO)
    people = family()
    clerk = desk()
    assert (queries(clerk, "get", f"/person/{alone}/"), queries(clerk, "get", f"/person/{people[0]}/")) == (COUNTED, COUNTED)
    assert HANAKO.name in visible(clerk.get(f"/person/{people[0]}/"))


def test_個人番号カードと住基カードの交付状況が別々に出る():
    """N-2.2.2-02, -03: 交付済の人と未交付の人."""
    taro, hanako, *_ = family()
    clerk = desk()
    said = {taro: {"my_number_card_status_code": "issued", "juki_card_status_code": "returned"}, hanako: {"my_number_card_status_code": "none"}}
    counter.register("managed_items", recorded_form("managed_items", said))
    shown = [dict(re.findall(r"<dt>([^<]*カードの発行状況)</dt><dd>\s*([^<]*?)\s*<", clerk.get(f"/person/{one}/").content.decode())) for one in (taro, hanako)]
    assert shown[0] == {"個人番号カードの発行状況": "交付済", "住基カードの発行状況": "返納"}
    assert shown[1]["個人番号カードの発行状況"] == "未交付"
