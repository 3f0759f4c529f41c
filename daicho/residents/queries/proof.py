"""証明（自己検査） — the current table equals the fold of the history, and every household is lawful. design §4; `daicho prove`, nightly.

Reads the whole city once, in the order of persons, in constant memory. Findings name rows by opaque id, never a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any  # the columns of a row are of many types

from django.conf import settings
from django.db import connection, transaction

from daicho import clock
from daicho.outbox.epochs import Begun, begun, restores_between
from daicho.residents.models import SearchTerm, SheetVersion
from daicho.residents.queries.notes_laid import UPON
from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import ASSERTED, ENTRIES, NOTED, SheetEntries, from_json
from daicho.residents.rules.fold import Version, as_of, fold, is_open, spells_of, spells_overlap
from daicho.residents.rules.history_numbers import may_follow, next_history_no
from daicho.residents.rules.household_law import Household, lawless
from daicho.residents.rules.register_layout import IMPORTED
from daicho.residents.rules.terms import terms_of_history

_CHUNK = 2000
_OF_EVENTS = ASSERTED - set(NOTED)
_OfSheets = dict[int, dict[tuple[str, str], bool]]
"""Of each sheet of a person its terms (kind, key), and whether they are past."""


@dataclass
class Proof:
    """What was looked at, and what is wrong: (where, what). Empty findings = proven."""

    persons: int = 0
    versions: int = 0
    households: int = 0
    findings: list[tuple[str, str]] = field(default_factory=list)

    @property
    def proven(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class _Row:
    """One version as the proof reads it."""

    public_id: str
    version: Version
    digest: bytes


def prove(day: date | None = None, known_at: datetime | None = None) -> Proof:
    """Without `day`: current = fold = newest row, terms = what the history says, households lawful today.

    With `day` (and `known_at`): the households of that day, as then known. One pass over the versions, beside it one over
    the search terms, in the order of persons, all in one snapshot: it may run beside the work of the day (N-9.1-09).
    """
    with _one_snapshot():
        return _prove(day, known_at)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """What is registered meanwhile is not seen in one table and missed in the other. Within a transaction the caller's view serves."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _prove(day: date | None, known_at: datetime | None) -> Proof:
    proof = Proof()
    households: dict[str, list[SheetEntries]] = defaultdict(list)
    terms, epochs = (_Terms(), begun()) if day is None else (None, [])
    for person_id, rows in _histories():
        proof.persons += 1
        proof.versions += len(rows)
        if terms is not None:
            _prove_person(proof, rows, terms.of(person_id), households)
            _prove_numbers(proof, rows, epochs)
        elif (entries := as_of([row.version for row in rows], day or date.max, known_at=known_at)) and entries.household_no:
            households[entries.household_no].append(entries)
    if terms is not None:
        _prove_current(proof)
        proof.findings += [("search terms", f"{terms.strangers} sheets have terms and no history")] if terms.finished() else []
    for household_no, members in households.items():
        proof.households += 1
        for problem in lawless(Household(tuple((None, e) for e in members))):
            proof.findings.append((f"household {household_no}", f"{problem.code} {problem.field}"))
    return proof


_COLUMNS = (
    "person_id",
    "person__public_id",
    "history_no",
    "sheet_id",
    "spell_id",
    "key",
    "anchor",
    "recorded_at",
    "asserts",
    "digest",
    "annulment__recorded_at",
)


def _histories() -> Iterator[tuple[int, list[_Row]]]:
    """The versions of every person, in 記載順. Plain columns: making a model of each row would take twice the time."""
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    ordered = rows.order_by("person_id", "history_no").values_list(*_COLUMNS, *ENTRIES).iterator(chunk_size=_CHUNK)
    for person_id, versions in groupby(ordered, key=itemgetter(0)):
        yield person_id, [_row(values) for values in versions]


def _row(values: Sequence[Any]) -> _Row:
    _, public_id, history_no, sheet_id, spell_id, key, anchor, recorded_at, asserts, digest, annulled_at, *entries = values
    said = None if asserts is None else {name: from_json(name, value) for name, value in asserts.items()}
    version = Version(history_no, spell_id, sheet_id, key, anchor, recorded_at, SheetEntries(*entries), said, annulled_at)
    return _Row(str(public_id), version, bytes(digest))


def _prove_person(proof: Proof, rows: list[_Row], terms: _OfSheets, households: dict[str, list[SheetEntries]]) -> None:
    versions, public_id = [row.version for row in rows], rows[0].public_id
    newest = {row.version.sheet_no: row for row in rows}
    wholes = []
    for of_spell in spells_of(versions).values():
        whole = _whole(of_spell)
        if whole is None:
            proof.findings += [(public_id, "a sheet without life is open")] if _is_found(newest, of_spell) else []
            continue
        wholes.append(whole)
        row = newest[max(of_spell, key=lambda v: v.history_no).sheet_no].version
        if _differ(whole, row.entries):
            proof.findings.append((public_id, f"row {row.history_no} is not the fold of its spell"))
        if any(newest[no].version.entries.closed_on is None for no in {v.sheet_no for v in of_spell} - {row.sheet_no}):
            proof.findings.append((public_id, "a sheet that gave way to another is open"))
        if is_open(whole, clock.today()) and whole.household_no:
            households[whole.household_no].append(row.entries)
    if spells_overlap(wholes):
        proof.findings.append((public_id, "spells overlap"))
    for sheet_id, of_sheet in newest.items():
        entries = of_sheet.version.entries
        if of_sheet.digest != digest_of(entries):
            proof.findings.append((public_id, f"row {of_sheet.version.history_no} is not what its digest says"))
        said = terms_of_history([row.version.entries for row in rows if row.version.sheet_no == sheet_id])
        if terms.pop(sheet_id, {}) != {(kind.value, key): standing.is_past for (kind, key), standing in said.items()}:
            proof.findings.append((public_id, "search terms are not those of the rows"))
    if terms:
        proof.findings.append((public_id, "search terms of a sheet without history"))


def _prove_numbers(proof: Proof, rows: list[_Row], epochs: Sequence[Begun]) -> None:
    """None is missing: a leap stands only where the register was restored, or where that of another installation was, and the file said so."""
    public_id, versions = rows[0].public_id, [row.version for row in rows]
    if len(epochs) < 2 and (versions[0].history_no, versions[-1].history_no) == (1, len(versions)):  # each only once: none is missing
        return
    wrong = versions[0].history_no != 1
    for before, after in pairwise(versions):
        if after.history_no == next_history_no(before.history_no, restores_between(epochs, before.recorded_at, after.recorded_at)):
            continue
        wrong |= not (may_follow(before.history_no, after.history_no) and _came_by_file(public_id, after.history_no))
    if wrong:
        proof.findings.append((public_id, "履歴番号 are not 1, 2, 3 … (std 1.2.1-15; decision 0019)"))


def _came_by_file(public_id: str, history_no: int) -> bool:
    code = settings.INSTALLATION.municipality_code
    rows = SheetVersion.objects.filter(municipality_code=code, person__public_id=public_id, history_no=history_no)
    return rows.filter(event__source__startswith=IMPORTED).exists()


def _is_found(newest: dict[int, _Row], of_spell: list[Version]) -> bool:
    """Whether some day finds a sheet of a spell whose opening was annulled (fold.md 10)."""
    rows = [newest[sheet_no].version.entries for sheet_no in {v.sheet_no for v in of_spell}]
    return any(row.opened_on is not None and (row.closed_on is None or row.opened_on < row.closed_on) for row in rows)


def _whole(of_spell: list[Version]) -> SheetEntries | None:
    """The fold; of an opening that stands alone it is that row."""
    only = of_spell[0]
    return only.entries if len(of_spell) == 1 and only.is_opening and only.annulled_at is None else fold(of_spell)


def _differ(whole: SheetEntries, row: SheetEntries) -> bool:
    """Copies are left out: no event asserts them (fold.md 19); so is what officers write without an event (decision 0032)."""
    return whole is not row and any(getattr(whole, name) != getattr(row, name) for name in _OF_EVENTS)


def _prove_current(proof: Proof) -> None:
    """Every sheet's current row is its newest version, column by column, with what officers wrote upon it since (decision 0032): asked in SQL."""
    of_events = ", ".join(f'"{name}"' for name in ENTRIES if name not in NOTED)
    noted = ", ".join(NOTED)
    compared = ", ".join(f"n.{name}" for name in ("history_no", "sheet_history_no", "recorded_at", "person_id", "spell_id", "entries"))
    written = ", ".join(f"CASE WHEN u.texts ? '{name}' THEN u.texts ->> '{name}' ELSE n.{name} END" for name in NOTED)
    standing = ", ".join(f"c.{name}" for name in NOTED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH newest AS (
              SELECT DISTINCT ON (sheet_id) sheet_id, history_no, sheet_history_no, recorded_at, person_id, spell_id, ROW({of_events})::text AS entries, {noted}
                FROM residents_sheetversion WHERE municipality_code = %s ORDER BY sheet_id, history_no DESC
            ), standing AS (
              SELECT sheet_id, history_no, sheet_history_no, recorded_at, person_id, spell_id, ROW({of_events})::text AS entries, {noted}
                FROM residents_sheetcurrent WHERE municipality_code = %s
            ), upon AS ({UPON})
            SELECT p.public_id, n.history_no FROM newest n FULL JOIN standing c USING (sheet_id) LEFT JOIN upon u ON u.sheet_id = n.sheet_id AND u.history_no = n.history_no
              LEFT JOIN residents_person p ON p.id = coalesce(n.person_id, c.person_id)
             WHERE ({compared}) IS DISTINCT FROM ({compared.replace("n.", "c.")}) OR ({written}) IS DISTINCT FROM ({standing})
            """,
            [settings.INSTALLATION.municipality_code] * 3,
        )
        proof.findings += [(str(public_id), f"current is not row {history_no}") for public_id, history_no in cursor.fetchall()]


class _Terms:
    """The search terms of the city, present and past, person by person, in step with the histories."""

    def __init__(self) -> None:
        rows = SearchTerm.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).order_by("person_id")
        columns = rows.values_list("person_id", "sheet_id", "kind", "key", "is_past").iterator(chunk_size=_CHUNK * 5)
        self._groups = groupby(columns, key=itemgetter(0))
        self._next = self._read()
        self.strangers = 0

    def _read(self) -> tuple[int, _OfSheets] | None:
        for person_id, rows in self._groups:
            found: _OfSheets = defaultdict(dict)
            for _, sheet_id, kind, key, is_past in rows:
                found[sheet_id][kind, key] = is_past
            return person_id, found
        return None

    def of(self, person_id: int) -> _OfSheets:
        """By sheet; empty when the person has none. Persons are asked for in ascending order."""
        while self._next is not None and self._next[0] < person_id:
            self.strangers += len(self._next[1])
            self._next = self._read()
        if self._next is None or self._next[0] != person_id:
            return {}
        found, self._next = self._next[1], self._read()
        return found

    def finished(self) -> bool:
        """Read to the end; True when terms were left that belong to nobody's history."""
        while self._next is not None:
            self.strangers += len(self._next[1])
            self._next = self._read()
        return self.strangers > 0
