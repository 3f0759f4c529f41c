"""住民票の写しの交付 — from the register to the paper, and the record of it. 住民基本台帳法第12条; std 1.3.8, 5.1; F-1-13."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from daicho import clock
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.certificates.catalogue import certificate
from daicho.certificates.document import Document
from daicho.certificates.record import ResidentKind
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier, CodeEntry
from daicho.residents.commands import certificates, filings, registering
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.models import CertificateIssue, CertificateSubject, Person, SheetCurrent
from daicho.residents.queries.certificate_preview import Said, preview
from daicho.residents.queries.certificates import Wanted, choose, read_people
from tests.cast import CLERK, EXAMINER, SATO, Role
from tests.paper import tools
from tests.paper.tools import text_of
from tests.residents.counter import before_the_font, city_decides, enter, move_in_form, register, relocation_form, removed, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def issue(person, *shown: Omissible, requester: Requester = Requester.SELF, on: date = TODAY, by: Actor = CLERK):
    request = CertificateRequest(on, requester, frozenset(shown), use_confirmed=True)
    return certificates.issue(by, visit(), certificates.Wanted("juminhyo_personal", person, frozenset({person})), request, "本人の申請")


def test_交付すると交付履歴と操作履歴に残る(tmp_path):
    """N-10.2-04, N-5.1-09, N-5.5-01: the number on the paper is the one in 交付履歴."""
    head = register("domestic_move_in", move_in_form())[0].person
    issued = issue(head.public_id)
    row = CertificateIssue.objects.get()
    assert issued.pdf.startswith(b"%PDF")
    assert row.document_digest == hashlib.sha256(issued.pdf).hexdigest()
    assert (row.standing, row.fee_yen, row.chosen, row.whole_household) == ("self", 300, [], False)
    assert [(subject.person_id, subject.history_no) for subject in row.subjects.all()] == [(head.pk, 1)]
    marked = tools.text_of(issued.pdf, tmp_path, "-raw").strip().splitlines()[-1]
    assert marked.split() == [*row.certificate_no.split(), "1/1", "契印", row.tally] and row.certificate_no == issued.certificate_no
    trail = AuditEntry.objects.filter(action="residents:certificate:issue").latest("id")
    assert trail.subjects == [head.public_id]


def test_フォントがなければ理由を示して交付しない(settings, tmp_path):
    """design §7: refused by name, and the screen before it still stands."""
    head = register("domestic_move_in", move_in_form())[0].person
    settings.FONTS_DIR = tmp_path
    with pytest.raises(NotToBeIssued) as refused:
        issue(head.public_id)
    assert [key for key, message in refused.value.reasons if "証明書用フォント" in message] == ["paper"]
    asked = CertificateRequest(TODAY, Requester.SELF)
    seen = preview(replace(CLERK, visit_no="1"), visit(), Wanted("juminhyo_personal", head.public_id), lambda *_: asked, Said("本人の申請"))
    assert any("証明書用フォント" in message for _, message in seen.reasons)
    assert not CertificateIssue.objects.exists()


def test_転出予定年月日より前の写しに転出届の記録は載らず当日からは除票(tmp_path):
    """N-5.1-13; 標準1.1.5: 転出予定年月日 令和8年5月10日."""
    head = register("domestic_move_in", move_in_form())[0].person.public_id
    everything = [each.omissible for each in certificate("juminhyo_personal", TODAY).choices_for({ResidentKind.JAPANESE})]
    with clock.at(date(2026, 5, 9)):
        before = tools.text_of(issue(head, *everything, on=date(2026, 5, 9)).pdf, tmp_path, "-raw")
        removed(
            head, date(2026, 5, 10), planned_move_out_address="北海道函館市見本町1番1号", planned_move_out_building="見本荘",
            planned_move_out_date=date(2026, 5, 10), planned_move_out_notified_date=date(2026, 5, 1), planned_move_out_reason_code="国内転出",
        )  # fmt: skip
        told = tools.text_of(issue(head, *everything, on=date(2026, 5, 9)).pdf, tmp_path, "-raw")
    assert said(told) == said(before) and "花園 太郎" in told  # but for number and 契印, the paper of the day before the 転出届
    with clock.at(date(2026, 5, 10)), pytest.raises(NotToBeIssued, match="交付できません") as refused:
        issue(head, on=date(2026, 5, 10))
    assert ["除票の写しを交付" in message for _, message in refused.value.reasons] == [True]


RELOCATION_TODAY = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


def said(paper: str) -> str:
    """A paper's text without what no two copies have alike."""
    return re.sub(r"(契印|照合番号) \S+", "", re.sub(r" 00\d (?=\d/\d)", " ", paper))


@pytest.mark.parametrize("examined", [False, True], ids=["仮登録", "照合済み"])
def test_転居が仮登録中なら写しは転居前の住所で出て転居後の住所では出ない(tmp_path, examined: bool):
    """N-4.0.8-05, -16: the paper itself, for each of those who move; after 本登録 it bears the new address."""
    family = [w.person.public_id for w in register("domestic_move_in", move_in_form())]
    filing = enter("relocation", relocation_form(family, **RELOCATION_TODAY))
    if examined:
        filings.examine(EXAMINER, filing)
    for person in family:
        paper = text_of(issue(person).pdf, tmp_path)
        assert "花園2丁目12番1号" in paper
        assert "色内1丁目3番5号" not in paper
    assert set(CertificateSubject.objects.values_list("history_no", flat=True)) == {1}
    if not examined:
        filings.examine(EXAMINER, filing)
    registering.register(EXAMINER, filing)
    after = text_of(issue(family[0]).pdf, tmp_path)
    assert "色内1丁目3番5号" in after
    assert "花園2丁目12番1号" not in after


def test_転入が仮登録中の者の写しは出ない():
    """N-4.0.8-05, -16: before 仮登録 there was no sheet, so there is nobody to issue one of."""
    enter("domestic_move_in", move_in_form([SATO]))
    assert not Person.objects.exists()
    with pytest.raises(Http404):
        issue(uuid4())
    assert not CertificateIssue.objects.exists()


def test_第三者には番号を載せない():
    """法12条の3; domain §4.3."""
    head = register("domestic_move_in", move_in_form())[0].person
    with pytest.raises(NotToBeIssued) as refused:
        issue(head.public_id, Omissible.INDIVIDUAL_NUMBER, requester=Requester.THIRD_PARTY)
    assert {"visit", "individual_number"} <= dict(refused.value.reasons).keys()  # nor anything else on a 受付 alone
    assert not CertificateIssue.objects.exists()


def test_フォントに無い字形は名指しで止まる():
    """design §7: 葛+E0100 is Adobe-Japan1's, which IPAmj lacks."""
    name = Role(12, "葛󠄀城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主")
    with before_the_font():
        person = register("domestic_move_in", move_in_form([name]))[0].person
    with pytest.raises(NotToBeIssued) as refused:
        issue(person.public_id)
    assert "U+E0100" in refused.value.reasons[0][1]
    assert SATO.name not in refused.value.reasons[0][1]


@pytest.mark.parametrize(("day", "signs"), [(9, "台帳　守"), (10, "台帳　代"), (20, "台帳　代"), (21, "台帳　守")])
def test_職務代理者の期間に出す写しには職務代理者の職名と氏名が印字される(tmp_path, day: int, signs: str):
    """N-1.3.9-01, -02: 職務代理者期間 5月10日から20日まで; nobody does anything on those days."""
    deputy = Certifier(municipality_code="012033", kind="deputy", title="北海道小樽市長職務代理者　北海道小樽市副市長", name="台帳　代")
    deputy.valid_from, deputy.valid_to = date(2026, 5, 10), date(2026, 5, 20)
    deputy.save()
    head = register("domestic_move_in", move_in_form())[0].person
    with clock.at(date(2026, 5, day)):
        paper = text_of(issue(head.public_id, on=date(2026, 5, day)).pdf, tmp_path)
    said = "".join(paper.split())
    assert [name for name in ("台帳守", "台帳代") if name in said] == [signs.replace("　", "")]
    assert ("職務代理者" in said) == (signs == "台帳　代")


# ---- 電子公印 ----

SEAL = '<svg xmlns="http://www.w3.org/2000/svg" width="{mm}mm" height="{mm}mm" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11" fill="{paint}"/></svg>'


@pytest.fixture
def seals(settings, tmp_path):
    """The folder of a city that is not made up: nothing is drawn for it."""
    Certifier.objects.update(seal_name="市長印")
    for keys in ("city-keys", "city-certificates"):
        (tmp_path / keys).symlink_to(settings.INSTALLATION.var_dir / keys)
    settings.INSTALLATION = replace(settings.INSTALLATION, environment="production", var_dir=tmp_path)
    city_decides("check_page_address", "https://www.city.example.lg.jp/check/")
    (tmp_path / "seals").mkdir()
    return tmp_path / "seals"


UNFIT = [
    (None, "電子公印「市長印」の画像が登録されていません"),
    (SEAL.format(mm=24, paint="red"), "電子公印は黒色でなければなりません"),
    (SEAL.format(mm=26, paint="#000"), "電子公印の大きさが26mmです。25mm角以内"),
    (SEAL.format(mm=24, paint="none"), "印影がありません"),
    ("これは画像ではない", "電子公印の画像を読めません"),
]


@pytest.mark.parametrize(("drawing", "message"), UNFIT, ids=["ない", "赤い", "大きい", "白い", "読めない"])
def test_公印の画像がないか適さないときは交付しない(seals, drawing, message):
    """N-5.1-08, N-5.6-07, -08."""
    if drawing is not None:
        (seals / "市長印.svg").write_text(drawing, encoding="utf-8")
    head = register("domestic_move_in", move_in_form())[0].person.public_id
    [(key, said)] = reasons(head)
    assert key == "certifier" and message in said


def test_公印の指定がない認証者の名では交付しない(seals):
    """N-5.1-08."""
    Certifier.objects.update(seal_name="")
    [(_, said)] = reasons(register("domestic_move_in", move_in_form())[0].person.public_id)
    assert "電子公印が指定されていません" in said


def test_登録した公印が原寸で印字され取り替えればすぐに替わる(seals, tmp_path):
    """N-1.3.7-01, N-5.1-08, N-5.6-07, -10: one file for all offices; 25 mm is printed as 25 mm."""
    head = register("domestic_move_in", move_in_form())[0].person.public_id
    branch = replace(CLERK, office_code="zenibako", terminal="銭函1")
    for mm, by in ((25, CLERK), (25, branch), (10, branch)):
        (seals / "市長印.svg").write_text(SEAL.format(mm=mm, paint="#000"), encoding="utf-8")
        assert tools.drawn_seal_mm(issue(head, by=by).pdf, tmp_path) == pytest.approx(mm * 22 / 24, abs=0.3)  # the circle in its box of 24


def test_市の固定文言がそのまま印字される():
    """N-5.6-06: none at first, then what the city says."""
    head = register("domestic_move_in", move_in_form())[0].person.public_id
    assert "固定文言" not in dict(printed(head).plain)
    for words in ("この印は黒色です。", "小樽市の証明書はこの用紙です。"):
        city_decides("text_fixed_note", words)
        assert dict(printed(head).plain)["固定文言"] == words


# ---- 外国人住民 ----

_NO_JAPANESE = dict.fromkeys(("name_kanji", "name_kana", "kana_notarised", "registered_domicile", "family_register_head_name"), "")
YULIN = Role(
    21, "", "", "1985年3月9日", "2", "世帯主",
    {
        **_NO_JAPANESE, "resident_kind": "2", "foreign_name_alphabet": "ZHANG YULIN", "foreign_name_kanji": "張　玉蓮", "foreign_name_katakana": "チャン　ユウリン",
        "nationality_code": "中国", "article_30_45_class_code": "1", "residence_status_code": "技術・人文知識・国際業務", "residence_card_no": "AB12345678CD",
    },
)  # fmt: skip


def sheet_of(person, *shown: Omissible):
    [record] = read_people(choose(person, frozenset({person}), TODAY), frozenset(shown), open_numbers=False).subjects.people
    return record


def changed(person, **entries) -> None:
    """The sheet as a migration may have left it."""
    assert SheetCurrent.objects.filter(person__public_id=person).update(**entries)


def reasons(person, *shown: Omissible) -> tuple[tuple[str, str], ...]:
    with pytest.raises(NotToBeIssued) as refused:
        issue(person, *shown)
    assert not CertificateIssue.objects.exists()
    return refused.value.reasons


@pytest.fixture
def yulin():
    return register("domestic_move_in", move_in_form([YULIN]))[0].person.public_id


def test_通称があり記載の記録がない住民票からは通称の履歴を証明しない(yulin):
    """令30条の16: 「なし」 beside a printed 通称 would be false."""
    changed(yulin, foreign_alias="住民　花子")
    assert sheet_of(yulin).name.alias.text == "住民　花子"
    [(key, message)] = reasons(yulin, Omissible.ALIAS_HISTORY)
    assert key == "alias_history" and "市区町村名と年月日を記録" in message
    changed(yulin, alias_history_alias="住民　花子", alias_history_entered_municipality="小樽市", alias_history_entered_date=date(2026, 4, 1))
    assert issue(yulin, Omissible.ALIAS_HISTORY).pages == 1


def test_外国人の氏名と通称のフリガナは市が選べば付く(yulin):
    """N-5.3-01, -03: the standard's option, off unless the city decides; behind the whole 氏名, not inside."""
    changed(yulin, foreign_alias="住民　花子", foreign_alias_kana="ジュウミン　ハナコ")
    assert (printed(yulin).text_of("name"), printed(yulin).text_of("alias")) == ("ZHANG YULIN　張　玉蓮", "住民　花子")
    city_decides("foreign_kana", True)
    assert printed(yulin).text_of("name") == "ZHANG YULIN　張　玉蓮　（チャン　ユウリン）"
    assert printed(yulin).text_of("alias") == "住民　花子　（ジュウミン　ハナコ）"


def printed(person) -> Document:
    """What would be printed with everything omitted that can be."""
    actor, asked = replace(CLERK, visit_no="1"), CertificateRequest(TODAY, Requester.SELF)
    seen = preview(actor, visit(), Wanted("juminhyo_personal", person, frozenset({person})), lambda *_: asked, Said("本人の申請"))
    assert seen.document is not None, seen.reasons
    return seen.document


def test_世帯主欄の氏名は氏名欄と同じ表し方(yulin):
    """N-5.3-03: one notation on the whole certificate."""
    record = sheet_of(yulin, Omissible.HEAD_NAME)
    assert record.head_name == record.name.legal == "ZHANG YULIN　張　玉蓮"


CODED = [
    (Omissible.NATIONALITY, {"nationality_code": "CHN"}, "国籍・地域のコード「CHN」の名称が登録されていません"),
    (Omissible.RESIDENCE_STATUS, {"residence_status_code": "B11"}, "在留資格のコード「B11」の名称が登録されていません"),
    (Omissible.RESIDENCE_CLASS, {"article_30_45_class_code": "9"}, "区分のコード「9」は、定められた区分にありません"),
]


@pytest.mark.parametrize(("asked", "entry", "message"), CODED, ids=[each.value for each, _, _ in CODED])
def test_名称の分からないコードは印字せず断る(yulin, asked, entry, message):
    """標準1.3.3; 法30条の45: a code on paper says nothing to its reader. Omitted, it stands in nobody's way."""
    changed(yulin, **entry)
    assert [(key, message in said) for key, said in reasons(yulin, asked)] == [(asked.value, True)]
    assert issue(yulin).pages == 1


def test_コードは市の表の名称で印字され言葉で記載したものはそのまま(yulin):
    """標準1.3.3."""
    assert (sheet_of(yulin, *Omissible).foreign.nationality, sheet_of(yulin, *Omissible).foreign.residence_status) == ("中国", "技術・人文知識・国際業務")
    for table, code, ja in (("nationality", "CHN", "中華人民共和国"), ("residence_status", "B11", "永住者")):
        CodeEntry.objects.create(municipality_code="012033", table=table, code=code, ja=ja, order=1, valid_from=date(2020, 1, 1))
    changed(yulin, nationality_code="CHN", residence_status_code="B11")
    foreign = sheet_of(yulin, *Omissible).foreign
    assert (foreign.nationality, foreign.residence_class, foreign.residence_status) == ("中華人民共和国", "中長期在留者", "永住者")
    assert issue(yulin, Omissible.NATIONALITY, Omissible.RESIDENCE_STATUS, Omissible.RESIDENCE_CLASS).pages == 1
