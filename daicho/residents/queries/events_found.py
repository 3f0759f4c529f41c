"""異動履歴の照会 — of a household all its members' events in one list; and of the whole city, by every item of the history. std 1.2.1, 2.2.1 (N-2.2.1-02…-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CivilEvent, SheetCurrent, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.history import Line, line_of, said
from daicho.residents.rules.definitions import Basis
from daicho.residents.rules.name_periods import NamePeriod, name_periods
from daicho.values.dates import JapaneseDate

SHOWN = 200


@dataclass(frozen=True)
class EventConditions:
    """What is asked for, by the items of the history: what is empty is not asked. A day may be a month or a year: all its days.

    `filed`: by basis, when it came: 届出日, 申出日, 通知日, 請求日.
    """

    atena_no: str = ""
    reason: str = ""
    effective_on: JapaneseDate | None = None
    recorded_on: JapaneseDate | None = None
    filed: Mapping[Basis, JapaneseDate] = field(default_factory=dict)
    office_code: str = ""
    terminal: str = ""
    remark: str = ""


@dataclass(frozen=True)
class FoundEvents:
    """The newest first, at most SHOWN; `more`: there are others."""

    lines: tuple[Line, ...]
    more: bool


def find_events(actor: Actor, asked: EventConditions) -> FoundEvents:
    """Everybody's rows that fit. One statement, for an 異動日 one more, and the record, which names everyone of the lines.

    Of somebody named the newest 在住 alone: a 再転入者's life before is asked from its own 除票 (N-2.2.1-05).
    """
    with audit.reading(actor, Permission.HISTORY_READ) as seen:
        rows = _fitting(_told(), asked).exclude(person_id__in=hidden_from(actor)).select_related("annulment", "event", "sheet", "spell", "person")
        found = list(rows.order_by("-event__recorded_at", "person_id", "-history_no")[: SHOWN + 1])
        lines = tuple(line_of(row, found) for row in found[:SHOWN])
        seen.add(*(line.public_id for line in lines if line.public_id))
        return FoundEvents(lines, len(found) > SHOWN)


def _told() -> QuerySet[SheetVersion]:
    """Rows of whom an event said something: 異動者. Those whose 世帯主氏名 only followed are none (std 1.2.1)."""
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return rows.filter(Q(asserts__isnull=True) | ~Q(asserts={}) | Q(event__cancels__isnull=False))


def _fitting(rows: QuerySet[SheetVersion], asked: EventConditions) -> QuerySet[SheetVersion]:
    if asked.atena_no:
        rows = rows.filter(spell_id=_newest_spell(asked.atena_no))
    exact = {"event__standard_code": asked.reason, "event__office_code": asked.office_code, "event__terminal": asked.terminal}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.remark:
        rows = rows.filter(remark__contains=asked.remark)
    for basis, day in asked.filed.items():
        rows = rows.filter(event__basis=basis.value, event__filed_on__range=(day.first, day.last))
    if asked.recorded_on:
        since, until = (datetime.combine(day, time.min, clock.JST) for day in (asked.recorded_on.first, asked.recorded_on.last + timedelta(1)))
        rows = rows.filter(event__recorded_at__gte=since, event__recorded_at__lt=until)
    return rows.filter(_effective(asked.effective_on)) if asked.effective_on else rows


def _effective(asked: JapaneseDate) -> Q:
    """異動日 as written, in 和暦 or 西暦; of the few that are uncertain those that can have been on one of these days (std 1.1.8)."""
    days = [asked.first + timedelta(n) for n in range((asked.last - asked.first).days + 1)]
    written = {JapaneseDate.of(day, western=western).encode() for day in days for western in (False, True)}
    uncertain = CivilEvent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, effective_on__contains=":")
    perhaps = [event for event, on in uncertain.values_list("pk", "effective_on") if on.first <= asked.last and on.last >= asked.first]
    return Q(event__effective_on__in=[JapaneseDate.decode(code) for code in sorted(written)]) | Q(event_id__in=perhaps)


def _newest_spell(atena_no: str) -> QuerySet[SheetCurrent]:
    sheets = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__atena_no=atena_no)
    return sheets.order_by("-history_no").values("spell_id")[:1]


@dataclass(frozen=True)
class HouseholdHistory:
    """What happened to everyone who is or was of a household: rows, newest first; and the 旧氏 and 通称 of each, by person."""

    household_no: str
    lines: tuple[Line, ...]
    names: Mapping[UUID, tuple[NamePeriod, ...]]


def household_history(actor: Actor, public_id: UUID) -> HouseholdHistory:
    """Of the household of this person's newest sheet (N-2.2.1-02, -03). Http404 for nobody. Two statements and the record, which names all of them.

    Of who belongs to it by the newest row all of their 在住; of who belonged to it once, until the row that took them out.
    """
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)) as seen:
        hidden = hidden_from(actor)
        own = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, person__public_id=public_id)
        household_no = own.exclude(person_id__in=hidden).order_by("-history_no").values_list("household_no", flat=True).first()
        if household_no is None:
            raise Http404
        spells = _spells_in(household_no, hidden)
        seen.add(*(rows[0].person.public_id for rows in spells))
        names = {rows[0].person.public_id: name_periods(map(said, rows)) for rows in spells}
        lines = [line_of(row, rows) for rows in spells for row in _of_household(rows, household_no)]
        ordered = sorted(lines, key=lambda line: (line.recorded_at, -(line.entries.order_in_household or 0)), reverse=True)
        return HouseholdHistory(household_no, tuple(ordered), {person: periods for person, periods in names.items() if periods})


def _spells_in(household_no: str, hidden: Sequence[int]) -> list[list[SheetVersion]]:
    """Of each who belonged to it the rows of their newest 在住 in it, in 記載順; never two of one person (N-2.2.1-05). One statement."""
    code = settings.INSTALLATION.municipality_code
    spells = SheetVersion.objects.filter(household_no=household_no, municipality_code=code).values("spell_id")
    found: dict[int, list[SheetVersion]] = {}
    rows = SheetVersion.objects.filter(municipality_code=code, spell_id__in=spells).select_related("annulment", "event", "sheet", "spell", "person")
    for row in rows.exclude(person_id__in=list(hidden)).order_by("person_id", "history_no"):
        found.setdefault(row.spell_id, []).append(row)
    newest = {rows[0].person_id: rows for rows in sorted(found.values(), key=lambda rows: rows[0].history_no)}
    return list(newest.values())


def _of_household(rows: Sequence[SheetVersion], household_no: str) -> Sequence[SheetVersion]:
    if rows[-1].household_no == household_no:
        return rows
    inside = [at for at, row in enumerate(rows) if row.household_no == household_no]
    return rows[inside[0] : inside[-1] + 2]
