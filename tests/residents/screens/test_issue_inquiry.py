"""交付履歴の照会と処分の記録の画面 — counter and shops by every item; a copy given out by mistake. std 1.3.8, 2.2.2."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from daicho import audit, clock
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.residents.commands import certificates
from daicho.residents.commands.convenience import record_convenience_issue
from daicho.residents.models import CertificateIssue, ConvenienceIssue, IssueDisposal, SheetCurrent
from daicho.residents.permissions import IntakePermission
from daicho.residents.queries.issues_found import key_of_shops
from tests.cast import CLERK, HANAKO, SATO, TARO
from tests.contracts.convenience_samples import ISSUED
from tests.residents.counter import visit
from tests.residents.screens.desks import visible
from tests.residents.screens.reading_steps import desk, family, queries, trail

pytestmark = pytest.mark.django_db
INTAKE = audit.Actor.system("residents.intake", IntakePermission.CONVENIENCE_RECORD)
BRANCH = replace(CLERK, office_code="zenibako", terminal="Z01", login="z.azuma")
TODAY = date(2026, 4, 10)


def issue(code: str, person: UUID, *shown: Omissible, by: audit.Actor = CLERK, at: str = "09:30") -> str:
    """One copy handed out at that time; its 発行番号."""
    moment = datetime.combine(TODAY, datetime.strptime(at, "%H:%M").time(), clock.JST)
    request = CertificateRequest(TODAY, Requester.SAME_HOUSEHOLD, frozenset(shown), use_confirmed=True)
    people = None if code == "juminhyo_household" else frozenset({person})
    with clock.at(moment):
        return certificates.issue(by, visit(by), certificates.Wanted(code, person, people), request, "勤務先へ提出").certificate_no


def by_shop(person: UUID) -> str:
    atena_no = number_of(person)
    record_convenience_issue(replace(ISSUED, atena_no=atena_no, on_paper=(atena_no,), request_no=str(uuid.uuid4())), INTAKE)
    return ConvenienceIssue.objects.get().certificate_no or ""


def number_of(person: UUID) -> str:
    return SheetCurrent.objects.get(person__public_id=person).person.atena_no


def numbers(answer: object) -> set[str]:
    """発行番号 of the table."""
    assert answer.status_code == 200, visible(answer)[-600:]
    table = visible(answer).split("条件に合う交付")[1]
    return {row.certificate_no for model in (CertificateIssue, ConvenienceIssue) for row in model.objects.all() if row.certificate_no in table}


@pytest.fixture
def issued() -> dict[str, str]:
    """太郎's own copy, the household's, one at the branch, one of a shop."""
    clerk = desk()  # the city with its offices and mayor
    assert clerk
    taro, hanako = family(TARO, HANAKO)
    [sato] = family(SATO)
    found = {
        "own": issue("juminhyo_personal", taro, Omissible.RELATIONSHIP, at="10:05"),
        "household": issue("juminhyo_household", taro, at="11:00"),
        "branch": issue("juminhyo_personal", sato, by=BRANCH, at="15:40"),
        "shop": by_shop(hanako),
    }
    return {**found, "taro": str(taro), "hanako": str(hanako), "sato": str(sato)}


def test_どの項目でも条件に合う交付だけが返る(issued):
    """N-2.2.2-04; N-1.3.8-03, -04, -09, -10: counter and shops; nothing of it in an address."""
    from django.test import Client

    clerk = Client()
    clerk.post("/sign-in/", {"login": "m.mado", "password": "umi-to-saka-1884", "terminal": "H01"})
    own, household, branch, shop = (issued[name] for name in ("own", "household", "branch", "shop"))
    clerk.post(f"/issues/{CertificateIssue.objects.get(certificate_no=own).public_id}/disposal/", {"kind": "wrong", "reason": "別の人の写し"})
    at_shop = ConvenienceIssue.objects.get()
    when = clock.jst(at_shop.answered_at)
    expected = {
        ("issued_on", "令和8年4月10日"): {own, household, branch} | ({shop} if when.date() == TODAY else set()),
        ("issued_on", f"{when.date()}"): {shop} | ({own, household, branch} if when.date() == TODAY else set()),
        ("place", "zenibako"): {branch},
        ("place", "konbini"): {shop},
        ("atena_no", number_of(UUID(issued["hanako"]))): {household, shop},
        ("kind", "juminhyo_household"): {household} | ({shop} if at_shop.kind == "juminhyo_household" else set()),
        ("pages", "9"): set(),
        ("certificate_no", own): {own},
        ("terminal", "銭函1"): {branch},
        ("terminal", at_shop.terminal_code): {shop},
        ("user_id", "z.azuma"): {branch},
        ("disposal", "any"): {own},
        ("disposal", "none"): {household, branch, shop},
        ("disposal", "wrong"): {own},
    }
    assert {asked: numbers(clerk.post("/issues/found/", dict([asked]))) for asked in expected} == expected
    assert own in numbers(clerk.post("/issues/found/", {"shown": "relationship"})) and household not in numbers(
        clerk.post("/issues/found/", {"shown": "relationship"})
    )
    times = {"issued_on": "令和8年4月10日", "time_from": "10:05", "time_until": "10:05"}
    assert numbers(clerk.post("/issues/found/", times)) - {shop} == {own}
    page = visible(clerk.post("/issues/found/", {"place": "zenibako"}))
    assert re.search(r"15時40分.*銭函サービスセンター　銭函1", page) and "z.azuma" in page and SATO.name in page
    assert {str(one) for one in trail("residents:issue:read")[-1].subjects} == {issued["sato"]}
    alone = queries(clerk, "post", "/issues/found/", {"certificate_no": own})
    assert queries(clerk, "post", "/issues/found/", {"issued_on": "令和8年"}) <= alone + 1  # the names of those on a shop's paper
    for wrong, said in (({}, "条件がありません"), ({"time_from": "25時"}, "24時間制"), ({"pages": "零"}, "1以上")):
        answer = clerk.post("/issues/found/", wrong)
        assert answer.status_code == 422 and said in answer.content.decode()


def test_誤って発行した写しの処分を記録しても交付の履歴は消えず同じ履歴に付く(issued):
    """N-1.3.8-11, -12: on the person's own page too; nobody can take the record back or alter it."""
    from django.test import Client

    clerk = Client()
    clerk.post("/sign-in/", {"login": "m.mado", "password": "umi-to-saka-1884", "terminal": "H01"})
    url = f"/issues/{CertificateIssue.objects.get(certificate_no=issued['own']).public_id}/disposal/"
    refused = clerk.post(url, {"kind": "wrong", "reason": ""})
    assert refused.status_code == 422 and "処分の理由を入力" in visible(refused)
    assert clerk.post(url, {"kind": "wrong", "reason": "別の人の写しを発行し回収した"}).status_code == 302
    shop = f"/issues/{key_of_shops(ConvenienceIssue.objects.get())}/disposal/"
    clerk.post(shop, {"kind": "not_recovered", "reason": "申出により判明"})
    assert CertificateIssue.objects.count() == 3 and IssueDisposal.objects.count() == 2
    page = visible(clerk.get(f"/person/{issued['taro']}/certificate/"))
    row = page.split(issued["own"])[1]
    assert "誤って発行し、回収して処分した" in row and "別の人の写しを発行し回収した" in row and "窓口1番" in row
    assert "まだ回収していない" in visible(clerk.get(f"/person/{issued['hanako']}/certificate/"))
    assert {str(one) for one in trail("residents:issue:dispose")[-1].subjects} >= {issued["hanako"]}
    for statement in ("DELETE FROM residents_issuedisposal", "UPDATE residents_issuedisposal SET reason = ''"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_権限がなければ交付履歴を照会も処分の記録もできない():
    clerk = desk("residents:visit:open", "residents:certificate:issue")
    assert [clerk.get("/issues/").status_code, clerk.post("/issues/found/", {"pages": "1"}).status_code] == [403, 403]
    assert clerk.get(f"/issues/{uuid.uuid4()}/disposal/").status_code == 403


def test_請求者の選択を誤った交付は後から訂正でき以後の照会は訂正後の区分になりはじめの記録も残る(issued):
    """N-8.1.1-05: entered as 同一世帯の者, and it was a third party. Found by the right one from then on; nothing is overwritten, and nobody can."""
    from django.test import Client

    clerk = Client()
    clerk.post("/sign-in/", {"login": "m.mado", "password": "umi-to-saka-1884", "terminal": "H01"})
    row = CertificateIssue.objects.get(certificate_no=issued["own"])
    url = f"/issues/{row.public_id}/correction/"
    assert numbers(clerk.post("/issues/found/", {"standing": "third_party"})) == set()
    refused = clerk.post(url, {"item": "standing", "standing": "same_household", "reason": ""})
    assert refused.status_code == 422 and "いまの記録と同じ" in visible(refused) and "訂正の理由" in visible(refused)
    assert clerk.post(url, {"item": "standing", "standing": "agent", "reason": "委任状があった"}).status_code == 302
    assert clerk.post(url, {"item": "standing", "standing": "third_party", "reason": "申請書を見直した"}).status_code == 302
    assert clerk.post(url, {"item": "requester", "becomes": "株式会社　坂の上", "reason": "法人の請求だった"}).status_code == 302
    assert numbers(clerk.post("/issues/found/", {"standing": "third_party"})) == {issued["own"]}
    assert numbers(clerk.post("/issues/found/", {"requester": "会社坂"})) == {issued["own"]}
    assert issued["own"] not in numbers(clerk.post("/issues/found/", {"standing": "same_household"}))
    page = visible(clerk.get(url))
    assert re.search(
        r"請求者の資格 同一世帯の者 任意代理人 委任状があった.*任意代理人 第三者 申請書を見直した", page
    ) and "株式会社　坂の上 （第三者）" in page.replace("坂の上（", "坂の上 （")
    row.refresh_from_db()
    assert (row.standing, row.visit.visitor_name) == ("same_household", "花園　太郎")
    assert {str(one) for one in trail("residents:issue:correct")[-1].subjects} == {issued["taro"]}
    for statement in ("DELETE FROM residents_issuecorrection", "UPDATE residents_issuecorrection SET becomes = ''"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
