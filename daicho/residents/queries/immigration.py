"""市町村通知・市町村伝達の照会 — whom 入管庁 is to be told of, what was sent and when, and what became of it. std 4.5.7; every reading is on record first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import Http404

from daicho import audit, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.immigration_notice_v1 import ImmigrationNoticeV1
from daicho.outbox.models import Delivery
from daicho.residents.models import ImmigrationNotice
from daicho.residents.models.immigration import ImmigrationResult
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.rules.entries import SheetEntries

PAGE = 100
PURPOSE = "市町村通知・市町村伝達の確認"
WAITING, SENT, FAILED = "waiting", "sent", "failed"


@dataclass(frozen=True)
class Sent:
    """How one went out: in which state, and since when."""

    state: str  # Delivery.State, "" = not yet, "medium"
    at: datetime | None

    @property
    def arrived(self) -> bool:
        return self.state in ("medium", Delivery.State.ACKNOWLEDGED)


@dataclass(frozen=True)
class Listed:
    """One message of the list, with the newest sheet of whom it is about."""

    row: ImmigrationNotice
    entries: SheetEntries
    sent: Sent


def list_immigration_notices(actor: Actor, show: str = "", before: int | None = None) -> tuple[list[Listed], bool]:
    """One page, newest first, and whether older ones follow. `show`: WAITING (対象者: not with 入管庁 yet), SENT, FAILED, or all. Three statements."""
    with audit.reading(actor, Permission.NOTICE_READ, purpose=PURPOSE) as seen:
        found = _shown(show).exclude(person_id__in=hidden_from(actor)).select_related("person", "event", "file", "resends").order_by("-pk")
        rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
        page = rows[:PAGE]
        people = newest_rows(BY_PERSON_ID, sorted({row.person_id for row in page}))
        sent = _sent(page)
        seen.add(*(row.person.public_id for row in page))
        return [Listed(row, people[row.person_id].entries, sent[row.pk]) for row in page], len(rows) > PAGE


def _shown(show: str) -> QuerySet[ImmigrationNotice]:
    ours = ImmigrationNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    on_its_way = Q(notice_id__in=Delivery.objects.filter(destination="immigration", settled_at=None).values("notice__notice_id"))
    waiting = Q(notice_id=None, file=None) | on_its_way
    if show == WAITING:
        return ours.filter(waiting)
    return ours.exclude(waiting) if show == SENT else ours.filter(result=ImmigrationResult.FAILED) if show == FAILED else ours


def _sent(rows: Sequence[ImmigrationNotice]) -> dict[int, Sent]:
    """One statement, none for none."""
    ids = [row.notice_id for row in rows if row.notice_id]
    posted = Delivery.objects.filter(notice__notice_id__in=ids).values_list(F("notice__notice_id"), "state", "replied_at") if ids else ()
    states = {notice_id: Sent(state, at) for notice_id, state, at in posted}
    return {row.pk: states[row.notice_id] if row.notice_id else Sent("medium", row.file.made_at) if row.file else Sent("", None) for row in rows}


@dataclass(frozen=True)
class One:
    """One message with what it says, and those that repeat it."""

    listed: Listed
    message: ImmigrationNoticeV1
    resent_as: tuple[ImmigrationNotice, ...]


def get_immigration_notice(actor: Actor, notice: UUID) -> One:
    """One message. Http404 when there is none. Five statements and the record."""
    with audit.reading(actor, Permission.NOTICE_READ, purpose=PURPOSE) as seen:
        row = _shown("").filter(public_id=notice).exclude(person_id__in=hidden_from(actor)).select_related("person", "event", "file", "resends").first()
        if row is None:
            raise Http404
        seen.note(immigration=str(notice))
        seen.add(row.person.public_id)
        message = base.decode("immigration_notice", 1, vault.open_payload(row.payload_ref))
        assert isinstance(message, ImmigrationNoticeV1)
        [current] = newest_rows(BY_PERSON_ID, [row.person_id]).values()
        return One(Listed(row, current.entries, _sent([row])[row.pk]), message, tuple(row.resent_as.order_by("pk")))
