"""印刷の確認 — whether a copy came out well, on which sheets; a spoiled print once more under the same number; and a copy taken back. std 1.3.8, 5.5; decision 0052."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.commands.bundles import bind
from daicho.residents.commands.disposals import dispose
from daicho.residents.commands.handing_over import Click
from daicho.residents.commands.held_copies import let_go, open_held, still_held
from daicho.residents.commands.paper_stock import NotRecorded, Said, move
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, PaperMove, PaperResult
from daicho.residents.models.counter import Output
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_state import issue_states
from daicho.residents.queries.paper_stock import sheets_of
from daicho.residents.rules.disposals import RECOVERED
from daicho.residents.rules.paper_stock import Kind, Sheets, Unreadable, read_for_pages, read_sheets
from daicho.residents.rules.print_results import CopyPrinted, Print, dealt_out, judging_refusal, reprint_refusal

_MEANWHILE = "この写しの印刷は、ほかの画面で先に記録されました。画面を開き直して確認してください。"


@dataclass(frozen=True)
class Judged:
    """How a print came out. `sheets` as typed; `plain`: why it was not printed on security paper, "" when it was."""

    sheets: str = ""
    plain: str = ""
    reason: str = ""


def known_of(issues: Sequence[CertificateIssue]) -> dict[int, CopyPrinted]:
    """What is known of the prints of these copies, by id. Four statements, whatever there are."""
    states, held = issue_states(issues), {row.certificate_id for row in still_held(issues)}
    prints: dict[int, list[Print]] = {}
    for row in PaperResult.objects.filter(certificate__in=[issue.pk for issue in issues]).order_by("print_no"):
        prints.setdefault(row.certificate_id, []).append(Print(row.print_no, row.good))
    return {
        issue.pk: CopyPrinted(issue.output == Output.PAPER, states[issue.pk].is_valid, issue.pk in held, tuple(prints.get(issue.pk, ()))) for issue in issues
    }


@transaction.atomic
def came_out_well(actor: Actor, issues: Sequence[CertificateIssue], judged: Judged) -> None:
    """正しく印刷された: these copies, on these sheets in their order. NotRecorded with every reason, and then nothing is recorded of any of them."""
    audit.require(actor, Permission.PAPER_USE)
    copies = _judgeable(issues)
    plain = judged.plain.strip()
    pages = [issue.pages for issue in issues]
    of_copy = [] if plain else dealt_out(_read(judged.sheets, sum(pages)), pages)
    for issue, sheets in zip(issues, of_copy, strict=bool(of_copy)):
        move(actor, Kind.USE, sheets, Said(actor.terminal, certificate=issue))
    _record(actor, issues, copies, good=True, reason=plain, on_security_paper=not plain)
    let_go(actor, issues)


def _read(text: str, pages: int) -> list[Sheets]:
    try:
        return read_for_pages(text, pages)
    except Unreadable as unreadable:
        raise NotRecorded([("sheets", str(unreadable))]) from None


@transaction.atomic
def spoiled(actor: Actor, issue: CertificateIssue, judged: Judged) -> None:
    """印刷し直す: the print was spoiled, with these sheets; `reprint` is then open. NotRecorded without reason, and for sheets that lie elsewhere."""
    audit.require(actor, Permission.PAPER_USE)
    copies = _judgeable([issue])
    reasons = [] if judged.reason.strip() else [("reason", "印刷し直す理由を入力してください。例　紙詰まり、かすれ")]
    plain = judged.plain.strip()
    sheets: list[Sheets] = []
    try:
        sheets = [] if plain else read_sheets(judged.sheets)
    except Unreadable as unreadable:
        reasons.append(("sheets", str(unreadable)))
    if reasons:
        raise NotRecorded(reasons)
    if sheets:
        move(actor, Kind.SPOIL, sheets, Said(actor.terminal, reason=judged.reason, certificate=issue))
    _record(actor, [issue], copies, good=False, reason=judged.reason.strip(), on_security_paper=not plain)


def _judgeable(issues: Sequence[CertificateIssue]) -> dict[int, CopyPrinted]:
    copies = known_of(issues)
    if refused := [("", f"発行番号「{issue.certificate_no}」：{why}") for issue in issues if (why := judging_refusal(copies[issue.pk]))]:
        raise NotRecorded(refused)
    return copies


def _record(actor: Actor, issues: Sequence[CertificateIssue], copies: dict[int, CopyPrinted], *, good: bool, reason: str, on_security_paper: bool) -> None:
    made = [
        PaperResult(
            municipality_code=settings.INSTALLATION.municipality_code, certificate=issue, print_no=copies[issue.pk].next_print_no, good=good,
            on_security_paper=on_security_paper, reason=reason, recorded_by=actor.name, recorded_at=clock.now(), terminal=actor.terminal,
        )
        for issue in issues
    ]  # fmt: skip
    try:
        with transaction.atomic():
            rows.insert(made)
    except IntegrityError:
        raise NotRecorded([("", _MEANWHILE)]) from None
    audit.record(actor, Permission.PAPER_USE, purpose=reason, detail={"prints": [[row.certificate.certificate_no, row.print_no] for row in made], "good": good})


def reprint(actor: Actor, issue: CertificateIssue, click: Click) -> bytes:
    """The very same bytes once more, after the print before was recorded as spoiled: no second number, no second fee. CannotDo, also when sent twice."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    try:
        with transaction.atomic():
            return _reprint(actor, issue, click)
    except IntegrityError:
        raise CannotDo(_MEANWHILE) from None


def _reprint(actor: Actor, issue: CertificateIssue, click: Click) -> bytes:
    copy = known_of([issue])[issue.pk]
    if why := reprint_refusal(copy):
        raise CannotDo(why)
    pdf = bind(actor, click, "reprint", [issue], open_held([issue])[0])
    people = list(issue.subjects.order_by("place").values_list("person__public_id", flat=True))
    audit.record(
        actor, Permission.CERTIFICATE_ISSUE, people, detail={"certificate_no": issue.certificate_no, "kind": issue.kind, "reprint": copy.next_print_no}
    )  # fmt: skip
    return pdf


@transaction.atomic
def take_back(actor: Actor, issue: CertificateIssue, kind: str, reason: str) -> None:
    """交付の取消し: 処分の記録, by which the copy is valid no more. Sheets that came back wait for their destruction; its bytes are erased."""
    dispose(actor, issue, kind, reason)
    let_go(actor, [issue])
    if kind in RECOVERED:
        used = PaperMove.objects.filter(certificate=issue, kind=Kind.USE.value, taken__isnull=True).select_related("series")
        if sheets := [sheets_of(row) for row in used]:
            move(actor.with_right(Permission.PAPER_USE), Kind.SPOIL, sheets, Said(actor.terminal, reason=reason, certificate=issue))
