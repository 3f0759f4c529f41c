"""交付履歴の照会 — of the whole city, counter and shops together, by every item that it keeps. std 1.3.8, 2.2.2 (N-2.2.2-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Replace, TruncTime
from django.http import Http404

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.residents.models import CertificateIssue, ConvenienceIssue, IssueCorrection, IssueDisposal, Person
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates_issued import IssuedSubject, disposals_of, kept_since, subjects_of
from daicho.residents.queries.current import BY_PERSON, newest_rows
from daicho.residents.queries.issue_corrections import corrections_of
from daicho.residents.rules.applications import Way
from daicho.residents.rules.convenience_results import ISSUED
from daicho.residents.rules.issue_corrections import Item
from daicho.residents.rules.names_shown import shown_name
from daicho.values.dates import JapaneseDate

SHOWN = 200
SHOPS = "konbini"
"""交付場所 of everything that a shop's machine gave out; the shop and the machine are told beside it."""
PURPOSE = "交付履歴の照会"
ANY, NONE = "any", "none"
_ROWS = 1 << 63  # row numbers are less


@dataclass(frozen=True)
class IssueConditions:
    """What is asked for, by the items of 交付履歴; what is empty is not asked. `place`: an office's code, or SHOPS. `disposal`: ANY, NONE or a kind."""

    issued_on: JapaneseDate | None = None
    time_from: time | None = None
    time_until: time | None = None
    place: str = ""
    atena_no: str = ""
    kind: str = ""
    shown: str = ""
    pages: int | None = None
    certificate_no: str = ""
    terminal: str = ""
    user_id: str = ""
    disposal: str = ""
    requester: str = ""
    standing: str = ""
    exemption: str = ""
    way: str = ""

    @property
    def is_of_the_counter_alone(self) -> bool:
        """Whether something is asked for that a shop's record does not have: there the holder of the card asks for their own."""
        return bool(self.user_id or self.requester or self.standing or self.exemption or self.way)


@dataclass(frozen=True)
class FoundIssue:
    """One copy given out. Of the counter, or of a shop."""

    issue: CertificateIssue | ConvenienceIssue
    issued_at: datetime
    subjects: tuple[IssuedSubject, ...]
    disposals: tuple[IssueDisposal, ...]
    corrections: tuple[IssueCorrection, ...] = ()

    @property
    def is_of_counter(self) -> bool:
        return isinstance(self.issue, CertificateIssue)


@dataclass(frozen=True)
class FoundIssues:
    """The newest first, at most SHOWN; `more`: there are others."""

    lines: tuple[FoundIssue, ...]
    more: bool


def find_issues(actor: Actor, asked: IssueConditions) -> FoundIssues:
    """Every copy of the city's period that fits. Seven statements and the record, which names everyone of the lines."""
    with audit.reading(actor, Permission.ISSUE_READ, purpose=PURPOSE) as seen:
        since = kept_since()
        counter = list(_of_counter(asked, since)[: SHOWN + 1]) if asked.place != SHOPS else []
        shops = list(_of_shops(asked, since)[: SHOWN + 1]) if asked.place in ("", SHOPS) and not asked.is_of_the_counter_alone else []
        lines = sorted(_lines(counter, shops), key=lambda line: line.issued_at, reverse=True)
        shown = tuple(lines[:SHOWN])
        seen.add(*(subject.public_id for line in shown for subject in line.subjects))
        return FoundIssues(shown, len(lines) > SHOWN)


def _lines(counter: Sequence[CertificateIssue], shops: Sequence[ConvenienceIssue]) -> list[FoundIssue]:
    subjects = subjects_of([row.pk for row in counter]) if counter else {}
    names = newest_rows(BY_PERSON, [UUID(one) for row in shops for one in row.concerns])
    by_id = {row.public_id: IssuedSubject(row.public_id, shown_name(row.entries) or "（氏名空欄）", row.history_no) for row in names.values()}
    of_counter, of_shops = disposals_of([row.pk for row in counter], [row.pk for row in shops])
    corrected = corrections_of([row.pk for row in counter])
    lines = [FoundIssue(row, row.issued_at, tuple(subjects.get(row.pk, ())), of_counter.get(row.pk, ()), corrected.get(row.pk, ())) for row in counter]
    lines += [FoundIssue(row, row.answered_at, tuple(by_id[UUID(one)] for one in row.concerns), of_shops.get(row.pk, ())) for row in shops]
    return lines


def _of_counter(asked: IssueConditions, since: datetime) -> QuerySet[CertificateIssue]:
    rows = CertificateIssue.objects.filter(issued_at__gte=since).select_related("visit")
    rows = _by_whom(_fitting(rows, asked, "issued_at", "terminal", "certificate"), asked)
    if asked.place:
        rows = rows.filter(office_code=asked.place)
    if asked.user_id:
        rows = rows.filter(user_id=asked.user_id)
    if asked.atena_no:
        rows = rows.filter(subjects__person__atena_no=asked.atena_no)
    return rows.order_by("-issued_at", "-pk")


def _by_whom(rows: QuerySet, asked: IssueConditions) -> QuerySet:
    """By who asked and with what right, as corrected: a copy is found by what is known today, not by the slip (N-8.1.1-05)."""
    if asked.requester:
        name = asked.requester.replace(" ", "").replace("　", "")
        rows = rows.annotate(asker=_without_spaces(_now(Item.REQUESTER, "visit__visitor_name"))).filter(asker__contains=name)
    if asked.exemption:
        rows = rows.filter(exemption=asked.exemption) if asked.exemption != NONE else rows.filter(exemption="")
    if asked.way:
        by_mail = Q(visit__application__way=Way.MAIL)
        rows = rows.filter(by_mail) if asked.way == Way.MAIL else rows.filter(visit__isnull=False).exclude(by_mail)
    if asked.standing:
        rows = rows.annotate(right=_now(Item.STANDING, "standing")).filter(right=asked.standing)
    return rows


def _now(item: Item, recorded: str) -> Coalesce:
    """The newest correction's word, else the column."""
    found = IssueCorrection.objects.filter(certificate=OuterRef("pk"), item=item).order_by("-pk")
    return Coalesce(Subquery(found.values("becomes")[:1]), recorded, output_field=TextField())


def _without_spaces(text: Func) -> Func:
    for space in ("　", " "):
        text = Replace(text, Value(space), Value(""), output_field=TextField())
    return text


def _of_shops(asked: IssueConditions, since: datetime) -> QuerySet[ConvenienceIssue]:
    """What was given out; a refusal is none."""
    rows = _fitting(ConvenienceIssue.objects.filter(code=ISSUED, answered_at__gte=since), asked, "answered_at", "terminal_code", "convenience")
    if asked.atena_no:
        code = settings.INSTALLATION.municipality_code
        person = Person.objects.filter(municipality_code=code, atena_no=asked.atena_no).values_list("public_id", flat=True).first()
        rows = rows.filter(concerns__contains=[str(person)])
    return rows.order_by("-answered_at", "-pk")


def _fitting(rows: QuerySet, asked: IssueConditions, at: str, terminal: str, disposals: str) -> QuerySet:
    """The conditions that both kinds have in common. `at`, `terminal`, `disposals`: what each calls its moment, its machine, and itself there."""
    rows = rows.filter(municipality_code=settings.INSTALLATION.municipality_code)
    if asked.issued_on:
        first, after = (datetime.combine(day, time.min, clock.JST) for day in (asked.issued_on.first, asked.issued_on.last + timedelta(1)))
        rows = rows.filter(**{f"{at}__gte": first, f"{at}__lt": after})
    until = asked.time_until.replace(second=59, microsecond=999_999) if asked.time_until else None  # the whole minute
    for end, moment in (("gte", asked.time_from), ("lte", until)):
        if moment is not None:
            rows = rows.annotate(time_of_day=TruncTime(at, tzinfo=clock.JST)).filter(**{f"time_of_day__{end}": moment})
    exact = {"kind": asked.kind, terminal: asked.terminal, "certificate_no": asked.certificate_no, "pages": asked.pages}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.shown:
        rows = rows.filter(chosen__contains=[asked.shown])
    return _of_disposal(rows, asked.disposal, IssueDisposal.objects.filter(**{disposals: OuterRef("pk")}))


def _of_disposal(rows: QuerySet, asked: str, records: QuerySet[IssueDisposal]) -> QuerySet:
    if not asked:
        return rows
    told = Exists(records if asked in (ANY, NONE) else records.filter(kind=asked))
    return rows.filter(~told if asked == NONE else told)


def key_of_shops(issue: ConvenienceIssue) -> UUID:
    """How an address names what a shop gave out: by its row, in the shape of a public id. None that is drawn is so small."""
    return UUID(int=issue.pk)


def find_issue(actor: Actor, key: UUID) -> FoundIssue:
    """One copy, of the counter by its public id or of a shop by `key_of_shops`. Http404 for none. A few statements and the record, which names everyone on it."""
    with audit.reading(actor, Permission.ISSUE_DISPOSE, purpose=PURPOSE) as seen:
        code = settings.INSTALLATION.municipality_code
        counter = list(CertificateIssue.objects.select_related("visit").filter(municipality_code=code, public_id=key))
        shops = list(ConvenienceIssue.objects.filter(municipality_code=code, pk=key.int, code=ISSUED)) if key.int < _ROWS else []
        if not counter and not shops:
            raise Http404
        [line] = _lines(counter, shops)
        seen.add(*(subject.public_id for subject in line.subjects))
        return line


def get_counter_issue(actor: Actor, key: UUID, permission: Permission) -> FoundIssue:
    """One copy of the counter by its public id. Http404 for none. A few statements and the record, which names everyone on it."""
    with audit.reading(actor, permission, purpose=PURPOSE) as seen:
        counter = list(CertificateIssue.objects.select_related("visit").filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=key))
        if not counter:
            raise Http404
        [line] = _lines(counter, ())
        seen.add(*(subject.public_id for subject in line.subjects))
        return line
