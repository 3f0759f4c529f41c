"""まとめて交付の作成 — one certificate for each line, in the order of the list, then the files to be printed; begun again, it goes on where it ended. decision 0052.

A line says what became of it in the transaction of its certificate: killed anywhere, nobody's is issued twice, and no 発行番号 is missing. What cannot be
made of somebody is named on their line; what would stop everybody (no font, no certifier, issuing stands still) stops the run, and nobody is left out for it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from daicho import audit, city, clock, rows, vault
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.binding import digest_of, request_digest
from daicho.certificates.request import CertificateRequest, Delivery, Omissible, Requester
from daicho.paper.press import open_press
from daicho.residents.commands.bulk_issue import locked
from daicho.residents.commands.bundles import bind, whole_of
from daicho.residents.commands.certificates import Printing, issue
from daicho.residents.commands.handing_over import Click, Crossed, Issued, NotToBeIssued
from daicho.residents.commands.held_copies import open_held
from daicho.residents.errors import CannotDo
from daicho.residents.models import BulkFile, BulkIssue, BulkLine, Bundle, CertificateIssue, ExportedFile
from daicho.residents.models.bulk_issue import BulkLineState, BulkState
from daicho.residents.permissions import Permission
from daicho.residents.queries.bonds import open_stops
from daicho.residents.queries.certificates import Wanted, choose
from daicho.residents.rules.blocks import KIND_JA
from daicho.residents.rules.bulk_issue import left_because

LAYOUT = "certificates_in_bulk"
log = logging.getLogger(__name__)
_OF_THE_CITY = frozenset({"certifier", "certification"})
_FAILED = "作成できませんでした。システムの管理者に知らせ、窓口で個別に交付してください。"
_LATE = "承認の期限までに作成が始まりませんでした。もう一度申請してください。"
_GONE = "このファイルは、保存の期限が過ぎたか、消去されました。"
_AGAIN = "この画面からの印刷は済んでいます。もう一度印刷するときは、画面を開き直してください。"


def work_all(actor: Actor) -> dict[str, int]:
    """Every order that may be made. RuntimeError at the end when a line failed, and at once when nothing can be issued at all."""
    audit.require(actor, Permission.CERTIFICATE_ISSUE)
    done: Counter[str] = Counter({"申請": 0, BulkLineState.ISSUED.label: 0, BulkLineState.LEFT.label: 0})
    failed = 0
    ready = BulkIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, state=BulkState.READY).order_by("pk")
    for row in list(ready.select_related("visit")):
        open_press(settings.FONTS_DIR, TEMPLATES)  # PaperError: nobody's paper can be made
        done["申請"] += 1
        failed += _make_lines(actor, row, done)
        _make_files(actor, row)
        _finish(row)
    if failed:
        raise RuntimeError(f"{failed} certificates of an order could not be made")
    return dict(done)


def _make_lines(actor: Actor, row: BulkIssue, done: Counter[str]) -> int:
    """Line by line, in order. Returns how many failed."""
    failed = 0
    for line in list(row.lines.filter(state=BulkLineState.WAITING).order_by("place").values_list("pk", flat=True)):
        if open_stops():
            raise RuntimeError("issuing stands still")
        try:
            state = make_line(actor, row, line)
        except (DatabaseError, Crossed, CannotDo):
            raise  # of the moment, or everybody's: the next run begins here again
        except Exception as problem:  # noqa: BLE001, whatever is wrong with this one, the others are made
            log.error("one certificate of an order could not be made: %s", type(problem).__name__)  # no message: it may name a person
            with transaction.atomic():
                _left(BulkLine.objects.get(pk=line), _FAILED)
            state, failed = BulkLineState.LEFT.label, failed + 1
        if state is None:
            return failed
        done[state] += 1
    return failed


@transaction.atomic
def make_line(actor: Actor, row: BulkIssue, line_id: int) -> str | None:
    """One certificate with its line. The state it came to; None when the order was ended meanwhile."""
    current = BulkIssue.objects.select_for_update().get(pk=row.pk)
    if current.state != BulkState.READY or _is_late(current):
        return None
    line = BulkLine.objects.select_for_update(of=("self",)).select_related("person").get(pk=line_id)
    if line.state != BulkLineState.WAITING:
        return BulkLineState(line.state).label
    person = line.person.public_id
    try:
        _refuse_blocked(row, person)
        issued = _issue(actor, row, line.public_id, person)
    except NotToBeIssued as refused:
        if any(key in _OF_THE_CITY for key, _ in refused.reasons):
            raise CannotDo("".join(message for _, message in refused.reasons)) from None
        _left(line, "\n".join(dict.fromkeys(message for _, message in refused.reasons)))
        audit.record(actor, Permission.BULK_ISSUE, (person,), purpose=row.purpose, detail={"bulk": str(row.public_id), "step": "left", "place": line.place})
        return BulkLineState.LEFT.label
    line.state, line.certificate = BulkLineState.ISSUED, CertificateIssue.objects.get(public_id=issued.once)
    line.excess = [[each.label, each.length, each.fitted] for each in issued.excess]
    rows.update(line, "state", "certificate", "excess")
    return BulkLineState.ISSUED.label


def _is_late(row: BulkIssue) -> bool:
    """The approval ran out before anything was made: the order is over."""
    if row.approved_until is None or row.approved_until > clock.now() or row.lines.filter(state=BulkLineState.ISSUED).exists():
        return False
    row.state, row.ended_reason = BulkState.WITHDRAWN, _LATE
    rows.update(row, "state", "ended_reason")
    return True


def _refuse_blocked(row: BulkIssue, person: UUID) -> None:
    """Nobody of whom a 抑止 stops or warns is on a paper of an order, nor one who lives with them where the paper is the household's."""
    chosen = choose(person, None, clock.today(), row.visit_id)
    own, others = [], []
    for member in chosen.household:
        found = [KIND_JA[block.kind] for block, _ in chosen.blocks.get(member.person_id, ())]
        (own if member.public_id == person else others).extend(found)
    if why := left_because(own, others, by_household=row.by_household):
        raise NotToBeIssued((("people", why),))


def _issue(actor: Actor, row: BulkIssue, once: UUID, person: UUID) -> Issued:
    """By the job, in the name of who ordered it."""
    ordering = replace(actor, name=row.entered_by, login=row.entered_login, office_code=row.office_code, terminal=row.terminal)
    asks = {"delivery": Delivery.COUNTER, "exemption": "", **row.request}  # an order of before has neither
    request = CertificateRequest(
        clock.today(), Requester(row.visit.standing), frozenset(Omissible(each) for each in asks["shown"]), Delivery(asks["delivery"]), asks["official"],
        exemption=asks["exemption"],
    )  # fmt: skip
    wanted = Wanted(row.kind, person, None if row.by_household else frozenset({person}))
    asked = request_digest({"bulk": str(row.public_id), "line": str(once), "kind": row.kind, **row.request})
    with transaction.atomic():
        return issue(ordering, row.visit, wanted, request, row.purpose, Click(once, asked), printing=Printing(held_until=_kept_until()))


def _left(line: BulkLine, why: str) -> None:
    line.state, line.why = BulkLineState.LEFT, why
    rows.update(line, "state", "why")


def _kept_until() -> datetime:
    """The end of the last day on which the files of an order that is made today are there."""
    days = int(city.setting("bulk_keep_days", clock.today()))
    return datetime.combine(clock.today() + timedelta(days=days + 1), time.min, clock.JST)


def _make_files(actor: Actor, row: BulkIssue) -> None:
    """So many copies to a file, in the order of the lines; each file with its entry in the register, in one transaction."""
    lines = list(row.lines.filter(state=BulkLineState.ISSUED).select_related("certificate").order_by("place"))
    if row.lines.filter(state=BulkLineState.WAITING).exists():
        return
    size = int(city.setting("bulk_file_copies", clock.jst(row.entered_at).date()))
    made = set(row.files.values_list("file_no", flat=True))
    for no, begin in enumerate(range(0, len(lines), size), 1):
        if no not in made:
            _make_file(actor, row, no, lines[begin : begin + size])


@transaction.atomic
def _make_file(actor: Actor, row: BulkIssue, no: int, lines: Sequence[BulkLine]) -> None:
    issues = [line.certificate for line in lines if line.certificate is not None]
    whole = whole_of(issues, open_held(issues))
    entry = ExportedFile(
        municipality_code=row.municipality_code, layout=LAYOUT, owner=row.entered_login, purpose=row.purpose, digest=digest_of(whole), rows=len(issues),
        holds_numbers=False, made_at=clock.now(), expires_on=clock.jst(_kept_until()).date() - timedelta(days=1),
    )  # fmt: skip
    rows.insert([entry])
    made = BulkFile(
        municipality_code=row.municipality_code, bulk=row, file_no=no, copies=len(issues), pages=sum(each.pages for each in issues),
        payload_ref=vault.seal_payload(whole), file=entry,
    )  # fmt: skip
    rows.insert([made])
    first = 1
    for line, each in zip(lines, issues, strict=True):
        line.file_no, line.first_page = no, first
        rows.update(line, "file_no", "first_page")
        first += each.pages
    detail = {"bulk": str(row.public_id), "step": "file", "file": str(entry.public_id), "no": no, "copies": made.copies, "pages": made.pages}
    audit.record(actor, Permission.CERTIFICATE_ISSUE, (), purpose=row.purpose, digests={"file": entry.digest}, detail=detail)


@transaction.atomic
def _finish(row: BulkIssue) -> None:
    current = BulkIssue.objects.select_for_update().get(pk=row.pk)
    if current.state == BulkState.READY and not current.lines.filter(state=BulkLineState.WAITING).exists():
        current.state, current.finished_at = BulkState.DONE, clock.now()
        rows.update(current, "state", "finished_at")


@transaction.atomic
def take_file(actor: Actor, bulk_id: UUID, no: int, click: Click) -> bytes:
    """The bytes of a file, to be printed; bound to this request, with everybody on it in the trail. CannotDo when it is gone, and when sent twice."""
    audit.require(actor, Permission.BULK_ISSUE)
    row = locked(bulk_id, BulkState.DONE)
    made = row.files.filter(file_no=no, erased_at__isnull=True).select_related("file").first()
    if made is None or made.file.expires_on < clock.today():
        raise CannotDo(_GONE)
    if Bundle.objects.filter(public_id=click.once).exists():
        raise CannotDo(_AGAIN)
    whole = vault.open_payload(made.payload_ref)
    if digest_of(whole) != made.file.digest:
        raise Crossed(f"the file {made.file.public_id} is not what was made")
    lines = list(row.lines.filter(file_no=no).select_related("certificate").order_by("place"))
    issues = [line.certificate for line in lines if line.certificate is not None]
    people = list(CertificateIssue.objects.filter(pk__in=[each.pk for each in issues]).values_list("subjects__person__public_id", flat=True))
    detail = {"bulk": str(row.public_id), "step": "print", "file": str(made.file.public_id), "copies": made.copies, "pages": made.pages}
    audit.record(actor, Permission.BULK_ISSUE, people, purpose=row.purpose, digests={"file": made.file.digest}, detail=detail)
    return bind(actor, click, "bulk", issues, whole)


@transaction.atomic
def erase(actor: Actor, bulk_id: UUID) -> BulkIssue:
    """消去 before the day: everything is printed. CannotDo when it is gone already."""
    audit.require(actor, Permission.BULK_ISSUE)
    row = locked(bulk_id, BulkState.DONE)
    _erase(actor, row, "印刷が済んだ")
    return row


@transaction.atomic
def erase_expired(actor: Actor) -> int:
    """Every night the files whose day has passed. Returns how many orders."""
    due = BulkIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, state=BulkState.DONE, files__file__expires_on__lt=clock.today())
    found = list(due.distinct())
    for row in found:
        _erase(actor, row, "保存の期限が過ぎた")
    return len(found)


def _erase(actor: Actor, row: BulkIssue, reason: str) -> None:
    files = list(row.files.filter(erased_at__isnull=True))
    if files:
        vault.erase_payloads([each.payload_ref for each in files], reason=reason, actor=actor)
        BulkFile.objects.filter(pk__in=[each.pk for each in files]).update(erased_at=clock.now())
    row.state = BulkState.ERASED
    rows.update(row, "state")
    audit.record(actor, Permission.BULK_ISSUE, (), purpose=row.purpose, detail={"bulk": str(row.public_id), "step": "erase", "files": len(files)})
