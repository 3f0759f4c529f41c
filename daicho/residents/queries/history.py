"""異動履歴・時点照会 — what happened to a person, and what the register said on any day, as known at any moment. std 1.2.1, 2.2.1; design §4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.errors import CannotDo
from daicho.residents.models import SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.notes_laid import lay_notes, with_notes_known
from daicho.residents.rules.days_filed import day_filed
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import Version, as_of, fold
from daicho.residents.rules.household_law import Household
from daicho.residents.rules.name_periods import NamePeriod, name_periods
from daicho.values.dates import JapaneseDate

_WRITERS_LIMIT = timedelta(minutes=1)
"""A moment is repeatable only once no writer that began before it still runs (fold.md 20); idle writers are ended after 60 s."""


@dataclass(frozen=True)
class Line:
    """One row of the history as a screen shows it."""

    history_no: int
    juminhyo_no: int
    event: str
    basis: str
    effect: str
    effective_on: JapaneseDate
    filed_on: date | None
    recorded_at: datetime
    entered_by: str
    examined_by: str
    office_code: str
    terminal: str
    changed: tuple[str, ...]
    annulled: bool
    entries: SheetEntries
    is_cancel: bool = False
    annuls: tuple[int, ...] = ()  # 履歴番号 that the 取消し of this row annulled
    remark: str = ""  # 留意事項
    public_id: UUID | None = None
    spell_no: int = 0

    @property
    def day_filed(self) -> str:
        """届出日, 申出日, 請求日 or 通知日; "" where the event has none."""
        return day_filed(self.basis) if self.filed_on else ""

    says_caution: bool = False  # it says, corrects or takes away a 留意事項, and nothing else


@dataclass(frozen=True)
class SpellDays:
    """一続きの在住: sheets that follow one another without a gap, by its number of the person."""

    no: int
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class History:
    """異動履歴 of one 在住, newest first, with the 旧氏 and 通称 borne in it; and which other ones the person had."""

    spell: SpellDays
    lines: tuple[Line, ...]
    names: tuple[NamePeriod, ...]
    others: tuple[SpellDays, ...]


@dataclass(frozen=True)
class SaidRow:
    """A row of the history as rules/name_periods.py reads it."""

    version: Version
    effective_on: JapaneseDate
    event: str


def history(actor: Actor, public_id: UUID, spell_no: int | None = None) -> History:
    """One 在住 in 記載順, the newest unless another is named; never two in one list (N-2.2.1-05). Http404 for none. One statement and the record."""
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)):
        rows = rows_of([public_id], hidden_from(actor))
        spells = _spells(rows)
        chosen = spells.get(spell_no if spell_no is not None else rows[-1].spell.spell_no) if rows else None
        if chosen is None:
            raise Http404
        own = [row for row in rows if row.spell.spell_no == chosen.no]
        others = tuple(spell for no, spell in sorted(spells.items(), reverse=True) if no != chosen.no)
        return History(chosen, tuple(line_of(row, own) for row in reversed(own)), name_periods(map(said, own)), others)


def versions(actor: Actor, public_id: UUID, *history_nos: int) -> tuple[Line, ...]:
    """These versions of a person, on whichever sheets they stand, in 記載順. Http404 when one is none of theirs. One statement and the record.

    Of two 在住 only with the right to it: the standard has no such question, and an officer has one only for a reason (design §11).
    """
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)):
        rows = [row for row in rows_of([public_id], hidden_from(actor)) if row.history_no in history_nos]
        if len(rows) != len(set(history_nos)):
            raise Http404("その履歴番号の記録はありません。異動履歴の画面で選び直してください。")
    if len({row.spell_id for row in rows}) > 1:
        audit.require(actor, Permission.SHEETS_COMPARE, (public_id,))
    return tuple(line_of(row, rows) for row in rows)


def said(row: SheetVersion) -> SaidRow:
    return SaidRow(row.to_value(), row.event.effective_on, row.event.standard_code)


def _spells(rows: Sequence[SheetVersion]) -> dict[int, SpellDays]:
    """By number. One that a 取消し took away has no days."""
    by_no: dict[int, list[Version]] = {}
    for row in rows:
        by_no.setdefault(row.spell.spell_no, []).append(row.to_value())
    wholes = {no: fold(of_spell) or SheetEntries() for no, of_spell in by_no.items()}
    return {no: SpellDays(no, whole.opened_on, whole.closed_on) for no, whole in wholes.items()}


def rows_of(public_ids: list[UUID], hidden: Sequence[int] = ()) -> list[SheetVersion]:
    """Every version of these persons, but of whom the reader may not know. One statement."""
    rows = SheetVersion.objects.filter(person__public_id__in=public_ids, municipality_code=settings.INSTALLATION.municipality_code)
    rows = rows.exclude(person_id__in=list(hidden)) if hidden else rows
    return list(rows.select_related("annulment", "event", "sheet", "spell", "person").order_by("person_id", "history_no"))


def line_of(row: SheetVersion, rows: Sequence[SheetVersion]) -> Line:
    """A row as a screen shows it; `rows`: among which those are that a 取消し annulled."""
    event = row.event
    annuls = tuple(other.history_no for other in rows if hasattr(other, "annulment") and other.annulment.event_id == event.pk)
    return Line(
        row.history_no, row.sheet.juminhyo_no, event.standard_code, event.basis, event.effect, event.effective_on, event.filed_on, row.recorded_at,
        event.entered_by, event.examined_by, event.office_code, event.terminal, tuple(sorted(row.asserts)) if row.asserts is not None else (),
        hasattr(row, "annulment"), row.to_entries(), event.cancels_id is not None, annuls, row.remark or "",
        row.person.public_id, row.spell.spell_no,
        row.remark_tie is not None and row.asserts == {},
    )  # fmt: skip


@dataclass(frozen=True)
class AsOf:
    """What the register said of a person and their household on `day`. `entries` None = no resident that day."""

    day: date
    known_at: datetime | None
    entries: SheetEntries | None
    household: tuple[tuple[str, SheetEntries], ...]


def person_as_of(actor: Actor, public_id: UUID, day: date, known_at: datetime | None = None) -> AsOf:
    """A person and their household as of a day, as known at a moment (None = now).

    世帯主氏名 is derived from the head's own fold (design §4). A few statements, whatever the city's size.
    """
    if known_at is not None and known_at > clock.now() - _WRITERS_LIMIT:
        raise CannotDo("いま記録されている最中かもしれない時点です。1分ほど前までの時点を指定してください。")
    with audit.reading(actor, Permission.HISTORY_READ, subjects=(public_id,)) as seen:
        hidden = hidden_from(actor)
        rows = rows_of([public_id], hidden)
        if not rows:
            raise Http404
        entries = as_of([row.to_value() for row in rows], day, known_at=known_at)
        if entries is None or entries.household_no is None:
            return AsOf(day, known_at, entries, ())
        members = household_as_of(entries.household_no, day, known_at, hidden)
        seen.add(*(UUID(public) for public, _ in members))
        lay_notes(rows, known_at)
        mine = dict(members).get(str(public_id), entries)
        return AsOf(day, known_at, with_notes_known(mine, rows, known_at), members)


def household_as_of(household_no: str, day: date, known_at: datetime | None = None, hidden: Sequence[int] = ()) -> tuple[tuple[str, SheetEntries], ...]:
    """(public id, entries) of those who lived in a household on a day, in order. Two statements."""
    code = settings.INSTALLATION.municipality_code
    ever = SheetVersion.objects.filter(household_no=household_no, municipality_code=code).values_list("person__public_id", flat=True).distinct()
    by_person: dict[str, list[Version]] = {}
    for row in rows_of(list(ever), hidden):
        by_person.setdefault(str(row.person.public_id), []).append(row.to_value())
    folded = [(public, e) for public, versions in by_person.items() if (e := as_of(versions, day, known_at=known_at)) and e.household_no == household_no]
    head = Household(tuple((None, e) for _, e in folded)).head_name
    named = [(public, e.but(householder_name=head)) for public, e in folded]
    return tuple(sorted(named, key=lambda m: (m[1].order_in_household or 0, m[0])))
