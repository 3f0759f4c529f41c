"""手渡し — the one door by which a paper about a person leaves: put on record, bound to its request, looked at again as it leaves. A-05, S1-05; decision 0045.

`put_on_record` stands in the transaction of whoever made the paper; `release` is the last hop, asked by the room's middleware (screens/last_hop.py)
when the answer is whole. What does not fit stops all issuing until two officers let it go on: a paper that was once another person's can be so again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.certificates.binding import Bond, Leaving, OfPerson, digest_of, mismatches
from daicho.certificates.document import Document
from daicho.certificates.request import Requester
from daicho.paper.fit import Excess
from daicho.paper.press import Printed
from daicho.paper.stamp import stamp_of, stamps_of
from daicho.residents.commands.held_copies import hold
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, CertificateSubject, IssueStop, Visit
from daicho.residents.models.counter import Output
from daicho.residents.permissions import Permission
from daicho.residents.queries.bonds import open_stops, recorded_bond

log = logging.getLogger(__name__)
STOPPED = "取り違えのおそれが見つかったため、証明書等の交付を止めています。運用担当者が確認して再開するまで、交付できません。"


class NotToBeIssued(CannotDo):
    """Why a paper cannot be issued as asked: all reasons as (entry, message)."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__("この内容では交付できません。")
        self.reasons = reasons


class AlreadyIssued(CannotDo):
    """The same page was sent twice: one paper was issued, not two."""

    def __init__(self) -> None:
        super().__init__("この画面からの交付は済んでいます。交付履歴を確認してください。もう1部必要なときは、画面を開き直してください。")


class Crossed(Exception):
    """A paper was about to leave that is not the one asked for. It did not leave, and nothing does. Names what did not fit; nothing about a person."""


@dataclass(frozen=True)
class Click:
    """What was asked, at the click: the name that this copy alone has, and the digest of the request (certificates/binding.py)."""

    once: UUID
    request: str


@dataclass(frozen=True)
class Shown:
    """One of those whom the paper shows, in the order of the paper, and from which version. A letter shows its addressee, or whom it is about."""

    person_id: int
    public_id: UUID
    history_no: int


@dataclass(frozen=True)
class Copy:
    """One paper that was made and is now to be issued.

    `delivered`: the bytes that leave where they are not those printed (signed). `permission`: by which right; `detail`: what the trail tells beside
    number and kind, JSON values, never personal. `held_until`: until when a spoiled print can be made good, None = the end of the day (held_copies.py).
    """

    click: Click
    kind: str
    certificate_no: str
    document: Document
    printed: Printed
    people: Sequence[Shown]
    permission: str = Permission.CERTIFICATE_ISSUE
    visit: Visit | None = None
    standing: Requester | None = None
    purpose: str = ""
    chosen: tuple[str, ...] = ()
    whole_household: bool = False
    fee_yen: int = 0
    exemption: str = ""
    output: Output = Output.PAPER
    delivered: bytes | None = None
    check_code: str | None = None
    case: str = ""
    replaces: CertificateIssue | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    held_until: datetime | None = None

    @property
    def bytes_to_deliver(self) -> bytes:
        return self.printed.pdf if self.delivered is None else self.delivered

    def bond(self) -> Bond:
        people = tuple(OfPerson(str(one.public_id), one.history_no) for one in self.people)
        return Bond(
            str(self.click.once), self.click.request, self.kind, self.certificate_no, people,
            self.document.stamp, self.printed.document_digest, digest_of(self.bytes_to_deliver),
        )  # fmt: skip


@dataclass(frozen=True)
class Issued:
    """A paper that was issued and is on record; `pdf` lives only in the answer."""

    pdf: bytes
    certificate_no: str
    pages: int
    fee_yen: int
    once: UUID
    excess: tuple[Excess, ...] = ()  # what had no room (文字超過)


@contextmanager
def issued_once(once: UUID) -> Iterator[None]:
    """A transaction in which this copy is issued. Raises AlreadyIssued when another has issued it, also at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if not CertificateIssue.objects.filter(public_id=once).exists():
            raise
        raise AlreadyIssued from None


def require_going_on() -> None:
    """Raises NotToBeIssued while issuing stands still. One statement."""
    if open_stops():
        raise NotToBeIssued((("", STOPPED),))


def put_on_record(actor: Actor, copy: Copy) -> Issued:
    """交付履歴 of this paper, with everyone it shows and its bond. In the caller's transaction, and last in it: `issued_once`. Five statements, six with people."""
    bond = copy.bond()
    if stamp_of(copy.printed.pdf) != bond.stamp or digest_of(copy.printed.pdf) != bond.unsigned:
        raise Crossed("the press gave a paper of another content")  # nothing is recorded; the caller's transaction goes back
    document, printed = copy.document, copy.printed
    issue = CertificateIssue(
        municipality_code=settings.INSTALLATION.municipality_code, public_id=copy.click.once, certificate_no=copy.certificate_no, kind=copy.kind,
        visit=copy.visit, case=copy.case, output=copy.output, replaces=copy.replaces, exemption=copy.exemption, whole_household=copy.whole_household,
        definition_digest=document.definition_digest, chosen=sorted(copy.chosen), purpose=copy.purpose,
        standing=copy.standing.value if copy.standing else "", pages=printed.pages, fee_yen=copy.fee_yen, tally=document.tally,
        font_digest=printed.font_digest, template_digest=printed.template_digest, document_digest=printed.document_digest,
        request_digest=bond.request, stamp=bond.stamp, delivered_digest=bond.delivered, binding=bond.digest, check_code=copy.check_code,
        issued_at=clock.now(), issued_by=actor.name, user_id=actor.login, office_code=actor.office_code, terminal=actor.terminal,
    )  # fmt: skip
    rows.insert([issue])
    if copy.output == Output.PAPER:
        hold(issue, copy.bytes_to_deliver, copy.held_until)
    with rows.together():
        rows.insert([_subject(issue, place, one) for place, one in enumerate(copy.people, 1)])
        audit.record(
            actor, copy.permission, tuple(one.public_id for one in copy.people),
            digests={"document": printed.document_digest, "template": printed.template_digest, "binding": bond.digest},
            detail={
                "certificate_no": copy.certificate_no, "kind": copy.kind, "chosen": issue.chosen, "history_no": [one.history_no for one in copy.people],
                **({"without_room": [each.key for each in printed.excess]} if printed.excess else {}), **copy.detail,
            },
        )  # fmt: skip
    return Issued(copy.bytes_to_deliver, copy.certificate_no, printed.pages, copy.fee_yen, copy.click.once, printed.excess)


def _subject(issue: CertificateIssue, place: int, one: Shown) -> CertificateSubject:
    return CertificateSubject(
        municipality_code=issue.municipality_code, certificate=issue, person_id=one.person_id, place=place, history_no=one.history_no
    )  # fmt: skip


def release(actor: Actor, click: Click, person: UUID | None, delivered: bytes) -> None:
    """The last hop: may these bytes leave for this request, about this person (None: about no resident)? Raises Crossed, and then nothing leaves any more. One statement.

    What is on record is read anew, after the issue's commit; request, person and bytes are those of the answer that is about to leave.
    """
    recorded = recorded_bond(click.once)
    if recorded.bond is None:
        found: tuple[str, ...] = ("record",)
    else:
        leaving = Leaving(str(click.once), click.request, str(person or ""), digest_of(delivered), stamps_of(delivered))
        found = mismatches(recorded.bond, recorded.binding, leaving)
    if not found and not recorded.stands_still:
        return
    if found:
        stop_issuing(actor, click.once, found)
    raise Crossed(f"the paper {click.once} did not leave ({', '.join(found) or 'issuing stands still'})")


def stop_issuing(actor: Actor, copy: UUID, found: tuple[str, ...]) -> None:
    """Nothing is issued from here on. The operator is called by the log, as for a stopped line."""
    with transaction.atomic():
        stop = IssueStop(
            municipality_code=settings.INSTALLATION.municipality_code, copy=copy, found=list(found), stopped_at=clock.now(), stopped_by=actor.name,
            terminal=actor.terminal,
        )  # fmt: skip
        rows.insert([stop])
        audit.record(actor, "residents:issue:stop", detail={"copy": str(copy), "found": list(found)})
    log.critical("issuing stopped: the paper %s does not fit its request (%s); `daicho issuing` tells more and resumes it", copy, ", ".join(found))


def resume(first: Actor, second: Actor, reason: str) -> int:
    """Issuing goes on, on the word of two officers with the right; how many stops were lifted. CannotDo for one officer alone, or without reason."""
    for actor in (first, second):
        audit.require(actor, Permission.ISSUE_RESUME)
    if first.login == second.login or not reason.strip():
        raise CannotDo("交付の再開には、権限のある職員2人と、確かめた内容の記載が必要です。")
    with transaction.atomic():
        stood = IssueStop.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, lifted_at__isnull=True)
        lifted = stood.update(lifted_at=clock.now(), lifted_by=f"{first.name}・{second.name}", reason=reason.strip())
        for actor in (first, second):
            audit.record(actor, Permission.ISSUE_RESUME, purpose=reason.strip(), detail={"lifted": lifted})
    return lifted
