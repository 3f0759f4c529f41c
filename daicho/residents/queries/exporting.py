"""住民記録の書出し — the register as a file of layouts/resident_register.csv: its whole history, as it is now, or as of a day. C-07, F-1-17, F-2-13.

Rows stream in the order of 宛名番号 and 履歴番号. Items 4, 7 and 120–127 are computed for the day asked (C-05). That it
begins is on record before the file is opened, so that an export which is cut off is known; the reading and the file's entry in the
register of files are committed before the file bears its name.
"""

from __future__ import annotations

import csv
import hashlib
import os
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from pathlib import Path

from django.conf import settings

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.audit.at_the_machine import person_at_the_machine
from daicho.residents.models import ExportedFile, Filing, SheetVersion
from daicho.residents.permissions import Permission
from daicho.residents.queries.notes_laid import lay_notes, with_notes_known
from daicho.residents.rules.entries import NUMBER_ENTRIES, SheetEntries, canonical_group
from daicho.residents.rules.fold import Version, as_of
from daicho.residents.rules.register_layout import NAME, items
from daicho.residents.rules.register_write import Member, Stored, head_name, member_of, row_cells

_PEOPLE_AT_ONCE = 500


@dataclass(frozen=True)
class What:
    """Which rows: `history` every version, else one row for each person: the newest, or with `day` that of the day as known then."""

    history: bool = True
    day: date | None = None
    known_at: datetime | None = None
    numbers: bool = False


def export_register(
    actor: Actor, file: Path, what: What, *, purpose: str, keep_days: int = 30, progress: Callable[[int], None] = lambda rows: None
) -> ExportedFile:
    """Write the file and register it. ValueError without a purpose; audit.Refused without the permissions; FileExistsError.

    Memory holds some people and, for one row each, what is shown of every household's members.
    """
    if not purpose.strip() or keep_days < 1:
        raise ValueError("a file needs a purpose and an expiry")
    if what.numbers:
        audit.require(actor, Permission.NUMBER_REVEAL)
    if os.path.lexists(file):
        raise FileExistsError(file)
    token = secrets.token_hex(8)
    detail = {"scope": "住民記録の全員", "layout": NAME, "numbers": what.numbers, "draft": token, **person_at_the_machine()}
    with audit.reading(actor, Permission.REGISTER_EXPORT, purpose=purpose) as begun:
        begun.note(step="begin", **detail)
    partial = file.with_name(f".{file.name}.{token}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with audit.reading(actor, Permission.REGISTER_EXPORT, purpose=purpose) as seen:
            seen.note(step="end", **detail)
            rows, digest = _write(descriptor, partial, what, progress)
            if os.path.lexists(file):
                raise FileExistsError(file)
            made = ExportedFile.objects.create(
                municipality_code=settings.INSTALLATION.municipality_code, layout=NAME, owner=actor.login, purpose=purpose, digest=digest, rows=rows,
                holds_numbers=what.numbers, made_at=clock.now(), expires_on=clock.today() + timedelta(keep_days),
            )  # fmt: skip
            seen.note(file=str(made.public_id), digest=digest, rows=rows)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    return made


def _write(descriptor: int, file: Path, what: What, progress: Callable[[int], None]) -> tuple[int, str]:
    count = 0
    with open(descriptor, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(items())
        for cells in export_rows(what):
            writer.writerow(cells)
            count += 1
            if count % 10_000 == 0:
                progress(count)
    with file.open("rb") as written:
        return count, hashlib.file_digest(written, "sha256").hexdigest()


def export_rows(what: What) -> Iterator[list[str]]:
    """The rows as cells, in the layout's order. The caller holds the reading."""
    day = what.day or clock.today()
    households = {} if what.history else _households(what)
    people = iter(_people())
    while portion := list(islice(people, _PEOPLE_AT_ONCE)):
        numbers = _numbers(portion) if what.numbers else None
        filings = _filings(portion)
        lay_notes((row for rows in portion for row in rows), what.known_at)
        for rows in portion:
            for stored in _chosen(rows, what, filings, households):
                yield row_cells(stored, day, numbers, households.get(stored.entries.household_no or "", []))


def _people() -> Iterator[list[SheetVersion]]:
    rows = SheetVersion.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related(
        "person", "sheet", "spell", "event", "event__corrects", "event__cancels", "annulment", "annulment__event"
    )
    ordered = rows.order_by("person__atena_no", "history_no").iterator(chunk_size=1000)
    for _, versions in groupby(ordered, key=lambda row: row.person_id):
        yield list(versions)


def _chosen(rows: list[SheetVersion], what: What, filings: dict[int, Filing], households: dict[str, list[Member]]) -> Iterable[Stored]:
    """Every row; or the newest, with what was before it; or the row as folded for the day."""
    values = [row.to_value() for row in rows]
    stored = [_stored(row, value, filings) for row, value in zip(rows, values, strict=True)]
    if what.history:
        return stored
    newest = stored[-1]
    entries = newest.entries if what.day is None else as_of(values, what.day, known_at=what.known_at)
    if entries is None:
        return ()
    if what.day is not None:
        entries = with_notes_known(entries, rows, what.known_at)
    named = {**entries.__dict__, "householder_name": head_name(households.get(entries.household_no or "", []))} if what.day else entries.__dict__
    return (newest.with_entries(SheetEntries(**named), tuple(stored[:-1])),)


def _households(what: What) -> dict[str, list[Member]]:
    """What is shown of the members of every household: those open on the day, in order."""
    day = what.day or clock.today()
    found: dict[str, list[Member]] = defaultdict(list)
    for rows in _people():
        entries = as_of([row.to_value() for row in rows], day, known_at=what.known_at)
        if entries is not None and entries.household_no:
            found[entries.household_no].append(member_of(entries, rows[0].person.atena_no, day))
    return {no: sorted(members, key=lambda m: (m.order, m.atena_no)) for no, members in found.items()}


def _stored(row: SheetVersion, value: Version, filings: dict[int, Filing]) -> Stored:
    event, annulment = row.event, getattr(row, "annulment", None)
    filing = filings.get(event.filing_no) if event.filing_no is not None else None
    return Stored(
        entries=value.entries,
        asserts=row.asserts,
        sources=row.sources or {},
        event=event.__dict__,
        filing=_of_filing(filing),
        corrects=str(event.corrects.request_key) if event.corrects else None,
        cancels=str(event.cancels.request_key) if event.cancels else None,
        annulled_at=annulment.recorded_at if annulment else None,
        annulled_by=str(annulment.event.request_key) if annulment else None,
        own={
            "atena_no": row.person.atena_no, "juminhyo_no": row.sheet.juminhyo_no, "spell_no": row.spell.spell_no, "atena_history_no": row.history_no,
            "juminhyo_history_no": row.sheet_history_no, "event_history_remark": row.remark,
            "event_history_remark_tie": None if row.remark_tie is None else canonical_group(row.remark_tie), "recorded_at": row.recorded_at, "place_key": row.key,
            "place_anchor": row.anchor,
        },
    )  # fmt: skip


def _numbers(portion: list[list[SheetVersion]]) -> dict[int, str]:
    """Every number of some people, in the clear."""
    refs = {
        ref for rows in portion for row in rows for name in NUMBER_ENTRIES for ref in (getattr(row, name), (row.asserts or {}).get(name)) if ref is not None
    }
    return vault.reveal_many(sorted(refs), because="資料の作成") if refs else {}


def _filings(portion: list[list[SheetVersion]]) -> dict[int, Filing]:
    wanted = {row.event.filing_no for rows in portion for row in rows if row.event.filing_no is not None}
    if not wanted:
        return {}
    rows = Filing.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, filing_no__in=wanted).select_related("visit")
    return {filing.filing_no: filing for filing in rows}


def _of_filing(filing: Filing | None) -> dict[str, object]:
    """What item 129 tells of a 届書 that we hold ourselves; nothing of what was typed about people."""
    if filing is None:
        return {}
    visit = filing.visit
    return {
        "entered_at": filing.entered_at.isoformat() if filing.entered_at else None,
        "examined_at": filing.examined_at.isoformat() if filing.examined_at else None,
        "visit_no": visit.visit_no,
        "visitor_name": visit.visitor_name,
        "standing": visit.standing,
        "identity_check": visit.identity_check,
        "identity_documents": visit.identity_documents,
    }
