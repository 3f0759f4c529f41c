"""写し一枚とその交付履歴 — one person alone on the paper, 本籍 that is 「なし」 or 「不明」, and what 交付履歴 keeps of it. 標準1.1.3, 1.1.12, 1.3.8."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from daicho import clock
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.models import CertificateIssue
from daicho.residents.queries.certificates_issued import issued_to
from daicho.residents.queries.issues_found import IssueConditions, find_issues
from tests.cast import CLERK, FAMILY, HANAKO, ICHIRO, JIRO, NGUYEN, SATO, TARO
from tests.paper.tools import text_of
from tests.residents.counter import city_decides, move_in_form, problems, register, relocation_form, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def issue(person: UUID, *shown: Omissible, by=CLERK):
    request = CertificateRequest(TODAY, Requester.SELF, frozenset(shown), use_confirmed=True)
    return certificates.issue(by, visit(by), certificates.Wanted("juminhyo_personal", person, frozenset({person})), request, "本人の申請")


def test_一人分の写しに他の世帯員の事項は載らない(tmp_path):
    """N-1.1.3-01: of the second son alone."""
    family = [written.person.public_id for written in register("domestic_move_in", move_in_form(FAMILY))]
    paper = "".join(text_of(issue(family[3]).pdf, tmp_path).split())
    assert JIRO.name.replace("　", "") in paper and JIRO.birth in paper
    for other in (TARO, HANAKO, ICHIRO):
        assert not any(said in paper for said in (other.name.replace("　", ""), other.birth, other.kana.split("　")[1]))


@pytest.mark.parametrize("said", ["なし", "不明"])
def test_本籍と筆頭者のない人はそのとおりに印字される(said, tmp_path):
    """N-1.1.12-01, -02: no error, and the word on the paper."""
    role = replace(TARO, texts={**TARO.texts, "registered_domicile": said, "family_register_head_name": said})
    person = register("domestic_move_in", move_in_form([role]))[0].person.public_id
    paper = text_of(issue(person, Omissible.REGISTERED_DOMICILE).pdf, tmp_path, "-raw")
    assert f"本籍 {said}\n" in paper and f"筆頭者の氏名 {said} " in paper


def test_交付履歴に年月日時と場所と種別と記載事項と番号と端末と職員が残る():
    """S1-05; N-1.3.8-03, -04, -06, -07, -09, -10: 10時05分, at a branch."""
    branch = replace(CLERK, office_code="zenibako", terminal="銭函1")
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    with clock.at(datetime(2026, 4, 10, 10, 5, tzinfo=clock.JST)):
        issued = issue(person, Omissible.RELATIONSHIP, by=branch)
    row = CertificateIssue.objects.get(certificate_no=issued.certificate_no)
    assert clock.jst(row.issued_at).strftime("%H:%M") == "10:05"
    assert (row.kind, row.chosen, row.office_code, row.terminal) == ("juminhyo_personal", ["relationship"], "zenibako", "銭函1")
    assert (row.issued_by, row.user_id) == (CLERK.name, CLERK.login)


def test_交付履歴は市が定める期間だけ照会でき期間の変更が設定で効く():
    """N-1.3.8-02: of 4年11か月前 and 6年前; nothing is deleted, so a longer period shows the older one again."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    issue(person)
    [now] = CertificateIssue.objects.all()
    for name, moment in (("younger", datetime(2021, 5, 10, 9, tzinfo=clock.JST)), ("older", datetime(2020, 4, 10, 9, tzinfo=clock.JST))):
        subject = now.subjects.get()
        copy = CertificateIssue.objects.get(pk=now.pk)
        copy.pk, copy.public_id, copy.certificate_no, copy.check_code, copy.issued_at = None, uuid4(), name, None, moment
        copy.save(force_insert=True)
        subject.pk, subject.certificate = None, copy
        subject.save(force_insert=True)

    def told() -> list[str]:
        by_person = [line.issue.certificate_no for line in issued_to(replace(CLERK, visit_no="1"), person).counter]
        by_kind = [line.issue.certificate_no for line in find_issues(CLERK, IssueConditions(kind="juminhyo_personal")).lines]
        assert by_person == by_kind
        return by_person[1:]

    assert told() == ["younger"]
    city_decides("issue_history_years", 7)
    assert told() == ["younger", "older"]


@pytest.mark.parametrize("role", [TARO, NGUYEN], ids=["日本人", "外国人"])
def test_交付履歴は交付した人のデータから開け交付のない人には一件もない(role):
    """N-1.1.1-30, N-1.1.2-41."""
    person, other = (
        register("domestic_move_in", move_in_form([one], address=where))[0].person.public_id for one, where in ((role, "花園1番"), (SATO, "色内2番"))
    )
    paper = issue(person)
    opened = [issued_to(replace(CLERK, visit_no="1"), who).counter for who in (person, other)]
    assert [[one.issue.certificate_no for one in each] for each in opened] == [[paper.certificate_no], []]


@pytest.mark.parametrize("statement", ["DELETE FROM residents_certificateissue", "UPDATE residents_certificateissue SET pages = 1"])
def test_交付履歴は消すことも直すこともできない(statement):
    """N-1.3.8-12: the database's own grant, whichever way is tried."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_交付の日より前の異動でも交付を理由に確かめさせない():
    """N-5.1-15: the same words with and without a certificate of that day."""
    person = register("domestic_move_in", move_in_form([TARO]))[0].person.public_id
    form = relocation_form([person], effective_on="令和8年4月5日", filed_on="令和8年4月10日")
    before = problems("relocation", form)
    issue(person)
    assert problems("relocation", form) == before
