"""本人通知 — registered at the counter, seen when a copy is issued, and the class of the requester put right by a further row. 標準8.1; decision 0050."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.commands.disposals import dispose
from daicho.residents.commands.issue_corrections import CorrectionForm, correct
from daicho.residents.commands.principal_notices import Petition, enter_petition
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, Visit
from daicho.residents.queries.principal_notices import copies_to_tell, ending_registrations, get_registration
from daicho.residents.rules.principal_notice import Condition, EntryKind, Filer
from tests.cast import CLERK, HANAKO, TARO
from tests.residents.counter import visit
from tests.residents.recording import family_of
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, queries
from tests.residents.test_case_letters import put_out

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
READER = replace(CLERK, visit_no="1")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def issue(person, requester: Requester, came: Visit | None = None) -> CertificateIssue:
    request = CertificateRequest(TODAY, requester)
    certificates.issue(CLERK, came or visit(), certificates.Wanted("juminhyo_personal", person, frozenset({person})), request, "提出のため")
    return CertificateIssue.objects.latest("pk")


def petition(kind: EntryKind = EntryKind.REGISTERED, on: date = TODAY, ends_on: date | None = date(2029, 4, 9), **words: str) -> Petition:
    return Petition(kind, on, on, ends_on, Filer.SELF, **words)


def test_登録と変更と廃止の各時点の内容が残り登録の終わる人だけがお知らせの対象になる():
    """N-8.1.1-01, N-8.1.1-02: one whose registration ends this month, one next year."""
    taro, hanako = family_of(TARO, HANAKO)
    enter_petition(CLERK, visit(), taro, petition(ends_on=date(2026, 4, 30)))
    enter_petition(CLERK, visit(), hanako, petition(ends_on=date(2027, 4, 9)))
    ending = ending_registrations(READER, date(2026, 4, 1), date(2026, 4, 30)).lines
    assert [one.person.public_id for one in ending] == [taro]
    enter_petition(CLERK, visit(), taro, petition(EntryKind.CHANGED, sent_to_address="北海道小樽市色内1丁目1番1号"))
    with pytest.raises(CannotDo, match="もう登録されています"):
        enter_petition(CLERK, visit(), taro, petition())
    enter_petition(CLERK, visit(), taro, petition(EntryKind.ABOLISHED))
    found = get_registration(READER, taro)
    assert [(one.kind, one.sent_to_address) for one in found.entries] == [
        ("registered", ""), ("changed", "北海道小樽市色内1丁目1番1号"), ("abolished", ""),
    ]  # fmt: skip
    assert found.standing is None and not ending_registrations(READER, date(2026, 4, 1), date(2029, 4, 30)).lines[1:]


def test_区分の誤りを直すと通知の対象も通知書も直した区分になり交付した人にも申請者にもあてられる(tmp_path):
    """N-8.1.1-04, -05; N-8.1.3-01…-03: 第三者に写しを2枚交付した履歴, 「代理人」と誤って記録."""
    [taro] = family_of(TARO)
    enter_petition(CLERK, visit(), taro, petition(sent_to_address="北海道小樽市色内1丁目1番1号", sent_to_postal_code="0470031"))
    own = issue(taro, Requester.SELF)
    clerk, asked = desk(), {"first": "令和8年4月10日", "last": "令和8年4月10日", "condition": "registered_by_others"}
    of_one = queries(clerk, "post", "/principal-letters/copies/", {**asked, "condition": "registered", "to": "person"})
    came = visit()
    wrong = [issue(taro, Requester.LEGAL_REPRESENTATIVE, came) for _ in range(2)]
    assert copies_to_tell(READER, TODAY, TODAY, Condition.BY_REQUESTER).lines == ()
    for one in wrong:
        correct(CLERK, one, CorrectionForm("standing", "third_party", "委任状のない第三者の請求だった"))
    for condition, told in ((Condition.BY_REQUESTER, [2]), (Condition.REGISTERED, [1, 2]), (Condition.REGISTERED_BY_OTHERS, [2])):
        lines = copies_to_tell(READER, TODAY, TODAY, condition).lines
        assert [line.sheets for line in lines] == told
    assert own.standing == "self"
    dispose(CLERK, own, "spoiled", "紙づまり")  # nobody was given it
    assert [line.sheets for line in copies_to_tell(READER, TODAY, TODAY, Condition.REGISTERED).lines] == [2]
    dispose(CLERK, own, "mistaken", "別の発行番号の記録だった")
    assert [line.sheets for line in copies_to_tell(READER, TODAY, TODAY, Condition.REGISTERED).lines] == [1, 2]
    assert queries(clerk, "post", "/principal-letters/copies/", {**asked, "condition": "registered", "to": "person"}) == of_one  # style 14
    page = visible(clerk.post("/principal-letters/copies/", {**asked, "to": "person"}))
    assert "第三者" in page and "2枚" in page and "登録者" in page
    key = f"{wrong[0].public_id}:{taro}"
    to_person = put_out(clerk, "/principal-letters/copies/out/", tmp_path, **asked, to="person", line=key)
    for said in ("花園太郎様", "小樽市色内1丁目1番1号", "令和8年4月10日", "住民票の写し（個人票）", "2枚", "交付請求者の区分第三者"):
        assert said in to_person, said
    for to, ticked in (("person", False), ("applicant", True)):  # who asked has not been told yet
        page = clerk.post("/principal-letters/copies/", {**asked, "to": to}).content.decode()
        assert (f'value="{key}" checked' in page) is ticked, to
    missing = clerk.post("/principal-letters/copies/out/", {**asked, "to": "applicant", "line": key, "once": str(uuid4())}, follow=True)
    assert "申請者の住所が入力されていない" in visible(missing)
    to_applicant = put_out(
        clerk, "/principal-letters/copies/out/", tmp_path, **asked, to="applicant", line=key, **{f"address-{key}": "北海道旭川市六条通十丁目"}
    )
    assert "北海道旭川市六条通十丁目" in to_applicant and "色内" not in to_applicant and "2枚" in to_applicant
    again = visible(clerk.post("/principal-letters/copies/", {**asked, "to": "person"}))
    assert "住民票の写し等交付通知書（本人あて）" in again


def test_満了のお知らせは選んだ人にだけ出る(tmp_path):
    """N-8.1.1-02."""
    [taro] = family_of(TARO)
    entry = enter_petition(CLERK, visit(), taro, petition(ends_on=date(2026, 4, 30)))
    clerk, asked = desk(), {"first": "令和8年4月1日", "last": "令和8年4月30日"}
    assert TARO.name in visible(clerk.post("/principal-letters/endings/", asked))
    paper = put_out(clerk, "/principal-letters/endings/out/", tmp_path, **asked, entry=str(entry.public_id))
    assert "本人通知期間満了のお知らせ" in paper and "令和8年4月30日" in paper


def test_登録は個人票から行い発行画面では登録者だけにその旨が出る():
    """N-8.1.2-01; N-8.1.1-01 by the screens."""
    taro, hanako = family_of(TARO, HANAKO)
    clerk = desk()
    said = {"kind": "registered", "on": "令和8年4月10日", "filer": "self"}
    refused = clerk.post(f"/person/{taro}/principal-notice/", {**said, "filer": "agent"})
    assert refused.status_code == 422 and "代理人の氏名が入力されていません" in visible(refused)
    assert clerk.post(f"/person/{taro}/principal-notice/", said).status_code == 302
    page = visible(clerk.get(f"/person/{taro}/principal-notice/"))
    assert "令和8年4月10日から" in page and "令和11年4月9日まで" in page
    with_taro = visible(clerk.get(f"/person/{taro}/certificate/"))
    assert with_taro.count("本人通知の登録者") == 1 and "本人通知の事前登録者がいます" in with_taro
    alone = visible(clerk.post(f"/person/{hanako}/certificate/look/", {"certificate": "juminhyo_personal", "people": str(hanako), "purpose": "提出"}))
    assert "本人通知の事前登録者がいます" not in alone
