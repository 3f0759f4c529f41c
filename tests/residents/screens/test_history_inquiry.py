"""異動履歴の照会の画面 — of one 在住, of a household, of the city by every item; 旧氏 and 通称 with their days. std 1.2.1, 2.2.1."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from daicho import clock
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.commands.writing import Recording, moment_after, write_changes
from daicho.residents.models import CivilEvent, SheetCurrent
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.situation import PersonState, Situation
from daicho.values.dates import JapaneseDate
from tests.cast import CLERK, EXAMINER, HANAKO, JIRO, NGUYEN, TARO, TRAN
from tests.residents import counter
from tests.residents.recording import family_of, recorded_form
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
OTARU = {"former_surname": "小樽", "former_surname_kana": "オタル"}
ALIAS = {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}
CAUTION = "本人の申出により旧住所の照会に注意"


def remarked(person: UUID, remark: str) -> None:
    """A version with a 留意事項, written as migration writes one (std 1.1.14)."""
    row = SheetCurrent.objects.get(person__public_id=person, closed_on__isnull=True)
    at, on = moment_after(row.recorded_at), JapaneseDate.of(date(2026, 4, 6))
    event = CivilEvent(
        municipality_code=row.municipality_code, code="import", standard_code="職権修正", definition="import", basis="職権", effect="修正", effective_on=on,
        recorded_at=at, source="test", office_code="zenibako", terminal="Z01", request_key=uuid4(),
    )  # fmt: skip
    state = PersonState(row.person.atena_no, row.to_entries(), True, row.spell_id, row.history_no, public_id=str(person))
    situation = Situation(clock.today(), row.municipality_code, "", persons={state.atena_no: state})
    changes = Changes(revisions=(Revision(0, state.atena_no, {"previous_address": "北海道札幌市北区北八条西五丁目"}, remark=remark),))
    with transaction.atomic():
        write_changes(Recording(event, at, on), situation, changes)


def lines(page: str) -> list[str]:
    """The table's 異動者 and 異動, as they are read."""
    assert 'aria-labelledby="lines"' in page, re.sub(r"<[^>]+>", " ", page)[-3000:]
    table = page.split('aria-labelledby="lines"')[1].split("</table>")[0]
    cells = re.findall(r'<th scope="row" class="nowrap"><a[^>]*>(.*?)</a>.*?<td class="table__words">(.*?)<span', table, re.S)
    return [re.sub(r"<[^>]+>", "", f"{who} {what}").strip() for who, what in cells]


def left_and_back() -> UUID:
    """太郎 lived here from 4/1 to 4/5, and came back on 4/9 under the same 宛名番号."""
    person = counter.register("domestic_move_in", counter.move_in_form([TARO], address="稲穂2丁目12番1号"))[0].person
    counter.removed(person.public_id, date(2026, 4, 5))
    texts = {**counter.MOVE_IN_TEXTS, "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
    counter.register("domestic_move_in", TypedForm(texts, (TypedPerson(str(person.public_id), TARO.typed(juminhyo_code="", individual_number="")),)))
    return person.public_id


def test_個人の履歴に事由と三つの日と場所と端末と留意事項が揃う():
    """N-2.2.1-01; N-1.2.1-05…-08: the day is called after what the event rests on, and 職権 has none."""
    hanako = family_of(TARO, HANAKO)[1]
    counter.register("former_surname_entry", recorded_form("former_surname_entry", {hanako: OTARU}))
    remarked(hanako, CAUTION)
    page = visible(desk().get(f"/person/{hanako}/history/"))
    assert "履歴番号" in page and f"留意事項 {CAUTION}".replace(" ", "") in page.replace("　", "").replace(" ", "")
    of_caution, of_name, of_arrival = (page.index(f" {word} ") for word in ("職権修正", "旧氏の記載", "国内転入"))
    assert of_caution < of_name < of_arrival
    assert "令和8年4月9日 請求日" in page[of_name:of_arrival] and "令和8年4月3日 届出日" in page[of_arrival:]
    assert not any(word in page[of_caution:of_name] for word in ("届出日 ", "請求日", "申出日", "通知日"))
    assert "銭函サービスセンター" in page[of_caution:of_name] and "令和8年4月6日" in page[of_caution:of_name]


def test_世帯員全員の異動が一つの一覧に新しい順に並ぶ():
    """N-2.2.1-02: of four, two moved out of the household; everyone shown is on record; statements do not grow with the people."""
    people = family()
    counter.register("household_split", counter.household_form(people[2:], ["世帯主", "弟"]))
    answer = (clerk := desk()).get(f"/person/{people[0]}/household/history/")
    assert sorted(lines(answer.content.decode())) == sorted(
        [f"{role} 国内転入" for role in ("花園　太郎", "花園　花子", "花園　一郎", "花園　二郎")] + ["花園　一郎 世帯分離", "花園　二郎 世帯分離"]
    )
    assert lines(answer.content.decode())[0].endswith("世帯分離")
    assert set(trail("residents:history:read")[-1].subjects) == set(people)
    [alone] = family(replace(JIRO, index=40, relationship="世帯主"))
    assert queries(clerk, "get", f"/person/{alone}/household/history/") == queries(clerk, "get", f"/person/{people[0]}/household/history/")


def test_変えた旧氏と消した通称が記載と変更の日とともに返る():
    """N-2.2.1-03, of the person and of the household."""
    taro, hanako = family_of(TARO, HANAKO)
    counter.register("former_surname_entry", recorded_form("former_surname_entry", {hanako: OTARU}))
    counter.register("surname_change", recorded_form("surname_change", {hanako: {"name_kanji": "色内　花子", "name_kana": "イロナイ　ハナコ"}}))
    said = {"former_surname": "花園", "former_surname_kana": "ハナゾノ"}
    counter.register("former_surname_change", recorded_form("former_surname_change", {hanako: said}, effective_on="令和8年4月9日"))
    nguyen = family_of(NGUYEN)[0]
    counter.register("alias_entry", recorded_form("alias_entry", {nguyen: ALIAS}))
    counter.register("alias_deletion", recorded_form("alias_deletion", {nguyen: {}}, effective_on="令和8年4月9日"))
    clerk = desk()
    for url in (f"/person/{hanako}/history/", f"/person/{taro}/household/history/"):
        page = visible(clerk.get(url)).split("旧氏・通称の履歴")[1]
        assert re.search(r"小樽 オタル 令和8年4月8日 旧氏の記載 令和8年4月9日 旧氏の変更 .*花園 ハナゾノ 令和8年4月9日 旧氏の変更", page), url
    page = visible(clerk.get(f"/person/{nguyen}/history/")).split("旧氏・通称の履歴")[1]
    assert re.search(r"花園安 ハナゾノアン 令和8年4月8日 通称の記載 令和8年4月9日 通称の削除", page)


def test_どの項目でも指定した値に合う異動だけが返る():
    """N-2.2.1-04: of a register of many events each item alone, a day, a month, a day of an uncertain 異動日; nothing of it in an address."""
    taro, hanako = family_of(TARO, HANAKO, effective_on="令和8年3月1日", filed_on="令和8年3月5日")
    [nguyen] = family_of(NGUYEN)
    counter.register("former_surname_entry", recorded_form("former_surname_entry", {hanako: OTARU}))  # 請求日 4/9
    counter.register("alias_entry", recorded_form("alias_entry", {nguyen: ALIAS}, filed_on="令和8年4月10日"))  # 申出日
    remarked(taro, CAUTION)  # 職権, at the branch
    [gone] = family_of(replace(JIRO, index=61, relationship="世帯主"), address="稲穂2丁目12番1号")
    counter.removed(gone, date(2026, 4, 5))
    counter.register("move_in_notice_received", counter.notice_form(gone, on="令和8年4月7日", filed_on="令和8年4月9日"))
    with clock.at(date(2026, 4, 12)):
        other = family_of(replace(TRAN, index=60, texts={**TRAN.texts, "residence_card_no": "CD12345678EF"}))[0]
        branch = replace(CLERK, office_code="ekimae", terminal="E02")
        row = filings.start(branch, counter.visit(branch), "death", counter.death_form(other, on="令和8年4月頃"))
        form = counter.death_form(other, on="令和8年4月 日不詳")
        judged = filings.judge(filings.definition_of("death"), form, row.visit)
        filings.enter(branch, row.public_id, form, {p.key: "確認" for p in judged.problems})
        filings.examine(EXAMINER, row.public_id)
        registering.register(EXAMINER, row.public_id)
        clerk = desk()
        number = SheetCurrent.objects.get(person__public_id=hanako).person.atena_no
        expected = {
            ("atena_no", number): {"花園　花子 国内転入", "花園　花子 旧氏の記載"},
            ("reason", "旧氏の記載"): {"花園　花子 旧氏の記載"},
            ("effective_on", "令和8年3月1日"): {"花園　太郎 国内転入", "花園　花子 国内転入"},
            ("effective_on", "2026年4月29日"): {"TRAN VAN MINH 死亡"},
            ("recorded_on", "令和8年4月12日"): {"TRAN VAN MINH 国内転入", "TRAN VAN MINH 死亡"},
            ("filed_filing", "令和8年3月"): {"花園　太郎 国内転入", "花園　花子 国内転入"},
            ("filed_petition", "令和8年4月10日"): {"NGUYEN VAN AN 通称の記載"},
            ("filed_request", "令和8年4月9日"): {"花園　花子 旧氏の記載"},
            ("filed_notice", "令和8年4月9日"): {"花園　二郎 職権修正"},
            ("office_code", "ekimae"): {"TRAN VAN MINH 死亡"},
            ("terminal", "E02"): {"TRAN VAN MINH 死亡"},
            ("remark", "旧住所の照会"): {"花園　太郎 職権修正"},
        }
        answers = {asked: set(lines(clerk.post("/events/found/", dict([asked])).content.decode())) for asked in expected}
        assert answers == expected
        both = clerk.post("/events/found/", {"reason": "国内転入", "recorded_on": "令和8年4月12日"})
        assert lines(both.content.decode()) == ["TRAN VAN MINH 国内転入"]
    assert set(trail("residents:history:read")[-1].subjects) == {other}


def test_条件のない照会と読めない日は断り入力を残す():
    clerk = desk()
    for asked, said in (({}, "条件がありません"), ({"effective_on": "いつか"}, "いつか"), ({"recorded_on": "年月日不詳"}, "1年より長い")):
        answer = clerk.post("/events/found/", asked)
        assert answer.status_code == 422 and said in answer.content.decode(), asked
    assert clerk.post("/events/found/", {"name": "花園"}).status_code == 400


def test_履歴を見る権限がなければ照会できない():
    clerk = desk("residents:visit:open")
    assert clerk.post("/events/found/", {"reason": "死亡"}).status_code == clerk.get("/events/").status_code == 403


def test_再転入した人の履歴に前の除票の履歴は混ざらず通しで並べる操作もない():
    """N-2.2.1-05: from the sheet of today, from a 宛名番号, from the household; the life before is a page of its own."""
    person = left_and_back()
    clerk = desk("residents:visit:open", "residents:history:read")
    now = visible(clerk.get(f"/person/{person}/history/"))
    assert "国内転入" in now and "国内転出" not in now and "以前の在住の履歴は" in now
    before = visible(clerk.get(f"/person/{person}/history/spell/1/"))
    assert "国内転出" in before and "令和8年4月1日から令和8年4月5日（消除）まで" in before and "令和8年4月9日から" in before
    atena_no = SheetCurrent.objects.filter(person__public_id=person)[0].person.atena_no
    for page in (clerk.post("/events/found/", {"atena_no": atena_no}), clerk.get(f"/person/{person}/household/history/")):
        assert lines(page.content.decode()) == ["花園　太郎 国内転入"]
    assert clerk.get(f"/person/{person}/history/spell/3/").status_code == 404
    assert "ほかの住民票と見比べる" not in now
    assert clerk.get(f"/person/{person}/history/compare/", {"a": "1", "b": "3"}).status_code == 403


def test_元の世帯に戻った人の前の除票の履歴も世帯の一覧に混ざらない():
    """N-2.2.1-05: the same 世帯番号, two 在住."""
    taro, hanako = family_of(TARO, HANAKO)
    counter.removed(taro, date(2026, 4, 5))
    number = SheetCurrent.objects.get(person__public_id=hanako).household_no
    texts = {**counter.MOVE_IN_TEXTS, "effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日", "household_choice": "existing", "household_no": number}
    back = TypedPerson(str(taro), TARO.typed(juminhyo_code="", individual_number="", relationship="夫"))
    counter.register("head_change", counter.household_form([hanako], ["世帯主"], effective_on="令和8年4月5日"))
    counter.register("domestic_move_in", TypedForm(texts, (back,)))
    assert lines(desk().get(f"/person/{hanako}/household/history/").content.decode()).count("花園　太郎 国内転入") == 1


def test_二つの住民票の履歴を見比べるのは権限のある職員だけである():
    """Design §11; of one sheet nobody needs more than to read the history."""
    person = left_and_back()
    clerk = desk()
    assert "ほかの住民票と見比べる" in visible(clerk.get(f"/person/{person}/history/"))
    page = visible(clerk.get(f"/person/{person}/history/compare/", {"a": "3", "b": "1"}))
    assert page.index("履歴番号1") < page.index("履歴番号3") and re.search(r"住所 .*小樽市 ?稲穂 ?2丁目.*小樽市 ?花園 ?2丁目", page)
