"""特例転入の画面 — the clerk asks the former city by the card, goes on without the answer, and fills the 転入 form with it. 法24条の2; S2-03, G-11, N-4.1.1.3-*."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from daicho import city, clock, vault
from daicho.audit.models import AuditEntry
from daicho.contracts import base
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificateAnswerV1
from daicho.outbox import courier, questions
from daicho.outbox.envelope import Reply
from daicho.outbox.errors import Refused, Unauthorized, Unavailable
from daicho.outbox.models import Notice
from daicho.residents.commands.card_move_in import erase_old
from daicho.residents.models import Filing, SheetCurrent
from daicho.values.dates import JapaneseDate
from tests.cast import HANAKO
from tests.contracts.move_out_samples import CERTIFICATE, CODE, NUMBER, OTHER_CODE, SAPPORO, TARO, YULIN
from tests.residents import counter
from tests.residents.screens import desks
from tests.residents.screens.desks import visible
from tests.residents.screens.filing_steps import begin_move_in, enter, form_of, open_visit, register

pytestmark = pytest.mark.django_db
CARD = {"number": CODE, "municipality": "札幌市中央区"}
HX = {"HTTP_HX_REQUEST": "true"}
COUPLE = replace(CERTIFICATE, planned_move_out_date=date(2026, 4, 6), people=(TARO, replace(TARO, juminhyo_code=OTHER_CODE, individual_number=YULIN.individual_number,
    name_kanji="葛\U000e0104城\u3000花子", name_kana="カツラギ\u3000ハナコ", birth_date="昭和60年4月1日", sex_code="2", relationship="妻")))  # fmt: skip


class FormerCity:
    """juki_net with the former city behind it: answers what it is told, or fails so. `asked` are the questions."""

    def __init__(self):
        self.asked, self.within = [], []
        self.outcome, self.reason_ja, self.certificate, self.error = "found", "", COUPLE, None
        self.wrong_id = False

    def deliver(self, envelope):
        raise AssertionError("a question is never posted")

    def ask(self, envelope, within):
        question = envelope.message()
        self.asked.append(question)
        self.within.append(within)
        if self.error:
            raise self.error
        answer = MoveOutCertificateAnswerV1("another" if self.wrong_id else question.question_id, self.outcome, self.reason_ja, self.certificate)
        return Reply("acknowledged", "ok", "", base.encode(answer).decode())

    def says(self, outcome, reason_ja=""):
        self.outcome, self.reason_ja, self.certificate = outcome, reason_ja, None


@pytest.fixture
def former_city(monkeypatch):
    there = FormerCity()
    monkeypatch.setitem(courier._couriers, "juki_net", there)
    return there


@pytest.fixture
def clerk(made_up_city):
    return desks.officer("m.mado", (*desks.ENTERS, "residents:move_out:ask"), "H01")


@pytest.fixture
def filing(clerk):
    open_visit()
    return begin_move_in(clerk)


def ask(clerk, filing, **changes):
    return clerk.post(f"/filings/{filing}/move-out/", {**CARD, **changes}, **HX)


def reflect(clerk, filing, do="blanks", **typed):
    data = {**form_of(clerk.get(f"/filings/{filing}/")), **typed}
    return clerk.post(f"/filings/{filing}/move-out/reflect/", {**data, "do": do}, follow=True)


def test_照会の結果が入力欄に反映される(clerk, filing, former_city):
    """N-4.1.1.3-01."""
    page = ask(clerk, filing)
    assert "札幌市" in visible(page) and "2人の転出証明書情報を受信しました" in visible(page) and CODE not in page.content.decode()
    answer = reflect(clerk, filing)
    form = form_of(answer)
    assert "反映しました" in visible(answer)
    assert (form["f-previous_municipality_code"], form["f-previous_address"]) == (SAPPORO, CERTIFICATE.former_address)
    assert (form["f-address"], form["m0-name_kanji"], form["m0-juminhyo_code"]) == ("花園2丁目12番1号", TARO.name_kanji, CODE)
    assert (form["people"], form["m1-name_kanji"], form["m1-relationship"]) == ("2", "葛\U000e0104城\u3000花子", "妻")


def test_反映した内容を直して登録でき転入通知が前住所地に向かう(clerk, examiner, filing, former_city):
    """N-4.1.1.3-02, S2-03: the value as corrected stands on the 住民票; 法9条1項: the former city is told."""
    ask(clerk, filing)
    form = form_of(reflect(clerk, filing))
    form |= {"f-effective_on": "令和8年4月7日", "f-filer": "self", "f-address_building": "コーポ訂正　7", "m0-sex_code": "1", "m1-sex_code": "2"}
    row = enter(clerk, filing, form)
    register(examiner, filing)
    sheets = {sheet.name_kanji: sheet for sheet in SheetCurrent.objects.all()}
    assert {sheet.address_building for sheet in sheets.values()} == {"コーポ訂正　7"}
    assert sheets[TARO.name_kanji].previous_address == CERTIFICATE.former_address
    assert vault.reveal(sheets[TARO.name_kanji].juminhyo_code, because="試験") == CODE
    told = [notice.kind for notice in Notice.objects.filter(kind="move_in_notice")]
    assert len(told) == 2 and Filing.objects.get(pk=row.pk).state == "registered"


def test_受信した内容は入力と並べて審査の画面にも残る(clerk, examiner, filing, former_city):
    """F-1-02: what came is kept beside what was entered; the examiner sees the difference, and that look is on record."""
    ask(clerk, filing)
    form = form_of(reflect(clerk, filing)) | {"f-effective_on": "令和8年4月7日", "f-filer": "self", "m1-relationship": "妻（未届）", "m1-individual_number": ""}
    enter(clerk, filing, form)
    page = visible(examiner.get(f"/filings/{filing}/examination/"))
    assert "受信した転出証明書情報" in page and "2人目続柄：入力「妻（未届）」受信「妻」" in re.sub(r"\s", "", page)
    assert "2人目　個人番号：入力した番号が、受信した番号と違うか、空欄です" in page and COUPLE.people[1].individual_number not in page
    assert AuditEntry.objects.filter(login="s.shinsa", detail__of="move_out_certificate", action="residents:filing:examine").exists()


def test_入力済みの項目は違いを名指しして入力のままにし求めれば置き換える(clerk, filing, former_city):
    """N-4.1.1.3-02."""
    ask(clerk, filing)
    answer = reflect(clerk, filing, **{"f-previous_address": "北海道札幌市"})
    assert "入力のままです" in visible(answer) and "転入前の住所：入力「" in visible(answer)
    assert form_of(answer)["f-previous_address"] == "北海道札幌市"
    assert form_of(reflect(clerk, filing, do="overwrite"))["f-previous_address"] == CERTIFICATE.former_address


def test_再転入者は除票より受信した内容を優先でき氏名は優先しない(clerk, examiner, former_city):
    """N-4.1.1.2-08, -09: 花子 left on 4/8 and comes back by her card, under another writing of her name."""
    hanako = counter.register("domestic_move_in", counter.move_in_form())[1].person.public_id
    SheetCurrent.objects.filter(person__public_id=hanako).update(closed_on=date(2026, 4, 8), removal_date=JapaneseDate.parse("令和8年4月8日"))
    typed = HANAKO.typed()
    back = replace(TARO, name_kanji="新姓　花子", name_kana="シンセイ　ハナコ", birth_date=typed["birth_date"], sex_code=typed["sex_code"],
        juminhyo_code=typed["juminhyo_code"], individual_number=typed["individual_number"])  # fmt: skip
    former_city.certificate = replace(COUPLE, planned_move_out_date=date(2026, 4, 9), people=(back,))
    open_visit()
    begun = clerk.post(f"/filings/new/domestic_move_in/{hanako}/", {"person": [str(hanako)], "count": "0"})
    filing = UUID(begun.url.strip("/").split("/")[1])
    ask(clerk, filing, number=typed["juminhyo_code"])
    form = form_of(reflect(clerk, filing, do="overwrite"))
    assert (form["m0-registered_domicile"], form["m0-name_kanji"]) == (TARO.registered_domicile, HANAKO.name)
    enter(clerk, filing, form | {"f-effective_on": "令和8年4月9日", "f-filer": "self", "m0-relationship": "世帯主"})
    register(examiner, filing)
    sheet = SheetCurrent.objects.get(person__public_id=hanako, closed_on=None)
    assert (sheet.registered_domicile, sheet.name_kanji) == (TARO.registered_domicile, HANAKO.name)


def test_照会は目的と期限と照会者を載せ番号は一つだけ載せる(clerk, filing, former_city):
    """design §5; the wait is the city's dated setting."""
    ask(clerk, filing, number=NUMBER)
    [question] = former_city.asked
    row = Filing.objects.get(public_id=filing)
    assert (question.purpose, question.operator_id) == (f"転入届の審査（届出番号{row.filing_no}）", "m.mado")
    assert (question.addressee_municipality_code, question.juminhyo_code, question.individual_number) == (SAPPORO, None, NUMBER)
    wait = city.setting("move_out_answer_seconds", clock.today())
    assert question.deadline - clock.now() <= timedelta(seconds=wait) and former_city.within[0] <= wait <= 15


def test_照会と回答は見せる前に記録され番号も名前も残らない(clerk, filing, former_city):
    """S2-11, F-1-16: asked, answered, read, reflected."""
    ask(clerk, filing)
    reflect(clerk, filing)
    asked = AuditEntry.objects.filter(action="outbox:question:ask", login="m.mado").order_by("id")
    assert [entry.detail["stage"] for entry in asked] == ["asked", "answered"] and all("届出番号" in entry.purpose for entry in asked)
    mine = AuditEntry.objects.filter(action="residents:move_out:ask").order_by("id")
    assert [entry.detail.get("step") or entry.detail["of"] for entry in mine][:3] == ["move_out_certificate", "move_out_certificate", "reflect"]
    kept = str([(entry.detail, entry.purpose) for entry in AuditEntry.objects.all()])
    stored = str(list(Filing.objects.values_list("typed", "certificate_ref")))
    assert not any(secret in kept for secret in (CODE, NUMBER, "花子")) and CODE not in stored


FAILURES = [
    ("unavailable", lambda c: c.says("unavailable", "前住所地の市区町村から、期限までに回答がありませんでした。"), "期限までに回答がありませんでした"),
    ("not_found", lambda c: c.says("not_found"), "転出証明書情報はありません"),
    ("refused", lambda c: c.says("refused", "相手方の応答（F05）：コード表にない値です。"), "コード表にない値です"),
    ("silent", lambda c: setattr(c, "error", Unavailable("timeout")), "住基ネットから、期限までに回答がありませんでした"),
    ("ill_asked", lambda c: setattr(c, "error", Refused("ill_formed", "読み取り直してください。")), "読み取り直してください"),
    ("stranger", lambda c: setattr(c, "error", Unauthorized("x")), "システム管理者に連絡"),
    ("another", lambda c: setattr(c, "wrong_id", True), "応答を確認できませんでした"),
]


@pytest.mark.parametrize(("make", "said"), [each[1:] for each in FAILURES], ids=[each[0] for each in FAILURES])
def test_回答がなくても画面は続けられ何をすればよいかを伝える(clerk, filing, former_city, make, said):
    """The screen works on without the answer, by the paper 転出証明書 or a later question."""
    make(former_city)
    page = ask(clerk, filing)
    assert page.status_code == 200 and said in visible(page) and "紙の転出証明書を見てそのまま続けられます" in visible(page)
    assert Filing.objects.get(public_id=filing).certificate_ref is None
    assert clerk.get(f"/filings/{filing}/").status_code == 200
    former_city.__init__()
    assert "受信しました" in visible(ask(clerk, filing))


def test_待つ照会が多ければすぐに知らせる(clerk, filing, former_city, monkeypatch):
    import threading

    full = threading.BoundedSemaphore(1)
    monkeypatch.setattr(questions, "_places", full)
    with full:
        assert "期限までに回答がありませんでした" in visible(ask(clerk, filing))
    assert former_city.asked == []


@pytest.mark.parametrize(("wrong", "said"), [({"number": "1"}, "番号を確認"), ({"municipality": "小樽市"}, "当市"), ({"municipality": ""}, "入力してください")])
def test_誤った番号と市区町村では照会しない(clerk, filing, former_city, wrong, said):
    page = ask(clerk, filing, **wrong)
    assert page.status_code == 422 and said in visible(page) and former_city.asked == []


def test_期限を過ぎた特例転入は反映できず紙の転出証明書を求める(clerk, filing, former_city):
    """法24条の2: the earlier of 14 days from 転入日 and 30 from 転出予定日; today is 令和8年4月10日."""
    former_city.certificate = replace(COUPLE, planned_move_out_date=date(2026, 3, 10))
    assert "期限（令和8年4月9日" in visible(ask(clerk, filing))
    answer = reflect(clerk, filing)
    assert "転出証明書を提出してもらい" in visible(answer) and form_of(answer)["m0-name_kanji"] == ""
    former_city.certificate = COUPLE
    ask(clerk, filing)
    assert "期限（令和8年4月9日" in visible(reflect(clerk, filing, **{"f-effective_on": "令和8年3月26日"}))


def test_反映した後に期限を過ぎれば審査の画面で知らせる(clerk, examiner, filing, former_city):
    """法24条の2: 異動日 was put right after the certificate was taken over; the paper is asked for before 本登録."""
    ask(clerk, filing)
    data = form_of(reflect(clerk, filing)) | {"f-effective_on": "令和8年3月26日", "f-filer": "self", "m1-relationship": "妻"}
    entered = enter(clerk, filing, data)
    assert "転出証明書を提出してもらい" in visible(examiner.get(f"/filings/{entered.public_id}/examination/"))


def test_特例転入ができるのは最初の転入届だけである(clerk, filing, former_city):
    """法24条の2第1項: 太郎 used the card, left again, and comes back by it within the days; what was cancelled was no 転入届."""
    once = replace(HANAKO, texts={"juminhyo_code": CODE, "relationship": "世帯主"})
    form = counter.move_in_form([once], effective_on="令和8年4月7日", filed_on="令和8年4月7日")
    person = counter.register("domestic_move_in", form)[0].person.public_id
    SheetCurrent.objects.filter(person__public_id=person).update(closed_on=date(2026, 4, 9), removal_reason_code="move_out")
    assert "最初の転入届だけ" in visible(ask(clerk, filing))
    assert "前住所地の転出証明書を提出してもらい" in visible(reflect(clerk, filing))
    assert form_of(clerk.get(f"/filings/{filing}/"))["m0-name_kanji"] == ""
    for harmless in ({"closed_on": date(2026, 4, 6)}, {"closed_on": date(2026, 4, 9), "removal_reason_code": "entry_cancelled"}):
        SheetCurrent.objects.filter(person__public_id=person).update(**harmless)
        assert "最初の転入届だけ" not in visible(ask(clerk, filing))


def test_尋ね直せば前の回答は消え使わなければ消去できる(clerk, filing, former_city):
    ask(clerk, filing)
    first = Filing.objects.get(public_id=filing).certificate_ref
    ask(clerk, filing)
    second = Filing.objects.get(public_id=filing).certificate_ref
    assert "消去しました" in visible(clerk.post(f"/filings/{filing}/move-out/discard/", follow=True))
    assert Filing.objects.get(public_id=filing).certificate_ref is None
    for ref in (first, second):
        with pytest.raises(vault.ErasedError):
            vault.open_payload(ref)


def test_定めた日数を過ぎた回答は使っても使わなくても消える(clerk, filing, former_city):
    """spec/domain.md §9."""
    ask(clerk, filing)
    assert erase_old() == 0
    Filing.objects.update(certificate_at=clock.now() - timedelta(days=15))
    assert (erase_old(), erase_old()) == (1, 0)
    assert Filing.objects.get(public_id=filing).certificate_ref is None


def test_権限のない職員と転入でない届出には照会がない(examiner, filing, former_city, made_up_city):
    assert examiner.post(f"/filings/{filing}/move-out/", CARD).status_code == 403
    assert former_city.asked == []


def test_ほかの職員は照会も反映もできない(clerk, filing, former_city):
    ask(clerk, filing)
    other = desks.officer("t.taka", (*desks.ENTERS, "residents:move_out:ask"), "Z01")
    assert other.post(f"/filings/{filing}/move-out/", CARD).status_code == 302
    assert other.post(f"/filings/{filing}/move-out/reflect/", {}).status_code == 302
    assert len(former_city.asked) == 1


def test_問合せの数は人数によらない(clerk, filing, former_city, django_assert_num_queries):
    for people in (COUPLE.people, COUPLE.people * 3):
        former_city.certificate = replace(COUPLE, people=people)
        ask(clerk, filing)
        with django_assert_num_queries(13):
            clerk.get(f"/filings/{filing}/")
