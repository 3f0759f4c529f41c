"""転出証明書の交付・再交付 — the paper that those who leave take along, once; and again as it was. 住民基本台帳法第22条第2項, 令第23条; std 4.1.3.0.3.

The first copy of a 転出 is the first; every later one is 再交付 of it and is made of what it was made of. Two clicks cannot both be the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection

from daicho import audit, clock, numbering
from daicho.audit.actor import Actor
from daicho.residents.commands.certificates import issue_number, printed
from daicho.residents.commands.handing_over import Click, Copy, Issued, NotToBeIssued, Shown, issued_once, put_on_record, require_going_on
from daicho.residents.models import Visit
from daicho.residents.permissions import Permission
from daicho.residents.queries.move_out_paper import Leavers, leavers, read_leavers
from daicho.residents.queries.move_out_preview import TO_MOVE_IN, definition_and_terms, request_of
from daicho.residents.rules.blocks import CONFIRM_ALERT
from daicho.residents.rules.visits import check_asking

AGAIN_REASON = "再交付の申出の理由（紛失など）が入力されていません。入力してください（標準仕様4.1.3.0.3）。"
NOT_THE_FIRST = "この転出の証明書は、もう交付されています。画面を開き直し、必要なら再交付をしてください。"


@dataclass(frozen=True)
class Wanted:
    """Of whom, with whom of those who left together (None = all, of a reissue all of the first), whether as 再交付, and why."""

    person: UUID
    people: frozenset[UUID] | None = None
    again: bool = False
    reason: str = ""
    confirmed: str = ""


def issue_move_out(actor: Actor, visit: Visit, wanted: Wanted, click: Click) -> Issued:
    """Issue one copy: the first, or 再交付. Raises NotToBeIssued with every reason, AlreadyIssued for the same click."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE, (wanted.person,))
    if reasons := check_asking(visit.identity_check, TO_MOVE_IN):
        raise NotToBeIssued(reasons)
    with issued_once(click.once):
        return _issue(actor, visit, wanted, click)


def _issue(actor: Actor, visit: Visit, wanted: Wanted, click: Click) -> Issued:
    require_going_on()
    _one_at_a_time()
    today = clock.today()
    found = leavers(wanted.person, wanted.people, today, visit.pk)
    if reasons := _why_not(found, wanted):
        raise NotToBeIssued(reasons)
    request = request_of(visit, found, today)
    definition, terms = definition_and_terms(found, request)
    read = read_leavers(found, open_numbers=True)
    number = issue_number(actor, numbering.take("certificate_no")[0], today)
    made = printed(definition, read.read, request, terms, number)
    people = [Shown(row.person_id, row.public_id, read.versions[row.person_id].history_no) for row in found.chosen.people]
    detail: dict[str, object] = {"confirmed_alert": wanted.confirmed.strip()} if found.chosen.alerts else {}
    if found.first:
        detail |= {"reissue_of": found.first.certificate_no, "reason": wanted.reason.strip()}
    return put_on_record(
        actor,
        Copy(
            click, definition.code, number.page_mark, made.document, made.printed, people, visit=visit, standing=request.requester,
            purpose=f"{TO_MOVE_IN}（再交付：{wanted.reason.strip()}）" if found.first else TO_MOVE_IN,
            whole_household=False, fee_yen=terms.fee_yen, case=found.case, replaces=found.last, check_code=made.check_code, detail=detail,
        ),
    )  # fmt: skip


def _why_not(found: Leavers, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """What the definition cannot know: the officer meant the first copy or 再交付, and it is; a 抑止 that warns was answered."""
    reasons = []
    if found.first and not wanted.again:
        reasons.append(("", NOT_THE_FIRST))
    if wanted.again and not wanted.reason.strip():
        reasons.append(("reason", AGAIN_REASON))
    if found.chosen.alerts and not wanted.confirmed.strip():
        reasons.append(("confirmed", CONFIRM_ALERT))
    return tuple(reasons)


def _one_at_a_time() -> None:
    """Whoever comes second at the same moment, for whomever of the household, waits and finds that the first was issued. A paper takes 0.1 s."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"move out paper {settings.INSTALLATION.municipality_code}"])
