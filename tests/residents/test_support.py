"""支援措置 — received, decided, extended, ended; nobody protected slips through on any day. 標準仕様1.1.16, 2.2.4, 3.4; domain §7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daicho import audit, clock
from daicho.certificates.request import CertificateRequest, Requester
from daicho.city.models import Certifier
from daicho.residents.commands import blocks, certificates, support
from daicho.residents.commands.certificates import Wanted
from daicho.residents.commands.handing_over import NotToBeIssued
from daicho.residents.commands.support import Application, StepForm
from daicho.residents.errors import CannotDo
from daicho.residents.models import Block, Person, SupportCase, SupportDetail, SupportForward
from daicho.residents.permissions import Permission
from daicho.residents.queries.marks import Mark
from daicho.residents.queries.persons import card
from daicho.residents.queries.support import get_case, list_cases, opponents_among
from daicho.residents.rules.support import Ground, State, StepKind
from daicho.residents.rules.support_details import OFFERED, Affair, Applicant, Asked, Companion, Details, Opponent, Place, Standing
from tests.cast import CLERK, EXAMINER, HANAKO, ICHIRO, JIRO, SATO, TARO, officer
from tests.residents.cancelling import cancel, event_of
from tests.residents.counter import move_out_form, problems, register, relocation_form, turn_to, visit
from tests.residents.recording import family_of
from tests.residents.test_blocks import told

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)
ALL = tuple(Asked(affair, place, "北海道小樽市花園2丁目12番1号") for affair, place in OFFERED)


@pytest.fixture(autouse=True)
def mayor() -> None:
    Certifier.objects.create(municipality_code="012033", kind="mayor", title="北海道小樽市長", name="台帳　守", valid_from=date(2025, 1, 1))


def apply(person: UUID, *with_them: UUID, asked: tuple[Asked, ...] = ALL, details: Details | None = None, **more: object) -> SupportCase:
    form = Application(person, TODAY, Standing.PRESENT, asked, details or Details(), tuple((one, "子") for one in with_them))
    return support.receive_application(CLERK, replace(form, **more))


def decide(case: SupportCase, person: UUID, starts_on: date = date(2026, 4, 20), ends_on: date = date(2027, 4, 19)) -> None:
    support.add_step(CLERK, case.public_id, person, StepForm(StepKind.DECIDED, clock.today(), "警察の意見による", (starts_on, ends_on)))


def mark(person: UUID) -> Mark:
    return card(replace(CLERK, visit_no="1"), person).marks.get(person, Mark())


def state(person: UUID) -> State | None:
    supports = mark(person).supports
    return supports[0].standing.state if supports else None


def may_issue(person: UUID, on: date) -> bool:
    with clock.at(on):
        try:
            certificates.issue(CLERK, visit(), Wanted("juminhyo_personal", person, frozenset({person})), CertificateRequest(on, Requester.SELF), "提出")
        except NotToBeIssued as refused:
            if not any("発行禁止" in message for _, message in refused.reasons):
                raise
            return False
        return True


def test_申出から終了まで証明書は一日も出ず終了すると出る():
    """N-3.1-01; N-3.4-02, -11, -13, -15, -16: 仮支援措置, 支援措置, 満了, 終了."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    assert may_issue(hanako, TODAY)
    case = apply(hanako)
    states = {TODAY: State.PROVISIONAL}
    decide(case, hanako)
    states |= {date(2026, 4, 19): State.PROVISIONAL, date(2026, 4, 20): State.SUPPORT, date(2027, 4, 19): State.SUPPORT, date(2027, 4, 20): State.EXPIRED}
    for on, expected in states.items():
        with clock.at(on):
            assert state(hanako) is expected
        assert not may_issue(hanako, on)
    with clock.at(date(2027, 5, 1)):
        support.end(CLERK, case.public_id, hanako, Ground.EXPIRED, "連絡がつき、延長を求めない旨を確認", date(2027, 5, 1))
        assert (state(hanako), told("konbini")) == (None, [TODAY, None])
    assert may_issue(hanako, date(2027, 5, 1))


def test_併せて支援を求める者も守られ一人ずつ終わる():
    """N-1.1.16-07, N-2.2.4-01, N-3.4-14; domain §7 事故の型3: ending one ends nobody else."""
    hanako, ichiro, jiro = family_of(replace(HANAKO, relationship="世帯主"), ICHIRO, JIRO)
    case = apply(hanako, ichiro)
    assert [state(p) for p in (hanako, ichiro, jiro)] == [State.PROVISIONAL, State.PROVISIONAL, None]
    support.end(CLERK, case.public_id, ichiro, Ground.MAYOR, "祖父母の世帯に移り、必要がなくなった", TODAY)
    assert [state(p) for p in (hanako, ichiro)] == [State.PROVISIONAL, None]
    assert not may_issue(hanako, TODAY) and may_issue(ichiro, TODAY)
    again = apply(ichiro)
    with pytest.raises(CannotDo, match="もう終了しています"):
        support.end(CLERK, case.public_id, ichiro, Ground.MAYOR, "古い一覧からの終了", TODAY)
    assert state(ichiro) is State.PROVISIONAL and again.public_id != case.public_id
    assert not may_issue(ichiro, TODAY)


def test_転出すると操作なしに前住所地の仮支援措置となり一日も途切れない():
    """N-3.4-17, N-1.1.16-02: also when the 転出 is cancelled and entered again."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    decide(case, hanako, TODAY)
    register("move_out", move_out_form([hanako], on="令和8年5月1日"))
    days = {date(2026, 4, 30): State.SUPPORT, date(2026, 5, 1): State.FORMER_PROVISIONAL, date(2027, 6, 1): State.FORMER_PROVISIONAL}
    for on, expected in days.items():
        with clock.at(on):
            turn_to(on)
            assert state(hanako) is expected
        assert not may_issue(hanako, on)
    assert Block.objects.get(person__public_id=hanako).released_at is None
    with clock.at(date(2026, 5, 3)):
        cancel(event_of("move_out"), [hanako])
        assert state(hanako) is State.SUPPORT
    assert not may_issue(hanako, date(2026, 5, 3))


def test_延長は一か月前からで次の一年は前の終了日の翌日から():
    """N-1.1.16-14; N-3.4-07, -08, -13: each period is a step, none is overwritten."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    decide(case, hanako, date(2026, 4, 10), date(2027, 4, 9))
    with clock.at(date(2027, 3, 9)), pytest.raises(CannotDo, match="1か月前から"):
        support.add_step(CLERK, case.public_id, hanako, StepForm(StepKind.EXTENDED, date(2027, 3, 9)))
    with clock.at(date(2027, 3, 20)):
        step = support.add_step(CLERK, case.public_id, hanako, StepForm(StepKind.EXTENDED, date(2027, 3, 20)))
        assert (step.starts_on, step.ends_on) == (date(2027, 4, 10), date(2028, 4, 9))
        assert [(line.standing.until, line.ends_soon) for line in list_cases(CLERK).lines] == [(date(2028, 4, 9), False)]
        with pytest.raises(CannotDo, match="満了していません"):
            support.end(CLERK, case.public_id, hanako, Ground.EXPIRED, "期間満了", date(2027, 3, 20))


def test_申出書のすべての項目がそのまま返り書き直しても前の記載が残る():
    """N-1.1.16-05, -06, -07, -08, -10, -11, -16: every field of applicant, companion, other side and affairs, each with a value of its own."""
    hanako, ichiro, taro = family_of(replace(HANAKO, relationship="世帯主"), ICHIRO, replace(TARO, relationship="同居人"))
    values = {name: f"値{at}" for at, name in enumerate(Applicant.__dataclass_fields__) if name not in ("former_addresses", "former_domiciles")}
    applicant = Applicant(**values, former_addresses=("札幌市", "函館市"), former_domiciles=("旭川市", "釧路市"))
    companion = Companion(**{name: f"子{at}" for at, name in enumerate(Companion.__dataclass_fields__)})
    sides = (
        Opponent("他市　の人", "", "昭和50年1月1日", "男", "札幌市北区", "元夫"),
        Opponent("花園　太郎", _atena_no(taro), "昭和55年3月9日", "男", "花園", "同居"),
    )
    details = Details(applicant, (companion,), sides, "小樽警察署")
    asked = (
        Asked(Affair.BROWSING, Place.ADDRESS, "花園"),
        Asked(Affair.CERTIFICATE, Place.FORMER_ADDRESS, "札幌"),
        Asked(Affair.FUHYO, Place.DOMICILE, "本籍"),
    )
    case = apply(hanako, ichiro, asked=asked, details=details, opponents=(taro,))
    read = get_case(CLERK, case.public_id)
    assert (read.details, read.asked, len(read.subjects)) == (details, asked, 2)
    assert list(opponents_among([_pk(taro), _pk(hanako)])) == [_pk(taro)]
    changed = replace(details, agency="配偶者暴力相談支援センター")
    support.write_application(EXAMINER, case.public_id, ALL, changed, (), TODAY)
    read = get_case(CLERK, case.public_id)
    assert (read.details.agency, read.asked, read.not_needed_told_on, len(read.writings)) == ("配偶者暴力相談支援センター", ALL, TODAY, 2)
    assert not any("札幌" in str(row) for row in SupportDetail.objects.values_list("payload_ref", "recorded_by"))  # what was written lies in the vault


def test_閲覧だけを求められたら写しは抑止しない():
    """N-1.1.16-09: the affairs are blocked one by one."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    apply(hanako, asked=(Asked(Affair.BROWSING, Place.ADDRESS),))
    strengths = {term.process: term.strength for term in mark(hanako).blocks[0].terms}
    assert (strengths["browsing"], strengths["certificate"]) == ("error", "none")
    assert may_issue(hanako, TODAY)


def test_相手方を開いたときにも警告が出て終われば出ない():
    """domain §7: also when the other side is looked up."""
    hanako, taro = family_of(replace(HANAKO, relationship="世帯主"), replace(TARO, relationship="同居人"))
    case = apply(hanako, opponents=(taro,))
    assert mark(taro).opponent_of == str(case.public_id)
    support.end(CLERK, case.public_id, hanako, Ground.PETITION, "本人の申出", TODAY)
    assert not mark(taro)


def test_詳細は支援措置責任者だけが見られ見たことが記録される():
    """N-3.4-03; F-1-13."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako)
    with pytest.raises(audit.Refused):
        get_case(officer(7, "詳細　無", frozenset({Permission.PERSON_READ, Permission.CERTIFICATE_ISSUE})), case.public_id)
    assert get_case(officer(8, "責任　者", frozenset({Permission.SUPPORT_READ})), case.public_id).subjects[0].person.public_id == str(hanako)


def test_審査のうえで別の職員が承認した受付に限り交付できる():
    """N-3.4-04; domain §7 事故の型1: a second officer, the identity check on record, this visitor alone, and back by itself."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    apply(hanako)
    block = Block.objects.get()
    served = visit()
    request, wanted = CertificateRequest(TODAY, Requester.SELF), Wanted("juminhyo_personal", hanako, frozenset({hanako}))
    with pytest.raises(CannotDo, match="本人確認の内容"):
        blocks.ask_lift(CLERK, served, block.public_id, "本人の請求", "")
    asked = blocks.ask_lift(CLERK, served, block.public_id, "本人の請求で、住所は相手方に伝わらない", "旅券と個人番号カード")
    with pytest.raises(NotToBeIssued):
        certificates.issue(CLERK, served, wanted, request, "提出")
    with pytest.raises(CannotDo, match="別の職員"):
        blocks.decide_lift(CLERK, asked.public_id, approved=True)
    blocks.decide_lift(EXAMINER, asked.public_id, approved=True)
    assert certificates.issue(CLERK, served, wanted, request, "提出").pages == 1
    with pytest.raises(NotToBeIssued):
        certificates.issue(CLERK, visit(), wanted, request, "提出")  # another visitor
    with pytest.raises(CannotDo, match="支援措置の画面"):
        blocks.release_block(CLERK, block.public_id, "確認した")
    assert told("konbini") == [TODAY]


def test_却下された申請では交付できない():
    """N-3.4-04."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    apply(hanako)
    served = visit()
    asked = blocks.ask_lift(CLERK, served, Block.objects.get().public_id, "本人の請求", "旅券")
    blocks.decide_lift(EXAMINER, asked.public_id, approved=False)
    with pytest.raises(NotToBeIssued):
        certificates.issue(CLERK, served, Wanted("juminhyo_personal", hanako), CertificateRequest(TODAY, Requester.SELF), "提出")


def test_異動には警告が出て確かめれば進める():
    """domain §11: 支援措置対象者の異動."""
    hanako, ichiro = family_of(replace(HANAKO, relationship="世帯主"), ICHIRO)
    apply(hanako)
    assert [(code, stops) for code, _, stops in problems("relocation", relocation_form([hanako, ichiro])) if code.startswith("U")] == [("U602", False)]


def test_転送と受領の確認が残り転送を受けた申出は当初受付市区町村を持つ():
    """N-1.1.16-12, -13, -15."""
    [hanako] = family_of(replace(HANAKO, relationship="世帯主"))
    case = apply(hanako, first_municipality="札幌市", forwarded_received_on=date(2026, 4, 9))
    support.forward(CLERK, case.public_id, "旭川市（前住所地）", date(2026, 4, 9))
    support.forward(CLERK, case.public_id, "函館市（本籍地）", TODAY)
    first = SupportForward.objects.earliest("pk")
    support.acknowledge(CLERK, case.public_id, first.pk, TODAY)
    read = get_case(CLERK, case.public_id)
    assert [(one.destination[:3], one.forwarded_on, one.acknowledged_on) for one in read.forwards] == [
        ("旭川市", date(2026, 4, 9), TODAY), ("函館市", TODAY, None),
    ]  # fmt: skip
    assert (read.case.is_forwarded, read.case.first_municipality, read.case.forwarded_received_on) == (True, "札幌市", date(2026, 4, 9))
    with pytest.raises(CannotDo, match="受領の確認日"):
        support.acknowledge(CLERK, case.public_id, first.pk, TODAY)
    assert apply(family_of(SATO)[0]).is_forwarded is False


def _atena_no(person: UUID) -> str:
    return Person.objects.get(public_id=person).atena_no


def _pk(person: UUID) -> int:
    return Person.objects.get(public_id=person).pk
