"""戸籍附票記載事項通知 — which 異動 tells the 附票, which does not, whom, and what. 住民基本台帳法第19条第1項; domain §2.1 C, §9, §13; S1-09; N-7.2.4-01."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daicho import clock
from daicho.contracts.fuhyo_notice_v1 import FuhyoNoticeV1
from daicho.jobs.registry import registered
from daicho.outbox.models import Notice
from daicho.residents.commands import filings, registering
from daicho.residents.commands.typed import TypedPerson
from daicho.residents.models import CivilEvent, FuhyoWithoutSeat
from daicho.residents.rules.events import ALL_EVENTS
from tests.cast import EXAMINER, HANAKO, ICHIRO, NGUYEN, SATO, TARO
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import (
    birth_form,
    code_change_form,
    death_form,
    enter,
    household_form,
    move_in_form,
    move_out_form,
    notice_form,
    register,
    relocation_form,
    stock,
    turn_to,
)  # fmt: skip
from tests.residents.fuhyo import CHUO, HANAKO_HERE, HERE, ICHIRO_HERE, OTARU, TARO_HERE, at_home, reasons, told_fuhyo
from tests.residents.recording import family_of, newest, recorded_form
from tests.residents.renaming import cancelled, prepared, prepared_by_file, worked
from tests.residents.test_entries_otherwise import entry_form
from tests.residents.test_ex_officio import mend_form
from tests.residents.test_move_in_from_abroad import form as from_abroad
from tests.residents.test_move_out_abroad import abroad_form
from tests.residents.test_nationality import FOREIGN, JAPANESE
from tests.residents.test_special_move_out import special

pytestmark = pytest.mark.django_db
MOVES = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}
NEWBORN = {
    "resident_kind": "1", "name_kanji": "花園　三郎", "name_kana": "ハナゾノ　サブロウ", "sex_code": "1", "relationship": "子",
    "registered_domicile": HERE, "family_register_head_name": TARO.name,
}  # fmt: skip
ELSEWHERE = "北海道小樽市花園2丁目12番20号"


def record(code: str, *people: UUID, **said: str) -> None:
    register(code, recorded_form(code, dict.fromkeys(people, said)))


def removed_ex_officio(person: UUID, ground: str = "absent") -> None:
    register("ex_officio_removal", recorded_form("ex_officio_removal", {person: {}}, ground=ground))


def naturalised() -> UUID:
    [nguyen] = family_of(NGUYEN)
    record("naturalisation", nguyen, **JAPANESE)
    return nguyen


def restored(person: UUID) -> None:
    with clock.at(date(2026, 5, 1)):
        register("restoration", recorded_form("restoration", {person: {}}, effective_on="令和8年5月1日", household_choice="new"))


def minor(*people: UUID, ground: str = "residential_indication", **said: str) -> None:
    register("minor_correction", recorded_form("minor_correction", dict.fromkeys(people, said), ground=ground))


# What happens to a resident with the 本籍 here (the first of the couple), and why the 附票 is told, written out from domain §2.1 column C.
# 転出 stands beside it: its day comes later.
TOLD: dict[str, tuple[Callable[[UUID, UUID], object], list[str]]] = {
    "転居": (lambda a, b: register("relocation", relocation_form([a, b], **MOVES)), ["relocation", "relocation"]),
    "国外転出（予定日が過ぎている）": (lambda a, b: register("move_out_abroad", abroad_form([a], "令和8年4月10日")), ["abroad"]),
    "職権消除（不現住）": (lambda a, b: removed_ex_officio(a), ["removal"]),
    "職権消除（二重の記載等）": (lambda a, b: removed_ex_officio(a, "duplicate"), ["removal"]),
    "軽微な修正（住所の表記）": (lambda a, b: minor(a, b, address=ELSEWHERE), ["correction", "correction"]),
    "軽微な修正（建物の名称）": (lambda a, b: minor(a, b, ground="building_name", address_building="運河荘101号"), ["correction", "correction"]),
    "職権修正（住所）": (lambda a, b: record("ex_officio_correction", a, b, address=ELSEWHERE), ["correction", "correction"]),
    "誤記修正（住所）": (lambda a, b: register("mend", recorded_form("mend", {p: {"wrong_history_no": "1", "address": ELSEWHERE} for p in (a, b)})), ["correction"] * 2),
    "住民票コードの変更請求": (lambda a, b: register("juminhyo_code_change", code_change_form(a)), ["juminhyo_code"]),
    "死亡": (lambda a, b: register("death", death_form(a)), []),
    "失踪宣告": (lambda a, b: record("disappearance", a), []),
    "国籍喪失": (lambda a, b: record("nationality_loss", a, **FOREIGN), []),
    "婚姻": (lambda a, b: record("marriage", b, name_kanji="色内　花子", name_kana="イロナイ　ハナコ", registered_domicile="北海道小樽市色内1丁目1番地"), []),
    "離婚": (lambda a, b: record("divorce", b, name_kanji="色内　花子", name_kana="イロナイ　ハナコ", relationship="同居人"), []),
    "養子縁組": (lambda a, b: record("adoption", b, name_kanji="色内　花子", name_kana="イロナイ　ハナコ"), []),
    "転籍": (lambda a, b: record("register_transfer", a, registered_domicile="東京都千代田区千代田1番"), []),
    "名の変更": (lambda a, b: record("given_name_change", a, name_kanji="花園　太良", name_kana="ハナゾノ　タロウ"), []),
    "戸籍訂正": (lambda a, b: record("register_correction", a, birth_date="昭和55年3月8日"), []),
    "軽微な修正（氏名の文字）": (lambda a, b: minor(a, ground="identified_characters", name_kanji="花園　太朗"), []),
    "職権修正（住民となった年月日）": (lambda a, b: record("ex_officio_correction", a, became_resident_date="令和8年3月30日"), []),
    "誤記修正（氏名）": (lambda a, b: register("mend", mend_form(a, 1, name_kanji="花園　太良", name_kana="ハナゾノ　タロウ")), []),
    "世帯主変更": (lambda a, b: register("head_change", household_form([a, b], ["夫", "世帯主"])), []),
    "世帯分離": (lambda a, b: register("household_split", household_form([b], ["世帯主"])), []),
    "改製": (lambda a, b: record("sheet_renewal", a), []),
    "国内転出（予定日が過ぎている）": (lambda a, b: register("move_out", move_out_form([a], "令和8年4月10日")), []),
}  # fmt: skip


@pytest.mark.parametrize("row", TOLD)
def test_住民に起きたことは住民票の側で動いたときだけ附票に知らされる(row: str, monkeypatch):
    """domain §2.1 C: 住所・住定日・住民票コード, and what this city itself removes; not what the 戸籍 or the next city knows. N-7.1.1.1-15, -16."""
    stock(1)
    couple = family_of(TARO_HERE, HANAKO_HERE)
    sent = told_fuhyo(monkeypatch)
    act, expected = TOLD[row]
    act(*couple)
    assert reasons(sent) == expected
    assert {to for to, _ in sent} <= {"family_register"}


NEWCOMERS: dict[str, Callable[[], object]] = {
    "転入": lambda: register("domestic_move_in", move_in_form([TARO_HERE])),
    "国外からの転入": lambda: register("move_in_from_abroad", from_abroad([TARO_HERE])),
    "出生": lambda: register("birth", birth_form(newest(family_of(TARO_HERE)[0]).household_no, [NEWBORN])),
    "住所設定": lambda: register("address_setting", entry_form("address_setting", TARO_HERE)),
    "職権記載": lambda: register("ex_officio_entry", entry_form("ex_officio_entry", TARO_HERE)),
    "就籍": lambda: register("register_founding", entry_form("register_founding", TARO_HERE)),
    "帰化": naturalised,
}


@pytest.mark.parametrize("row", NEWCOMERS)
def test_日本人の住民票が記載されれば附票に知らされる(row: str, monkeypatch):
    """domain §2.1 C: 転入 of every kind, 出生, 住所設定, 職権記載; 帰化: to a new 附票."""
    stock(1)
    sent = told_fuhyo(monkeypatch)
    NEWCOMERS[row]()
    assert reasons(sent)[-1] == "entry"
    assert sent[-1][0] == "family_register"


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda a: register("relocation", relocation_form([a], **MOVES)), ["relocation", "restoration"]),
        (lambda a: removed_ex_officio(a), ["removal", "restoration"]),
        (lambda a: register("move_out_abroad", abroad_form([a], "令和8年4月10日")), ["abroad", "restoration"]),
        (lambda a: minor(a, address=ELSEWHERE), ["correction", "restoration"]),
        (lambda a: register("move_out", move_out_form([a], "令和8年4月10日")), []),
        (lambda a: register("death", death_form(a)), []),
        (lambda a: record("disappearance", a), []),
        (lambda a: record("nationality_loss", a, **FOREIGN), []),
        (lambda a: record("sheet_renewal", a), []),
        (lambda a: record("given_name_change", a, name_kanji="花園　太良", name_kana="ハナゾノ　タロウ"), []),
    ],
    ids=["転居", "職権消除", "国外転出", "軽微な修正", "国内転出", "死亡", "失踪", "国籍喪失", "改製", "名の変更"],
)
def test_取消しは知らせたものに対応して知らせる(act, expected: list[str], monkeypatch):
    """domain §2.1: 元の異動で出した通知に対応して出す; the address told is the one that holds again."""
    taro = family_of(TARO_HERE)[0]
    before, sent = newest(taro).address, told_fuhyo(monkeypatch)
    act(taro)
    cancel(CivilEvent.objects.latest("pk"))
    assert reasons(sent) == expected
    if expected:
        assert sent[-1][1].address == before


def test_記載の取消しと帰化の取消しは記載の取消しとして知らせる(monkeypatch):
    nguyen = naturalised()
    sent = told_fuhyo(monkeypatch)
    cancel(event_of("naturalisation"))
    assert (newest(nguyen).resident_kind, reasons(sent)) == ("2", ["entry_cancelled"])
    cancel(event_of("domestic_move_in"))
    assert len(sent) == 1  # of a foreigner nobody was told
    family_of(TARO_HERE, address="稲穂1丁目9番1号")
    cancel(event_of("domestic_move_in"))
    assert reasons(sent) == ["entry_cancelled", "entry", "entry_cancelled"]


@pytest.mark.parametrize(("removal", "expected"), [(removed_ex_officio, ["restoration"]), (lambda p: record("disappearance", p), [])], ids=["職権消除", "失踪"])
def test_回復は知らせた消除に対応して知らせる(removal, expected: list[str], monkeypatch):
    taro = family_of(TARO_HERE)[0]
    removal(taro)
    sent = told_fuhyo(monkeypatch)
    restored(taro)
    assert reasons(sent) == expected


def test_国外転出は転出市町村から予定日に知らせる(monkeypatch):
    """N-7.1.1.1-16; 法17条: that he is 国外転出者, and the planned day; nobody does anything for it."""
    taro = family_of(TARO_HERE, HANAKO_HERE)[0]
    sent = told_fuhyo(monkeypatch)
    register("move_out_abroad", abroad_form([taro]))
    assert sent == []  # until the day he is a resident
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
    [(to, notice)] = sent
    assert (to, reasons(sent), notice.planned_move_out_date, notice.event_date) == ("family_register", ["abroad"], date(2026, 5, 1), "20260501")
    assert notice.address == "北海道小樽市花園2丁目12番1号"


def test_国外転出を予定日より前に取り消せば何も知らせない(monkeypatch):
    taro = family_of(TARO_HERE)[0]
    sent = told_fuhyo(monkeypatch)
    register("move_out_abroad", abroad_form([taro]))
    cancel(event_of("move_out_abroad"))
    assert sent == []


def test_国内転出は予定日にも転入通知の受理でも転出元からは知らせない(monkeypatch):
    """domain §2.1: the city of the new 住所 tells."""
    taro = family_of(TARO_HERE)[0]
    sent = told_fuhyo(monkeypatch)
    register("move_out", move_out_form([taro]))
    with clock.at(date(2026, 5, 1)):
        turn_to(date(2026, 5, 1))
        register("move_in_notice_received", notice_form(taro))
    assert sent == []


def test_戻ってきた人の住民票の記載も知らせる(monkeypatch):
    """Even the same address on the same day: the 附票 had another in between."""
    taro = family_of(TARO_HERE)[0]
    register("move_out", move_out_form([taro], "令和8年4月8日"))
    sent = told_fuhyo(monkeypatch)
    form = move_in_form([TARO_HERE], **{**MOVES, "effective_on": "令和8年4月10日"})
    register("domestic_move_in", replace(form, members=(TypedPerson(str(taro), TARO_HERE.typed()),)))
    assert reasons(sent) == ["entry"]


def test_仮登録の間は何も知らせない(monkeypatch):
    """F-1-02; domain §2.1."""
    sent = told_fuhyo(monkeypatch)
    filing = enter("domestic_move_in", move_in_form([TARO_HERE]))
    filings.examine(EXAMINER, filing)
    assert sent == []
    registering.register(EXAMINER, filing)
    assert reasons(sent) == ["entry"]


def test_外国人は知らせず混じった世帯では日本人だけを知らせる(monkeypatch):
    """法19条1項: only Japanese residents have a 附票."""
    sent = told_fuhyo(monkeypatch)
    people = family_of(TARO_HERE, replace(NGUYEN, relationship="同居人"))
    register("relocation", relocation_form(people, **MOVES))
    assert (reasons(sent), {notice.name_kanji for _, notice in sent}) == (["entry", "relocation"], {TARO.name})


def test_管内本籍は戸籍附票システムへ管外本籍は市町村CSへ分かれる(monkeypatch):
    """S1-09; N-7.1.1.1-15, N-7.2.4-01: by the beginning of the 本籍, each person of a household for himself."""
    sent = told_fuhyo(monkeypatch)
    people = family_of(TARO_HERE, HANAKO, ICHIRO_HERE)
    register("relocation", relocation_form(people, **MOVES))
    assert [(to, one.name_kanji, one.addressee_municipality_code) for to, one in sent[3:]] == [
        ("family_register", TARO.name, OTARU),
        ("family_register", ICHIRO.name, OTARU),
        ("juki_net", HANAKO.name, CHUO),
    ]
    assert {one.address for _, one in sent[3:]} == {"北海道小樽市色内1丁目3番5号"}
    assert len({one.request_control_no for _, one in sent}) == 6


def test_知らせるのは附票の記載事項だけで詳細事項欄はない(monkeypatch):
    """法17条; N-4.2.3.1-05 (must not): a change of 方書 goes as the address, and nothing says so beside it."""
    taro = family_of(TARO_HERE)[0]
    sent = told_fuhyo(monkeypatch)
    minor(taro, ground="building_name", address_building="運河荘101号")
    [(_, notice)] = sent
    assert notice == FuhyoNoticeV1(
        request_control_no=notice.request_control_no, addressee_municipality_code=OTARU, municipality_code=OTARU, reason_code="3", event_date="20260408",
        recorded_on=date(2026, 4, 10), juminhyo_code=TARO.juminhyo_code, registered_domicile=HERE, family_register_head_name="花園　太郎",
        name_kanji=TARO.name, name_furigana=TARO.kana, birth_date="19800309", sex_code="1", address="北海道小樽市花園2丁目12番1号　運河荘101号",
        address_fixed_date="20260401", planned_move_out_date=None,
    )  # fmt: skip
    assert not [field.name for field in fields(FuhyoNoticeV1) if "detail" in field.name or "remark" in field.name]


def test_住所の一括変更とその取消しも一人ずつ自動で知らせる(monkeypatch):
    """N-9.7-10: by themselves, with or without a card, each to the city of their own 本籍; 住定日 is as it was."""
    family_of(TARO_HERE, HANAKO)
    sent = told_fuhyo(monkeypatch)
    row = prepared()
    worked(row)
    assert sorted((to, one.name_kanji) for to, one in sent) == [("family_register", TARO.name), ("juki_net", HANAKO.name)]
    assert reasons(sent) == ["correction"] * 2
    assert {(one.address, one.address_fixed_date) for _, one in sent} == {("北海道小樽市新花園2丁目12番1号", "20260401")}
    cancelled(row)
    assert reasons(sent) == ["correction"] * 2 + ["restoration"] * 2
    assert {one.address for _, one in sent[2:]} == {"北海道小樽市花園2丁目12番1号"}


def test_本籍の一括変更は知らせない(monkeypatch):
    """domain §2.1: the 戸籍 knows its own 本籍."""
    taro = newest(family_of(TARO_HERE)[0])
    sent = told_fuhyo(monkeypatch)
    text = f"宛名番号,変更前本籍,変更後本籍\n{taro.person.atena_no},{taro.registered_domicile},北海道小樽市新花園2丁目12番地\n"
    worked(prepared_by_file(text, kind="domicile"))
    assert sent == []


def test_特例転出も転出元からは知らせない(monkeypatch):
    """domain §2.1: 国内転出."""
    taro = family_of(TARO_HERE)[0]
    sent = told_fuhyo(monkeypatch)
    register("special_move_out", special([taro], on="令和8年4月10日"))
    assert (newest(taro).closed_on, sent) == (date(2026, 4, 10), [])


def test_一括して通知を送る機能はない():
    """N-9.7-14 (must not): notices go by themselves, event by event; no event, no job and no screen makes them in bulk."""
    assert not [event.ja for event in ALL_EVENTS if "附票" in event.ja]
    assert not [job.name for job in registered() if "fuhyo" in job.name or "附票" in job.ja]


@pytest.mark.parametrize("domicile", ["なし", "不明", "樺太豊原市東一条南一丁目"])
def test_本籍から通知先がわからない人はだれにも知らせず一覧に載る(domicile: str, monkeypatch):
    sent = told_fuhyo(monkeypatch)
    [taro] = family_of(at_home(TARO, domicile))
    assert sent == []
    row = FuhyoWithoutSeat.objects.select_related("person", "event").get()
    assert (row.person.public_id, row.event.code, row.handled_at) == (taro, "domestic_move_in", None)


def test_異動の順に並び人ごとに順を保つ鍵を持つ():
    """N-7.1.1.1-04: the post room keeps the order of notices that share a handle."""
    [taro] = family_of(TARO_HERE)
    register("relocation", relocation_form([taro], **MOVES))
    first, second = Notice.objects.filter(destination="family_register").order_by("order_no")
    assert (first.kind, first.subjects == second.subjects, len(first.subjects)) == ("fuhyo_notice", True, 1)


def test_問合せの数は人数によらない():
    """A fixed number of statements per event: one person or six, to both destinations."""

    def statements(people) -> int:
        filing = enter("domestic_move_in", move_in_form(people, address=f"稲穂{len(people)}丁目9番1号"))
        filings.examine(EXAMINER, filing)
        with CaptureQueriesContext(connection) as queries:
            registering.register(EXAMINER, filing)
        return len(queries)

    def household(*indexes: int):
        first, *rest = [replace(at_home(SATO, HERE if i % 2 else "東京都千代田区千代田1番"), index=i, name=f"佐藤　{i}子") for i in indexes]
        return [first, *(replace(each, relationship="子") for each in rest)]

    statements(household(300, 301))
    assert statements(household(310, 311)) == statements(household(*range(320, 326)))
