"""異動の通知書 — at the end of an event's flow and again later: to whom, what it says, on record; never to the other party. 標準仕様 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from daicho import clock, vault
from daicho.audit.models import AuditEntry
from daicho.city.models import Certifier
from daicho.residents.commands.event_letters import put_out_of_event, request_head
from daicho.residents.commands.handing_over import AlreadyIssued, Click, NotToBeIssued
from daicho.residents.commands.head_letters import leave_without_head
from daicho.residents.models import CertificateIssue, NumberRequest, Person, SheetCurrent, SupportOpponent, Visit
from daicho.residents.queries.certificates_issued import issued_to
from daicho.residents.queries.event_letters import letters_of_event
from daicho.values.made_up import made_up_juminhyo_code
from tests.cast import CLERK, EXAMINER, HANAKO, ICHIRO, SATO, TARO
from tests.paper import tools
from tests.residents import counter
from tests.residents.counter import move_in_form, register, relocation_form
from tests.residents.test_birth import CHILD
from tests.residents.test_move_in_from_abroad import form as from_abroad
from tests.residents.test_support import apply

pytestmark = [pytest.mark.django_db, pytest.mark.font]
AT_DESK = replace(CLERK, visit_no="1")


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def family(*roles, **texts: str) -> list[UUID]:
    return [w.person.public_id for w in register("domestic_move_in", move_in_form(roles or (TARO, HANAKO, ICHIRO), **texts))]


def newest(person: UUID) -> int:
    return SheetCurrent.objects.get(person__public_id=person, closed_on=None).history_no


def offered(person: UUID, history_no: int | None = None) -> dict[str, bool]:
    """Each letter of the event of that row, and whether it is due."""
    return {one.code: one.is_due for one in letters_of_event(CLERK, person, history_no or newest(person)).offers}


def put(person: UUID, code: str, history_no: int | None = None, confirmed: str = ""):
    return put_out_of_event(EXAMINER, person, history_no or newest(person), code, Click(uuid4(), "試験"), confirmed)


def said(pile, folder: Path) -> str:
    return re.sub(r"\s", "", tools.text_of(pile.pdf, folder, "-raw"))


def window(pile, folder: Path) -> str:
    """What the window of the envelope shows: the text before the 文書番号."""
    return said(pile, folder).split("樽戸住第")[0]


def test_新規付番と変更と修正でその通知票が出て再出力でき交付履歴に残る(tmp_path):
    """N-4.3.3-01…-04, N-1.3.8-01, N-2.2.2-01: the number in the clear, to whom it belongs; a code brought from another city gives none."""
    counter.stock(*range(10))
    taro, hanako, _ = family()
    assert offered(taro) == {"filing_accepted": False}
    household = SheetCurrent.objects.get(person__public_id=taro).household_no
    born = register("birth", counter.birth_form(household, [CHILD]))[0].person.public_id
    register("juminhyo_code_change", counter.code_change_form(taro))
    register("juminhyo_code_correction", counter.correction_form(hanako, "juminhyo_code", str(made_up_juminhyo_code(777))))
    for person, code, title in (
        (born, "juminhyo_code_notice", "住民票コード通知票"),
        (taro, "juminhyo_code_changed", "住民票コード変更通知票"),
        (hanako, "juminhyo_code_corrected", "住民票コード修正通知票"),
    ):
        row = SheetCurrent.objects.get(person__public_id=person)
        assert offered(person)[code] is True
        first, again = said(put(person, code), tmp_path), said(put(person, code), tmp_path)
        for paper in (first, again):
            assert title in paper and vault.reveal(row.juminhyo_code, because="試験") in paper
        assert [each.issue.kind for each in issued_to(AT_DESK, person).counter] == [code, code]
    assert not CertificateIssue.objects.exclude(visit=None).exists()
    entry = AuditEntry.objects.filter(detail__kind="juminhyo_code_changed").last()
    assert entry is not None and TARO.juminhyo_code not in str(entry.detail)


def test_番号の通知票はいまの住所へ送り_番号が変わった後は古い番号を出さない(tmp_path):
    """番号法7条; again and later: where the person lives now."""
    taro, *_ = family()
    counter.stock(1, 2)
    register("juminhyo_code_change", counter.code_change_form(taro))
    changed = newest(taro)
    register("relocation", relocation_form([taro, *_], effective_on="令和8年4月10日", filed_on="令和8年4月10日"))
    assert "色内1丁目3番5号" in window(put(taro, "juminhyo_code_changed", changed), tmp_path)
    register("juminhyo_code_change", counter.code_change_form(taro))
    with pytest.raises(NotToBeIssued) as refusal:
        put(taro, "juminhyo_code_changed", changed)
    assert "その後の異動で変わっています" in refusal.value.reasons[0][1]


def test_個人番号が変わると変更通知票が出る(tmp_path):
    """番号法7条2項; A-08."""
    taro, *_ = family()
    register("individual_number_change", counter.change_form(taro))
    counter.answer(NumberRequest.objects.get(), SATO.individual_number)
    assert offered(taro)["individual_number_changed"] is False
    paper = said(put(taro, "individual_number_changed"), tmp_path)
    assert "個人番号変更通知票" in paper and SATO.individual_number in paper and TARO.individual_number not in paper


def test_受理通知は異動前の住所の届出人に後日でも出せ五つの事項を載せる(tmp_path):
    """N-4.1.0.3-02…-04, -06: no address of the new home is on it."""
    taro, hanako, ichiro = family()
    register("relocation", relocation_form([taro, hanako, ichiro], filer="head", filer_name=TARO.name, effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    moved = newest(taro)
    with clock.at(date(2026, 4, 20)):
        pile = put(taro, "filing_accepted", moved)
    assert window(pile, tmp_path) == "〒047-0024北海道小樽市花園2丁目12番1号花園太郎様" or window(pile, tmp_path) == "北海道小樽市花園2丁目12番1号花園太郎様"
    paper = said(pile, tmp_path)
    for fact in ("届出日令和8年4月10日", "異動事由転居", "届出人の氏名花園太郎", "異動者の氏名花園太郎、花園花子、花園一郎", "令和8年4月10日に受理しました"):
        assert fact in paper
    assert "色内" not in paper


def test_国外からの転入では異動後の住所の異動者に送る(tmp_path):
    """N-4.1.0.3-05."""
    counter.stock(*range(5))
    taro = register("move_in_from_abroad", from_abroad(filer="agent", filer_name="代わりの人"))[0].person.public_id
    assert offered(taro, 1)["filing_accepted"] is True
    assert "北海道小樽市花園2丁目12番1号花園太郎様" in window(put(taro, "filing_accepted", 1), tmp_path)


def test_本人確認が書類でできない届出では受理通知が要ると示す():
    """法27条; N-4.1.0.3-02: the desk chooses otherwise."""
    taro, *_ = family()
    Visit.objects.update(identity_check="interview")
    assert offered(taro)["filing_accepted"] is True
    Visit.objects.update(identity_check="two_documents")
    assert offered(taro)["filing_accepted"] is False


def test_支援措置の対象者の受理通知は前の住所に送らず確かめた内容を求める(tmp_path):
    """domain §7; N-4.1.0.3-05: who stayed at the former address may be the other party."""
    taro, hanako = family(TARO, HANAKO)
    case = apply(hanako)
    register("relocation", relocation_form([hanako], ["世帯主"], household_choice="new", effective_on="令和8年4月9日", filed_on="令和8年4月10日"))
    with pytest.raises(NotToBeIssued) as refusal:
        put(hanako, "filing_accepted")
    assert refusal.value.reasons[0][0] == "confirmed"
    pile = put(hanako, "filing_accepted", confirmed="本人に電話で送付先を確かめた")
    assert "色内1丁目3番5号花園花子様" in window(pile, tmp_path) and "花園2丁目" not in said(pile, tmp_path).split("お問い合わせ先")[0]
    assert AuditEntry.objects.filter(detail__confirmed_alert="本人に電話で送付先を確かめた").exists()
    SupportOpponent.objects.create(municipality_code="012033", case=case, person=Person.objects.get(public_id=taro), recorded_at=clock.now())
    register("relocation", relocation_form([taro], ["世帯主"], household_choice="new", effective_on="令和8年4月10日", filed_on="令和8年4月10日"))
    with pytest.raises(NotToBeIssued) as refusal:  # by now the other party lives there
        put(hanako, "filing_accepted", confirmed="確かめた")
    assert refusal.value.reasons[0][0] == "protected" and "支援措置責任者" in refusal.value.reasons[0][1]


def test_届出のない転居を職権で修正すると職権記載等通知書が要ると示し前後を載せる(tmp_path):
    """N-4.2.0.1-03; 令12条4項."""
    taro, hanako, ichiro = family()
    form = relocation_form([taro, hanako, ichiro], basis="ex_officio", effective_on="令和8年4月9日")
    register("relocation", form)
    assert offered(taro) == {"ex_officio_record": False, "ex_officio_notice": True}
    pile = put(taro, "ex_officio_notice")
    assert "色内1丁目3番5号花園太郎様" in window(pile, tmp_path)
    paper = said(pile, tmp_path)
    assert "住所北海道小樽市花園2丁目12番1号北海道小樽市色内1丁目3番5号" in paper and "修正" in paper and TARO.juminhyo_code not in paper


def test_世帯主の通知書は決めたとおりの宛先に出る(tmp_path):
    """N-4.0.4-02, N-4.0.5-02, -03, -05; N-4.0.5-01: before the choice nothing is put out."""
    taro, hanako = family(TARO, HANAKO)
    register("death", counter.death_form(taro))
    assert offered(hanako)["head_changed"] is True
    pile = put(hanako, "head_changed")
    assert "花園花子様" in window(pile, tmp_path) and "新しい世帯主花園花子" in said(pile, tmp_path)
    with pytest.raises(Http404):
        put(hanako, "head_requested")


def test_定めないと決めた世帯には依頼通知書が出る(tmp_path):
    """N-4.0.5-03, -05."""
    taro, hanako, ichiro = family()
    register("death", counter.death_form(taro))
    click = Click(uuid4(), "試験")
    with pytest.raises(Exception, match="まだ職権で定めるか"):
        request_head(EXAMINER, hanako, click)
    leave_without_head(CLERK, hanako)
    pile = request_head(EXAMINER, ichiro, click)
    assert "花園花子様" in window(pile, tmp_path)
    paper = said(pile, tmp_path)
    assert "令和8年4月8日" in paper and "花園一郎" in paper and "花園太郎" not in paper
    with pytest.raises(AlreadyIssued):
        request_head(EXAMINER, ichiro, click)
    assert [each.issue.kind for each in issued_to(AT_DESK, ichiro).counter] == ["head_requested"]


def test_権限のない職員には出せない():
    """design §6."""
    from daicho import audit

    taro, *_ = family()
    with pytest.raises(audit.Refused):
        put_out_of_event(replace(CLERK, grants=frozenset()), taro, 1, "filing_accepted", Click(uuid4(), "試験"))
