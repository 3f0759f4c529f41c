"""改ざん防止用紙の記録 — every move of sheets, the second officer's word, and the count of a place. domain §4.2; decision 0052.

What is refused is refused by the number; two who take the same sheet at the same moment are parted by the database (models/paper_stock.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from daicho import audit, clock, rows
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import CertificateIssue, PaperCheck, PaperCount, PaperMove, PaperSeries
from daicho.residents.permissions import Permission
from daicho.residents.queries.paper_stock import held, parts_of, terminal_names
from daicho.residents.rules.paper_stock import MOVES, Asked, Kind, Sheets, count_problem, refusals, said_enough

_BY_MANAGER = frozenset({Kind.RECEIVE, Kind.HAND_OUT, Kind.DISCARD, Kind.LOSE, Kind.FIND})
_MEANWHILE = "同じ用紙を、ほかの職員が先に記録しました。画面を開き直して確認してください。"


class NotRecorded(CannotDo):
    """Why it cannot be recorded: all reasons as (entry, message)."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__("".join(message for _, message in reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Said:
    """What is told of a move beside its sheets: the terminal that they go to (払出し) or lie at, why, the proof of a 廃棄, the copy."""

    terminal: str = ""
    reason: str = ""
    proof: str = ""
    certificate: CertificateIssue | None = None


def permission_for(kind: Kind) -> Permission:
    """The officer at a terminal uses and spoils, gives back and shreds; who keeps the store does the rest."""
    return Permission.PAPER_MANAGE if kind in _BY_MANAGER else Permission.PAPER_USE


@transaction.atomic
def move(actor: Actor, kind: Kind, sheets: Sequence[Sheets], said: Said) -> list[PaperMove]:
    """Record it, a row for each stretch that lay together. NotRecorded with every reason: what lies elsewhere is named by its numbers."""
    audit.require(actor, permission_for(kind))
    reasons = said_enough(kind, said.reason, said.proof)
    names = terminal_names()
    if kind is Kind.HAND_OUT and said.terminal not in names:
        reasons.append(("terminal", "払い出す端末を選んでください。"))
    made: list[PaperMove] = []
    for one in sheets:
        parts, moves = parts_of(one)
        asked = Asked(kind, said.terminal, said.certificate.certificate_no if said.certificate is not None else "")
        if found := refusals(asked, one, parts, names):
            reasons += [("sheets", message) for message in found]
        elif kind is Kind.RECEIVE:
            made.append(_row(actor, kind, said, _series(one), one.first, one.last, None))
        else:
            made += [_row(actor, kind, said, moves[part.move.no].series, part.first, part.last, moves[part.move.no]) for part in parts]
    if reasons:
        raise NotRecorded(reasons)
    _insert(made)
    certificate_no = {"certificate_no": said.certificate.certificate_no} if said.certificate is not None else {}
    audit.record(
        actor, permission_for(kind), purpose=said.reason.strip(), detail={"paper": kind.value, "sheets": [str(one) for one in sheets], "at": said.terminal, **certificate_no}
    )  # fmt: skip
    return made


def _row(actor: Actor, kind: Kind, said: Said, series: PaperSeries, first: int, last: int, source: PaperMove | None) -> PaperMove:
    terminal = source.terminal if kind is Kind.LOSE and source is not None else said.terminal  # what is missing is missing where it was
    return PaperMove(
        municipality_code=settings.INSTALLATION.municipality_code, series=series, kind=kind.value, first_no=first, last_no=last, source=source,
        terminal=terminal, certificate=said.certificate, reason=said.reason.strip(), proof=said.proof.strip(), recorded_by=actor.name,
        recorded_by_id_no=actor.account_id or 0, recorded_at=clock.now(), office_code=actor.office_code,
    )  # fmt: skip


def _series(sheets: Sheets) -> PaperSeries:
    row, _ = PaperSeries.objects.get_or_create(municipality_code=settings.INSTALLATION.municipality_code, prefix=sheets.prefix, digits=sheets.digits)
    return row


def _insert(made: Sequence[PaperMove]) -> None:
    try:
        with transaction.atomic():
            rows.insert(made)
    except IntegrityError:
        raise NotRecorded([("sheets", _MEANWHILE)]) from None


def shred(actor: Actor) -> list[PaperMove]:
    """書損紙の裁断: everything spoiled that lies at this terminal, at once; another officer confirms. CannotDo when nothing does."""
    _, spoiled = held(actor.terminal).get(actor.terminal, ([], []))
    if not spoiled:
        raise CannotDo("この端末に、裁断を待つ書損紙はありません。")
    return move(actor, Kind.SHRED, spoiled, Said(actor.terminal))


@transaction.atomic
def check(actor: Actor, move_id: UUID) -> PaperCheck:
    """立会い: another officer was there. CannotDo for the one who recorded it, and when it was confirmed already."""
    audit.require(actor, Permission.PAPER_USE)
    row = PaperMove.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=move_id).first()
    if row is None or not MOVES[Kind(row.kind)].by_two or PaperCheck.objects.filter(move=row).exists():
        raise CannotDo("この記録は、立会いの確認を待っていません。画面を開き直してください。")
    audit.require(actor, permission_for(Kind(row.kind)))
    if row.recorded_by_id_no == actor.account_id:
        raise CannotDo("自分が記録したものの立会いは確認できません。立ち会ったほかの職員が行ってください。")
    made = PaperCheck(
        municipality_code=row.municipality_code, move=row, recorded_by_id_no=row.recorded_by_id_no, checked_by=actor.name, checked_by_id_no=actor.account_id or 0,
        checked_at=clock.now(),
    )  # fmt: skip
    rows.insert([made])
    audit.record(actor, permission_for(Kind(row.kind)), detail={"paper": "check", "of": row.kind, "move": str(row.public_id)})
    return made


@transaction.atomic
def count(actor: Actor, terminal: str, counted: int, explanation: str) -> PaperCount:
    """棚卸 of one place. NotRecorded when what was counted is not what the ledger says and nobody explains it."""
    permission = Permission.PAPER_USE if terminal and terminal == actor.terminal else Permission.PAPER_MANAGE
    audit.require(actor, permission)
    unused, _ = held(terminal).get(terminal, ([], [])) if terminal else held().get("", ([], []))
    reckoned = sum(one.count for one in unused)
    if why := count_problem(reckoned, counted, explanation):
        raise NotRecorded([("explanation", why)])
    row = PaperCount(
        municipality_code=settings.INSTALLATION.municipality_code, terminal=terminal, reckoned=reckoned, counted=counted, ranges=[str(one) for one in unused],
        explanation=explanation.strip(), counted_by=actor.name, counted_by_id_no=actor.account_id or 0, counted_at=clock.now(), office_code=actor.office_code,
    )  # fmt: skip
    rows.insert([row])
    audit.record(actor, permission, detail={"paper": "count", "at": terminal, "reckoned": reckoned, "counted": counted})
    return row
