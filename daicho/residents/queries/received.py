"""受信箱の照会 — the list, and one notice beside whom it may be about. std 4.1.3.1, 4.2.0.3; domain §4.2, §9; every reading is on record first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count
from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.city.queries import find_town_of
from daicho.city.values import Town
from daicho.contracts import base
from daicho.contracts.family_register_notice_v1 import FamilyRegisterNoticeV1
from daicho.contracts.move_in_received_v1 import MoveInReceivedV1
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingWithdrawalV1
from daicho.residents.models import CertificateIssue, ReceivedNotice, SheetVersion
from daicho.residents.models.counter import FilingState
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_PERSON, CurrentRow, current_rows, newest_rows
from daicho.residents.queries.letters_put_out import letters_of, received_case
from daicho.residents.queries.sheet_view import SheetView, sheet_view
from daicho.residents.queries.situations import candidates
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.received.family_register import read_family_register
from daicho.residents.rules.received.move_in import read_move_in
from daicho.residents.rules.received.moving import MOVE_OUT, read_moving, spellings, within_city
from daicho.residents.rules.received.reading import Named, Reading, Role
from daicho.residents.rules.situation import Candidate

PAGE = 100
PURPOSE = "受信箱の処理"
UNDONE = (ReceivedState.WAITING, ReceivedState.HELD)
ENDED = (FilingState.WITHDRAWN, FilingState.REGISTERED)
_DONE = (ReceivedState.ACCEPTED, ReceivedState.REPEATED, ReceivedState.SUPERSEDED, ReceivedState.WITHDRAWN)
SHELVES: Mapping[str, tuple[ReceivedState, ...]] = {
    "undone": UNDONE, "held": (ReceivedState.HELD,), "done": _DONE, "set_aside": (ReceivedState.SET_ASIDE,), "all": tuple(ReceivedState),
}  # fmt: skip
"""未処理（保留を含む）, 保留, 処理済み, 対象なし, すべて."""

Message = MoveInReceivedV1 | FamilyRegisterNoticeV1 | MovingApplicationV1 | MovingWithdrawalV1
_CONTRACTS: Mapping[str, str] = {
    ReceivedKind.MOVE_IN: "move_in_received",
    ReceivedKind.FAMILY_REGISTER: "family_register_notice",
    ReceivedKind.ARTICLE_9_2: "family_register_notice",
    ReceivedKind.ARTICLE_19_2: "family_register_notice",
    ReceivedKind.MOVING: "moving_application",
    ReceivedKind.MOVING_WITHDRAWAL: "moving_withdrawal",
}


def ours():  # type: ignore[no-untyped-def]  # Django's queryset
    """This city's notices, with their people and filings."""
    return ReceivedNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "filing")


def list_received(actor: Actor, *, kind: str = "", shelf: str = "undone") -> list[ReceivedNotice]:
    """One more than a page at most; what is still to be done oldest first, else newest first. Nobody is named. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    rows = ours().filter(state__in=SHELVES[shelf], **({"kind": kind} if kind else {}))
    order = ("received_at", "pk") if shelf in ("undone", "held") else ("-received_at", "-pk")
    return list(rows.order_by(*order)[: PAGE + 1])


def move_in_errors() -> list[ReceivedNotice]:
    """Every 転入通知 that could not be taken in and still waits, oldest first (N-4.1.3.1.2-05). Nobody is named. One statement."""
    return list(ours().filter(kind=ReceivedKind.MOVE_IN, state__in=UNDONE).order_by("received_at", "pk"))


def undone_counts(actor: Actor) -> dict[str, int]:
    """How many of each kind wait for a clerk, 保留 among them. One statement."""
    audit.require(actor, Permission.FILING_ENTER)
    rows = ReceivedNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, state__in=UNDONE)
    return dict(rows.values_list("kind").annotate(Count("pk")).order_by("kind"))


@dataclass(frozen=True)
class Person:
    """Someone whom a named person may be: all sheets, newest first, and by what they were found ("picked": a clerk chose them)."""

    sheets: tuple[SheetView, ...]
    by_number: bool
    by_facts: bool

    @property
    def public_id(self) -> str:
        return self.sheets[0].public_id


@dataclass(frozen=True)
class NamedPeople:
    """One person whom the notice names, and whom of the register it may be."""

    named: Named
    people: tuple[Person, ...]

    @property
    def surely(self) -> Person | None:
        """The one whom the number names; without a number the one with the same three facts, unless they become a resident by it."""
        sure = [one for one in self.people if one.by_number] or [one for one in self.people if one.by_facts and not self.named.juminhyo_code]
        return sure[0] if len(sure) == 1 and (self.named.role is not Role.NEWCOMER or sure[0].by_number) else None


@dataclass(frozen=True)
class Received:
    """One notice with what it says and whom it may be about. `reading`: None of a withdrawal, which is about `application`."""

    row: ReceivedNotice
    message: Message
    reading: Reading | None
    people: tuple[NamedPeople, ...]
    application: ReceivedNotice | None = None
    cancels: tuple[UUID, int] | None = None  # whose row of the history the 取消し of that application's event begins with
    letters: tuple[CertificateIssue, ...] = ()  # 法9条2項通知 that were put out of it

    @property
    def is_undone(self) -> bool:
        return self.row.state in UNDONE

    @property
    def filing_under_way(self) -> bool:
        return is_under_way(self.row)


def is_under_way(row: ReceivedNotice) -> bool:
    """Whether somebody is entering the 異動 it asks for."""
    return row.filing is not None and row.filing.state not in ENDED


def get_received(actor: Actor, public_id: UUID) -> Received:
    """One notice. Http404 when there is none. A fixed number of statements and the record, however many people it may be about."""
    with audit.reading(actor, Permission.FILING_ENTER, purpose=PURPOSE) as seen:
        row = ours().filter(public_id=public_id).first()
        if row is None:
            raise Http404
        seen.note(received=str(public_id))
        message = message_of(row)
        if isinstance(message, MovingWithdrawalV1):
            application = ours().filter(kind=ReceivedKind.MOVING, control_no=row.control_no).first()
            cancels = _standing_row(application.event_id) if application and application.event_id else None
            seen.add(*([cancels[0]] if cancels else []))
            return Received(row, message, None, (), application, cancels)
        reading = reading_of(row, message)
        people = _people(row, reading)
        seen.add(*(UUID(one.public_id) for each in people for one in each.people))
        return Received(row, message, reading, people, letters=letters_of([received_case(public_id)]).get(received_case(public_id), ()))


def read_notice(public_id: UUID) -> tuple[ReceivedNotice, Message, Reading | None, tuple[CurrentRow, ...]]:
    """One notice for a command, with the newest sheets of those whom it may be about. Http404 when there is none. The caller records the reading."""
    row = ours().filter(public_id=public_id).first()
    if row is None:
        raise Http404
    message = message_of(row)
    if isinstance(message, MovingWithdrawalV1):
        return row, message, None, ()
    reading = reading_of(row, message)
    ids = dict.fromkeys(UUID(one.public_id) for each in whom(reading) for one in each)
    return row, message, reading, tuple(newest_rows(BY_PERSON, list(ids)).values())


def _standing_row(event_id: int) -> tuple[UUID, int] | None:
    """One row of the history that an event wrote and that still counts (std 4.6.0.1-02). One statement."""
    rows = SheetVersion.objects.filter(event_id=event_id, annulment__isnull=True).exclude(asserts={}).order_by("pk")
    found: tuple[UUID, int] | None = rows.values_list("person__public_id", "history_no").first()
    return found


def message_of(row: ReceivedNotice) -> Message:
    """What came, unsealed. One statement."""
    message = base.decode(_CONTRACTS[row.kind], 1, vault.open_payload(row.payload_ref))
    assert isinstance(message, Message)
    return message


def reading_of(row: ReceivedNotice, message: Message) -> Reading:
    """What it says. One statement for the address dictionary where it brings an address, more when that is typed freely."""
    if isinstance(message, FamilyRegisterNoticeV1):
        return read_family_register(message, row.kind, clock.jst(row.received_at).date())
    if isinstance(message, MovingApplicationV1):
        town = town_of(message)
        return read_moving(message, city_with_prefecture(), town.postal_code if town else "")
    assert isinstance(message, MoveInReceivedV1)
    return read_move_in(message, postal_code_of(message.new_address))


def city_with_prefecture() -> str:
    return settings.INSTALLATION.prefecture_name + settings.INSTALLATION.municipality_name


def postal_code_of(address: str) -> str:
    """郵便番号 by the dictionary (N-4.1.3.1.2-07); "" where it does not know the 町字. One statement."""
    town = find_town_of(address, clock.today())
    return town.postal_code if town else ""


def town_of(message: MovingApplicationV1) -> Town | None:
    """The 町字 of the new address, however the applicant wrote it. One statement for each spelling until one is known."""
    if message.matter == MOVE_OUT:
        return find_town_of(message.new_address, clock.today())
    lot, _ = within_city(message.new_address, city_with_prefecture())
    written = spellings(lot, city_with_prefecture()) if lot else []
    return next((town for each in written if (town := find_town_of(each, clock.today()))), None)


def whom(reading: Reading) -> list[list[Candidate]]:
    """For each named person whom of the register they may be: by number, or by 氏名・生年月日・性別. Two statements; no record: for what nobody sees."""
    codes = [named.juminhyo_code for named in reading.people if named.juminhyo_code]
    refs = {value: ref for (_, value), ref in vault.find_numbers((vault.NumberKind.JUMINHYO_CODE, code) for code in codes).items()}
    members = tuple(Member(None, {**named.facts, "juminhyo_code": refs.get(named.juminhyo_code or "")}) for named in reading.people)
    found: list[list[Candidate]] = [[] for _ in members]
    for candidate in candidates(Filing(reading.event, None, None, {}, members)):
        found[candidate.member].append(candidate)
    return found


def _people(row: ReceivedNotice, reading: Reading) -> tuple[NamedPeople, ...]:
    """With the person whom a clerk found in the search, once the 異動 is about them. Three statements."""
    found = whom(reading)
    picked = str(row.person.public_id) if row.person else ""
    ids = dict.fromkeys([one.public_id for each in found for one in each] + ([picked] if picked else []))
    sheets: dict[str, list[SheetView]] = {}
    for current in current_rows(BY_PERSON, [UUID(one) for one in ids]):
        sheets.setdefault(str(current.public_id), []).append(sheet_view(current, clock.today()))
    people = [[Person(tuple(sheets[one.public_id]), one.by_number, "three_facts" in one.by) for one in each] for each in found]
    if people and picked and all(one.public_id != picked for each in people for one in each):
        people[0].insert(0, Person(tuple(sheets[picked]), by_number=False, by_facts=False))
    return tuple(NamedPeople(named, tuple(each)) for named, each in zip(reading.people, people, strict=True))


def by_number(found: Sequence[Candidate]) -> Candidate | None:
    """Whom the number names; the one sheet that bears it now, or bore it last."""
    return next((one for one in found if one.by_number), None)
