"""証明（自己検査） — the current table equals the fold of the history, and every household is lawful. design §4; `daicho prove`, nightly.

Reads the whole city once, in the order of persons, in constant memory. Findings name rows by opaque id, never a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.conf import settings

from daicho import clock
from daicho.residents.models import SearchTerm, SheetCurrent, SheetVersion
from daicho.residents.rules.digests import digest_of
from daicho.residents.rules.entries import ASSERTED, SheetEntries
from daicho.residents.rules.fold import as_of, fold, is_open, spells_of, spells_overlap
from daicho.residents.rules.household_law import Household, lawless
from daicho.residents.rules.terms import terms_of

_CHUNK = 2000


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


def prove(day: date | None = None, known_at: datetime | None = None) -> Proof:
    """Without `day`: current = fold = newest row, terms = what the history says, households lawful today.

    With `day` (and `known_at`): the households of that day, as then known. One pass over the versions.
    """
    proof = Proof()
    households: dict[str, list[SheetEntries]] = defaultdict(list)
    current = _current_rows() if day is None else {}
    for public_id, rows in _histories():
        proof.persons += 1
        proof.versions += len(rows)
        if day is None:
            _prove_person(proof, public_id, rows, current, households)
        elif (entries := as_of([r.to_value() for r in rows], day, known_at=known_at)) and entries.household_no:
            households[entries.household_no].append(entries)
    if day is None:
        _prove_terms(proof)
    for household_no, members in households.items():
        proof.households += 1
        for problem in lawless(Household(tuple((None, e) for e in members))):
            proof.findings.append((f"household {household_no}", f"{problem.code} {problem.field}"))
    return proof


def _histories() -> Iterator[tuple[str, list[SheetVersion]]]:
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("annulment", "person")
    ordered = rows.order_by("person_id", "history_no").iterator(chunk_size=_CHUNK)
    for _, versions in groupby(ordered, key=lambda v: v.person_id):
        of_person = list(versions)
        yield str(of_person[0].person.public_id), of_person


def _prove_person(
    proof: Proof, public_id: str, rows: list[SheetVersion], current: dict[int, tuple[int, bytes]], households: dict[str, list[SheetEntries]]
) -> None:
    versions = [row.to_value() for row in rows]
    if [v.history_no for v in versions] != list(range(1, len(versions) + 1)):
        proof.findings.append((public_id, "履歴番号 are not 1, 2, 3 … (std 1.2.1-15)"))
    newest = {row.sheet_id: row for row in rows}
    wholes = []
    for of_spell in spells_of(versions).values():
        whole = fold(of_spell)
        if whole is None:
            continue
        wholes.append(whole)
        sheet = max(of_spell, key=lambda v: v.history_no).sheet_no
        if _differ(whole, newest[sheet].to_entries()):
            proof.findings.append((public_id, f"row {newest[sheet].history_no} is not the fold of its spell"))
        if is_open(whole, clock.today()) and whole.household_no:
            households[whole.household_no].append(newest[sheet].to_entries())
    if spells_overlap(wholes):
        proof.findings.append((public_id, "spells overlap"))
    for sheet_id, row in newest.items():
        if current.get(sheet_id) != (row.history_no, digest_of(row.to_entries())) or bytes(row.digest) != digest_of(row.to_entries()):
            proof.findings.append((public_id, f"current is not row {row.history_no}"))


def _current_rows() -> dict[int, tuple[int, bytes]]:
    """Sheet id → (履歴番号, digest of its entries), so that the whole city fits in memory."""
    rows = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return {row.sheet_id: (row.history_no, digest_of(row.to_entries())) for row in rows.iterator(chunk_size=_CHUNK)}


def _differ(whole: SheetEntries, row: SheetEntries) -> bool:
    """Copies are left out: no event asserts them (fold.md 19)."""
    return any(getattr(whole, name) != getattr(row, name) for name in ASSERTED)


def _prove_terms(proof: Proof) -> None:
    """Present terms are exactly those of the current rows; past ones come from somewhere in the sheet's history."""
    stored: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = SearchTerm.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, is_past=False)
    for sheet_id, kind, key in rows.values_list("sheet_id", "kind", "key").iterator(chunk_size=_CHUNK * 5):
        stored[sheet_id].add((kind, key))
    for row in SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person").iterator(chunk_size=_CHUNK):
        if stored.pop(row.sheet_id, set()) != {(k.value, key) for k, key in terms_of(row.to_entries())}:
            proof.findings.append((str(row.person.public_id), "search terms are not those of the current row"))
    proof.findings += [("search terms", f"{len(stored)} sheets have terms and no current row")] if stored else []
