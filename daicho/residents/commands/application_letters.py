"""不交付決定通知書 — what the city says to who asked in vain, with the reason and how to object, as a letter on record. 住民基本台帳法第12条第6項, 第12条の3; decision 0051."""

from __future__ import annotations

from uuid import UUID

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.letters.application_refused import APPLICATION_REFUSED
from daicho.certificates.letters.letter import Addressee, Letter
from daicho.certificates.papers import PAPER_NAMES
from daicho.residents.commands.applications import locked
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.application_rows import ApplicationRows
from daicho.residents.queries.applications import named_in
from daicho.residents.rules.application_states import State
from daicho.residents.rules.applications import GROUND_JA, Ground
from daicho.values.dates import wareki


def put_out_refusal(actor: Actor, application_id: UUID, click: Click) -> Pile:
    """To the requester, at the address that the paper gives. CannotDo for a request that was not refused; NotToBeIssued without an address.

    It names nobody whom the request asks about: that somebody lives here is nothing that a refusal may tell (domain §7).
    """
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    with issued_once(click.once):
        rows = locked(application_id)
        if rows.standing(clock.today()).state is not State.REFUSED:
            raise CannotDo("不交付を決定した請求ではありません。審査の結果を確認してください。")
        people = shown(*(each.row for each in named_in(rows)))
        return put_out(actor, Permission.CERTIFICATE_ISSUE, [Draft(APPLICATION_REFUSED.code, _letter(rows), people, f"application:{application_id}")], click)


def _letter(rows: ApplicationRows) -> Letter:
    stated, decision = rows.stated, rows.decision
    assert decision is not None
    asked = "、".join(f"{PAPER_NAMES.get(line.kind, line.kind)}　{line.copies}通" for line in stated.lines)
    address = stated.return_to if not stated.requester_address else stated.requester_address
    return Letter(
        Addressee(stated.asks_by, address, office=bool(stated.organisation) and stated.ground != Ground.OWN),
        {"受付した日": wareki(rows.row.received_on), "理由": decision.reason},
        {"application_no": str(rows.row.application_no), "ground": GROUND_JA[Ground(rows.row.ground)], "asked": asked},
    )
