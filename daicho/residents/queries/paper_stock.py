"""改ざん防止用紙の照会 — where sheets are, what a place has left, what waits for a second officer. Nothing here is about a person. domain §4.2; decision 0052."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.papers import LETTER_NAMES
from daicho.city.queries import terminals_on
from daicho.residents.models import CertificateIssue, PaperCheck, PaperCount, PaperMove, PaperResult, PaperSeries
from daicho.residents.models.counter import Output
from daicho.residents.permissions import Permission
from daicho.residents.rules.paper_stock import MOVES, Kind, Moved, Part, Sheets, Where, left_of, whereabouts

STORE = ""
"""The place that is no terminal: 保管庫."""
SHOWN = 200


@dataclass(frozen=True)
class Place:
    """What lies at one place. `unused` in the order in which they are used up; `spoiled`: kept there until two officers destroy them."""

    code: str
    name: str
    unused: tuple[Sheets, ...]
    spoiled: tuple[Sheets, ...]
    counted: PaperCount | None

    @property
    def count(self) -> int:
        return sum(sheets.count for sheets in self.unused)

    @property
    def spoiled_count(self) -> int:
        return sum(sheets.count for sheets in self.spoiled)

    @property
    def next_no(self) -> str:
        return self.unused[0].number(self.unused[0].first) if self.unused else ""


_HELD = """
    SELECT m.terminal, m.kind, s.prefix, s.digits, m.first_no, m.last_no,
           array(SELECT t.first_no FROM residents_papermove t WHERE t.source_id = m.id ORDER BY t.first_no),
           array(SELECT t.last_no FROM residents_papermove t WHERE t.source_id = m.id ORDER BY t.first_no)
      FROM residents_papermove m JOIN residents_paperseries s ON s.id = m.series_id
     WHERE m.municipality_code = %s AND m.kind = ANY(%s) AND (%s::text IS NULL OR m.terminal = %s)
       AND m.last_no - m.first_no + 1 > (SELECT coalesce(sum(t.last_no - t.first_no + 1), 0) FROM residents_papermove t WHERE t.source_id = m.id)
     ORDER BY m.id
"""
_UNUSED = [kind.value for kind, move in MOVES.items() if move.leads_to in (Where.STORE, Where.TERMINAL)]
_HELD_KINDS = [*_UNUSED, Kind.SPOIL.value]


def held(terminal: str | None = None) -> dict[str, tuple[list[Sheets], list[Sheets]]]:
    """Unused and spoiled sheets by place, of one place when named. One statement."""
    found: dict[str, tuple[list[Sheets], list[Sheets]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [settings.INSTALLATION.municipality_code, _HELD_KINDS, terminal, terminal])
        for place, kind, prefix, digits, first, last, begins, ends in cursor.fetchall():
            leads_to = MOVES[Kind(kind)].leads_to
            unused, spoiled = found.setdefault(STORE if leads_to is Where.STORE else place, ([], []))
            left = left_of(first, last, zip(begins, ends, strict=True))
            (spoiled if leads_to is Where.SPOILED else unused).extend(Sheets(prefix, digits, *one) for one in left)
    return found


def place_here(actor: Actor) -> Place:
    """What lies at the officer's own terminal. Four statements. audit.Refused (recorded)."""
    audit.require(actor, Permission.PAPER_USE)
    return _place(actor.terminal, _names().get(actor.terminal, actor.terminal), held(actor.terminal), _latest_counts([actor.terminal]))


def places(actor: Actor) -> list[Place]:
    """保管庫 first, then the city's terminals in their order, and what lies where no terminal is any more. Four statements."""
    audit.require(actor, Permission.PAPER_MANAGE)
    names, found = _names(), held()
    codes = [STORE, *names, *sorted(found.keys() - names.keys() - {STORE})]
    counts = _latest_counts(codes)
    return [_place(code, "保管庫" if code == STORE else names.get(code, code), found, counts) for code in codes]


def _names() -> dict[str, str]:
    return {terminal.code: terminal.name for terminal in terminals_on(clock.today())}


def terminal_names() -> dict[str, str]:
    """Of the terminals in use today, by code, in the city's order. Two statements."""
    return _names()


def _place(code: str, name: str, found: dict[str, tuple[list[Sheets], list[Sheets]]], counts: dict[str, PaperCount]) -> Place:
    unused, spoiled = found.get(code, ([], []))
    return Place(code, name, tuple(unused), tuple(spoiled), counts.get(code))


def _latest_counts(codes: Sequence[str]) -> dict[str, PaperCount]:
    rows = PaperCount.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, terminal__in=codes)
    return {row.terminal: row for row in rows.order_by("terminal", "-counted_at", "-pk").distinct("terminal")}


def parts_of(sheets: Sheets) -> tuple[list[Part], dict[int, PaperMove]]:
    """Where each of these is, and the moves that brought them there, by id. One statement. What is in no part never came in."""
    rows = list(_touching(sheets).select_related("certificate", "check_row"))
    return whereabouts([_moved(row) for row in rows], sheets.first, sheets.last), {row.pk: row for row in rows}


def _touching(sheets: Sheets) -> QuerySet[PaperMove]:
    code = settings.INSTALLATION.municipality_code
    series = PaperSeries.objects.filter(municipality_code=code, prefix=sheets.prefix, digits=sheets.digits)
    return PaperMove.objects.filter(municipality_code=code, series__in=series, first_no__lte=sheets.last, last_no__gte=sheets.first).order_by("pk")


def _moved(row: PaperMove) -> Moved:
    kind = Kind(row.kind)
    certificate_no = row.certificate.certificate_no if row.certificate is not None else ""
    is_checked = not MOVES[kind].by_two or hasattr(row, "check_row")
    return Moved(row.pk, kind, row.first_no, row.last_no, row.source_id, row.terminal, certificate_no, is_checked)


@dataclass(frozen=True)
class MoveLine:
    """A move as it is listed, with who confirmed it."""

    row: PaperMove
    sheets: Sheets
    check: PaperCheck | None

    @property
    def waits(self) -> bool:
        """Two officers are asked for, and one has spoken."""
        return MOVES[Kind(self.row.kind)].by_two and self.check is None


def story_of(actor: Actor, sheets: Sheets) -> list[MoveLine]:
    """Everything that was done with any of these, oldest first. One statement."""
    audit.require(actor, Permission.PAPER_USE)
    return _lines(_touching(sheets))


def unchecked(actor: Actor) -> list[MoveLine]:
    """What waits for the word of a second officer, oldest first. One statement."""
    audit.require(actor, Permission.PAPER_USE)
    by_two = [kind.value for kind, move in MOVES.items() if move.by_two]
    rows = PaperMove.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, kind__in=by_two, check_row__isnull=True)
    return _lines(rows.order_by("pk"))


def latest_moves(actor: Actor, terminal: str | None = None) -> list[MoveLine]:
    """The newest, at one terminal when named. One statement."""
    audit.require(actor, Permission.PAPER_USE)
    rows = PaperMove.objects.filter(municipality_code=settings.INSTALLATION.municipality_code)
    return _lines((rows if terminal is None else rows.filter(terminal=terminal)).order_by("-pk")[:50])


def _lines(rows: Iterable[PaperMove]) -> list[MoveLine]:
    listed = rows.select_related("series", "certificate", "check_row") if isinstance(rows, QuerySet) else rows
    return [MoveLine(row, sheets_of(row), getattr(row, "check_row", None)) for row in listed]


def sheets_of(row: PaperMove) -> Sheets:
    return Sheets(row.series.prefix, row.series.digits, row.first_no, row.last_no)


def unconfirmed(actor: Actor) -> list[CertificateIssue]:
    """Copies that this terminal printed and of which nobody has said whether they came out well, oldest first. Two statements.

    Of the days that the city's setting names: older ones are found in 交付履歴. Letters and forms, which come by the pile and on plain paper, are not among them.
    """
    audit.require(actor, Permission.PAPER_USE)
    since = datetime.combine(clock.today() - timedelta(days=int(city.setting("paper_unconfirmed_days", clock.today())) - 1), time.min, clock.JST)
    rows = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, terminal=actor.terminal, issued_at__gte=since)
    return list(
        rows.filter(output=Output.PAPER)
        .exclude(kind__in=list(LETTER_NAMES))
        .exclude(Exists(PaperResult.objects.filter(certificate=OuterRef("pk"), good=True)))
        .order_by("issued_at", "pk")[:SHOWN]
    )


def find_copy(public_id: UUID) -> CertificateIssue | None:
    """A copy of the counter by its public id, for what is done with its paper; nobody on it is told. One statement."""
    return CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=public_id).first()


def prints_of(issue: CertificateIssue) -> list[PaperResult]:
    """How its prints came out, oldest first. One statement."""
    return list(PaperResult.objects.filter(certificate=issue).order_by("print_no"))


def sheets_used_for(issue: CertificateIssue) -> list[MoveLine]:
    """Every sheet that was used or spoiled for it, oldest first. One statement."""
    return _lines(PaperMove.objects.filter(certificate=issue).order_by("pk"))


@dataclass(frozen=True)
class DaySheets:
    """用紙の日報: how many sheets a terminal was given, used, spoiled and gave back on a day."""

    terminal: str
    kind: str
    count: int


def sheets_on(actor: Actor, day: date) -> list[DaySheets]:
    """By terminal and kind. One statement."""
    audit.require(actor, Permission.PAPER_MANAGE)
    begin = datetime.combine(day, time.min, clock.JST)
    rows = PaperMove.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, recorded_at__gte=begin, recorded_at__lt=begin + timedelta(1))
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        counts[row.terminal, row.kind] = counts.get((row.terminal, row.kind), 0) + row.last_no - row.first_no + 1
    return [DaySheets(terminal, kind, count) for (terminal, kind), count in sorted(counts.items())]
