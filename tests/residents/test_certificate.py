"""住民票の写しの交付 — from the register to the paper, and the record of it. 住民基本台帳法第12条; std 1.3.8, 5.1; F-1-13."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from daicho import city  # noqa: F401
from daicho.audit.models import AuditEntry
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates, filings, registering
from daicho.residents.models import CertificateIssue, Person
from daicho.residents.queries.certificate_preview import preview
from tests.cast import CLERK, EXAMINER, SATO, Role
from tests.paper.tools import text_of
from tests.residents.counter import enter, move_in_form, register, relocation_form, visit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def issue(person, *shown: Omissible, requester: Requester = Requester.SELF):
    request = CertificateRequest(TODAY, requester, frozenset(shown))
    return certificates.issue(CLERK, visit(), person, "juminhyo_personal", request, "本人の申請")


def test_交付すると交付履歴と操作履歴に残る():
    head = register("domestic_move_in", move_in_form())[0].person
    issued = issue(head.public_id)
    row = CertificateIssue.objects.get()
    assert issued.pdf.startswith(b"%PDF")
    assert row.document_digest == hashlib.sha256(issued.pdf).hexdigest()
    assert (row.history_no, row.standing, row.fee_yen, row.chosen) == (1, "self", 300, [])
    trail = AuditEntry.objects.filter(action="residents:certificate:issue").latest("id")
    assert trail.subjects == [head.public_id]


def test_フォントがなければ理由を示して交付しない(settings, tmp_path):
    """design §7: refused by name, and the screen before it still stands."""
    head = register("domestic_move_in", move_in_form())[0].person
    settings.FONTS_DIR = tmp_path
    with pytest.raises(certificates.NotToBeIssued) as refused:
        issue(head.public_id)
    assert [key for key, message in refused.value.reasons if "証明書用フォント" in message] == ["paper"]
    seen = preview(
        replace(CLERK, visit_no="1"), visit(), head.public_id, "juminhyo_personal", lambda *_: CertificateRequest(TODAY, Requester.SELF), "本人の申請"
    )
    assert any("証明書用フォント" in message for _, message in seen.reasons)
    assert not CertificateIssue.objects.exists()


RELOCATION_TODAY = {"effective_on": "令和8年4月9日", "filed_on": "令和8年4月10日"}


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
    assert set(CertificateIssue.objects.values_list("history_no", flat=True)) == {1}
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
    with pytest.raises(certificates.NotToBeIssued) as refused:
        issue(head.public_id, Omissible.INDIVIDUAL_NUMBER, requester=Requester.THIRD_PARTY)
    assert refused.value.reasons[0][0] == "individual_number"
    assert not CertificateIssue.objects.exists()


def test_フォントに無い字形は名指しで止まる():
    """design §7: 葛+E0100 is Adobe-Japan1's, which IPAmj lacks."""
    name = Role(12, "葛󠄀城　葵", "カツラギ　アオイ", "平成元年1月8日", "2", "世帯主")
    person = register("domestic_move_in", move_in_form([name]))[0].person
    with pytest.raises(certificates.NotToBeIssued) as refused:
        issue(person.public_id)
    assert "U+E0100" in refused.value.reasons[0][1]
    assert SATO.name not in refused.value.reasons[0][1]
