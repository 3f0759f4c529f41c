"""受信した転出証明書情報 — what the former city certified, as it lies sealed beside what was typed. 住民基本台帳法第24条の2; N-4.1.1.3-01."""

from __future__ import annotations

from daicho import audit, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.move_out_certificate_v1 import MoveOutCertificate, MoveOutCertificateAnswerV1
from daicho.residents.models import Filing
from daicho.residents.permissions import Permission

ANSWER = "move_out_certificate_answer"


def received(actor: Actor, row: Filing) -> MoveOutCertificate | None:
    """The certificate of a filing for the eyes of `actor`: the clerk who asked, or an examiner. The reading is recorded; nothing is asked when none came."""
    if row.certificate_ref is None:
        return None
    with audit.reading(actor, Permission.MOVE_OUT_ASK if actor.may(Permission.MOVE_OUT_ASK) else Permission.FILING_EXAMINE) as reading:
        reading.note(filing_no=row.filing_no, of="move_out_certificate")
        return certificate_of(row)


def certificate_of(row: Filing) -> MoveOutCertificate | None:
    """The certificate, for a command that records its own reading. One query when there is one."""
    if row.certificate_ref is None:
        return None
    answer = base.decode(ANSWER, 1, vault.open_payload(row.certificate_ref))
    assert isinstance(answer, MoveOutCertificateAnswerV1)  # as it was sealed
    return answer.certificate
