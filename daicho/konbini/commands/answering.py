"""回答 — one request of a shop's terminal: a certificate or a coded refusal, recorded and bound before it leaves. 住民基本台帳法第12条; S5-02, S5-03; G-21.

Before it leaves, the paper is made a second time from what was recorded, and everything is compared with what is about to be sent. What
does not fit stops the service.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from daicho import audit, clock, numbering, outbox, vault
from daicho.certificates.request import Omissible
from daicho.contracts import base
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.contracts.convenience_v1 import ConvenienceAnswerV1, ConvenienceQuestionV1
from daicho.konbini.commands import gathering, printing, service
from daicho.konbini.commands.gathering import People
from daicho.konbini.commands.printing import CannotPrint, Order
from daicho.konbini.models import Answer, CertifiedPerson, municipality_code
from daicho.konbini.permissions import KonbiniPermission
from daicho.konbini.rules.asked import HOUSEHOLD, Asked, asked_digest, form_faults, read, refusal_of_asked
from daicho.konbini.rules.binding import Paper, answer_of, digest_of, mismatches
from daicho.konbini.rules.record import birth_of, cannot_be_printed
from daicho.konbini.rules.refusal import ISSUED, Refusal
from daicho.konbini.rules.standing import Terms, refusal_of_age, refusal_of_people, refusal_of_service
from daicho.outbox.errors import Refused

log = logging.getLogger(__name__)
RESIDENTS = "residents"
NOT_A_REQUEST = "請求の形式が正しくありません（{}）。項目を確認してください。"


class Mismatch(Exception):
    """An answer does not fit its request or its paper. `what` are names of ours."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__(", ".join(what))
        self.what = what


@dataclass(frozen=True)
class Case:
    """A question with all that it is judged by."""

    question: ConvenienceQuestionV1
    body: bytes
    asked: Asked
    card_ref: int | None
    terms: Terms
    first: Answer | None

    @property
    def asked_digest(self) -> str:
        return asked_digest(self.question, self.card_ref)


@dataclass(frozen=True)
class Result:
    """What it came to. `on_paper`: the rows of everybody whom the paper shows, in its order."""

    result: Paper | Refusal
    holder: CertifiedPerson | None = None
    on_paper: tuple[CertifiedPerson, ...] = ()
    issued_on: date | None = None


def answer(question: ConvenienceQuestionV1, body: bytes, actor: audit.Actor) -> ConvenienceAnswerV1:
    """Answer one question, in the caller's transaction, which holds the receipt. `body` is the message as it came.

    The same 請求番号 again gets the same answer or a refusal, never another paper. Raises outbox Refused for what is no request at all,
    audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, KonbiniPermission.ANSWER_GIVE)
    if faults := tuple(form_faults(question)):
        raise Refused("form", NOT_A_REQUEST.format("、".join(faults)))
    _one_after_another(question.request_no)
    case = _case(question, body)
    try:
        with transaction.atomic():  # a paper that does not fit leaves nothing behind but the stop
            found = _judged(case)
            row = _record(case, found)
            made = answer_of(question.question_id, question.request_no, digest_of(body), found.result)
            _must_fit(case, row, made)
    except Mismatch as bad:
        service.stop_for_mismatch(actor, question.request_no, bad.what)
        found = Result(Refusal.STOPPED, found.holder)
        row = _record(case, found)
        made = answer_of(question.question_id, question.request_no, digest_of(body), found.result)
    _tell(actor, case, found, row)
    return made


def _one_after_another(request_no: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"konbini request {municipality_code()} {request_no}"])


def _case(question: ConvenienceQuestionV1, body: bytes) -> Case:
    ref = vault.find(vault.NumberKind.USER_CERTIFICATE_SERIAL, question.user_certificate_serial)
    first = Answer.objects.filter(municipality_code=municipality_code(), request_no=question.request_no, repeats__isnull=True).first()
    return Case(question, body, read(question), ref, gathering.terms_of_today(), first)


def _judged(case: Case) -> Result:
    """The paper, or the first reason against it."""
    people = None
    if case.card_ref is not None and case.asked.card_is_verified:
        people = gathering.people_of(case.card_ref, household=case.asked.kind == HOUSEHOLD, on=case.terms.today)
    holder = people.holder if people else None
    if case.first is not None and (again := _refused_again(case, case.first)):
        return Result(again, holder)
    life = gathering.life_of_register()
    refusal = refusal_of_service(service.is_stopped(service.newest_turn()), life, case.terms) or refusal_of_asked(case.asked, case.question, case.terms)
    if refusal is None and people is None:
        refusal = Refusal.NOBODY
    if refusal is None and people is not None:
        standings = [people.standing_of(one, life) for one in people.everybody]
        refusal = refusal_of_people(standings[0], standings[1:], case.terms) or _refusal_of_volume(case, people.holder)
    if refusal is not None or people is None:
        return Result(refusal or Refusal.NOBODY, holder)
    return _printed(case, people)


def _refused_again(case: Case, first: Answer) -> Refusal | None:
    """Why the same 請求番号 is refused: it asks something else now, or it was refused before."""
    if first.asked_digest != case.asked_digest:
        return Refusal.NOT_THE_SAME
    return None if first.code == ISSUED else Refusal(first.code)


def _refusal_of_volume(case: Case, holder: CertifiedPerson) -> Refusal | None:
    """The card's papers of today, counted under the lock of its holder. One query, none for a paper that is asked for again."""
    if case.first is not None:
        return None
    begins = datetime.combine(case.terms.today, time.min, clock.JST)
    of_today = Answer.objects.filter(person=holder, code=ISSUED, repeats__isnull=True, answered_at__gte=begins, answered_at__lt=begins + timedelta(days=1))
    return Refusal.TOO_MANY if of_today.count() >= case.terms.per_card_per_day else None


def _printed(case: Case, people: People) -> Result:
    """The paper of these people; of a 請求番号 that was answered before only the very same one."""
    kind, shown = case.asked.kind, case.asked.shown
    assert kind is not None and shown is not None, "refused before"
    on_paper = _on_paper(kind, people)
    entries = gathering.entries_of(people.everybody)
    if on_paper is None or any(row.pk not in entries for row in on_paper) or any(cannot_be_printed(entries[row.pk], shown) for row in on_paper):
        return Result(Refusal.UNPRINTABLE, people.holder)
    if refusal := refusal_of_age(birth_of(entries[people.holder.pk]), case.terms):
        return Result(refusal, people.holder)
    records = gathering.records_of(on_paper, entries)
    first = case.first
    if first is not None and first.on_paper != _versions(on_paper):
        return Result(Refusal.NOT_THE_SAME, people.holder)
    issued_on = first.issued_on if first and first.issued_on else case.terms.today
    try:
        with transaction.atomic():  # a number that no paper bears is given back
            serial = printing.serial_of(first.certificate_no) if first and first.certificate_no else numbering.take("certificate_no")[0]
            paper = printing.print_paper(Order(kind, records, shown, serial, issued_on))
    except CannotPrint as refused:
        log.error("request %s: %s", case.question.request_no, refused)
        return Result(Refusal.UNPRINTABLE, people.holder)
    if first is not None and first.document_digest != paper.document_digest:
        return Result(Refusal.NOT_THE_SAME, people.holder)
    return Result(paper, people.holder, on_paper, issued_on)


def _on_paper(kind: str, people: People) -> tuple[CertifiedPerson, ...] | None:
    """Those whom the paper shows, in its order; None where the register told none."""
    if kind != HOUSEHOLD:
        return (people.holder,)
    order = printing.in_order([row.order_in_household for row in people.everybody])
    return None if order is None else tuple(people.everybody[at] for at in order)


def _versions(on_paper: tuple[CertifiedPerson, ...]) -> list[list[object]]:
    return [[row.atena_no, row.history_no] for row in on_paper]


def _record(case: Case, found: Result) -> Answer:
    question, paper = case.question, found.result if isinstance(found.result, Paper) else None
    made = answer_of(question.question_id, question.request_no, digest_of(case.body), found.result)
    return Answer.objects.create(
        question_id=question.question_id, request_no=question.request_no, repeats=case.first, asked_digest=case.asked_digest,
        request_digest=made.request_digest, certificate_kind=case.asked.kind or question.certificate_kind,
        shown=_shown_as_kept(case), shop_code=question.shop_code,
        terminal_code=question.terminal_code, code=made.code, person=found.holder, history_no=found.holder.history_no if found.holder else None,
        on_paper=_versions(found.on_paper), certificate_no=made.certificate_no, issued_on=found.issued_on if paper else None, pages=made.pages,
        fee_yen=made.fee_yen, document_digest=made.document_digest, definition_digest=made.definition_digest, template_digest=made.template_digest,
        font_digest=made.font_digest, binding=made.binding, answered_at=clock.now(),
    )  # fmt: skip


def _shown_as_kept(case: Case) -> list[str]:
    """Our own names; of a list with an unknown code what was asked, as it was asked."""
    if case.asked.shown is None:
        return sorted(code[:40] for code in case.question.shown)
    return sorted(each.value for each in case.asked.shown)


_KEPT = (
    "request_no", "request_digest", "code", "certificate_no", "pages", "fee_yen", "document_digest", "definition_digest", "template_digest",
    "font_digest", "binding",
)  # fmt: skip


def _must_fit(case: Case, row: Answer, made: ConvenienceAnswerV1) -> None:
    """Raise Mismatch unless the bytes about to leave fit the question as it came, the record as it is kept, and a paper made anew from that record."""
    sent = base.decode("convenience_answer", 1, base.encode(made))
    assert isinstance(sent, ConvenienceAnswerV1)
    kept = Answer.objects.select_related("person").get(pk=row.pk)
    found = [name for name in _KEPT if getattr(kept, name) != getattr(sent, name)]
    if kept.code == ISSUED and (kept.person is None or kept.person.card_ref != case.card_ref):
        found.append("holder")
    if kept.repeats is None and _was_given_before(kept):
        found.append("given_before")
    found += mismatches(sent, case.body, _made_again(kept) if kept.code == ISSUED else None)
    if found:
        raise Mismatch(tuple(found))


def _was_given_before(kept: Answer) -> bool:
    """Every paper bears its own 発行番号: the same bytes for two requests are somebody's twice, or somebody else's."""
    papers = Answer.objects.filter(municipality_code=municipality_code(), document_digest=kept.document_digest, repeats__isnull=True)
    return kept.document_digest is not None and papers.exclude(pk=kept.pk).exists()


def _made_again(kept: Answer) -> Paper | None:
    """The paper of a record, from the rows that it names. None when they are not there any more, or cannot be printed."""
    assert kept.certificate_no is not None and kept.issued_on is not None, "an answer with a paper"
    rows = CertifiedPerson.objects.filter(municipality_code=municipality_code(), atena_no__in=[atena_no for atena_no, _ in kept.on_paper])
    known = {(row.atena_no, row.history_no): row for row in rows}
    people = tuple(known[atena_no, history_no] for atena_no, history_no in kept.on_paper if (atena_no, history_no) in known)
    entries = gathering.entries_of(people)
    if len(people) != len(kept.on_paper) or len(entries) != len(people):
        return None
    records = gathering.records_of(people, entries)
    shown = frozenset(Omissible(name) for name in kept.shown)
    try:
        return printing.print_paper(Order(kept.certificate_kind, records, shown, printing.serial_of(kept.certificate_no), kept.issued_on))
    except CannotPrint:
        return None


def _tell(actor: audit.Actor, case: Case, found: Result, row: Answer) -> None:
    """交付履歴 of residents is told of a first answer to somebody's card; the trail of every one, with everybody on the paper."""
    people = {one.public_id: one for one in (*found.on_paper, *((found.holder,) if found.holder else ()))}
    if case.first is None and found.holder is not None:
        told = ConvenienceIssuedV1(
            request_no=row.request_no, atena_no=found.holder.atena_no, history_no=found.holder.history_no, certificate_kind=row.certificate_kind,
            shown=tuple(row.shown), code=row.code, answered_at=row.answered_at, shop_code=row.shop_code, terminal_code=row.terminal_code,
            on_paper=tuple(one.atena_no for one in found.on_paper), certificate_no=row.certificate_no, pages=row.pages, fee_yen=row.fee_yen,
            document_digest=row.document_digest, definition_digest=row.definition_digest, template_digest=row.template_digest, font_digest=row.font_digest,
        )  # fmt: skip
        outbox.post(told, to=RESIDENTS, subjects=outbox.subject_handles(RESIDENTS, list(people)), because=row.pk)
    digests = {"document": row.document_digest, "template": str(row.template_digest)} if row.document_digest else None
    detail = {"request_no": row.request_no, "code": row.code, "kind": row.certificate_kind, **({"repeats": True} if case.first else {})}
    outcome = "done" if row.code == ISSUED else "refused"
    audit.record(actor, KonbiniPermission.ANSWER_GIVE, list(people), outcome, purpose=case.question.purpose, digests=digests, detail=detail)
