"""異動の一覧と届書 — every event of ALL_EVENTS is found and begun from the screens; nobody is offered what cannot be of them. S1-01–S1-03; F-1-04."""

from __future__ import annotations

from uuid import UUID

import pytest

from daicho.residents.commands.typed import unseal
from daicho.residents.models import Filing
from daicho.residents.rules.events import ALL_EVENTS
from tests.cast import HANAKO, NGUYEN, TARO
from tests.residents.counter import move_in_form, register
from tests.residents.recording import newest, recorded_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries

pytestmark = pytest.mark.django_db
OFFERED = [event for event in ALL_EVENTS if event.is_offered]
ALIAS = {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}


def test_一覧にはすべての異動が見出しごとに並び名前を入力して始められる():
    """N-4.1.0.1-01, N-4.2.0.1-01: none can be forgotten, since the menu is made from the definitions."""
    clerk = desk()
    page = visible(clerk.get("/filings/new/"))
    for heading in ("届出", "戸籍の届出・通知", "外国人住民", "請求", "職権"):
        assert heading in page
    assert [event.ja for event in OFFERED if event.ja not in page] == []
    assert clerk.get("/filings/new/", {"name": "婚姻"}).url == "/filings/new/marriage/"
    assert "「婚」という異動はありません" in visible(clerk.get("/filings/new/", {"name": "婚"}))


@pytest.mark.parametrize("event", OFFERED, ids=lambda event: event.code)
def test_どの異動も画面から始められ定義の欄だけが並ぶ(event):
    """F-1-04: the form is made from the definition."""
    [person] = family(NGUYEN if event.code in ("naturalisation", "nationality_acquisition", "alias_entry", "relationship_30_48") else TARO)
    clerk = desk()
    if event.code == "restoration":
        register("ex_officio_removal", recorded_form("ex_officio_removal", {person: {}}, ground="absent"))
    if event.newcomers and not event.into_household:
        started = clerk.post(f"/filings/new/{event.code}/", {"count": "1"})
    else:
        assert clerk.get(f"/filings/new/{event.code}/{person}/").status_code == 200
        chosen = {} if event.newcomers else {"person": str(person)}
        started = clerk.post(f"/filings/new/{event.code}/{person}/", {**chosen, "count": "1"})
    assert started.status_code == 302, visible(started)
    page = visible(clerk.get(started.url))
    assert [field.label for field in (*event.fields, *event.member_fields) if field.label not in page] == []


def codes_on(clerk, person: UUID) -> set[str]:
    page = clerk.get(f"/person/{person}/").content.decode()
    return {event.code for event in OFFERED if f"/filings/new/{event.code}/{person}/" in page}


def test_住民票にはその人についてあり得る異動だけが並ぶ():
    """What can be filed depends on nationality, on 旧氏 and 通称, and on whether someone lives here."""
    taro, nguyen = family(TARO)[0], register_foreigner()
    clerk = desk()
    of_taro, of_nguyen = codes_on(clerk, taro), codes_on(clerk, nguyen)
    assert of_taro - of_nguyen == {"nationality_loss", "former_surname_entry", "furigana"}
    assert of_nguyen - of_taro == {
            "naturalisation", "nationality_acquisition", "alias_entry", "relationship_30_48", "residence_status_changed", "residence_ended",
            "residence_notification",
        }  # fmt: skip
    register("alias_entry", recorded_form("alias_entry", {nguyen: ALIAS}))
    assert {"alias_deletion"} == codes_on(clerk, nguyen) - of_nguyen and "alias_entry" not in codes_on(clerk, nguyen)
    register("ex_officio_removal", recorded_form("ex_officio_removal", {taro: {}}, ground="absent"))
    assert codes_on(clerk, taro) >= {"restoration", "domestic_move_in", "address_setting"}
    assert not codes_on(clerk, taro) & {"relocation", "marriage", "death"}


def register_foreigner() -> UUID:
    return register("domestic_move_in", move_in_form([NGUYEN], address="色内2丁目2番"))[0].person.public_id


def test_修正の届書は空で始まりいまの記載を横に示す():
    """What is not typed does not change; what stands there is seen beside it."""
    taro = family(TARO, HANAKO)[0]
    clerk = desk()
    started = clerk.post(f"/filings/new/surname_change/{taro}/", {"person": str(taro)})
    page = clerk.get(started.url).content.decode()
    assert 'id="id-m0-name_kanji-present"' in page and 'aria-describedby="id-m0-name_kanji-hint id-m0-name_kanji-present"' in page
    [row] = Filing.objects.filter(code="surname_change")
    assert unseal(row.typed).members[0].texts == {}


def test_誤記修正は異動履歴の行から始まり履歴番号が入っている():
    """N-4.2.3.3-01."""
    taro = family(TARO)[0]
    clerk = desk()
    assert f"/person/{taro}/history/1/mend/" in clerk.get(f"/person/{taro}/history/").content.decode()
    started = clerk.post(f"/person/{taro}/history/1/mend/")
    row = Filing.objects.get(code="mend")
    assert started.url == f"/filings/{row.public_id}/"
    assert unseal(row.typed).members[0].texts == {"wrong_history_no": "1"}


def test_帰化した人の住民票には外国人住民票が除票として残る():
    """std 4.5.3: the card shows the sheet that goes on; the household lists each person once."""
    nguyen = family(NGUYEN)[0]
    said = {"name_kanji": "花園　安", "registered_domicile": "不明", "family_register_head_name": "不明"}
    register("naturalisation", recorded_form("naturalisation", {nguyen: said}))
    page = visible(desk().get(f"/person/{nguyen}/"))
    household = page.split("世帯番号")[1].split("住民票番号")[0]
    assert household.count("花園") == household.count("花園　安") == 2 or household.count("花園　安") == 1
    assert newest(nguyen).resident_kind == "1"


def test_一覧と住民票の問合せの数は異動の数によらない():
    """No statement for an event."""
    taro = family(TARO)[0]
    clerk = desk()
    assert queries(clerk, "get", "/filings/new/") <= 10
    assert queries(clerk, "get", f"/person/{taro}/") <= 17
