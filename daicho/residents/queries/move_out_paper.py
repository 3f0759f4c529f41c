"""転出証明書の支度 — who left by one 転出, what was issued of it, and the records that the paper bears: of today, or of the first issue. std 4.1.3.0.3; design §7.

The first copy is made of the newest versions. 再交付 is made anew from the versions that the first was made of, 個別記載事項 and numbers as they stood
in them, by the definition and with the city's words of that day: nothing that came later can get onto it (N-4.1.3.0.3-06, -07).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch
from django.http import Http404

from daicho import clock, vault
from daicho.certificates.layout import places_of
from daicho.certificates.move_out import IN_ITS_STEAD, IN_TIME
from daicho.certificates.move_out_entries import EVERYTHING
from daicho.certificates.record import CertificateRecord, Subjects
from daicho.city.queries import code_names
from daicho.residents.models import CertificateIssue, CivilEvent, IssueDisposal
from daicho.residents.queries.blocks import blocks_of_rows
from daicho.residents.queries.certificates import COVERED, Chosen, ReadPeople
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, CurrentRow, current_rows, entries_of, entry_columns
from daicho.residents.rules.blocks import Process, standing
from daicho.residents.rules.certificate_data import codes_of
from daicho.residents.rules.disposals import MISTAKEN, NEVER_HANDED_OVER
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.on_certificate import CodeNames, OpenNumbers, certificate_record, unprintable
from daicho.residents.rules.on_move_out import NUMBERS, is_leaving, paper_of, same_leaving, with_leaving
from daicho.residents.rules.order_on_paper import order_on_paper
from daicho.values.numbers import BasicPensionNo, IndividualNumber, JuminhyoCode, ResidenceCardNo

_GONE = "選んだ人の中に、この転出をした人でない人がいます。画面を開き直して、載せる人を選び直してください。"
_NOT_ON_THE_FIRST = "再交付できるのは、最初に交付した証明書に載っている人の分だけです。載せる人を選び直してください（標準仕様4.1.3.0.3）。"


@dataclass(frozen=True)
class Leavers:
    """Those who left by one 転出 of a household. `chosen`: who shall stand on the paper, with what stops it; `case`: the 転出, "" where none stands.

    `first`: the copy that was issued of it and is still good as the first; `last`: the newest in its place, which a further one replaces; `copies`: all
    that were issued of it, oldest first.
    """

    chosen: Chosen
    case: str
    copies: tuple[CertificateIssue, ...] = ()
    first: CertificateIssue | None = None
    last: CertificateIssue | None = None

    @property
    def code(self) -> str:
        """Which paper stands for it: of a reissue the one that was issued first."""
        return self.first.kind if self.first else paper_of(self.chosen.asked_for.entries)

    @property
    def is_standing(self) -> bool:
        """Whether a 転出 within Japan stands on the person's newest sheet."""
        return is_leaving(self.chosen.asked_for.entries)


def leavers(person: UUID, wanted: frozenset[UUID] | None, on: date, visit_id: int | None) -> Leavers:
    """`wanted`: of those who left with the person, None = all of them. Http404 for an unknown person. Six statements; the caller records the reading."""
    row = next(iter(current_rows(BY_PERSON, [person])), None)
    if row is None:
        raise Http404
    together = _together(row)
    found, now = blocks_of_rows(together, visit_id), clock.now()
    blocks = {one.person_id: standing(found.of(one), Process.CERTIFICATE, on, now) for one in together}
    gone = (wanted or frozenset()) - {one.public_id for one in together}
    people = together if wanted is None else tuple(one for one in together if one.public_id in wanted)
    chosen = Chosen(row, together, people, (("people", _GONE),) if gone else (), blocks)
    case = case_of(row.sheet_id) if is_leaving(row.entries) else ""
    if not case:
        return Leavers(chosen, "")
    copies = copies_of([case])
    own = of_person(copies, row.person_id)
    first, last = (_root(own[0], copies), own[-1]) if own else (None, None)
    if first is not None and wanted is None:  # as the first: some may have been left off it
        on_it = set(first.subjects.values_list("person_id", flat=True))
        chosen = replace(chosen, people=tuple(one for one in together if one.person_id in on_it))
    return Leavers(chosen, case, copies, first, last)


def _together(row: CurrentRow) -> tuple[CurrentRow, ...]:
    """Those of the household who leave by the same 届出, in the order of the paper; of who does not leave only themself, for the refusal to be told."""
    if not is_leaving(row.entries) or row.entries.household_no is None:
        return (row,)
    newest: dict[int, CurrentRow] = {}
    for one in current_rows(BY_HOUSEHOLD, [row.entries.household_no]):
        if same_leaving(one.entries, row.entries) and (one.person_id not in newest or newest[one.person_id].history_no < one.history_no):
            newest[one.person_id] = one
    found = list(newest.values())
    return tuple(found[at] for at in order_on_paper([(one.atena_no, one.entries) for one in found]))


_CASE = """
    SELECT e.request_key::text FROM residents_sheetversion v JOIN residents_civilevent e ON e.id = v.event_id
     WHERE v.sheet_id = %s AND jsonb_exists(v.asserts, 'planned_move_out_date') AND NOT EXISTS (SELECT FROM residents_annulment a WHERE a.version_id = v.id)
     ORDER BY v.history_no DESC LIMIT 1
"""


def case_of(sheet_id: int) -> str:
    """How copies name the 転出 that stands on a sheet; "" for none that was recorded here. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [sheet_id])
        found = cursor.fetchone()
    return case_named(found[0]) if found else ""


def case_named(request_key: object) -> str:
    """How copies name an event."""
    return f"event:{request_key}"


def copies_of(cases: Sequence[str]) -> tuple[CertificateIssue, ...]:
    """転出証明書 and what stands in their place that were issued of these 転出, oldest first, with what became of them. Two statements."""
    rows = CertificateIssue.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, case__in=list(cases), kind__in=(IN_TIME, IN_ITS_STEAD))
    return tuple(rows.prefetch_related(Prefetch("disposals", IssueDisposal.objects.order_by("pk")), "subjects").order_by("pk"))


def copies_of_cancelled(event_id: int) -> tuple[CertificateIssue, ...]:
    """The same of one 転出, by its 異動, which was cancelled. Three statements."""
    return copies_of([case_named(CivilEvent.objects.values_list("request_key", flat=True).get(pk=event_id))])


def of_person(copies: Sequence[CertificateIssue], person_id: int) -> tuple[CertificateIssue, ...]:
    """The copies with this person that were handed over, oldest first: one that was spoiled or taken back at the counter is as if it were none."""
    return tuple(copy for copy in copies if not _never_left(copy) and any(subject.person_id == person_id for subject in copy.subjects.all()))


def _root(copy: CertificateIssue, copies: Sequence[CertificateIssue]) -> CertificateIssue:
    """The first copy of all that this one stands for, whatever became of it: a 再交付 bears what that bore."""
    by_id = {one.pk: one for one in copies}
    while copy.replaces_id is not None and copy.replaces_id in by_id:
        copy = by_id[copy.replaces_id]
    return copy


def _never_left(copy: CertificateIssue) -> bool:
    """By what stands of its 処分: a record that was itself a slip takes back those before it."""
    kinds = [one.kind for one in copy.disposals.all()]
    since = max((at for at, kind in enumerate(kinds) if kind == MISTAKEN), default=-1)
    return any(kind in NEVER_HANDED_OVER for kind in kinds[since + 1 :])


_VERSIONS = f"""
    SELECT s.person_id, s.history_no, {entry_columns("v")}
      FROM residents_certificatesubject s JOIN residents_sheetversion v ON v.person_id = s.person_id AND v.history_no = s.history_no
     WHERE s.certificate_id = %s AND s.municipality_code = %s
"""


@dataclass(frozen=True)
class VersionOf:
    """A version of somebody's sheet: the one that a copy was made of."""

    history_no: int
    entries: SheetEntries


def versions_of(copy: CertificateIssue) -> Mapping[int, VersionOf]:
    """By person id, from which version this copy was made. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [copy.pk, copy.municipality_code])
        return {person: VersionOf(history_no, entries_of(entries)) for person, history_no, *entries in cursor.fetchall()}


@dataclass(frozen=True)
class ReadLeavers:
    """What the paper is composed from, and the versions it is made of, by person id."""

    read: ReadPeople
    versions: Mapping[int, VersionOf]


def read_leavers(found: Leavers, *, open_numbers: bool) -> ReadLeavers:
    """The records of the chosen ones: of today, or of the first issue. `open_numbers`: False shows only that they are there. Five statements at most."""
    chosen, first = found.chosen, found.first
    newest = {row.person_id: VersionOf(row.history_no, row.entries) for row in chosen.people}
    made_of = versions_of(first) if first else newest
    people = [row for row in chosen.people if row.person_id in made_of]
    sheets = [made_of[row.person_id].entries for row in people]
    names, clear = _names(sheets, clock.jst(first.issued_at).date() if first else None), _numbers(sheets, open_numbers)
    records = tuple(_record(row, entries, clear, names, chosen) for row, entries in zip(people, sheets, strict=True))
    reasons = [*chosen.reasons, *((("people", _NOT_ON_THE_FIRST),) if len(people) < len(chosen.people) else ())]
    for place, entries in zip(places_of(sheets), sheets, strict=True):
        reasons += [(key, f"{place}人目：{message}" if place else message) for key, message in unprintable(entries, EVERYTHING, names)]
    return ReadLeavers(ReadPeople(Subjects(records, chosen.is_whole), tuple(reasons)), {row.person_id: made_of[row.person_id] for row in people})


def _record(row: CurrentRow, entries: SheetEntries, clear: Mapping[int, str], names: CodeNames, chosen: Chosen) -> CertificateRecord:
    """What the version said; what forbids a copy is asked of today's: 抑止, and whether the person has moved in elsewhere or stays after all."""
    said = {name: clear[ref] for name in NUMBERS if (ref := getattr(entries, name)) is not None}
    opened = OpenNumbers(
        JuminhyoCode(said["juminhyo_code"]) if "juminhyo_code" in said else None,
        IndividualNumber(said["individual_number"]) if "individual_number" in said else None,
        ResidenceCardNo(said["residence_card_no"]) if "residence_card_no" in said else None,
    )
    is_stopped = chosen.stopped(row) or bool(row.entries.issue_prohibited_setting)
    pension = BasicPensionNo(said["basic_pension_number"]) if "basic_pension_number" in said else None
    record = with_leaving(certificate_record(entries, opened, names, is_stopped=is_stopped), entries, pension)
    if record.leaving is None or not is_leaving(row.entries):
        return replace(record, leaving=None)
    return replace(record, leaving=replace(record.leaving, has_arrived=row.entries.confirmed_move_out_date is not None))


def _names(sheets: Sequence[SheetEntries], known_on: date | None) -> CodeNames:
    """The words of all codes, as they were on a day. One statement for each table that is asked."""
    wanted: dict[str, set[str]] = {}
    for entries in sheets:
        for table, code in codes_of(entries).items():
            wanted.setdefault(table, set()).add(code)
    return {table: code_names(table, sorted(codes), known_on) for table, codes in wanted.items()}


def _numbers(sheets: Sequence[SheetEntries], open_numbers: bool) -> Mapping[int, str]:
    refs = [ref for entries in sheets for name in NUMBERS if (ref := getattr(entries, name)) is not None]
    return vault.reveal_many(refs, because="転出証明書の交付") if refs and open_numbers else dict.fromkeys(refs, COVERED)
