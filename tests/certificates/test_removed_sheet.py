"""除票と改製原の写し: what they say, of which sheet they are made, who may ask, how long they are kept. 住基法15条の2–15条の4, 令34条; 標準仕様 1.1.4, 1.1.5, 5.1."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from daicho.certificates.catalogue import certificates_of, of_such_a_sheet
from daicho.certificates.record import Note, NoteKind, SheetState
from daicho.certificates.removed_rules import why_not_kept
from daicho.certificates.request import Delivery, Omissible, Requester
from daicho.konbini.rules.asked import codes
from tests.certificates.people import HANAKO, ISSUED_ON
from tests.certificates.sheets import DEAD, LEFT, OF, OF_A_SHEET, PLANNED, RENEWED, made, refused

NUMBERS = frozenset({Omissible.INDIVIDUAL_NUMBER, Omissible.JUMINHYO_CODE})
NOTHING: frozenset[Omissible] = frozenset()


def test_転出の除票は消除事由と予定の転出先と日を統合記載欄に載せ確定は求められたときだけ():
    """N-1.1.5-12, -13, -14; N-1.1.14-06: what was planned is never written over."""
    plain = made("removed_sheet", LEFT, shown=NOTHING)
    assert plain.paragraphs[:4] == ("【除票の記載事項】", "消除事由　国内転出", f"転出先住所（予定）　{PLANNED}", "転出予定年月日　令和8年4月1日")
    assert not any("確定" in line or "転入通知" in line for line in plain.paragraphs)
    told = made("removed_sheet", LEFT, shown=frozenset({Omissible.CONFIRMED_DESTINATION})).paragraphs
    assert told[2] == f"転出先住所（予定）　{PLANNED}"
    assert told[4:7] == ("転出先住所（確定）　北海道旭川市七条通九丁目48番地　旭荘3号", "転出年月日　令和8年3月30日", "転入通知年月日　令和8年4月2日")


def test_死亡の除票は事由と生じた日を載せ番号は誰が求めても載らない():
    """domain §4.3; N-1.1.14-06."""
    assert made("removed_sheet", DEAD, shown=NOTHING, who=Requester.THIRD_PARTY).paragraphs[:3] == (
        "【除票の記載事項】", "消除事由　死亡", "事由の生じた年月日　令和8年3月31日",
    )  # fmt: skip
    for who in Requester:
        assert {"individual_number", "juminhyo_code"} <= set(refused("removed_sheet", DEAD, shown=NUMBERS, who=who)), who


@pytest.mark.parametrize("who", [Requester.SELF, Requester.LEGAL_REPRESENTATIVE, Requester.AGENT])
def test_亡くなった人の名で除票は請求できない(who: Requester):
    """法15条の4第1項, 3項: the heirs ask as third parties with their reason."""
    assert "「第三者」" in refused("removed_sheet", DEAD, shown=NOTHING, who=who)[""]
    assert refused("removed_sheet", DEAD, shown=NOTHING, who=Requester.THIRD_PARTY) == {}


def test_除票は本人の請求で番号を載せられ同一世帯だった者は第三者として請求する():
    """法15条の4; domain §4.3, §4.7."""
    assert made("removed_sheet", LEFT, shown=NUMBERS).text_of("individual_number") == LEFT.individual_number
    assert "「第三者」としての請求です" in refused("removed_sheet", LEFT, shown=NOTHING, who=Requester.SAME_HOUSEHOLD)[""]
    for who in (Requester.THIRD_PARTY, Requester.PUBLIC_OFFICE):
        assert set(refused("removed_sheet", LEFT, shown=NUMBERS, who=who)) >= {"individual_number", "juminhyo_code"}
    assert refused("removed_sheet", LEFT, shown=NUMBERS, who=Requester.AGENT, delivery=Delivery.COUNTER)
    assert refused("removed_sheet", LEFT, shown=NUMBERS, who=Requester.AGENT, delivery=Delivery.MAIL_TO_RESIDENCE) == {}


def test_本人としては自分の除票だけを請求できる():
    """法15条の4第1項: of others who left with them, as a third party."""
    assert "本人の除票だけ" in refused("removed_sheet", LEFT, LEFT, shown=NOTHING)["people"]
    assert refused("removed_sheet", LEFT, LEFT, shown=NOTHING, who=Requester.THIRD_PARTY) == {}


@pytest.mark.parametrize("definition", OF_A_SHEET, ids=lambda definition: definition.code)
@pytest.mark.parametrize("state", list(SheetState))
def test_どの証明書もその種類の住民票からしか作れない(definition, state: SheetState):
    """N-1.1.5-01, N-5.1-14: no copy as of somebody 現存 of a 除票, and none the other way round; so never both on one paper."""
    found = refused(definition.code, OF[state], shown=None)
    assert ("sheet" in found) is (state not in definition.sheets)


def test_除票の人と現存の人は一枚に載らない():
    """N-5.1-14."""
    for code in ("juminhyo_household", "juminhyo_personal", "removed_sheet", "entries_certificate", "removed_entries_certificate"):
        assert "sheet" in refused(code, HANAKO, LEFT, shown=NOTHING, who=Requester.THIRD_PARTY), code


@pytest.mark.parametrize(
    ("closed_on", "on", "word"),
    [
        (date(2014, 6, 19), date(2026, 4, 1), "（5年）"), (date(2014, 6, 20), date(2026, 4, 1), ""), (date(2014, 6, 20), date(2164, 6, 19), ""),
        (date(2014, 6, 20), date(2164, 6, 20), "150年"), (date(2016, 2, 29), date(2166, 2, 27), ""), (date(2016, 2, 29), date(2166, 2, 28), "150年"),
    ],
)  # fmt: skip
def test_保存期間を過ぎた除票は廃棄済証明へ導く(closed_on: date, on: date, word: str):
    """令34条; domain §4.7: five years for what was removed before 2014-06-20, 150 after."""
    why = why_not_kept(closed_on, on)
    assert (word in why and "廃棄済証明" in why) if word else why == ""


def test_保存期間を過ぎた除票からは写しも記載事項証明も出ない():
    old = replace(LEFT, closes_on=date(2014, 6, 19))
    for code in ("removed_sheet", "removed_entries_certificate", "attested_removed_form"):
        assert "廃棄済証明を交付してください" in refused(code, old, who=Requester.THIRD_PARTY)["sheet"]


def test_特別養子縁組で空欄の転出先は空欄と印字し確定も載せない():
    """N-1.1.5-04: what was left out is not told by another entry."""
    assert LEFT.removed is not None
    adopted = replace(LEFT, removed=replace(LEFT.removed, planned_address="", planned_lot=""))
    assert "転出先住所（予定）　【空欄】" in made("removed_sheet", adopted, shown=NOTHING).paragraphs
    assert "空欄とした除票" in refused("removed_sheet", adopted, shown=frozenset({Omissible.CONFIRMED_DESTINATION}))["confirmed_destination"]


def test_除票の誤記は項目を残したまま留意事項に正しい記載が出る():
    """N-1.1.5-05; domain §1.1.6."""
    wrong = replace(LEFT, notes=(Note(NoteKind.CAUTION, "誤記　生年月日　正しい記載　昭和60年3月8日（令和8年4月2日判明）", of_present=True),))
    document = made("removed_sheet", wrong, shown=NOTHING)
    assert document.text_of("birth_date") == "昭和60年3月9日" and "誤記　生年月日　正しい記載　昭和60年3月8日（令和8年4月2日判明）" in document.paragraphs


def test_改製原は改製前のまま履歴とともに載る():
    """N-1.1.4, N-1.1.5-02; 200 異動 are all there."""
    document = made("renewed_sheet", RENEWED, shown=frozenset({Omissible.HISTORY}))
    assert dict(document.plain)["標題"] == "改製原住民票" and "消除事由　改製" in document.paragraphs
    assert [line for line in document.paragraphs if "その200）" in line] and sum("転居（その" in line for line in document.paragraphs) == 200
    assert not any("転居" in line for line in made("renewed_sheet", RENEWED, shown=NOTHING).paragraphs)


def test_証明書を除票へ向ければ同じ役目の証明書になる():
    """The issuing screen, when another sheet is chosen."""
    turned = {code: of_such_a_sheet(code, SheetState.REMOVED, ISSUED_ON).code for code in ("juminhyo_personal", "entries_certificate", "attested_form")}
    assert turned == {
        "juminhyo_personal": "removed_sheet", "entries_certificate": "removed_entries_certificate", "attested_form": "attested_removed_form",
    }  # fmt: skip
    assert of_such_a_sheet("removed_sheet", SheetState.OPEN, ISSUED_ON).code == "juminhyo_personal"
    assert [each.code for each in certificates_of(SheetState.RENEWED, ISSUED_ON)] == ["renewed_sheet", "removed_entries_certificate", "attested_removed_form"]


def test_コンビニには住民票の写しだけが開かれている():
    """domain §4.6: neither 除票 nor 改製原, nor a certificate of chosen entries, at a shop."""
    assert set(codes("convenience_kind").values()) == {"juminhyo_personal", "juminhyo_household"}
