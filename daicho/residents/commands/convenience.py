"""コンビニ交付の履歴 — what konbini handed out or refused, put into the person's 交付履歴. std 1.3.8; S5-03, G-21."""

from __future__ import annotations

from django.conf import settings

from daicho import audit, rows
from daicho.audit.actor import Actor
from daicho.contracts.convenience_issued_v1 import ConvenienceIssuedV1
from daicho.outbox.errors import Refused
from daicho.residents.models import ConvenienceIssue, Person
from daicho.residents.permissions import IntakePermission


def record_convenience_issue(told: ConvenienceIssuedV1, actor: Actor) -> ConvenienceIssue:
    """Keep one answer of konbini. Inside the caller's transaction, which holds the receipt.

    Raises outbox Refused for an unknown 宛名番号, audit.Refused when `actor` is not the intake.
    """
    audit.require(actor, IntakePermission.CONVENIENCE_RECORD)
    code = settings.INSTALLATION.municipality_code
    wanted = {told.atena_no, *told.on_paper}
    known = {p.atena_no: p for p in Person.objects.filter(municipality_code=code, atena_no__in=wanted)}
    if missing := wanted - known.keys():
        raise Refused("unknown_person", f"住民記録にない宛名番号が{len(missing)}件あります。コンビニ交付の証明データを確認してください。")
    people = [known[atena_no].public_id for atena_no in sorted(wanted)]
    row = ConvenienceIssue(
        municipality_code=code, person=known[told.atena_no], request_no=told.request_no, history_no=told.history_no, kind=told.certificate_kind,
        chosen=list(told.shown), code=told.code, concerns=[str(known[no].public_id) for no in dict.fromkeys((told.atena_no, *told.on_paper))], shop_code=told.shop_code,
        terminal_code=told.terminal_code, answered_at=told.answered_at, certificate_no=told.certificate_no, pages=told.pages, fee_yen=told.fee_yen,
        document_digest=told.document_digest, definition_digest=told.definition_digest, template_digest=told.template_digest, font_digest=told.font_digest,
    )  # fmt: skip
    rows.insert([row])
    detail = {"request_no": told.request_no, "code": told.code, "kind": told.certificate_kind}
    digests = {"document": told.document_digest} if told.document_digest else None
    audit.record(actor, IntakePermission.CONVENIENCE_RECORD, people, digests=digests, detail=detail)
    return row
