"""受信箱 — a notice or application is kept, opened as the 異動 it asks for, put aside, or done. 住民基本台帳法第9条, 第19条第2項; domain §4.2.

Nothing is lost and nothing is entered twice: whatever came stays until somebody says what becomes of it. What each kind has of its own stands in
receiving_*.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any  # columns of a row
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.certificates.request import Requester
from daicho.contracts import base
from daicho.contracts.moving_application_v1 import MovingApplicationV1, MovingWithdrawalV1
from daicho.residents.commands import filings, visits
from daicho.residents.commands.moving_answers import answer_not_processed
from daicho.residents.commands.typed import TypedForm, TypedPerson, defaults_of
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing, Person, ReceivedNotice, Visit
from daicho.residents.models.received import ReceivedKind, ReceivedState
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, current_rows, newest_rows
from daicho.residents.queries.received import UNDONE, Message, is_under_way, message_of, ours, reading_of
from daicho.residents.rules.definitions import EventDefinition
from daicho.residents.rules.events import event_on
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.received.moving import MOVE_OUT
from daicho.residents.rules.received.reading import Reading, Resident, Role, form_of
from daicho.residents.rules.visits import BY_SIGNATURE, NOT_NEEDED, VisitForm
from daicho.residents.rules.vocabulary import NEW, SAME
from daicho.values.municipalities import municipality_name

NO_EVENT = "この種類の異動は、まだこの画面から入力できません。内容を確かめ、保留にしてください。"


def keep(message: Message, notice_id: UUID, kind: ReceivedKind, **columns: Any) -> ReceivedNotice:
    """Keep what came, its content sealed. In the caller's transaction, which holds the receipt."""
    row = ReceivedNotice(
        municipality_code=settings.INSTALLATION.municipality_code, notice_id=notice_id, kind=kind, received_at=clock.now(),
        payload_ref=vault.seal_payload(base.encode(message)), **columns,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def find_event(reading: Reading) -> EventDefinition | None:
    """The 異動 it asks for, under today's law; None when there is none (yet)."""
    try:
        found = event_on(reading.event, clock.today())
    except KeyError:
        return None
    return None if found.by_system or found.of_event else found


def needs_visitor(notice: UUID) -> bool:
    """Whether a visit must be in hand to begin it: of a 来庁予約. One statement."""
    row = ours().filter(public_id=notice).first()
    return row is not None and _is_reservation(row)


def _is_reservation(row: ReceivedNotice) -> bool:
    return row.kind == ReceivedKind.MOVING and row.matter != MOVE_OUT


def _arrival(row: ReceivedNotice, message: Message, reading: Reading) -> VisitForm:
    """受付 of what came by itself: a signed application of the applicant (法27条2項), a notice of the office that sent it."""
    if isinstance(message, MovingApplicationV1):
        return VisitForm(message.people[0].name_kanji, Requester.SELF.value, BY_SIGNATURE, (), f"引越しワンストップ（{reading.matter_ja}）")
    sender = "本市の戸籍" if row.sender_code == row.municipality_code else municipality_name(row.sender_code)
    told = row.get_kind_display() + (f"（{reading.matter_ja}）" if row.matter else "")
    return VisitForm(sender, Requester.PUBLIC_OFFICE.value, NOT_NEEDED, (), told)


@transaction.atomic
def begin(actor: Actor, visit: Visit | None, notice: UUID, chosen: Mapping[int, UUID]) -> Filing:
    """A filing of the 異動 it asks for that says what the notice says, to be looked at and mended (N-4.1.3.1.2-02, N-4.2.0.3-01).

    `visit`: the visitor in hand, whom only a 来庁予約 is about. `chosen`: who is meant, by the place among those whom it names. CannotDo when it was dealt with, when another filing of it is under way, or
    while nobody is chosen.
    """
    row = undone(notice)
    if is_under_way(row):
        assert row.filing is not None
        raise CannotDo(f"この{row.get_kind_display()}は、届出番号{row.filing.filing_no}で入力されています。")
    message = message_of(row)
    if isinstance(message, MovingWithdrawalV1):
        raise CannotDo("取消しからは、異動を始められません。")
    reading = reading_of(row, message)
    definition = find_event(reading)
    if definition is None:
        raise CannotDo(NO_EVENT)
    form = _form(reading, definition, _residents(reading, chosen))
    if not _is_reservation(row):
        visit = visits.record_arrival(actor, _arrival(row, message, reading))
    if visit is None:
        raise CannotDo("受付中の来庁者がいません。先に受付をしてください。")
    row.filing = filings.start(actor, visit, definition.code, form)
    row.save(update_fields=["filing"])
    return row.filing


def _residents(reading: Reading, chosen: Mapping[int, UUID]) -> list[Resident | None]:
    """Those chosen, in the places of the notice. One statement. CannotDo when nobody of the register is among them who must be."""
    rows = {row.public_id: row for row in newest_rows(BY_PERSON, list(chosen.values())).values()}
    found = [Resident(str(chosen[at]), rows[chosen[at]].entries) if chosen.get(at) in rows else None for at in range(len(reading.people))]
    for role, say in ((Role.RESIDENT, "対象者"), (Role.HOME, "入る世帯の人")):
        wanted = [one for named, one in zip(reading.people, found, strict=True) if named.role is role]
        if wanted and not any(wanted):
            raise CannotDo(f"{say}が選ばれていません。候補から選ぶか、検索して選んでください。")
    return found


def _form(reading: Reading, definition: EventDefinition, residents: Sequence[Resident | None]) -> TypedForm:
    typed, members = form_of(reading, definition, residents)
    filing, fresh = {**defaults_of(definition.fields), **typed}, defaults_of(definition.member_fields)
    if filing.get("household_choice") == SAME and not _is_whole([one for one in residents if one is not None]):
        filing["household_choice"] = NEW
    return TypedForm(filing, tuple(TypedPerson(person, {**fresh, **texts} if person is None else texts) for person, texts in members))


def _is_whole(movers: Sequence[Resident]) -> bool:
    """全部 or 一部, judged from who moves (N-4.0.1-04). One statement."""
    rows = current_rows(BY_HOUSEHOLD, sorted({one.entries.household_no for one in movers if one.entries.household_no}))
    return {str(row.public_id) for row in rows if is_open(row.entries, clock.today())} <= {one.public_id for one in movers}


def accepted(filing: Filing, atena_nos: Iterable[str], event_id: int, by: str) -> list[ReceivedNotice]:
    """本登録 of a filing: what it was begun from is done, and returned. Nothing for what came on paper or over the counter: one statement then."""
    rows = list(ours().filter(filing=filing, state__in=UNDONE).select_for_update(of=("self",)))
    for row in rows:
        named = Person.objects.filter(municipality_code=row.municipality_code, atena_no__in=list(atena_nos)).order_by("pk").first()
        row.person = named or row.person
        done(row, ReceivedState.ACCEPTED, by, event_id)
    return rows


def done(row: ReceivedNotice, state: ReceivedState, by: str, event_id: int | None) -> None:
    """What became of it, by whom."""
    row.state, row.event_id, row.handled_by, row.handled_at = state, event_id, by, clock.now()
    row.save(update_fields=["person", "state", "event", "handled_by", "handled_at"])


@transaction.atomic
def put_aside(actor: Actor, notice: UUID, state: ReceivedState, reason: str) -> None:
    """保留, 対象なし, or back to 未処理. The reason is kept; an applicant is told why nothing is done. CannotDo without one, or once it was taken in."""
    audit.require(actor, Permission.FILING_ENTER)
    if state not in (ReceivedState.HELD, ReceivedState.SET_ASIDE, ReceivedState.WAITING):
        raise CannotDo("この処理はできません。")
    if not reason.strip():
        raise CannotDo("理由を入力してください。")
    row = undone(notice, ReceivedState.SET_ASIDE)
    if is_under_way(row):
        assert row.filing is not None
        raise CannotDo(f"届出番号{row.filing.filing_no}で入力されています。先にその届出を取り下げてください。")
    was, row.state, row.note, row.handled_by, row.handled_at = row.state, state, reason.strip(), actor.name, clock.now()
    row.save(update_fields=["state", "note", "handled_by", "handled_at"])
    if row.kind == ReceivedKind.MOVING and state == ReceivedState.SET_ASIDE != was and row.event_id is None:
        answer_not_processed(row, row.note)
    people = [row.person.public_id] if row.person else []
    audit.record(actor, Permission.FILING_ENTER, people, detail={"received": str(row.public_id), "step": str(state)})


def undone(notice: UUID, *also: ReceivedState) -> ReceivedNotice:
    """The row, locked. CannotDo once it is dealt with."""
    row = ours().filter(public_id=notice).select_for_update(of=("self",)).first()
    if row is None or row.state not in (*UNDONE, *also):
        raise CannotDo("この通知は、もう処理されています。一覧を開き直してください。")
    return row
