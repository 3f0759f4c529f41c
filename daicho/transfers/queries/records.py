"""移転記録の照会 — who was told what of whom when, by which grant; refusals too. Every reading is recorded before it is shown. F-1-43, D-R4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.transfers.models import Person, TransferRecord, municipality_code
from daicho.transfers.permissions import TransfersPermission
from daicho.transfers.queries.departments import names_on
from daicho.transfers.queries.protection import hidden_from, of_visible
from daicho.transfers.rules.strangers import plain

SHOWN = 200
PURPOSE = "移転記録の確認"


@dataclass(frozen=True)
class RecordKeys:
    """What is asked for; empty = any. Days are both included."""

    department_code: str = ""
    atena_no: str = ""
    outcome: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class RecordsFound:
    """The newest that fit, at most `SHOWN`, and whether there are more; names of departments today."""

    records: tuple[TransferRecord, ...]
    more: bool
    departments: Mapping[str, str]


def find_records(actor: Actor, keys: RecordKeys) -> RecordsFound:
    """Four queries at most, with the record. Raises audit.Refused (recorded)."""
    with audit.reading(actor, TransfersPermission.RECORD_READ, purpose=PURPOSE) as seen:
        rows = TransferRecord.objects.filter(of_visible(actor), municipality_code=municipality_code())
        if keys.department_code:
            rows = rows.filter(department_code=keys.department_code)
        if keys.outcome:
            rows = rows.filter(outcome=keys.outcome)
        if keys.first:
            rows = rows.filter(at__gte=_begin(keys.first))
        if keys.last:
            rows = rows.filter(at__lt=_begin(keys.last + timedelta(days=1)))
        if keys.atena_no:
            person = Person.objects.filter(hidden_from(actor), municipality_code=municipality_code(), atena_no=plain(keys.atena_no, 16)).first()
            rows = rows.filter(person=person) if person else rows.none()
        found = list(rows.select_related("grant", "person").order_by("-id")[: SHOWN + 1])
        shown = found[:SHOWN]
        seen.add(*{record.person.public_id: None for record in shown if record.person})
        seen.note(shown=len(shown))
        names = names_on(clock.today())
    return RecordsFound(tuple(shown), len(found) > SHOWN, names)


def _begin(day: date) -> datetime:
    """The first instant of a day in Japan."""
    return datetime.combine(day, time(), tzinfo=clock.jst(clock.now()).tzinfo)
