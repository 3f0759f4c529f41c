"""受信箱の画面 — one list by kind and state, one notice beside the register, the 異動 that it asks for, an applicant's withdrawal. domain §4.2, §9; std 4.2.0.3."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daicho.audit.models import AuditEntry
from daicho.residents.models import ReceivedNotice, SheetCurrent, Visit
from tests.cast import FAMILY, HANAKO, ICHIRO, SATO, TARO
from tests.residents import counter
from tests.residents.inbox import ASAHIKAWA, application, apply, entries, of, register_notice, tell, withdraw
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[UUID]:
    return [w.person.public_id for w in counter.register("domestic_move_in", counter.move_in_form(FAMILY))]


def begun(answer: object) -> UUID:
    return UUID(answer.url.strip("/").split("/")[1])  # type: ignore[attr-defined]


def test_窓口に未処理の件数が出る(clerk, family):
    assert "未処理 0 件" in visible(clerk.get("/"))
    tell(register_notice("death", [of(TARO)]))
    apply(application([TARO]))
    page = visible(clerk.get("/"))
    assert "未処理 2 件" in page


def test_種類と状態で絞れ人の名は出ない(clerk, family):
    tell(register_notice("death", [of(TARO)]))
    tell(register_notice("marriage", [of(HANAKO)], municipality_code=ASAHIKAWA))
    tell(register_notice("register_disagreement", [of(ICHIRO)], municipality_code=ASAHIKAWA))
    apply(application(FAMILY, "relocation_visit", moving_on=date(2026, 4, 9), new_address="色内1丁目3番5号"))
    withdraw("MP-2")
    page = visible(clerk.get("/received/"))
    for words in ("戸籍の届出 1件", "法9条2項通知 1件", "法19条2項通知 1件", "引越しの申請 1件", "引越しの申請の取消し 1件", "すべて 5件", "転入通知 0件"):
        assert words in page.replace("\u3000", " "), words
    body = page.split("職員を待つもの")[1]
    assert "本市の戸籍" in body and "旭川市" in body and "転居の来庁予約" in body and "令和8年4月21日" in body
    assert not [one.name for one in FAMILY if one.name in body]
    only = visible(clerk.get("/received/?kind=article_9_2")).split("職員を待つもの")[1]
    assert "婚姻" in only and "死亡" not in only
    assert "この一覧には何もありません" in visible(clerk.get("/received/?state=held"))


@pytest.mark.parametrize("query", ["kind=nothing", "state=nothing"])
def test_知らない絞り方は断る(clerk, query):
    assert clerk.get(f"/received/?{query}").status_code == 400


def test_死亡の届出を見比べて異動を始め二人で本登録する(clerk, examiner, family):
    """F-1-02; the reading is on record before the page leaves (F-1-13)."""
    row = tell(register_notice("death", [of(TARO)]))
    page = visible(clerk.get(f"/received/{row.public_id}/"))
    assert "本市の戸籍からの戸籍の届出" in page and TARO.name in page and "住民票コードが一致" in page and "令和8年4月5日" in page
    assert AuditEntry.objects.filter(purpose="受信箱の処理", subjects=[family[0]]).exists()
    open_visit(identity_check="not_needed")
    filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}))
    form = form_of(clerk.get(f"/filings/{filing}/"))
    assert (form["f-effective_on"], form["f-filed_on"], form["f-ground"]) == ("令和8年4月5日", "令和8年4月8日", "family_register")
    assert "入力されています" in visible(clerk.get(f"/received/{row.public_id}/"))
    enter(clerk, filing, form)
    register(examiner, filing)
    row.refresh_from_db()
    assert (row.state, SheetCurrent.objects.get(person__public_id=family[0]).closed_on) == ("accepted", date(2026, 4, 5))
    assert "処理の結果" in visible(clerk.get(f"/received/{row.public_id}/"))


def test_振り仮名の公証は氏と名を合わせた言葉で見比べる(clerk, family):
    """法7条1号の2: the register keeps it of each part."""
    row = tell(register_notice("furigana", [of(TARO, name_kana=TARO.kana, kana_notarised="given")]))
    page = visible(clerk.get(f"/received/{row.public_id}/"))
    assert "振り仮名の公証 名だけ公証済み 氏・名とも公証済み ▲ 違う" in page


def test_出生の届出は父母と子を並べ世帯に入る子を始める(clerk, family):
    counter.stock(1)
    child = entries(name_kanji="花園　春", name_kana="ハナゾノ　ハル", sex_code="2", relationship="子")
    row = tell(register_notice("birth", [of(HANAKO)], newborns=(child,)))
    page = visible(clerk.get(f"/received/{row.public_id}/"))
    assert "世帯の人1" in page and "記載する人2" in page and "花園　春" in page and "本市の記録に同じ人はいません" in page
    open_visit(identity_check="not_needed")
    filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[1])}))
    form = form_of(clerk.get(f"/filings/{filing}/"))
    household = SheetCurrent.objects.get(person__public_id=family[1]).household_no
    assert (form["f-household_no"], form["m0-name_kanji"], form["m0-name_kana"]) == (household, "花園　春", "ハナゾノ　ハル")


def test_番号も氏名も一致しない人は検索で選ぶ(clerk, family):
    row = tell(register_notice("death", [of(SATO)]))
    assert "検索して選んでください" in visible(clerk.get(f"/received/{row.public_id}/"))
    open_visit(identity_check="not_needed")
    assert clerk.post(f"/received/{row.public_id}/accept/", {"search": "0"}).url.endswith("/search/")
    assert begun(clerk.post(f"/received/{row.public_id}/picked/0/", {"person": str(family[0])}))


def test_候補が三情報だけなら職員が選ぶまで始まらない(clerk, family):
    """A number that says somebody else: the three facts only propose."""
    row = tell(register_notice("death", [of(TARO, code=SATO.juminhyo_code)]))
    page = clerk.get(f"/received/{row.public_id}/")
    assert "氏名・生年月日・性別が一致" in visible(page) and "checked" not in page.content.decode().split("<fieldset")[1].split("</fieldset>")[0]


def test_異動のまだない届出は保留にできる(clerk, family):
    row = tell(register_notice("unknown_matter", [of(TARO)]))
    page = visible(clerk.get(f"/received/{row.public_id}/"))
    assert "まだこの画面から入力できません" in page and "の入力を始める" not in page
    clerk.post(f"/received/{row.public_id}/aside/", {"do": "hold", "reason": "異動を待つ"})
    assert "異動を待つ" in visible(clerk.get("/received/?state=held"))


class Test引越しの申請:
    def test_転出届は受付なしで始まる(self, clerk, family):
        """Nobody stands at the counter (法27条2項: the signature)."""
        row = apply(application([TARO]))
        page = visible(clerk.get(f"/received/{row.public_id}/"))
        assert "マイナポータルからの引越しの申請" in page and "北海道旭川市七条通九丁目48番地" in page and "申請者に知らされます" in page
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}))
        assert form_of(clerk.get(f"/filings/{filing}/"))["f-planned_municipality_code"] == "012041"
        assert Visit.objects.get(filings__public_id=filing).purpose == "引越しワンストップ（転出届）"

    def test_審査の画面に署名による本人確認が出る(self, clerk, examiner, family):
        row = apply(application([TARO]))
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}))
        enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")))
        assert "署名用電子証明書（マイナポータル）" in visible(examiner.get(f"/filings/{filing}/examination/"))

    def test_署名による本人確認は窓口の受付では選べない(self, clerk):
        assert "署名用電子証明書" not in visible(clerk.get("/visit/"))

    def test_転居の予約は来庁者の受付へ導く(self, clerk, family):
        row = apply(application(FAMILY, "relocation_visit", moving_on=date(2026, 4, 9), new_address="色内1丁目3番5号"))
        chosen = {f"person-{at}": str(one) for at, one in enumerate(family)}
        assert clerk.post(f"/received/{row.public_id}/accept/", chosen).url.endswith("/visit/")
        open_visit()
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", chosen))
        assert form_of(clerk.get(f"/filings/{filing}/"))["f-address"] == "色内1丁目3番5号"

    def test_転入の予約ははじめての人として始まる(self, clerk, made_up_city):
        row = apply(application([TARO], "move_in_visit", moving_on=date(2026, 4, 8), new_address="花園2丁目12番1号"))
        open_visit()
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"newcomers": "yes"}))
        assert form_of(clerk.get(f"/filings/{filing}/"))["m0-name_kanji"] == TARO.name

    def test_取消しは入力中の届出を示し取り下げた後に完了する(self, clerk, family):
        row = apply(application([TARO]))
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}))
        taken_back = withdraw()
        page = visible(clerk.get(f"/received/{taken_back.public_id}/"))
        assert "取り下げてから" in page and "入力中の届出を開く" in page
        clerk.post(f"/received/{taken_back.public_id}/withdrawn/")
        assert "取り下げてから" in visible(clerk.get(f"/received/{taken_back.public_id}/"))
        clerk.post(f"/filings/{filing}/withdraw/", {"reason": "申請の取消し"})
        clerk.post(f"/received/{taken_back.public_id}/withdrawn/")
        assert set(ReceivedNotice.objects.values_list("state", flat=True)) == {"withdrawn", "accepted"}

    def test_登録後の取消しは異動の取消しへ導く(self, clerk, examiner, family):
        row = apply(application([TARO]))
        filing = begun(clerk.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}))
        enter(clerk, filing, form_of(clerk.get(f"/filings/{filing}/")))
        register(examiner, filing)
        taken_back = withdraw()
        page = clerk.get(f"/received/{taken_back.public_id}/").content.decode()
        assert f'href="/person/{family[0]}/history/2/cancel/"' in page and "取消しを完了する" not in page


def test_権限のない者は見られず何もできない(stranger, family):
    """F-1-12."""
    row, taken_back = apply(application([TARO])), withdraw("MP-2")
    for answer in (
        stranger.get(f"/received/{row.public_id}/"),
        stranger.get("/received/?kind=moving"),
        stranger.post(f"/received/{row.public_id}/accept/", {"person-0": str(family[0])}),
        stranger.post(f"/received/{row.public_id}/picked/0/", {"person": str(family[0])}),
        stranger.post(f"/received/{taken_back.public_id}/withdrawn/"),
    ):
        assert answer.status_code == 403
    assert set(ReceivedNotice.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.parametrize("data", [{"person-0": "x"}, {"person-x": "00000000-0000-4000-8000-000000000000"}])
def test_作り替えられた選択は断る(clerk, family, data):
    row = tell(register_notice("death", [of(TARO)]))
    assert clerk.post(f"/received/{row.public_id}/accept/", data).status_code == 400


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_問合せの数は件数にも人数にもよらない(clerk, family):
    one = tell(register_notice("death", [of(TARO)]))
    listed, shown = _queries(clerk, "/received/"), _queries(clerk, f"/received/{one.public_id}/")
    many = tell(register_notice("marriage", [of(role) for role in FAMILY], request_control_no="0002"))
    for n in range(6):
        apply(application([TARO], application_no=f"MP-{n}"))
    assert _queries(clerk, "/received/") == listed
    assert _queries(clerk, f"/received/{many.public_id}/") == shown
