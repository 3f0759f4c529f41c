"""本人通知の照会 — a person's registration with every entry, who is registered, whose period ends, and which copies are to be told. 標準8.1.1–8.1.3.

Every reading is on record first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import ALL_CERTIFICATES
from daicho.certificates.request import Requester
from daicho.residents.models import ApplicationStatement, CertificateIssue, CertificateSubject, PrincipalNoticeEntry
from daicho.residents.permissions import Permission
from daicho.residents.queries.certificates_issued import disposals_of
from daicho.residents.queries.current import BY_PERSON, BY_PERSON_ID, CurrentRow, newest_rows
from daicho.residents.queries.issue_corrections import asking_of, corrections_of
from daicho.residents.queries.letters_put_out import copy_case, letters_by_person, letters_of, registration_case
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.rules.disposals import stands
from daicho.residents.rules.principal_notice import Condition, Entry, EntryKind, Policy, RequesterClass, is_told, standing_at

PAGE = 200
PURPOSE = "本人通知"


def entry_of(row: PrincipalNoticeEntry) -> Entry:
    """A row as the rules see it."""
    return Entry(EntryKind(row.kind), row.on, row.starts_on, row.ends_on)


def policy_on(day: date) -> Policy:
    """What the city decided. Two statements."""
    return Policy(
        bool(city.setting("principal_notice_public_offices", day)), RequesterClass(str(city.setting("principal_notice_same_household", day)))
    )  # fmt: skip


@dataclass(frozen=True)
class Registration:
    """Of one person: every entry, oldest first, and the one by which they are registered today."""

    person: SheetView
    entries: tuple[PrincipalNoticeEntry, ...]
    standing: PrincipalNoticeEntry | None


def get_registration(actor: Actor, public_id: UUID) -> Registration:
    """Http404 for an unknown person. Two statements and the record."""
    with audit.reading(actor, Permission.PRINCIPAL_NOTICE_MANAGE, purpose=PURPOSE, subjects=(public_id,)):
        row = next(iter(newest_rows(BY_PERSON, [public_id]).values()), None)
        if row is None:
            raise Http404
        entries = _entries([row.person_id]).get(row.person_id, ())
        return Registration(sheet_view(row, clock.today()), entries, _standing(entries, clock.today()))


def registered_among(person_ids: Iterable[int], day: date) -> frozenset[int]:
    """Of these people those who are registered on that day (N-8.1.2-01). The caller records the reading. One statement."""
    return frozenset(person for person, entries in _entries(person_ids).items() if _standing(entries, day))


def _entries(person_ids: Iterable[int]) -> dict[int, tuple[PrincipalNoticeEntry, ...]]:
    found: dict[int, list[PrincipalNoticeEntry]] = {}
    for row in PrincipalNoticeEntry.objects.filter(person__in=sorted(set(person_ids))).order_by("person_id", "entry_no"):
        found.setdefault(row.person_id, []).append(row)
    return {person: tuple(rows) for person, rows in found.items()}


def _standing(entries: Sequence[PrincipalNoticeEntry], day: date) -> PrincipalNoticeEntry | None:
    place = standing_at([entry_of(row) for row in entries], day)
    return None if place is None else entries[place]


@dataclass(frozen=True)
class Ending:
    """Somebody whose registration ends in the days asked for."""

    person: CurrentRow
    entry: PrincipalNoticeEntry

    @property
    def case(self) -> str:
        return registration_case(self.entry.public_id)


@dataclass(frozen=True)
class EndingList:
    lines: tuple[Ending, ...]
    told: Mapping[str, tuple[CertificateIssue, ...]]


def ending_registrations(actor: Actor, first: date, last: date) -> EndingList:
    """期間満了のお知らせの対象者, whose day comes first, first (N-8.1.1-02). Four statements and the record."""
    with audit.reading(actor, Permission.PRINCIPAL_NOTICE_MANAGE, purpose=PURPOSE) as seen:
        found = find_endings(first, last)
        seen.add(*(one.person.public_id for one in found))
        return EndingList(found, letters_of({one.case for one in found}))


def find_endings(first: date, last: date) -> tuple[Ending, ...]:
    """The same for a command, which records it: whose newest entry ends from `first` to `last`. Three statements."""
    code = settings.INSTALLATION.municipality_code
    among = PrincipalNoticeEntry.objects.filter(municipality_code=code, ends_on__range=(first, last)).values_list("person_id", flat=True)
    ending = {person: rows[-1] for person, rows in _entries(among).items() if _ends_within(rows[-1], first, last)}
    people = newest_rows(BY_PERSON_ID, list(ending))
    return tuple(sorted((Ending(people[person], entry) for person, entry in ending.items()), key=lambda one: (one.entry.ends_on or last, one.entry.pk)))


def _ends_within(entry: PrincipalNoticeEntry, first: date, last: date) -> bool:
    return entry.kind != EntryKind.ABOLISHED and entry.ends_on is not None and first <= entry.ends_on <= last


NOTIFIED = frozenset(definition.code for definition in ALL_CERTIFICATES if definition.is_notified)
"""The certificates of which 本人通知 tells: definitions that say so (N-8.1.1-03)."""


@dataclass(frozen=True)
class Told:
    """One person on the copies of one kind that one visitor was handed. `sent_to`: the entry by which they are registered, None = they are not."""

    issues: tuple[CertificateIssue, ...]
    standing: Requester
    person: CurrentRow
    sent_to: PrincipalNoticeEntry | None

    @property
    def issue(self) -> CertificateIssue:
        """The first of them."""
        return self.issues[0]

    @property
    def sheets(self) -> int:
        """枚数, of all."""
        return sum(issue.pages for issue in self.issues)

    @property
    def key(self) -> str:
        """By which a screen names the line."""
        return f"{self.issue.public_id}:{self.person.public_id}"

    @property
    def case(self) -> str:
        return copy_case(self.issue.public_id)


@dataclass(frozen=True)
class ToldList:
    """`told`: by case and person id the letters that were put out before. `addresses`: of applicants, by 交付請求, as their 請求書 has them."""

    lines: tuple[Told, ...]
    more: bool
    told: Mapping[tuple[str, int], tuple[CertificateIssue, ...]]
    addresses: Mapping[int, str]

    def address_of(self, line: Told) -> str:
        """Of who asked for the line's copies; "" where no 請求書 was written down."""
        visit = line.issue.visit
        return self.addresses.get(visit.application_id or 0, "") if visit is not None else ""

    def before(self, line: Told) -> tuple[CertificateIssue, ...]:
        return self.told.get((line.case, line.person.person_id), ())


def copies_to_tell(actor: Actor, first: date, last: date, condition: Condition) -> ToldList:
    """交付通知書の対象: copies handed over from `first` to `last` that fit the condition, in the order of issuing (N-8.1.3-03).

    What was spoiled or withdrawn nobody was given. Eleven statements and the record, which names everybody shown.
    """
    with audit.reading(actor, Permission.PRINCIPAL_NOTICE_MANAGE, purpose=PURPOSE) as seen:
        found = find_copies(first, last, condition)
        seen.add(*(line.person.public_id for line in found[:PAGE]))
        return ToldList(found[:PAGE], len(found) > PAGE, letters_by_person({line.case for line in found[:PAGE]}), _addresses(found[:PAGE]))


def _addresses(lines: Sequence[Told]) -> dict[int, str]:
    """By 交付請求, as it was written down last. One statement, none where nobody asked by one."""
    asked = {line.issue.visit.application_id for line in lines if line.issue.visit is not None and line.issue.visit.application_id}
    rows = ApplicationStatement.objects.filter(application__in=asked).order_by("pk") if asked else ()
    return {row.application_id: str(row.stated.get("requester_address", "")) for row in rows}


def find_copies(first: date, last: date, condition: Condition) -> tuple[Told, ...]:
    """The same for a command, which records it: at most a page and one. Nine statements."""
    policy = policy_on(clock.today())
    issues = {row.pk: row for row in _issued(first, last)}
    subjects = list(CertificateSubject.objects.filter(certificate__in=list(issues)).order_by("certificate__issued_at", "certificate_id", "place"))
    entries = _entries(subject.person_id for subject in subjects)
    standings = _standings(issues)
    copies: dict[_Key, list[CertificateIssue]] = {}
    for subject in subjects:
        issue, person = issues[subject.certificate_id], subject.person_id
        registered = _standing(entries.get(person, ()), clock.jst(issue.issued_at).date()) is not None
        if is_told(condition, standings[issue.pk], policy, registered=registered):
            copies.setdefault(_Key(person, registered, standings[issue.pk], issue.kind, issue.visit_id or -issue.pk), []).append(issue)
    found = list(copies.items())[: PAGE + 1]
    people = newest_rows(BY_PERSON_ID, [key.person for key, _ in found])
    return tuple(Told(tuple(of), key.standing, people[key.person], entries[key.person][-1] if key.registered else None) for key, of in found)


@dataclass(frozen=True)
class _Key:
    """What is told in one letter: copies of one kind about one person, that one visitor was handed (`asked`: the 受付, of none the copy itself)."""

    person: int
    registered: bool
    standing: Requester
    kind: str
    asked: int


def _issued(first: date, last: date) -> Iterable[CertificateIssue]:
    """Copies of the kinds that are told of, handed over in these days at the counter. In the order of issuing."""
    since, until = (datetime.combine(day, time.min, clock.JST) for day in (first, last + timedelta(1)))
    rows = CertificateIssue.objects.filter(
        municipality_code=settings.INSTALLATION.municipality_code, kind__in=NOTIFIED, issued_at__gte=since, issued_at__lt=until
    )
    issued = list(rows.select_related("visit").order_by("issued_at", "pk"))
    of_counter, _ = disposals_of([row.pk for row in issued], [])
    return [row for row in issued if stands(each.kind for each in of_counter.get(row.pk, ()))]


def _standings(issues: dict[int, CertificateIssue]) -> dict[int, Requester]:
    """As they were last put right (N-8.1.1-05). One statement."""
    corrected = corrections_of(list(issues))
    return {pk: Requester(asking_of(issue, corrected.get(pk, ())).standing) for pk, issue in issues.items()}
