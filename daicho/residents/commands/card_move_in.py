"""特例転入 — asks juki_net for what the former city certified, keeps the answer sealed beside the form, and fills the form with it. 住民基本台帳法第24条の2.

S2-03, G-11; N-4.1.1.3-01, -02. The counter goes on without the answer. It is erased after the dated days, whatever became of the filing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, rows, vault
from daicho.audit.actor import Actor
from daicho.city.queries import setting
from daicho.contracts import base
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateAnswerV1, MoveOutCertificateQuestionV1
from daicho.outbox.errors import NotAllowed, Refused, Unauthorized, Unavailable
from daicho.outbox.permissions import OutboxPermission
from daicho.outbox.questions import ask
from daicho.residents.commands.filings import law_of, locked, own, save_form
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models import SheetCurrent
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.card_move_in import ANSWER, certificate_of
from daicho.residents.rules.card_move_in import NOT_THE_FIRST, CardQuestion, Deadlines, merge, why_too_late
from daicho.residents.rules.filling import DraftPerson, Merged
from daicho.residents.rules.vocabulary import ENTRY_CANCELLED, MOVED_IN
from daicho.values.dates import BadDate, JapaneseDate

DESTINATION = "juki_net"
_ON_WITHOUT = "この画面の入力は、紙の転出証明書を見てそのまま続けられます。"
_SILENT = f"住基ネットから、期限までに回答がありませんでした。しばらくしてから照会し直してください。{_ON_WITHOUT}"
_UNREADABLE = f"住基ネットの応答を確認できませんでした。システム管理者に連絡してください。{_ON_WITHOUT}"
_NOT_FOUND = f"前住所地の市区町村に、このカードの人の転出証明書情報はありません。番号と市区町村、転出の届出が済んでいるかを確認してください。{_ON_WITHOUT}"
_REFUSED = f"前住所地の市区町村に確認するか、しばらくしてから照会し直してください。{_ON_WITHOUT}"


@dataclass(frozen=True)
class Asked:
    """What came of a question: `found` (the answer lies beside the form), or what to tell the clerk."""

    found: bool
    message_ja: str = ""


def ask_move_out(actor: Actor, row: FilingRow, question: CardQuestion) -> Asked:
    """Ask, wait for the answer within the dated seconds, and keep it sealed beside the form. Not inside a transaction.

    Recorded before it leaves and after, with the filing's number as its purpose. Raises audit.Refused; CannotDo when the filing is not, or no
    longer, the clerk's to enter.
    """
    audit.require(actor, Permission.MOVE_OUT_ASK)
    if row.code != MOVED_IN:
        raise CannotDo("転出証明書情報を照会できるのは、転入の届出だけです。")
    asked = MoveOutCertificateQuestionV1(
        question_id=str(uuid.uuid4()),
        purpose=f"転入届の審査（届出番号{row.filing_no}）",
        operator_id=actor.login,
        deadline=clock.now() + timedelta(seconds=setting("move_out_answer_seconds", clock.today())),
        addressee_municipality_code=question.municipality_code,
        municipality_code=settings.INSTALLATION.municipality_code,
        juminhyo_code=question.juminhyo_code,
        individual_number=question.individual_number,
    )
    try:
        answer = ask(asked, to=DESTINATION, actor=actor.with_right(OutboxPermission.ASK), answer_kind=ANSWER)
    except Unavailable:
        return Asked(False, _SILENT)
    except Refused as refused:
        return Asked(False, f"{refused.reason_ja}\n{_ON_WITHOUT}")
    except (Unauthorized, NotAllowed, base.ContractError):
        return Asked(False, _UNREADABLE)
    assert isinstance(answer, MoveOutCertificateAnswerV1)  # `ask` decoded it by its kind
    if answer.certificate is None:
        return Asked(False, _NOT_FOUND if answer.outcome == "not_found" else f"{answer.reason_ja}\n{_REFUSED}")
    _keep(actor, row.public_id, answer)
    return Asked(True)


@transaction.atomic
def _keep(actor: Actor, filing: UUID, answer: MoveOutCertificateAnswerV1) -> None:
    """Beside the form as it now is: the clerk has gone on typing. An earlier answer is erased."""
    row = own(actor, filing, FilingState.DRAFT, FilingState.RETURNED)
    _drop(actor, row)
    row.certificate_ref, row.certificate_at = vault.seal_payload(base.encode(answer)), clock.now()
    rows.update(row, "certificate_ref", "certificate_at")


def compared(row: FilingRow, form: TypedForm, certificate: MoveOutCertificate, *, overwrite: bool = False) -> Merged:
    """The form as it would be after the certificate, and what differs. No query."""
    city = settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name
    members = [DraftPerson(member.person, member.texts) for member in form.members]
    return merge(law_of(row), form.filing, members, certificate, city, overwrite=overwrite)


def why_not(form: TypedForm, certificate: MoveOutCertificate) -> str:
    """Why the card no longer stands for a 転出証明書 by what was typed, or nothing. Reads two settings and asks twice."""
    today = clock.today()
    deadlines = Deadlines(setting("card_move_in_days_from_move_in", today), setting("card_move_in_days_from_move_out", today))
    late = why_too_late(certificate, _day(form, "effective_on"), _day(form, "filed_on") or today, deadlines)
    return late or (NOT_THE_FIRST if _was_used(certificate) else "")


def _was_used(certificate: MoveOutCertificate) -> bool:
    """Whether somebody of it has lived here since: only the first 転入届 after that 転出届 needs no 転出証明書. What was cancelled was none."""
    refs = vault.find_many(vault.NumberKind.JUMINHYO_CODE, [person.juminhyo_code for person in certificate.people])
    here = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, juminhyo_code__in=refs.values())
    return here.filter(closed_on__gt=certificate.planned_move_out_date).exclude(removal_reason_code=ENTRY_CANCELLED).exists()


def reflect(actor: Actor, filing: UUID, form: TypedForm, *, overwrite: bool) -> Merged:
    """Fill the form, as it stands in the browser, with the certificate, which stays beside it. CannotDo when there is none, or it stands for nothing."""
    audit.require(actor, Permission.MOVE_OUT_ASK)
    with transaction.atomic():
        row = save_form(actor, filing, form)
        certificate = certificate_of(row)
        if certificate is None:
            raise CannotDo("反映できる転出証明書情報がありません。カードの番号で照会し直してください。")
        if refused := why_not(form, certificate):
            raise CannotDo(refused)
        merged = compared(row, form, certificate, overwrite=overwrite)
        save_form(actor, filing, TypedForm(merged.filing, tuple(TypedPerson(each.person, each.texts) for each in merged.members)))
        detail = {"filing_no": row.filing_no, "step": "reflect", "filled": len(merged.filled), "differing": len(merged.differences)}
        audit.record(actor, Permission.MOVE_OUT_ASK, detail=detail)
    return merged


@transaction.atomic
def discard(actor: Actor, filing: UUID) -> None:
    """The certificate is not used, and erased at once. Nothing happens when there is none."""
    audit.require(actor, Permission.MOVE_OUT_ASK)
    _drop(actor, own(actor, filing, FilingState.DRAFT, FilingState.RETURNED))


def erase_old() -> int:
    """Erase what was received more than the dated days ago, used or not; returns how many."""
    before = clock.now() - timedelta(days=setting("move_out_kept_days", clock.today()))
    actor = Actor.system("residents.move_out")
    old = FilingRow.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, certificate_at__lt=before).values_list("public_id", flat=True)
    filings = list(old)
    for filing in filings:
        with transaction.atomic():
            _drop(actor, locked(filing, *FilingState))
    return len(filings)


def _drop(actor: Actor, row: FilingRow) -> None:
    """Erase the certificate beside a locked filing, if there is one."""
    if row.certificate_ref is None:
        return
    vault.erase_payloads([row.certificate_ref], reason="受信した転出証明書情報の差替え、不使用又は保存期間の満了", actor=actor)
    row.certificate_ref = row.certificate_at = None
    rows.update(row, "certificate_ref", "certificate_at")


def _day(form: TypedForm, name: str) -> date | None:
    try:
        return JapaneseDate.parse(form.filing.get(name, "")).certain()
    except BadDate:
        return None
