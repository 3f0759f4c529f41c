"""印刷ログ — what was looked at before printing, printed, printed again or made as a file, by whom, where and with what on it. 標準10.2 (N-10.2-14).

Nothing is kept for it: it is read from the trail and 交付履歴, which hold all of it. Nobody is named; the trail's own row names whom a paper showed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any  # the detail of a row is JSON

from django.conf import settings
from django.db.models import Q

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.audit.models import AuditEntry
from daicho.audit.write import Outcome
from daicho.certificates.papers import PAPER_NAMES
from daicho.city.certificate_terms import sealed_papers
from daicho.residents.models import BulkIssue, CertificateIssue
from daicho.residents.models.counter import Output
from daicho.residents.permissions import Permission

PURPOSE = "印刷ログの照会"
SHOWN = 500


class Form(StrEnum):
    """出力形式."""

    PREVIEW = "preview"
    PRINT = "print"
    REPRINT = "reprint"
    FILE = "file"
    BULK = "bulk"


FORM_JA = {Form.PREVIEW: "プレビュー", Form.PRINT: "印刷", Form.REPRINT: "印刷し直し", Form.FILE: "ファイル出力", Form.BULK: "まとめて印刷"}


@dataclass(frozen=True)
class PrintLine:
    """One output. Of a preview no sheet came out: 0 pages, no seal, numbers covered, no 発行番号 yet."""

    at: datetime
    login: str
    name: str
    terminal: str
    form: Form
    title: str
    file_name: str
    pages: int
    sealed: bool
    individual_number: bool
    certificate_no: str


def print_log(actor: Actor, day: date, *, login: str = "", form: str = "") -> list[PrintLine]:
    """Of one day, newest first, at most SHOWN. Four statements and the record."""
    with audit.reading(actor, Permission.AUDIT_READ, purpose=PURPOSE) as seen:
        begin = datetime.combine(day, time.min, clock.JST)
        rows = AuditEntry.objects.filter(
            municipality_code=settings.INSTALLATION.municipality_code, outcome=Outcome.DONE, at__gte=begin, at__lt=begin + timedelta(1)
        )
        issued, looked, bulk = Q(detail__has_keys=["certificate_no", "kind"]), Q(detail__step="preview"), Q(detail__step="print", detail__has_key="bulk")
        found = list((rows.filter(login=login) if login else rows).filter(issued | looked | bulk).order_by("-id")[: SHOWN * 2])
        lines = _lines(found, sealed_papers(day))
        seen.note(rows=len(lines))
        return [line for line in lines if not form or line.form == form][:SHOWN]


def _lines(rows: Iterable[AuditEntry], sealed: frozenset[str]) -> list[PrintLine]:
    listed = list(rows)
    code = settings.INSTALLATION.municipality_code
    numbers = [row.detail["certificate_no"] for row in listed if "certificate_no" in row.detail]
    issues = {issue.certificate_no: issue for issue in CertificateIssue.objects.filter(municipality_code=code, certificate_no__in=numbers)}
    orders = [row.detail["bulk"] for row in listed if "bulk" in row.detail]
    kinds = {str(key): kind for key, kind in BulkIssue.objects.filter(municipality_code=code, public_id__in=orders).values_list("public_id", "kind")}
    return [line for row in listed if (line := _line(row, issues, kinds, sealed)) is not None]


def _line(row: AuditEntry, issues: dict[str, CertificateIssue], kinds: dict[str, str], sealed: frozenset[str]) -> PrintLine | None:
    detail: dict[str, Any] = row.detail
    if "bulk" in detail:
        kind = kinds.get(detail["bulk"], "")
        return _made(row, Form.BULK, kind, detail["pages"], kind in sealed, False, f"{detail['copies']}通")
    if detail.get("step") == "preview":
        return _made(row, Form.PREVIEW, detail.get("kind", ""), 0, False, False, "")
    issue = issues.get(detail["certificate_no"])
    if issue is None:
        return None
    form = Form.REPRINT if "reprint" in detail else Form.FILE if issue.output == Output.ELECTRONIC else Form.PRINT
    return _made(row, form, issue.kind, issue.pages, issue.kind in sealed, row.shows_numbers or "individual_number" in issue.chosen, issue.certificate_no)


def _made(row: AuditEntry, form: Form, kind: str, pages: int, sealed: bool, number: bool, certificate_no: str) -> PrintLine:
    title = PAPER_NAMES.get(kind, kind)
    return PrintLine(row.at, row.login, row.actor_name, row.terminal, form, title, f"{kind}.pdf", pages, sealed, number, certificate_no)
