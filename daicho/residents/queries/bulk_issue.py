"""まとめて交付の照会 — whom a list names, how many were ordered within the window, and the orders with what became of each line. F-2-17; decision 0052."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import BulkFile, BulkIssue, BulkLine, Person
from daicho.residents.models.bulk_issue import BulkLineState, BulkState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_ATENA_NO, BY_HOUSEHOLD, BY_PERSON_ID, CurrentRow, current_rows, newest_rows
from daicho.residents.rules.fold import is_open

PURPOSE = "まとめて交付"
PAGE = 100
_ENDED = (BulkState.DECLINED, BulkState.WITHDRAWN)


def listed_people(atena_nos: Sequence[str], *, by_household: bool) -> tuple[list[CurrentRow], int, list[str]]:
    """Those whom the list names, in its order, of each household the first; how many people the certificates show; and what is wrong with the list.

    The caller records the reading. One statement, two by household.
    """
    found = {row.atena_no: row for row in newest_rows(BY_ATENA_NO, list(atena_nos)).values()}
    problems = [f"{no}人目の宛名番号の人は、登録されていません。" for no, atena_no in enumerate(atena_nos, 1) if atena_no not in found]
    people = [found[atena_no] for atena_no in atena_nos if atena_no in found]
    if not by_household:
        return people, len(people), problems
    first: dict[str, CurrentRow] = {}
    for row in people:
        first.setdefault(row.entries.household_no or row.atena_no, row)
    today = clock.today()
    members = [row for row in current_rows(BY_HOUSEHOLD, list(first)) if is_open(row.entries, today)]
    return list(first.values()), max(len(members), len(first)), problems


def people_within(since: datetime, account: int) -> tuple[int, int]:
    """People ordered since then, by this officer and by everybody. What was ended before anything was made of it counts no more. Four statements."""
    ours = BulkIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, entered_at__gt=since)
    made = BulkLine.objects.filter(bulk__in=ours.filter(state__in=_ENDED), state=BulkLineState.ISSUED)
    live = ours.exclude(state__in=_ENDED)
    own = (live.filter(entered_by_id_no=account).aggregate(n=Sum("people"))["n"] or 0) + made.filter(bulk__entered_by_id_no=account).count()
    return own, (live.aggregate(n=Sum("people"))["n"] or 0) + made.count()


@dataclass(frozen=True)
class BulkSummary:
    """An order in the list: nobody is named. `counts` by state of the lines."""

    row: BulkIssue
    counts: dict[str, int]

    @property
    def lines(self) -> int:
        return sum(self.counts.values())


def list_bulk(actor: Actor) -> list[BulkSummary]:
    """The newest first. Two statements."""
    audit.require(actor, Permission.BULK_ISSUE)
    return _summaries(BulkIssue.objects.all())


def list_waiting(actor: Actor) -> list[BulkSummary]:
    """Those that wait for approval, the newest first. Two statements."""
    audit.require(actor, Permission.BULK_APPROVE)
    return _summaries(BulkIssue.objects.filter(state=BulkState.WAITING))


def _summaries(rows: QuerySet[BulkIssue]) -> list[BulkSummary]:
    found = list(rows.filter(municipality_code=settings.INSTALLATION.municipality_code).order_by("-pk")[:PAGE])
    counts: dict[int, dict[str, int]] = {}
    for bulk, state, count in BulkLine.objects.filter(bulk__in=found).values_list("bulk", "state").annotate(count=Count("pk")):
        counts.setdefault(bulk, {})[state] = count
    return [BulkSummary(row, counts.get(row.pk, {})) for row in found]


@dataclass(frozen=True)
class LineFound:
    """A line with the person's newest sheet."""

    line: BulkLine
    person: CurrentRow


@dataclass(frozen=True)
class BulkFound:
    """An order with a page of its lines and its files. `excess`: lines on whose paper something had no room (文字超過リスト)."""

    row: BulkIssue
    counts: dict[str, int]
    lines: tuple[LineFound, ...]
    files: tuple[BulkFile, ...]
    pages: int


def get_bulk(actor: Actor, bulk_id: UUID, permission: Permission, *, state: str = "", page: int = 1, excess: bool = False) -> BulkFound:
    """One order. Http404 for none. Five statements and the record, which names everybody of the page."""
    with audit.reading(actor, permission, purpose=PURPOSE) as seen:
        row = BulkIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=bulk_id).select_related("visit").first()
        if row is None:
            raise Http404
        counts = dict(row.lines.values_list("state").annotate(count=Count("pk")))
        lines = row.lines.filter(state=state) if state else row.lines.all()
        lines = lines.exclude(excess=[]) if excess else lines
        total = lines.count()
        shown = list(lines.select_related("certificate", "person").order_by("place")[(page - 1) * PAGE : page * PAGE])
        people = newest_rows(BY_PERSON_ID, [line.person_id for line in shown])
        seen.add(*(people[line.person_id].public_id for line in shown))
        files = tuple(row.files.select_related("file").order_by("file_no"))
        found = tuple(LineFound(line, people[line.person_id]) for line in shown)
        return BulkFound(row, counts, found, files, max(1, -(-total // PAGE)))


def atena_nos_of(people: Sequence[UUID]) -> list[str]:
    """宛名番号 of these, in their order; the caller records the reading. One statement."""
    code = settings.INSTALLATION.municipality_code
    found = dict(Person.objects.filter(municipality_code=code, public_id__in=list(people)).values_list("public_id", "atena_no"))
    return [found[one] for one in people if one in found]
