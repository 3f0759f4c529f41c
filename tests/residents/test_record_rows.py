"""記録の行 — what the history, the status, the blanks and the 続柄 of a record are, row by row. std 1.1.1, 1.1.2, 1.1.6–1.1.8, 1.1.11, 1.1.17, 1.2.1."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from daicho import clock
from daicho.residents.commands import filings
from daicho.residents.commands.importing import BadFile
from daicho.residents.commands.typed import TypedForm
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.rules.definitions import FieldKind
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.entry_words import entry_label, entry_text
from daicho.residents.rules.events import ALL_EVENTS, event_on
from daicho.residents.rules.reading import Typed, read_filing
from daicho.residents.screens.sheet_groups import GROUPS, groups_of
from daicho.values.relationship import BadRelationship, read_relationship
from tests.cast import HANAKO, NGUYEN, TARO, TRAN, Role
from tests.residents.cancelling import event_of
from tests.residents.counter import death_form, move_in_form, move_out_form, notice_form, problems, register, relocation_form, visit
from tests.residents.foreigners import LEE
from tests.residents.recording import family_of, newest, recorded_form
from tests.residents.register_files import come_out, foreigner, person, take_in

pytestmark = pytest.mark.django_db


def corrected(event: str, who: UUID, **said: str) -> set[str]:
    """Register a 修正 of one person; the items of the newest record that moved by it."""
    before = newest(who).to_entries().__dict__
    register(event, recorded_form(event, {who: said}, effective_on="令和8年4月10日"))
    after = newest(who).to_entries().__dict__
    return {name for name in before if before[name] != after[name]}


# ------------------------------------------------------------------------------------------------------------ 異動履歴 1.1.1-27, 1.2.1
def test_どの行にも異動者と異動事由と日と場所と端末がある():
    """N-1.1.1-24, -27, -44, N-1.1.2-35, -38, -59: 処理日 is the system's day, apart from 異動日."""
    taro, an = family_of(TARO)[0], family_of(NGUYEN, address="色内2丁目2番")[0]
    with clock.at(date(2026, 5, 3)):
        register("relocation", relocation_form([taro]))
        said = {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}
        register("alias_entry", recorded_form("alias_entry", {an: said}, effective_on="令和8年5月1日", filed_on="令和8年5月2日"))
        register("residence_status_changed", recorded_form("residence_status_changed", {an: {"residence_period": "5年"}}, effective_on="令和8年5月1日"))
    rows = SheetVersion.objects.select_related("event", "person").order_by("person_id", "history_no")
    told = [
        (r.event.standard_code, r.event.effective_on.encode(), clock.jst(r.recorded_at).date().isoformat(), r.event.basis, str(r.event.filed_on)) for r in rows
    ]
    assert told == [
        ("国内転入", "R8-04-01", "2026-04-10", "届出", "2026-04-03"),
        ("転居", "R8-05-01", "2026-05-03", "届出", "2026-05-02"),
        ("国内転入", "R8-04-01", "2026-04-10", "届出", "2026-04-03"),
        ("通称の記載", "R8-05-01", "2026-05-03", "申出", "2026-05-02"),
        ("職権修正", "R8-05-01", "2026-05-03", "通知", "2026-04-09"),
    ]
    assert {(r.event.office_code, r.event.terminal) for r in rows} == {("main", "窓口1番")}
    assert [r.person.public_id for r in rows] == [taro, taro, an, an, an]
    assert len({r.person.atena_no for r in rows if r.person.atena_no}) == 2


def test_申出日は申出による職権記載等と通称だけに請求日は旧氏の異動にある():
    """N-1.2.1-06, -07, -08, N-1.1.7-01, -02, -03: one column, told apart by what the event rests on."""
    petition = {"basis": "petition", "filed_on": "令和8年4月3日"}
    taro, an = family_of(TARO, HANAKO, **petition)[0], family_of(NGUYEN, address="色内2丁目2番")[0]
    register("alias_entry", recorded_form("alias_entry", {an: {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}}))
    register("alias_deletion", recorded_form("alias_deletion", {an: {}}))
    register("former_surname_entry", recorded_form("former_surname_entry", {taro: {"former_surname": "小樽", "former_surname_kana": "オタル"}}))
    register("former_surname_change", recorded_form("former_surname_change", {taro: {"former_surname": "色内", "former_surname_kana": "イロナイ"}}))
    register("former_surname_deletion", recorded_form("former_surname_deletion", {taro: {}}))
    register("surname_change", recorded_form("surname_change", {taro: {"name_kanji": "銭函　太郎", "name_kana": "ゼニバコ　タロウ"}}))
    register("relocation", relocation_form([an], effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    names = SheetVersion.objects.filter(person__public_id=taro).order_by("history_no").values_list("former_surname", flat=True)
    assert list(names) == [None, "小樽", "色内", None, None]  # N-1.1.7-01…-03: what was stays in the history
    assert {event_of(code).filed_on for code in ("alias_entry", "alias_deletion", "former_surname_entry")} == {date(2026, 4, 9)}
    by_basis: dict[str, list[str]] = {}
    for event in CivilEvent.objects.exclude(filed_on=None).order_by("pk"):
        by_basis.setdefault(event.basis, []).append(event.code)
    assert by_basis == {
        "申出": ["domestic_move_in", "alias_entry", "alias_deletion"],
        "届出": ["domestic_move_in", "relocation"],
        "請求": ["former_surname_entry", "former_surname_change", "former_surname_deletion"],
        "職権": ["surname_change"],
    }
    notified = event_on("surname_change", date(2026, 4, 10)).all_fields()["filed_on"]
    assert (notified.label, event_of("surname_change").filed_on) == ("戸籍届出・通知日", date(2026, 4, 9))


# --------------------------------------------------------------------------------------------------- 住民状態・住民種別 1.1.1-28, -29, -51
def test_住民状態は履歴の各行に消除の事由ごとに出る():
    """N-1.1.1-28, -51, N-1.1.2-39: 住民 before, 転出 after; N-1.1.1-29: nobody is of no kind."""
    taro, hanako, an = *family_of(TARO, HANAKO), family_of(NGUYEN, address="色内2丁目2番")[0]
    register("death", death_form(hanako))
    register("move_out", move_out_form([taro], "令和8年4月9日", filed_on="令和8年4月8日"))
    register("ex_officio_removal", recorded_form("ex_officio_removal", {an: {}}, ground="absent"))
    said: dict[str, list[str]] = {}
    for row in come_out():
        said.setdefault(row["atena_no"], []).append(row["resident_status_code"])
    of = {who: said[newest(who).person.atena_no] for who in (taro, hanako, an)}
    assert (of[taro][0], of[taro][-1], of[hanako], of[an]) == ("resident", "moved_out", ["resident", "dead"], ["resident", "removed"])
    assert Counter(row["resident_kind"] for row in come_out() if row["resident_status_code"] == "resident") == {"1": 2, "2": 1}


# ----------------------------------------------------------------------------------------------------- 法第30条の45 1.1.2-01, 1.1.2-26…-31
def test_区分を選べない外国人は記載できない():
    """N-1.1.2-01: 短期滞在 is none of the six."""
    stays = {"residence_status_code": "短期滞在", "residence_period": "90日", "residence_card_no": "", "article_30_45_class_code": ""}
    short = replace(NGUYEN, texts={**NGUYEN.texts, **stays})
    assert ("B001", "article_30_45_class_code", True) in problems("domestic_move_in", move_in_form([short]))
    assert not [found for found in problems("domestic_move_in", move_in_form([NGUYEN])) if found[2]]


STATUS = {
    "residence_status_code": "永住者", "residence_period": "無期限", "residence_expiry_date": "2033-05-01", "residence_card_no": "CD12345678EF",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "has", "becomes"),
    [
        ("1", {}, STATUS),
        ("2", {"residence_card_no": "AB12345678CD"}, {"residence_card_no": "CD12345678EF"}),
        ("3", {"residence_period": "6月"}, {"residence_period": "1年"}),
        ("4", {"residence_period": "6月"}, {"residence_period": "1年"}),
    ],
)
def test_区分ごとの項目は長官通知で直り前の履歴に残る(code: str, has: dict[str, str], becomes: dict[str, str]):
    """N-1.1.2-26…-29: the class stands as it was; of a 特別永住者 no 在留期間 is asked."""
    nothing = dict.fromkeys(("residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no"), "")
    own = {**NGUYEN.texts, **({} if code == "1" else nothing), "article_30_45_class_code": code, **has}
    who = family_of(replace(NGUYEN, texts=own))[0]
    assert corrected("residence_status_changed", who, **becomes) == becomes.keys()
    first, last = SheetVersion.objects.filter(person__public_id=who).order_by("history_no")
    assert (first.article_30_45_class_code, last.article_30_45_class_code) == (code, code)
    assert all(getattr(first, name) != getattr(last, name) for name in becomes)


def test_経過滞在者は出生と国籍喪失で区別され満了の日と生年月日は西暦で出る():
    """N-1.1.2-30, -31."""
    born, lost = (entry_text("article_30_45_class_code", SheetEntries(article_30_45_class_code=code)) for code in "56")
    assert (born, lost) == ("出生による経過滞在者", "国籍喪失による経過滞在者")
    entries = newest(family_of(NGUYEN)[0]).to_entries()
    assert [entry_text(name, entries) for name in ("residence_expiry_date", "birth_date")] == ["2028年4月30日", "1985年3月9日"]


# ------------------------------------------------------------------------------------------------------------------ 空欄 1.1.6-05…-18
@pytest.mark.parametrize(
    ("role", "name", "may_be_blank"),
    [(TARO, "juminhyo_code", True), (NGUYEN, "residence_card_no", True), (LEE, "residence_card_no", False)],
    ids=["住民票コード", "在留カード", "特別永住者証明書"],
)
def test_除票で空欄にできる番号とできない番号(role: Role, name: str, may_be_blank: bool):
    """N-1.1.6-05, -08, -10: 現存者 may not be without any of them (tests/residents/test_blanks.py)."""
    who = family_of(role)[0]
    blank = recorded_form("removed_sheet_correction", {who: {name: "空欄"}}, effective_on="令和8年4月10日")
    assert ("X901", "person", True) in problems("removed_sheet_correction", blank)
    register("move_out", move_out_form([who], "令和8年5月9日", filed_on="令和8年4月8日"))
    assert ("B001", name, True) in problems("removed_sheet_correction", blank)  # still a resident
    with clock.at(date(2026, 5, 9)):
        assert [found for found in problems("removed_sheet_correction", blank) if found[2]] == ([] if may_be_blank else [("B001", name, True)])
        if may_be_blank:
            register("removed_sheet_correction", blank)
            assert getattr(newest(who), name) is None


@pytest.mark.parametrize("name", ["atena_no", "household_no"])
@pytest.mark.parametrize("closed", [{}, {"closed_on": "20260401", "removal_reason_code": "move_out"}], ids=["現存者", "除票"])
def test_宛名番号や世帯番号のない行は取り込めず窓口では自動で付く(name: str, closed: dict[str, str], tmp_path: Path):
    """N-1.1.6-17, -18."""
    with pytest.raises(BadFile):
        take_in(tmp_path, person(7, **{**closed, name: ""}))
    assert not SheetCurrent.objects.exists()
    row = newest(family_of(TARO)[0])
    assert row.person.atena_no and row.household_no


def test_特別永住者証明書の番号のない除票は取り込めない(tmp_path: Path):
    """N-1.1.6-08, -10."""
    gone = {"closed_on": "20260401", "removal_reason_code": "move_out", "residence_card_no": ""}
    with pytest.raises(BadFile):
        take_in(tmp_path, foreigner(7, **gone, article_30_45_class_code="2"))
    take_in(tmp_path, foreigner(8, **gone))


# ------------------------------------------------------------------------------------------------------------------ 年月日 1.1.8-10…-12
NO_SUCH_DAY = "平成13年2月29日"


def test_出生と死亡と失踪の日は暦になくてもよく転居の日はいけない():
    """N-1.1.8-10, -11."""
    who = family_of(replace(TARO, birth="昭和55年3月9日"), HANAKO)
    for code, form in (
        ("death", death_form(who[0], NO_SUCH_DAY)),
        ("death", death_form(who[0], "令和8年4月1日頃から3日頃までの間")),
        ("disappearance", recorded_form("disappearance", {who[1]: {}}, effective_on=NO_SUCH_DAY)),
        ("disappearance", recorded_form("disappearance", {who[1]: {}}, effective_on="令和8年4月頃")),
    ):
        found = [(code_, field) for code_, field, blocks in problems(code, form) if blocks and code_ in ("D001", "F002")]
        assert found == [], code
    for day in (NO_SUCH_DAY, "令和8年4月頃"):
        assert ("D001", "effective_on", True) in problems("relocation", relocation_form(who, effective_on=day))
    register("disappearance", recorded_form("disappearance", {who[1]: {}}, effective_on="令和8年4月2日頃から4日頃までの間"))
    assert newest(who[1]).removal_date.wareki() == "令和8年4月2日頃から4日頃までの間"


def test_旧外登法による登録年月日は不詳でもよく届出日はいけない():
    """N-1.1.8-12."""
    an = family_of(NGUYEN)[0]
    assert corrected("managed_items", an, alien_registration_date="年月日不詳") == {"alien_registration_date"}
    assert newest(an).alien_registration_date.wareki() == "年月日不詳"
    form = recorded_form("ex_officio_correction", {an: {"address_notified_date": "年月日不詳"}})
    assert ("F002", "address_notified_date", True) in problems("ex_officio_correction", form)


# ------------------------------------------------------------------------------------------------------------------------ 続柄 1.1.11
def test_複数の続柄があり得るときは記載順位の上位のものになる():
    """N-1.1.11-07."""
    assert read_relationship("父の兄の子／妻") == "妻"
    wife = replace(HANAKO, relationship="父の兄の子、妻")
    assert newest(family_of(TARO, wife)[1]).relationship == "妻"


def test_外国人の続柄は文書で確かめたものとしないときは縁故者を勧める():
    """N-1.1.11-09, -10: what confirmed it is chosen and kept with the filing."""
    an = replace(NGUYEN, relationship="世帯主")
    wife = replace(TRAN, relationship="妻", texts={**TRAN.texts, "residence_card_no": "ZZ98765432ZZ"}, sex="2")
    form = move_in_form([an, wife])
    [alert] = [p for p in filings.judge(filings.definition_of("domestic_move_in"), form, visit()).problems if p.code == "R105"]
    assert (alert.field, alert.member, alert.blocks, "縁故者" in alert.message) == ("relationship", 1, False, True)
    for texts in ({"kinship_proof": "marriage_certificate"}, {"relationship": "縁故者"}):
        proven = with_second(form, texts)
        assert "R105" not in [code for code, _, _ in problems("domestic_move_in", proven)]
    register("domestic_move_in", with_second(form, {"kinship_proof": "marriage_certificate"}))
    family = list(SheetCurrent.objects.order_by("order_in_household").values_list("person__public_id", flat=True))
    back = recorded_form("ex_officio_correction", {family[1]: {"relationship": "妻（未届）"}})
    assert ("R105", "relationship", False) in problems("ex_officio_correction", back)


def with_second(form: TypedForm, texts: dict[str, str]) -> TypedForm:
    """The second person's texts changed."""
    first, second = form.members
    return replace(form, members=(first, replace(second, texts={**second.texts, **texts})))


REFUSED = ("祖父", "祖母", "おじ", "おば", "甥", "姪", "孫", "家事使用人", "準世帯主", "子の子の子の子の子")


@pytest.mark.parametrize("word", REFUSED)
def test_定められていない続柄はどの経路でも記録できない(word: str, tmp_path: Path):
    """N-1.1.11-11 (must not): every form that asks a 続柄, 職権修正 among them, and the file."""
    asking = [event for event in ALL_EVENTS for field in event.member_fields if field.kind is FieldKind.RELATIONSHIP]
    assert "ex_officio_correction" in [event.code for event in asking]
    for event in asking:
        filing, found = read_filing(event, Typed({}, ((None, {"relationship": word}),)))
        assert "relationship" not in filing.members[0].values
        assert [p.code for p in found if p.field == "relationship"] == ["F002"], event.code
    with pytest.raises(BadFile):
        take_in(tmp_path, person(7, relationship_code=word))
    with pytest.raises(BadRelationship):
        read_relationship(f"妻／{word}")


# ----------------------------------------------------------------------------------------------- 郵便番号 1.1.17, フリガナ 1.1.18, 除票 1.1.5
def test_郵便番号はそれぞれの住所のものだけが直る():
    """N-1.1.17-01…-04."""
    taro = family_of(TARO, address_postal_code="047-0024", previous_postal_code="001-0010")[0]
    assert corrected("ex_officio_correction", taro, address_postal_code="047-0032") == {"address_postal_code"}
    assert corrected("ex_officio_correction", taro, previous_postal_code="007-0840") == {"previous_postal_code"}
    register("move_out", move_out_form([taro], "令和8年4月9日", filed_on="令和8年4月8日", planned_postal_code="070-0037"))
    register("move_in_notice_received", notice_form(taro, "令和8年4月9日", filed_on="令和8年4月10日", confirmed_postal_code="070-0036"))
    assert corrected("removed_sheet_correction", taro, planned_move_out_postal_code="007-0840") == {"planned_move_out_postal_code"}
    assert corrected("removed_sheet_correction", taro, confirmed_move_out_postal_code="007-0840") == {"confirmed_move_out_postal_code"}


@pytest.mark.parametrize(
    ("role", "flag", "kana"),
    [(TARO, "name_kana_confirmed", "name_kana"), (TARO, "former_surname_kana_confirmed", "former_surname_kana"),
     (NGUYEN, "foreign_alias_kana_confirmed", "foreign_alias_kana")],
)  # fmt: skip
def test_フリガナの確認はそれぞれの名だけのものである(role: Role, flag: str, kana: str):
    """N-1.1.18-01…-03."""
    names = {"former_surname": "佐藤", "former_surname_kana": "サトウ"} if role is TARO else {"foreign_alias": "花園安", "foreign_alias_kana": "ハナゾノアン"}
    who = family_of(replace(role, texts={**role.texts, **names, flag: "no"}))[0]
    assert corrected("managed_items", who, **{flag: "yes"}) == {flag}
    assert corrected("ex_officio_correction", who, **{kana: "コタル"}) == {kana}
    assert (getattr(newest(who), flag), getattr(newest(who), kana)) == (True, "コタル")


@pytest.mark.parametrize("role", [TARO, NGUYEN], ids=["日本人", "外国人"])
def test_除票の消除の事由は事由ごとに残り職権で直すと新旧が履歴に残る(role: Role):
    """N-1.1.1-21, N-1.1.2-32, -33: 転出, 改製, 死亡; and 転出先（予定）, also a country, of a foreign resident too."""
    who = family_of(role)[0]
    register("sheet_renewal", recorded_form("sheet_renewal", {who: {}}))
    abroad = {"planned_country": "大韓民国", "card": "none", "effective_on": "令和8年4月9日", "filed_on": "令和8年4月8日", "filer": "self"}
    register("move_out_abroad", recorded_form("move_out_abroad", {who: {}}, **abroad))
    moved = corrected("removed_sheet_correction", who, planned_move_out_address="大韓民国　ソウル特別市", removal_reason_code="death")
    assert moved == {"planned_move_out_address", "removal_reason_code"}
    rows = [row for row in SheetVersion.objects.filter(person__public_id=who).order_by("history_no") if row.closed_on]
    assert [(row.removal_reason_code, row.planned_move_out_address) for row in rows] == [
        ("sheet_renewal", None), ("move_out_abroad", "大韓民国"), ("death", "大韓民国　ソウル特別市"),
    ]  # fmt: skip


def test_除票の修正は前の在住の票にもでき今の票は変わらない():
    """Of who came back: the 除票 of the stay before, with the newest record unchanged (fold.md 15)."""
    taro = family_of(TARO)[0]
    register("move_out", move_out_form([taro], "令和8年4月3日", filed_on="令和8年4月2日"))
    back = move_in_form([replace(TARO, texts={"juminhyo_code": "", "individual_number": ""})], effective_on="令和8年4月8日", filed_on="令和8年4月9日")
    register("domestic_move_in", replace(back, members=(replace(back.members[0], person=str(taro)),)))
    assert corrected("removed_sheet_correction", taro, planned_move_out_address="北海道札幌市東区") == set()
    old = SheetCurrent.objects.get(person__public_id=taro, closed_on__isnull=False)
    assert (old.planned_move_out_address, newest(taro).planned_move_out_address) == ("北海道札幌市東区", None)


def test_特例転入を利用する転出の転出先は取り消して入れ直す():
    """法24条の2: the other city asks for what was sent."""
    taro = family_of(replace(TARO, texts={"user_certificate_serial": "1234567890"}))[0]
    register("special_move_out", replace(move_out_form([taro]), filing={k: v for k, v in move_out_form([taro]).filing.items() if k != "basis"}))
    form = recorded_form("removed_sheet_correction", {taro: {"planned_move_out_address": "北海道札幌市東区"}})
    assert ("X902", "planned_move_out_address", True) in problems("removed_sheet_correction", form)
    reason = recorded_form("removed_sheet_correction", {taro: {"removal_reason_code": "death"}})
    assert ("X903", "removal_reason_code", False) in problems("removed_sheet_correction", reason)


def test_個人票はどの項目も組に分けて日本語の名で示し住民状態も示す():
    """Each item stands in one group of the card, under its own name."""
    grouped = [name for _, names in GROUPS for name in names.split()]
    assert sorted(grouped) == sorted(ENTRIES)
    assert all(not entry_label(name).isascii() for name in grouped)
    sheet = SheetEntries(resident_kind="2", opened_on=date(2026, 4, 1), adult_ward=True, landing_permit_move_in=False)
    card = groups_of(sheet, date(2026, 4, 10))
    shown = {fact.label: fact.text for group in card for fact in group.facts}
    assert (shown["住民状態"], shown["成年被後見人の該当"], shown["上陸許可証による転入"]) == ("住民", "該当", "非該当")
