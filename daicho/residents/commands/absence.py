"""不在住証明・廃棄済証明の交付 — searched, composed and handed over in one transaction. domain §4.7, §5.8.

It shows no resident, so its bond has nobody: what was searched for lies sealed beside it, for whoever asks later what was certified.
"""

from __future__ import annotations

import json

from daicho import audit, clock, numbering, vault
from daicho.audit.actor import Actor
from daicho.certificates.record import Searched
from daicho.residents.commands.certificates import issue_number, made_of
from daicho.residents.commands.handing_over import Click, Copy, Issued, NotToBeIssued, issued_once, put_on_record, require_going_on
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.absence import look_for

CASE = "searched:"
"""With it and the reference of the sealed conditions 交付履歴 names what was searched for."""


def issue_absence(actor: Actor, visit: Visit, code: str, searched: Searched, purpose: str, click: Click) -> Issued:
    """Issue one copy. Raises NotToBeIssued with every reason: that somebody was found among them, and no more of it; AlreadyIssued."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    with issued_once(click.once):
        require_going_on()
        looked = look_for(visit, code, searched, purpose, clock.today())
        if looked.reasons:
            raise NotToBeIssued(looked.reasons)
        number = issue_number(actor, numbering.take("certificate_no")[0], looked.request.issued_on)
        made = made_of(looked.definition, looked.subjects, looked.request, looked.terms, number)
        ref = vault.seal_payload(json.dumps(_conditions(looked.searched), ensure_ascii=False).encode())
        return put_on_record(
            actor,
            Copy(
                click, code, number.page_mark, made.document, made.printed, (), visit=visit, standing=looked.request.requester, purpose=purpose.strip(),
                fee_yen=looked.terms.fee_yen, case=f"{CASE}{ref}", check_code=made.check_code,
            ),
        )  # fmt: skip


def _conditions(searched: Searched) -> dict[str, str | None]:
    return {
        "name": searched.name,
        "address": searched.address,
        "birth_date": searched.birth_date.encode() if searched.birth_date else None,
        "removed_on": searched.removed_on.encode() if searched.removed_on else None,
    }
