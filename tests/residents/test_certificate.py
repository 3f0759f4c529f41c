"""住民票の写しの交付 — from the register to the paper, and the record of it. 住民基本台帳法第12条; std 1.3.8, 5.1; F-1-13."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from daicho import city  # noqa: F401
from daicho.audit.models import AuditEntry
from daicho.certificates.request import CertificateRequest, Omissible, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import certificates
from daicho.residents.models import CertificateIssue
from daicho.residents.queries.certificate_preview import preview
from daicho.residents.queries.certificates import read_sheet
from tests.cast import CLERK, SATO, Role
from tests.residents.counter import enter, move_in_form, register, visit

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


def test_仮登録中は仮登録前の内容で発行する():
    """N-4.0.8-05, -16."""
    head = register("domestic_move_in", move_in_form())[0].person
    before = read_sheet(head.public_id, frozenset(), open_numbers=False)
    from tests.residents.counter import relocation_form

    enter("relocation", relocation_form(list(_people()), effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    after = read_sheet(head.public_id, frozenset(), open_numbers=False)
    assert after.record.address.one_line() == "北海道小樽市花園2丁目12番1号"
    assert before.row.history_no == after.row.history_no


def _people():
    from daicho.residents.models import Person

    return Person.objects.order_by("pk").values_list("public_id", flat=True)


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
