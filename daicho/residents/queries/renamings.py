"""住所の一括変更の照会 — whom the instructions are about, who is held by a 仮登録, and the cases with their people. std 9.7."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a case keeps its instructions as JSON
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import Http404

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.residents.models import Claim, Renaming, RenamingLine
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import (
    BY_ADDRESS,
    BY_ATENA_NO,
    BY_BEGINNING,
    BY_DOMICILE_BEGINNING,
    BY_HOUSEHOLD,
    BY_PERSON_ID,
    CurrentRow,
    current_rows,
    newest_rows,
)
from daicho.residents.queries.letters_put_out import letters_count, renaming_case
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.renaming import Instruction, RenamingKind

PAGE = 100
PURPOSE = "住所の一括変更"


def candidates(kind: RenamingKind, instructions: Iterable[Instruction]) -> list[CurrentRow]:
    """Residents whom one of the instructions may be about, each once. At most four statements, whatever the instructions."""
    wanted = list(instructions)
    begins = [one.old for one in wanted if one.begins]
    atena_nos = [one.atena_no for one in wanted if one.atena_no]
    household_nos = [one.household_no for one in wanted if one.household_no]
    addresses = [one.old for one in wanted if not (one.begins or one.atena_no or one.household_no)]
    found = [
        *current_rows(BY_DOMICILE_BEGINNING if kind is RenamingKind.DOMICILE else BY_BEGINNING, begins),
        *current_rows(BY_ATENA_NO, atena_nos),
        *current_rows(BY_HOUSEHOLD, household_nos),
        *current_rows(BY_ADDRESS, addresses),
    ]
    today = clock.today()
    return list({row.person_id: row for row in found if is_open(row.entries, today)}.values())


class Holders:
    """The filings that hold some of these (N-4.0.8-04). One statement."""

    def __init__(self, atena_nos: Collection[str], household_nos: Collection[str]) -> None:
        rows = Claim.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, number__in=[*atena_nos, *household_nos])
        self._held = {(kind, number): no for kind, number, no in rows.values_list("kind", "number", "filing__filing_no")}

    def of(self, atena_no: str, household_no: str) -> int | None:
        """The number of the filing that holds this person or their household; None when none does."""
        return self._held.get(("household", household_no)) or self._held.get(("person", atena_no))


class TownCodes:
    """町字 of the city by an address: the longest that it begins with. One statement for all."""

    def __init__(self) -> None:
        here = settings.INSTALLATION.municipality_name
        self._codes = {f"{t.prefecture}{t.municipality}{t.oaza}{t.koaza}": t.town_code for t in city.queries.towns(clock.today(), municipality=here)}
        self._longest = max(map(len, self._codes), default=0)

    def of(self, address: str) -> str | None:
        lengths = range(min(len(address), self._longest), 0, -1)
        return next((code for length in lengths if (code := self._codes.get(address[:length]))), None)


def instructions_of(row: Renaming) -> list[Instruction]:
    return [Instruction(**stored) for stored in row.instructions]


Counts = Mapping[str, int]
"""How many lines of a case are in each state."""


@dataclass(frozen=True)
class Listed:
    """One case of the list."""

    row: Renaming
    counts: Counts

    @property
    def people(self) -> int:
        return sum(self.counts.values())


def list_renamings(actor: Actor) -> list[Listed]:
    """The cases, newest first; nobody is named. Two statements."""
    audit.require(actor, Permission.RENAMING_MANAGE)
    rows = list(_ours().order_by("-pk").defer("instructions")[:PAGE])
    counts: dict[int, dict[str, int]] = {}
    for pk, state, count in RenamingLine.objects.filter(renaming__in=rows).values_list("renaming_id", "state").annotate(count=Count("pk")):
        counts.setdefault(pk, {})[state] = count
    return [Listed(row, counts.get(row.pk, {})) for row in rows]


def find_renaming(public_id: UUID, *, lock: bool = False) -> Renaming:
    """One case. Http404 when there is none."""
    rows = _ours().select_for_update() if lock else _ours()
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404("その一括変更はありません。一覧から開き直してください。")
    return row


@dataclass(frozen=True)
class Person:
    """One line of a case with whose sheet it is."""

    line: RenamingLine
    public_id: UUID
    entries: SheetEntries


@dataclass(frozen=True)
class Opened:
    """A case as its page shows it: one page of its people, and what met nobody."""

    row: Renaming
    counts: Counts
    people: tuple[Person, ...]
    pages: int
    unmet: tuple[Mapping[str, Any], ...]
    households: int  # that are written to: of those who are to be renamed, or were
    letters: Mapping[str, int]  # how many of each kind were put out

    @property
    def waiting(self) -> int:
        return self.counts.get("staged", 0) + self.counts.get("held", 0)


def get_renaming(actor: Actor, public_id: UUID, *, state: str = "", page: int = 1, size: int | None = None) -> Opened:
    """A page of the before and after of a case, of all or of those in one state. Seven statements and the record. Http404.

    `size`: how many on a page, where it is not PAGE.
    """
    with audit.reading(actor, Permission.RENAMING_MANAGE, purpose=PURPOSE) as seen:
        row = find_renaming(public_id)
        seen.note(renaming=row.pk)
        counts = dict(row.lines.values_list("state").annotate(count=Count("pk")))
        per_page = size or PAGE
        lines = _page(row, state, page, per_page)
        people = newest_rows(BY_PERSON_ID, [line.person_id for line in lines])
        seen.add(*(people[line.person_id].public_id for line in lines))
        met = set(row.lines.values_list("instruction_no", flat=True).distinct())
        unmet = tuple(stored for stored in row.instructions if stored["no"] not in met)
        found = tuple(Person(line, people[line.person_id].public_id, people[line.person_id].entries) for line in lines)
        among = counts.get(state, 0) if state else sum(counts.values())
        told = dict(letters_count(renaming_case(public_id)))
        return Opened(row, counts, found, max(1, -(-among // per_page)), unmet, _households(row), told)


TOLD_OF: Mapping[str, tuple[str, ...]] = {"done": ("done",), "staged": ("staged", "held"), "examined": ("staged", "held")}
"""Whose lines are written to, by the state of the case; of another state nobody's."""


def _households(row: Renaming) -> int:
    return int(row.lines.filter(state__in=TOLD_OF.get(row.state, ())).values("household_no").distinct().count())


def _page(row: Renaming, state: str, page: int, size: int) -> Sequence[RenamingLine]:
    lines = row.lines.filter(state=state) if state else row.lines
    return list(lines.order_by("household_no", "pk")[(page - 1) * size : page * size])


def _ours() -> QuerySet[Renaming]:
    return Renaming.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
