"""長官通知の照会 — those that are still to be dealt with, whatever their day, and one with its 処理結果確認票. 法第30条の50; std 4.5.6; read on record."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.residents.models import CommissionerNotice
from daicho.residents.models.counter import FilingState
from daicho.residents.models.immigration import CommissionerState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, BY_PERSON_ID, CurrentRow, current_rows, newest_rows
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.commissioner_notice import CARD, Line, lines_of
from daicho.residents.rules.entries import SheetEntries

PAGE = 100
PURPOSE = "出入国在留管理庁長官通知の処理"
UNDONE = (CommissionerState.UNTAKEN, CommissionerState.WAITING, CommissionerState.HELD)
_ENDED = (FilingState.WITHDRAWN, FilingState.REGISTERED)


@dataclass(frozen=True)
class Listed:
    """One notice of the list, and how the person's newest sheet stands (None: nobody has that card)."""

    row: CommissionerNotice
    entries: SheetEntries | None


def list_commissioner_notices(actor: Actor, *, all_states: bool = False) -> list[Listed]:
    """What is still to be done, oldest first; with `all_states` whatever came, newest first. At most a page. Two statements and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        found = CommissionerNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "filing")
        rows = list(found.order_by("-received_at", "-pk")[:PAGE] if all_states else found.filter(state__in=UNDONE).order_by("received_at", "pk")[:PAGE])
        people: dict[int, CurrentRow] = newest_rows(BY_PERSON_ID, sorted({row.person_id for row in rows if row.person_id}))
        seen.add(*(one.public_id for one in people.values()))
        return [Listed(row, people[row.person_id].entries if row.person_id else None) for row in rows]


@dataclass(frozen=True)
class Confirmation:
    """処理結果確認票: one notice beside the register. `lines`: what it changes of the newest sheet. `cards`: numbers in the clear, for who may see them."""

    row: CommissionerNotice
    message: CommissionerNoticeV1
    sheets: tuple[SheetView, ...]
    lines: tuple[Line, ...]
    cards: tuple[str, str] | None

    @property
    def is_undone(self) -> bool:
        return self.row.state in UNDONE

    @property
    def filing_under_way(self) -> bool:
        return self.row.filing is not None and self.row.filing.state not in _ENDED


def get_confirmation(actor: Actor, notice: UUID) -> Confirmation:
    """One notice. Http404 when there is none. Five statements at most and the record."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        rows = CommissionerNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=notice)
        row = rows.select_related("person", "filing").first()
        if row is None:
            raise Http404
        seen.note(commissioner=str(notice))
        message = open_commissioner_notice(row)
        sheets = [sheet_view(one, clock.today()) for one in current_rows(BY_PERSON, [row.person.public_id])] if row.person else []
        seen.add(*(UUID(one.public_id) for one in sheets))
        lines = lines_of(message, sheets[0].entries, _reference(message.card_no)) if sheets else ()
        shows = any(line.entry == CARD for line in lines) and actor.may(Permission.NUMBER_REVEAL)
        if shows:
            seen.note(entry=CARD)
        return Confirmation(row, message, tuple(sheets), lines, _cards(sheets[0].entries, message) if shows else None)


@dataclass(frozen=True)
class NoticeRead:
    """One notice beside the newest sheets of its person, for its paper: no number is opened."""

    row: CommissionerNotice
    message: CommissionerNoticeV1
    sheets: tuple[CurrentRow, ...]
    lines: tuple[Line, ...]


def read_notice(notice: UUID) -> NoticeRead:
    """For a command, which records what it does. Http404 when there is none. Four statements at most."""
    rows = CommissionerNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=notice)
    row = rows.select_related("person", "filing").first()
    if row is None:
        raise Http404
    message = open_commissioner_notice(row)
    sheets = current_rows(BY_PERSON, [row.person.public_id]) if row.person else []
    lines = lines_of(message, sheets[0].entries, _reference(message.card_no)) if sheets else ()
    return NoticeRead(row, message, tuple(sheets), lines)


NEW_CARD = -1
"""Stands for a number that the vault does not know yet; its references begin at 1."""


def _reference(card_no: str | None) -> int | None:
    if card_no is None:
        return None
    return vault.find(vault.NumberKind.RESIDENCE_CARD_NO, card_no) or NEW_CARD


def _cards(entries: SheetEntries, message: CommissionerNoticeV1) -> tuple[str, str]:
    before = vault.reveal(entries.residence_card_no, because=PURPOSE) if entries.residence_card_no is not None else ""
    return before, message.card_no or ""


def open_commissioner_notice(row: CommissionerNotice) -> CommissionerNoticeV1:
    """What a notice says, unsealed. One statement."""
    message = base.decode("commissioner_notice", 1, vault.open_payload(row.payload_ref))
    assert isinstance(message, CommissionerNoticeV1)
    return message
