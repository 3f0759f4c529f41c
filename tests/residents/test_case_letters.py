"""事案の通知書 — each letter from the screen of its case: to whom it goes, what it says, what it must not say, and its row of 交付履歴. decision 0050; A-05; domain §7."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from daicho import clock, vault
from daicho.audit.models import AuditEntry
from daicho.city.models import Certifier
from daicho.outbox.models import Notice
from daicho.residents.commands.residence_terms import list_ending
from daicho.residents.commands.surveys import StepForm as SurveyStep
from daicho.residents.commands.surveys import add_step as add_survey_step
from daicho.residents.commands.surveys import open_survey
from daicho.residents.models import CertificateIssue, FuhyoWithoutSeat, ResidenceTerm, SheetCurrent
from daicho.residents.rules.residence import transitional_until
from daicho.residents.rules.support_details import Details, Opponent
from tests.cast import CLERK, FAMILY, HANAKO, ICHIRO, NGUYEN, SATO, TARO
from tests.paper.tools import text_of
from tests.residents import foreigners
from tests.residents.case_letters import bare, put_out, refused, told
from tests.residents.counter import move_out_form, notice_form, register
from tests.residents.fuhyo import TARO_HERE, at_home
from tests.residents.inbox import ASAHIKAWA, of, register_notice, tell
from tests.residents.recording import family_of, recorded_form
from tests.residents.renaming import HANAZONO, RENAMED, prepared, worked
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk
from tests.residents.test_support import apply

GONE = dict.fromkeys(("residence_status_code", "residence_period", "residence_expiry_date", "residence_card_no"), "")
pytestmark = [pytest.mark.django_db, pytest.mark.font]
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def test_転入通知は電子と同じ内容で前住所地にあてて出し支援対象者はその旨を載せ番号は載せない(tmp_path):
    """法9条1項; N-1.1.5-03; domain §7: the former city must know it with the address; nothing else tells it of an opponent."""
    [taro] = family_of(TARO)
    notice = Notice.objects.get(kind="move_in_notice")
    clerk = desk()
    page = visible(clerk.get(f"/notices/{notice.notice_id}/"))
    assert "書面で出力する" in page
    paper = put_out(clerk, f"/notices/{notice.notice_id}/paper/", tmp_path)
    for said in (
        "北海道札幌市中央区長様",
        "住民基本台帳法第9条第1項",
        bare(TARO.name),
        "北海道札幌市中央区南一条西一丁目1番地",
        "花園2丁目12番1号",
        "前住所地",
    ):
        assert said in paper, said
    code = vault.reveal(SheetCurrent.objects.get(person__public_id=taro).juminhyo_code, because="試験")
    assert code not in paper and "支援措置" not in paper
    assert told("move_in_notice") == [("notice", [taro])]
    assert "転入通知書" in visible(clerk.get(f"/notices/{notice.notice_id}/"))
    apply(taro, details=Details(opponents=(Opponent(name="試験　相手", address="北海道小樽市色内9丁目9番"),)))
    again = put_out(clerk, f"/notices/{notice.notice_id}/paper/", tmp_path)
    assert "支援措置の対象者です" in again and "相手　" not in again and "色内9丁目" not in again
    assert AuditEntry.objects.filter(action="residents:filing:enter", subjects__contains=[taro], detail__kind="move_in_notice").count() == 2


def test_附票記載事項通知は本籍地にあてて住民票コードとともに出す(tmp_path):
    """法19条1項, 法17条: the 附票 bears the number."""
    family_of(TARO)
    notice = Notice.objects.get(kind="fuhyo_notice")
    paper = put_out(desk(), f"/notices/{notice.notice_id}/paper/", tmp_path)
    code = vault.reveal(SheetCurrent.objects.get().juminhyo_code, because="試験")
    for said in ("北海道札幌市中央区長様", "法第19条第1項", bare(TARO.name), code, "住民票の記載", "花園2丁目12番1号"):
        assert said in paper, said


def test_本籍地の分からない人の通知は職員が確かめた市区町村にあてて出す(tmp_path):
    """法19条1項; S1-09."""
    [taro] = family_of(at_home(TARO_HERE, "不明"))
    row, clerk = FuhyoWithoutSeat.objects.get(), desk()
    answer = clerk.post(f"/fuhyo/{row.public_id}/paper/", {"once": str(uuid4()), "seat": "どこか"}, follow=True)
    assert "市区町村を確かめてください" in visible(answer) and not CertificateIssue.objects.exists()
    paper = put_out(clerk, f"/fuhyo/{row.public_id}/paper/", tmp_path, seat="旭川市")
    assert "北海道旭川市長様" in paper and "不明" in paper
    assert told("fuhyo_notice") == [("fuhyo", [taro])]
    assert "戸籍の附票記載事項通知書" in visible(clerk.get("/fuhyo/"))


def test_未着照会書は通知のない人だけを転出予定地ごとに載せ通知済みの人は載らない(tmp_path):
    """N-4.1.3.1.4-01, -02: those without a notice, and one with; on the list nobody protected is told where they went (domain §7)."""
    taro, hanako = family_of(TARO, HANAKO)
    register("move_out", move_out_form([taro, hanako], on="令和8年4月9日"))
    register("move_in_notice_received", notice_form(hanako, on="令和8年4月9日", filed_on="令和8年4月10日"))
    clerk = desk()
    period = {"first": "令和8年4月1日", "last": "令和8年4月10日"}
    assert "照会書を出力する" in visible(clerk.post("/received/missing/found/", period))
    paper = put_out(clerk, "/received/missing/letters/", tmp_path, **period)
    assert "北海道旭川市長様" in paper and bare(TARO.name) in paper and bare(HANAKO.name) not in paper
    assert "旭川市七条通九丁目48番地" in paper and "回答" in paper
    assert told("move_in_missing") == [("missing", [taro])]
    [left] = family_of(SATO, address="色内1丁目1番1号")
    register("move_out", move_out_form([left], on="令和8年4月9日"))
    apply(left)
    listed = put_out(clerk, "/received/missing/letters/", tmp_path, **period, list="yes")
    assert "転入通知未着者一覧" in listed and "人数2人" in listed and bare(HANAKO.name) not in listed
    assert all(said in listed for said in (bare(TARO.name), bare(SATO.name), "旭川市七条通九丁目48番地", "支援措置のため記載しない"))
    assert listed.count("旭川市") == 1 and told("move_in_missing_list") == [("missing", [taro, left])]
    empty = clerk.post("/received/missing/letters/", {"once": str(uuid4()), "first": "令和7年4月1日", "last": "令和7年4月2日"}, follow=True)
    assert "照会書は作れません" in visible(empty)


def test_催告書は記録した期限とともに対象者の世帯にあてて出し催告の前には出ない(tmp_path):
    """法14条1項, 34条; 令12条; 法52条2項."""
    people = family_of(TARO, HANAKO)
    survey, clerk = open_survey(CLERK, people, "郵便物の返戻"), desk()
    early = clerk.post(f"/surveys/{survey.public_id}/demand/", {"once": str(uuid4())}, follow=True)
    assert "催告がまだ記録されていません" in visible(early)
    for kind in ("visit", "demand"):
        add_survey_step(CLERK, survey.public_id, SurveyStep(kind, TODAY, "不在"))
    paper = put_out(clerk, f"/surveys/{survey.public_id}/demand/", tmp_path)
    for said in (f"{bare(TARO.name)}様", bare(HANAKO.name), "令和8年4月24日までに", "職権で消除することがあります", "5万円以下の過料"):
        assert said in paper, said
    assert told("survey_demand") == [("survey", people)]
    assert "届出の催告書" in visible(clerk.get(f"/surveys/{survey.public_id}/"))


def test_経過滞在のお知らせは個人票から一人ずつ出る(tmp_path):
    """標準9.8: there is no list; 入管法22条の2: sixty days from the day it began."""
    person = foreigners.moved_in(replace(NGUYEN, texts={**NGUYEN.texts, "article_30_45_class_code": "5", **GONE}))
    clerk = desk()
    assert "在留手続のお知らせを出力する" in visible(clerk.get(f"/person/{person}/"))
    until = transitional_until(foreigners.sheet(person).to_entries())
    paper = put_out(clerk, f"/person/{person}/transitional-letter/", tmp_path)
    assert "在留資格の手続について" in paper and f"{until.year}年{until.month}月{until.day}日まで" in paper
    assert told("transitional_stay") == [("transitional", [person])]


def test_ほかの市区町村に住所がある人の法9条2項と法19条2項の通知は書面で住所地に送れる(tmp_path):
    """法9条2項, 法19条2項: it came here of somebody who left; what it says is passed on."""
    [taro] = family_of(TARO)
    register("move_out", move_out_form([taro], on="令和8年4月9日"))
    row, clerk = tell(register_notice("death", [of(TARO)], municipality_code=ASAHIKAWA)), desk()
    assert "住所地の市区町村" in visible(clerk.get(f"/received/{row.public_id}/"))
    ours = clerk.post(f"/received/{row.public_id}/paper/", {"once": str(uuid4()), "to": "小樽市"}, follow=True)
    assert "本市です" in visible(ours)
    paper = put_out(clerk, f"/received/{row.public_id}/paper/", tmp_path, to="札幌市中央区")
    for said in ("北海道札幌市中央区長様", "法第9条第2項", "死亡", bare(TARO.name), "北海道旭川市"):
        assert said in paper, said
    assert told("article_9_2") == [("received", [taro])]
    other = tell(register_notice("register_disagreement", [of(TARO)], municipality_code=ASAHIKAWA))
    paper = put_out(clerk, f"/received/{other.public_id}/paper/", tmp_path, to="札幌市中央区")
    assert "法第19条第2項" in paper and told("article_19_2") == [("received", [taro])]


def test_在留期間満了のお知らせは選んだ人にだけ出て出したことが一覧に残る(tmp_path):
    """法30条の50; 入管法21条: the day in 西暦, as on the card."""
    person = foreigners.moved_in(NGUYEN)
    ends_on = foreigners.sheet(person).residence_expiry_date
    with clock.at(ends_on - timedelta(30)):
        assert list_ending(CLERK) == 1
        clerk = desk()
        none = clerk.post("/residence-terms/letters/", {"once": str(uuid4())}, follow=True)
        assert "出力する通知書がありません" in visible(none)
        paper = put_out(clerk, "/residence-terms/letters/", tmp_path, person=str(person))
        assert f"{ends_on.year}年{ends_on.month}月{ends_on.day}日" in paper and "NGUYENVANAN様" in paper and "消除" not in paper
        assert told("residence_ending") == [("residence_term", [person])] and ResidenceTerm.objects.count() == 1
        assert "在留期間満了のお知らせ" in visible(clerk.get("/residence-terms/"))


def test_成年被後見人の転出だけに転入地あての通知書ができ一覧はない(tmp_path):
    """N-9.4-01, -02, -03: one ward and one who is none; both leave."""
    taro, hanako = family_of(TARO, HANAKO)
    register("managed_items", recorded_form("managed_items", {taro: {"adult_ward": "yes"}}))
    clerk = desk()
    assert "該当" in visible(clerk.get(f"/person/{taro}/")) and "成年被後見人の転出です" not in visible(clerk.get(f"/person/{taro}/"))
    register("move_out", move_out_form([taro, hanako], on="令和8年4月20日"))
    assert "成年被後見人の転出です" in visible(clerk.get(f"/person/{taro}/"))
    assert "成年被後見人の転出です" not in visible(clerk.get(f"/person/{hanako}/"))
    paper = put_out(clerk, f"/person/{taro}/ward-letter/", tmp_path)
    assert "北海道旭川市長様" in paper and bare(TARO.name) in paper and bare(HANAKO.name) not in paper and "令和8年4月20日" in paper
    other = clerk.post(f"/person/{hanako}/ward-letter/", {"once": str(uuid4())}, follow=True)
    assert "記録されている人ではありません" in visible(other)
    assert told("adult_ward_notice") == [("adult_ward", [taro])]


def test_住所等の変更のお知らせは実施の前にも後にも対象の世帯に一通ずつ過不足なく出る(tmp_path):
    """N-9.7-04."""
    people = family_of(*FAMILY, address="花園2丁目12番1号")
    family_of(SATO, address="色内1丁目1番1号")
    row, clerk = prepared(), desk()
    assert "実施前のお知らせ" in visible(clerk.get(f"/renamings/{row.public_id}/"))
    ahead = put_out(clerk, f"/renamings/{row.public_id}/letters/", tmp_path)
    assert "住所等の表示が変わります" in ahead and HANAZONO in ahead and RENAMED in ahead and bare(SATO.name) not in ahead
    worked(row)
    done = put_out(clerk, f"/renamings/{row.public_id}/letters/", tmp_path)
    assert "住所等の表示を変更しました" in done and f"{bare(TARO.name)}様" in done and bare(ICHIRO.name) in done
    assert [kind for kind in ("renaming_ahead", "renaming_done") if told(kind) == [("renaming", people)]] == ["renaming_ahead", "renaming_done"]
    assert "住所等の変更のお知らせ（事後）は1通出力済み" in visible(clerk.get(f"/renamings/{row.public_id}/"))


def test_権限のない職員は通知書を出せず同じ釦を二度押しても一通しか出ない(tmp_path):
    """F-0-12; decision 0045."""
    family_of(TARO)
    notice = Notice.objects.get(kind="move_in_notice")
    clerk, once = desk(), str(uuid4())
    first = clerk.post(f"/notices/{notice.notice_id}/paper/", {"once": once})
    again = clerk.post(f"/notices/{notice.notice_id}/paper/", {"once": once}, follow=True)
    assert first.status_code == 200 and "この画面からの交付は済んでいます" in visible(again)
    assert CertificateIssue.objects.count() == 1


def test_成年被後見人の一覧を作る道はない():
    """N-9.4-03: no paper, no route and no job lists them; the only letter is made of one person."""
    from daicho.certificates.papers import PAPER_NAMES
    from daicho.jobs import registry
    from daicho.site.exits import LAYOUTS
    from tests.architecture.test_routes import ALL

    assert [code for code, ja in PAPER_NAMES.items() if "成年被後見人" in ja] == ["adult_ward_notice"]
    assert [name for name, path in ALL if name.split(":")[-1].startswith("ward")] == ["residents:ward_letter"]
    assert not any("成年被後見人" in job.ja for job in registry.registered()) and not any(name.endswith("_ward") for name in LAYOUTS)


def test_まとめて出した通知書は一通ごとに履歴に残り綴りの頁はその人のものである(tmp_path):
    """A-05; decision 0052: two households, two letters in one file, in order, each on record; the last hop let the whole leave once."""
    first = family_of(TARO, HANAKO)
    second = family_of(replace(SATO, relationship="世帯主"), address="花園2丁目99番1号")
    row, clerk = prepared(), desk()
    once = str(uuid4())
    answer = clerk.post(f"/renamings/{row.public_id}/letters/", {"once": once})
    assert answer.status_code == 200, refused(answer)
    pages = [re.sub(r"\s", "", page) for page in text_of(answer.content, tmp_path, "-raw").split("\f")[:-1]]
    on_record = list(CertificateIssue.objects.filter(kind="renaming_ahead").order_by("pk"))
    assert sorted(people for _, people in told("renaming_ahead")) == sorted([first, second])
    names = {first[0]: bare(TARO.name), second[0]: bare(SATO.name)}
    assert len(pages) == len(on_record) == 2
    for page, issue in zip(pages, on_record, strict=True):
        whose = names[issue.subjects.order_by("place").first().person.public_id]
        assert f"{whose}様" in page and issue.tally in page and re.sub(r"\s", "", issue.certificate_no) in page
        assert not any(f"{other}様" in page for other in names.values() if other != whose)
    again = clerk.post(f"/renamings/{row.public_id}/letters/", {"once": once}, follow=True)
    assert "済んでいます" in visible(again) and CertificateIssue.objects.count() == 2
