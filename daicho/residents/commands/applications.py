"""交付請求の記録 — taken in, supplemented, whose sheets it is about, each step, the money, and an officer's work on it. 住民基本台帳法第12条–第12条の3.

Nothing is overwritten: what a paper says and what was done are rows, one beside the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock, numbering
from daicho.audit.actor import Actor
from daicho.certificates.fees import OFFICIAL
from daicho.residents.commands import visits
from daicho.residents.errors import CannotDo
from daicho.residents.models import (
    ApplicationMatch,
    ApplicationMoneyOrder,
    ApplicationStatement,
    ApplicationStep,
    CertificateApplication,
    Person,
    Visit,
)
from daicho.residents.permissions import Permission
from daicho.residents.queries.application_rows import ApplicationRows, applications, of_all
from daicho.residents.rules.application_states import CLOSED, StepKind, refusal
from daicho.residents.rules.applications import Ground, Stated
from daicho.residents.rules.money_orders import MoneyOrder, check_order
from daicho.residents.rules.visits import VisitForm


class NotReceived(CannotDo):
    """Why it cannot be recorded so, as (field, message)."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("この内容では記録できません。")
        self.reasons = reasons


@dataclass(frozen=True)
class StepForm:
    """What was done, on which day; `due_on` of 照会: until when an answer is awaited, None = by the city's days."""

    kind: str
    done_on: date
    note: str
    due_on: date | None = None


@transaction.atomic
def receive(actor: Actor, stated: Stated, received_on: date, visit: Visit | None = None) -> CertificateApplication:
    """A new request, lacking whatever it lacks. `visit`: whoever stands at the counter; it becomes this request's where they are of the class that the
    paper says (nobody who came for themselves gets what a public office asked for). NotReceived for a day that has not come."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    if received_on > clock.today():
        raise NotReceived((("received_on", "受付した日が本日より後です。日付を確認してください。"),))
    row = CertificateApplication.objects.create(
        municipality_code=settings.INSTALLATION.municipality_code, application_no=numbering.take("application_no")[0], ground=stated.ground, way=stated.way,
        received_on=received_on, office_code=actor.office_code, terminal=actor.terminal, entered_by=actor.name, entered_by_id_no=actor.account_id or 0,
        entered_at=clock.now(),
    )  # fmt: skip
    _write(actor, row, stated)
    if visit is not None and visit.application_id is None and visit.standing == stated.requester:
        visit.application = row
        visit.save(update_fields=["application"])
    _record(actor, row, "receive")
    return row


@transaction.atomic
def write(actor: Actor, application_id: UUID, stated: Stated) -> CertificateApplication:
    """The statement anew, with what was supplied. CannotDo once it was decided about or has ended."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    rows = locked(application_id)
    if rows.decision is not None or rows.row.closed_at is not None:
        raise CannotDo("審査の済んだ請求の記載は直せません。違う内容で交付するときは、新しい請求として受け付けてください。")
    _write(actor, rows.row, replace(stated, ground=rows.row.ground, way=rows.row.way))
    _record(actor, rows.row, "write")
    return rows.row


def _write(actor: Actor, row: CertificateApplication, stated: Stated) -> None:
    if stated.ground == Ground.OFFICIAL:
        stated = replace(stated, exemption=stated.exemption or OFFICIAL)
    ApplicationStatement.objects.create(
        municipality_code=row.municipality_code, application=row, stated=stated.to_json(), form_no=stated.form_no, recorded_by=actor.name,
        recorded_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def match(actor: Actor, application_id: UUID, place: int, person_id: UUID) -> ApplicationMatch:
    """Whose sheet the one named at `place` has, as this officer found. CannotDo for a place or a person that is not there, or once it was decided."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (person_id,))
    rows = locked(application_id)
    person = Person.objects.filter(municipality_code=rows.row.municipality_code, public_id=person_id).first()
    if person is None or not 1 <= place <= len(rows.stated.subjects):
        raise CannotDo("対象者を特定できませんでした。検索の結果から選び直してください。")
    if rows.decision is not None or rows.row.closed_at is not None:
        raise CannotDo("審査の済んだ請求の対象者は変えられません。")
    found = ApplicationMatch.objects.create(
        municipality_code=rows.row.municipality_code, application=rows.row, place=place, person=person, recorded_by=actor.name, recorded_at=clock.now()
    )  # fmt: skip
    audit.record(actor, Permission.CERTIFICATE_ISSUE, (person_id,), detail={"application_no": rows.row.application_no, "step": "match", "place": place})
    return found


@transaction.atomic
def add_step(actor: Actor, application_id: UUID, form: StepForm) -> ApplicationStep:
    """Record a step; of 照会 with the day by which an answer is awaited. CannotDo for one that cannot come now."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    rows = locked(application_id)
    if form.kind not in set(StepKind) or not form.note.strip():
        raise CannotDo("処理の種類を選び、内容を入力してください（照会した事項、発送した物、返戻の理由など）。")
    kind, today = StepKind(form.kind), clock.today()
    if why := refusal(rows.course, kind, form.done_on, today):
        raise CannotDo(why)
    due_on = None
    if kind is StepKind.ASKED:
        due_on = form.due_on or form.done_on + timedelta(int(city.setting("application_chase_days", form.done_on)))
        if due_on < form.done_on:
            raise CannotDo("回答の期限が、照会した日より前です。期限を確認してください。")
    step = ApplicationStep.objects.create(
        municipality_code=rows.row.municipality_code, application=rows.row, kind=kind, done_on=form.done_on, due_on=due_on, note=form.note.strip(),
        recorded_by=actor.name, recorded_at=clock.now(),
    )  # fmt: skip
    settle(rows.row)
    _record(actor, rows.row, kind)
    return step


@transaction.atomic
def add_order(actor: Actor, application_id: UUID, order: MoneyOrder) -> ApplicationMoneyOrder:
    """定額小為替 that came. NotReceived with every reason."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    rows = locked(application_id)
    known = ApplicationMoneyOrder.objects.filter(municipality_code=rows.row.municipality_code, number=order.number).values_list("number", flat=True)
    if reasons := check_order(order, list(known), clock.today()):
        raise NotReceived(reasons)
    row = _order(actor, rows.row, order, returned=False)
    _record(actor, rows.row, "money_order")
    return row


@transaction.atomic
def return_order(actor: Actor, application_id: UUID, number: str) -> ApplicationMoneyOrder:
    """A 証書 went back to who sent it, with the change or with the whole request. CannotDo for one that is not here."""
    audit.require(actor, Permission.APPLICATION_RECEIVE)
    rows = locked(application_id)
    back = {order.number for order in rows.orders if order.returned}
    kept = next((order for order in rows.orders if order.number == number and not order.returned and number not in back), None)
    if kept is None:
        raise CannotDo("この定額小為替は、預かっていないか、もう返しています。")
    row = _order(actor, rows.row, MoneyOrder(kept.number, kept.amount_yen, kept.issued_on), returned=True)
    _record(actor, rows.row, "return_order")
    return row


def _order(actor: Actor, row: CertificateApplication, order: MoneyOrder, *, returned: bool) -> ApplicationMoneyOrder:
    return ApplicationMoneyOrder.objects.create(
        municipality_code=row.municipality_code, application=row, number=order.number, amount_yen=order.amount_yen, issued_on=order.issued_on,
        returned=returned, recorded_by=actor.name, recorded_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def take_in_hand(actor: Actor, application_id: UUID) -> Visit:
    """処理を始める: a 受付 of this officer's work on it, with who asked, by what right and how identified; search, card and certificate hang on it."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    rows = locked(application_id)
    stated = rows.stated
    if stated.ground == Ground.OWN and not stated.standing:
        raise CannotDo("請求者の資格が分かりません。請求書の記載を補ってから始めてください（法第12条第2項）。")
    form = VisitForm(
        stated.asks_by or "（氏名の記載なし）", stated.requester.value, stated.identity_check, stated.identity,
        stated.purpose or stated.law or "証明書の請求", stated.authority, stated.authority_note,
    )  # fmt: skip
    visit = visits.open_for_application(actor, rows.row, form)
    _record(actor, rows.row, "take_in_hand")
    return visit


def locked(application_id: UUID) -> ApplicationRows:
    """The request, held against everybody else who would write beside it. CannotDo for none. In the caller's transaction."""
    code = settings.INSTALLATION.municipality_code
    if not list(CertificateApplication.objects.select_for_update().filter(municipality_code=code, public_id=application_id).values_list("pk")):
        raise CannotDo("交付請求が見つかりません。一覧を開き直してください。")
    [rows] = of_all(applications().filter(public_id=application_id), clock.today())
    return rows


def settle(row: CertificateApplication) -> None:
    """Keep whether it has ended, as its rows say now."""
    [rows] = of_all(applications().filter(pk=row.pk), clock.today())
    ended = rows.standing(clock.today()).state in CLOSED
    if ended is (rows.row.closed_at is None):
        CertificateApplication.objects.filter(pk=row.pk).update(closed_at=clock.now() if ended else None)


def _record(actor: Actor, row: CertificateApplication, step: str, people: Sequence[UUID] = ()) -> None:
    audit.record(actor, Permission.APPLICATION_RECEIVE, people, detail={"application_no": row.application_no, "step": step})
