"""住民記録の取込み — a file of layouts/resident_register.csv becomes the register: all of it, or nothing. C-07, F-1-01 (移行); `daicho import`.

The file is read once, in portions of whole people; memory holds a portion, and of the rest the 宛名番号, 世帯番号 and event
names. Everything happens in one transaction: with one bad row, or a person the register knows, nothing stays. The rows of
one person stand together, in 記載順. Other processes make the lines while the database takes in those before. The first load
of an empty register goes faster as the tables' owner: it lays their indexes and foreign keys aside and makes them again.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock, numbering, vault
from daicho.audit.actor import Actor
from daicho.residents.commands.bulk import copy_block
from daicho.residents.commands.bulk_lines import COLUMNS, EventPlace, Made, Maker, Portion, block
from daicho.residents.commands.bulk_making import all_made
from daicho.residents.commands.setting_aside import set_aside
from daicho.residents.models import CivilEvent, Household, Person, Sheet, SheetVersion, Spell
from daicho.residents.permissions import Permission
from daicho.residents.rules.register_layout import IMPORTED, NAME, number_columns
from daicho.residents.rules.register_row import BadRow
from daicho.residents.rules.register_rows import Import
from daicho.residents.rules.writings import line
from daicho.rows import draw_ids
from daicho.vault.kinds import in_shape

PEOPLE_AT_ONCE = 1000
FILLED = (*COLUMNS, "residents_household", "residents_annulment")
"""Every table of the register that a file fills."""
csv.field_size_limit(16 * 1024 * 1024)


class BadFile(ValueError):
    """Nothing was taken in. `bad` are all bad rows; `relationships` the 続柄 to be replaced, with how often they stand."""

    def __init__(self, bad: Sequence[BadRow]) -> None:
        super().__init__(f"{len(bad):,} faults in the file; nothing was imported")
        self.bad = tuple(bad)
        self.relationships = Counter(b.relationship for b in bad if b.relationship)


@dataclass
class Imported:
    """What a file brought."""

    persons: int = 0
    versions: int = 0
    events: int = 0
    households: int = 0
    digest: str = ""


@dataclass
class _Course:
    """What must be remembered from portion to portion."""

    group_at: Mapping[str, int]
    digest: str
    is_first: bool  # nobody is registered yet
    number_digits: int
    events: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    households: set[str] = field(default_factory=set)
    annulled: list[tuple[int, str, datetime]] = field(default_factory=list)
    annulled_by: dict[int, str] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    highest: Counter[str] = field(default_factory=Counter)


def import_register(actor: Actor, file: Path, *, progress: Callable[[int], None] = lambda people: None, processes: int | None = None) -> Imported:
    """Take in a whole file. BadFile with every fault; ValueError when its heading fits no layout; audit.Refused.

    `processes` = how many make lines beside this one; 0 = none. Numbers go to the vault, the series go on above what came.
    """
    audit.require(actor, Permission.REGISTER_IMPORT)
    digest = _digest(file)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        heading = tuple(next(rows, ()))
        maker = Maker(heading, Import(clock.now(), actor.login), settings.INSTALLATION.municipality_code, f"{IMPORTED}{NAME}@{digest[:16]}")
        with transaction.atomic():
            is_first = _is_first()
            course = _Course({name: at for at, name in enumerate(heading)}, digest, is_first, int(city.setting("number_digits", clock.today())))
            with set_aside(FILLED) if not _anybody_at_all() else nullcontext():
                done = _load(maker, enumerate(rows, 2), course, progress, processes)
            done.digest = digest
            detail = {"layout": NAME, "persons": done.persons, "versions": done.versions, "events": done.events, "households": done.households}
            audit.record(actor, Permission.REGISTER_IMPORT, digests={"file": digest}, detail=detail)
    return done


def _is_first() -> bool:
    """Whether this city registers nobody yet."""
    ours = {"municipality_code": settings.INSTALLATION.municipality_code}
    return not (Person.objects.filter(**ours).exists() or Household.objects.filter(**ours).exists())


def _anybody_at_all() -> bool:
    """Whether the tables hold anybody, of whichever city: an index is the table's, and is not taken from under another city's rows."""
    return Person.objects.exists() or Household.objects.exists()


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _load(maker: Maker, rows: Iterator[tuple[int, list[str]]], course: _Course, progress: Callable[[int], None], processes: int | None) -> Imported:
    _ = maker.plan  # a heading that fits no layout fails before anything else
    done = Imported()
    for made in all_made(maker, _portions(rows, course), (os.cpu_count() or 1) if processes is None else processes):
        course.bad += made.bad
        if not course.bad:
            _write(made, course)
        done.persons += made.persons
        done.versions += made.versions
        progress(done.persons)
    if course.bad:
        raise BadFile(sorted(course.bad, key=lambda b: b.row_no))
    _write_annulments(course)
    _raise_series(course)
    done.events, done.households = len(course.events), len(course.households)
    return done


def _portions(rows: Iterator[tuple[int, list[str]]], course: _Course) -> Iterator[Portion]:
    """People in portions, with their ids and their numbers' references."""
    at = course.group_at.get("atena_no", 0)
    people = (list(of_person) for _, of_person in groupby(rows, key=lambda row: row[1][at] if at < len(row[1]) else ""))
    while portion := list(islice(people, PEOPLE_AT_ONCE)):
        _check_people(portion, at, course)
        every_row = [row for person in portion for row in person]
        count = len(every_row)
        ids = draw_ids({Person: len(portion), SheetVersion: count, Spell: count, Sheet: count})
        yield Portion(
            portion, _refs(every_row, course), _places(every_row, course), list(ids[Person]), list(ids[SheetVersion]), list(ids[Spell]), list(ids[Sheet])
        )


def _check_people(portion: Sequence[Sequence[tuple[int, list[str]]]], at: int, course: _Course) -> None:
    """A person stands once in a file and not yet in the register."""
    firsts = [(person[0][0], person[0][1][at] if at < len(person[0][1]) else "") for person in portion]
    known = set[str]() if course.is_first else _known_people([no for _, no in firsts])
    for row_no, atena_no in firsts:
        if not atena_no:
            course.bad.append(BadRow(row_no, "51 宛名番号", "宛名番号がありません。"))
        elif atena_no in course.seen:
            course.bad.append(BadRow(row_no, "51 宛名番号", "同じ宛名番号の行が離れています。一人の行を続けて並べてください。"))
        elif atena_no in known:
            course.bad.append(BadRow(row_no, "51 宛名番号", "この宛名番号の者は既に登録されています。その者の行をファイルから除いてください。"))
        course.seen.add(atena_no)
        if len(atena_no) == course.number_digits and atena_no.isdecimal():
            course.highest["atena_no"] = max(course.highest["atena_no"], int(atena_no[:-1]))


def _known_people(numbers: Sequence[str]) -> set[str]:
    found = Person.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, atena_no__in=numbers)
    return set(found.values_list("atena_no", flat=True))


def _refs(rows: Sequence[tuple[int, list[str]]], course: _Course) -> dict[str, dict[str, int]]:
    """The numbers of some rows, kept in the vault. Ill-formed ones stay out: the row is found bad when it is read."""
    found: dict[str, dict[str, int]] = {}
    told = course.group_at.get("event_asserted")
    asserted = [cells[told] for _, cells in rows if told is not None and told < len(cells) and cells[told]]
    for identifier, entry in number_columns().items():
        kind, at = vault.NumberKind(entry), course.group_at.get(identifier)
        digits = {cells[at] for _, cells in rows if at is not None and at < len(cells) and in_shape(kind, cells[at])}
        digits |= {value for text in asserted for value in _asserted_number(text, entry) if in_shape(kind, value)}
        ordered = sorted(digits)
        found[entry] = dict(zip(ordered, vault.keep_many(kind, ordered), strict=True)) if ordered else {}
    return found


def _asserted_number(text: str, entry: str) -> list[str]:
    if f'"{entry}"' not in text:
        return []
    try:
        return [str(json.loads(text)[entry])]
    except (ValueError, KeyError, TypeError):
        return []


def _places(rows: Sequence[tuple[int, list[str]]], course: _Course) -> dict[int, EventPlace]:
    """The event of each row. A name that is a UUID is the event's own key; others get one from the file's digest."""
    groups = [(row_no, _cell(cells, "event_group", course) or f"row {row_no}", cells) for row_no, cells in rows]
    ids = draw_ids({CivilEvent: len({group for _, group, _ in groups if group not in course.events})})[CivilEvent]
    places = {}
    for row_no, group, cells in groups:
        is_first = group not in course.events
        if is_first:
            course.events[group] = next(ids)
        named = [_cell(cells, name, course) for name in ("event_corrects", "event_cancels")]
        for name in named:
            if name and name not in course.events:
                course.bad.append(BadRow(row_no, "x21・x22 訂正・取り消した異動", "その異動が、この行より前にありません。"))
        corrects, cancels = (course.events.get(name) if name else None for name in named)
        places[row_no] = EventPlace(course.events[group], is_first, _request_key(group, course.digest) if is_first else "", corrects, cancels)
        if annulled_by := _cell(cells, "annulled_by", course):
            course.annulled_by[row_no] = annulled_by
    return places


def _cell(cells: Sequence[str], name: str, course: _Course) -> str:
    at = course.group_at.get(name)
    return cells[at] if at is not None and at < len(cells) else ""


def _request_key(group: str, digest: str) -> str:
    with suppress(ValueError):
        if len(group) >= 32:  # spares most names the attempt
            return str(UUID(group))
    return str(uuid5(NAMESPACE_URL, f"daicho:{NAME}:{digest}:{group}"))


def _write(made: Made, course: _Course) -> None:
    code = settings.INSTALLATION.municipality_code
    lacking = [sheet for sheet in made.sheets if sheet[2] is None]
    taken = dict(zip((sheet[0] for sheet in lacking), numbering.take("juminhyo_no", len(lacking)), strict=True))
    sheets = []
    for sheet_id, spell_id, juminhyo_no, kind in made.sheets:
        no = taken[sheet_id] if juminhyo_no is None else juminhyo_no
        course.highest["juminhyo_no"] = max(course.highest["juminhyo_no"], no)
        sheets.append(f"{sheet_id}\t{code}\t{spell_id}\t{no}\t{kind}")
    course.highest["filing_no"] = max(course.highest["filing_no"], made.highest_filing_no)
    for table in COLUMNS:
        copy_block(table, made.blocks[table] if table != "residents_sheet" else block(sheets))
    _write_households(made.household_nos - course.households, course)
    course.annulled += [(version_id, course.annulled_by.get(row_no, ""), at) for row_no, version_id, at in made.annulled]


def _write_households(numbers: set[str], course: _Course) -> None:
    code, now = settings.INSTALLATION.municipality_code, clock.now()
    known = (
        set[str]()
        if course.is_first
        else set(Household.objects.filter(municipality_code=code, household_no__in=numbers).values_list("household_no", flat=True))
    )
    lines = [line(code, no, now) for no in sorted(numbers - known)]
    copy_block("residents_household", block(lines), "municipality_code, household_no, founded_at")
    course.households |= numbers
    serials = [int(no[:-1]) for no in numbers if len(no) == course.number_digits]
    course.highest["household_no"] = max(course.highest["household_no"], *serials) if serials else course.highest["household_no"]


def _write_annulments(course: _Course) -> None:
    """At the end: a row's annulment stands later in the file than the row."""
    code = settings.INSTALLATION.municipality_code
    unknown = sum(1 for _, by, _ in course.annulled if by not in course.events)
    if unknown:
        raise BadFile([BadRow(0, "x28 取り消した異動の識別", f"取り消した異動がファイルにない行が{unknown}行あります。")])
    lines = [line(version_id, code, course.events[by], at) for version_id, by, at in sorted(course.annulled, key=itemgetter(0))]
    copy_block("residents_annulment", block(lines), "version_id, municipality_code, event_id, recorded_at")


def _raise_series(course: _Course) -> None:
    for series, highest in course.highest.items():
        if highest:
            numbering.never_below(series, highest, reason=f"取込み（{NAME}）で使用済み", by="import")
