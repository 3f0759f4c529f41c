"""異動の通知書の読み — an event with every sheet before and after, as its letters see it. 標準仕様 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3; later than the day too (N-4.1.0.3-06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # the stored form of a filing is JSON
from uuid import UUID

from django.db import connection

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.letters.head import HEAD_CHANGED
from daicho.residents.models import CivilEvent, Filing, HeadLetter
from daicho.residents.models.head_letter import LetterKind
from daicho.residents.permissions import Permission
from daicho.residents.queries.cancelled import event_at
from daicho.residents.queries.current import entries_of, entry_columns
from daicho.residents.queries.support_letters import cases_of
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.entries import ENTRIES
from daicho.residents.rules.events import event_ja, event_recorded_as
from daicho.residents.rules.letters_of_events.guard import Cases
from daicho.residents.rules.letters_of_events.occasion import Happened, Offer, WhoFiled, Wrote, offers
from daicho.residents.rules.vocabulary import EX_OFFICIO

PURPOSE = "異動の通知書"


@dataclass(frozen=True)
class EventLetters:
    """An event and what can be put out because of it. `cases`: what protects whom of those it wrote of."""

    event: CivilEvent
    happened: Happened
    offers: tuple[Offer, ...]
    filing: Filing | None
    cases: Cases

    def wrote(self, person: str) -> Wrote:
        """The newest sheet of this person that it wrote."""
        return next(one for one in reversed(self.happened.wrote) if one.public_id == person)


def may_put_out(actor: Actor) -> str:
    """The right by which letters of an event are put out: whoever enters or examines filings."""
    return Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER


def letters_of_event(actor: Actor, public_id: UUID, history_no: int) -> EventLetters:
    """Of the event of one row of a person's history. Http404 when there is no such row. Five statements, six for the protected, and the record."""
    with audit.reading(actor, may_put_out(actor), purpose=PURPOSE, subjects=(public_id,)) as seen:
        found = read_event(event_at(public_id, history_no))
        seen.add(*(UUID(one.public_id) for one in found.happened.wrote))
        return found


def read_event(event: CivilEvent, filing: Filing | None = None) -> EventLetters:
    """The same for a command, which records what it does. Four statements at most, five for the protected."""
    filing = filing or Filing.objects.filter(municipality_code=event.municipality_code, event_id_no=event.pk).select_related("visit").first()
    wrote = _wrote(event.pk)
    happened = _happened(event, filing, wrote)
    return EventLetters(event, happened, (*offers(happened), *_of_heads(event)), filing, cases_of(one.person_id for one in wrote))


def _happened(event: CivilEvent, filing: Filing | None, wrote: tuple[Wrote, ...]) -> Happened:
    definition = event_recorded_as(event.definition)
    return Happened(
        event.code, event_ja(event.code), event.basis, event.effect, event.effective_on, event.filed_on, clock.jst(event.recorded_at).date(),
        definition is not None and definition.lacks_filing(Basis(event.basis)), _who_filed(filing), wrote,
    )  # fmt: skip


def _who_filed(filing: Filing | None) -> WhoFiled | None:
    """None where nobody brought a 届書: ex officio, upon a notice, by the system."""
    typed: dict[str, Any] = filing.typed.get("filing", {}) if filing is not None else {}
    if filing is None or filing.visit is None or not typed.get("filer") or typed.get("basis") == EX_OFFICIO:
        return None
    return WhoFiled(typed["filer"], typed.get("filer_name", "").strip(), filing.visit.visitor_name, filing.visit.identity_check)


_WROTE = f"""
    SELECT v.person_id, p.public_id::text, p.atena_no, v.history_no, v.asserts IS NULL, ARRAY(SELECT jsonb_object_keys(v.asserts)),
           coalesce(v.asserts = '{{}}', false) AND NOT EXISTS (
             SELECT FROM residents_annulment a JOIN residents_sheetversion of ON of.id = a.version_id
              WHERE a.event_id = v.event_id AND of.sheet_id = v.sheet_id AND of.asserts IS DISTINCT FROM '{{}}'),
           EXISTS (SELECT FROM residents_stockedcode s
                    WHERE s.municipality_code = v.municipality_code AND s.code_ref = v.juminhyo_code AND s.taken_at IS NOT NULL),
           NOT EXISTS (SELECT FROM residents_annulment a WHERE a.version_id = v.id), b.id IS NOT NULL,
           {entry_columns("v")}, {entry_columns("b")}
      FROM residents_sheetversion v JOIN residents_person p ON p.id = v.person_id
      LEFT JOIN LATERAL (SELECT * FROM residents_sheetversion o WHERE o.person_id = v.person_id AND o.history_no < v.history_no
                          ORDER BY o.history_no DESC LIMIT 1) b ON true
     WHERE v.event_id = %s ORDER BY v.id
"""
_HEAD = 10


def _wrote(event_id: int) -> tuple[Wrote, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_WROTE, [event_id])
        return tuple(_one(row) for row in cursor.fetchall())


def _one(row: tuple[Any, ...]) -> Wrote:
    person_id, public_id, atena_no, history_no, opened, asserted, follows, from_stock, stands, has_before = row[:_HEAD]
    after, before = row[_HEAD : _HEAD + len(ENTRIES)], row[_HEAD + len(ENTRIES) :]
    return Wrote(
        person_id, public_id, atena_no, history_no, entries_of(before) if has_before else None, entries_of(after), opened=opened,
        asserted=frozenset(asserted), follows=follows, from_stock=from_stock, stands=stands,
    )  # fmt: skip


def _of_heads(event: CivilEvent) -> tuple[Offer, ...]:
    """世帯主変更通知書 of this event, as it was decided (commands/head_letters.py). One statement."""
    rows = HeadLetter.objects.filter(event=event, kind=LetterKind.CHANGED).select_related("addressee").order_by("pk")
    why = "職権で世帯主を定めたため、通知してください（標準仕様4.0.5）。"
    return tuple(Offer(HEAD_CHANGED.code, (str(row.addressee.public_id),), why) for row in rows)
