"""長官通知の受信 — a notice of the Commissioner is kept, taken in, confirmed by its 処理結果確認票, and then entered like any 異動. 法第30条の50; std 4.5.6.

Nothing of the register changes before a clerk has confirmed it and another officer has examined the filing that it becomes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daicho import audit, city, clock, vault
from daicho.audit.actor import Actor
from daicho.contracts import base
from daicho.contracts.commissioner_notice_v1 import CommissionerNoticeV1
from daicho.outbox.errors import Refused
from daicho.residents.commands import filings
from daicho.residents.commands.typed import TypedForm, TypedPerson
from daicho.residents.errors import CannotDo
from daicho.residents.models import CommissionerNotice, Filing, Person, SheetCurrent, Visit
from daicho.residents.models.counter import FilingState
from daicho.residents.models.immigration import CommissionerState
from daicho.residents.permissions import IntakePermission, Permission
from daicho.residents.queries.commissioner import open_commissioner_notice
from daicho.residents.rules.commissioner_notice import event_code_of, is_automatic, is_well_formed, texts_of
from daicho.values.numbers import ResidenceCardNo

AUTOMATIC = "長官通知（自動）"
_TAKEN_IN = (CommissionerState.WAITING, CommissionerState.HELD)
_OVER = (FilingState.WITHDRAWN, FilingState.REGISTERED)


@transaction.atomic
def receive_commissioner_notice(actor: Actor, message: CommissionerNoticeV1) -> CommissionerNotice:
    """Keep one notice, and take it in where the city lets that be done without a hand (N-4.5.6-03, -04). The same again changes nothing.

    Raises outbox Refused for what is another city's, has codes of no list, or says something else under a known number.
    """
    audit.require(actor, IntakePermission.IMMIGRATION_RECEIVE)
    code = settings.INSTALLATION.municipality_code
    if message.municipality_code != code:
        raise Refused("another_city", "他の市区町村あての長官通知です。宛先を確認してください。")
    if not is_well_formed(message):
        raise Refused("ill_formed", "長官通知の項目に、コード表にない値があります。内容を確認してください。")
    known = CommissionerNotice.objects.filter(municipality_code=code, notice_no=message.notice_no).first()
    if known is not None:
        if open_commissioner_notice(known) != message:
            raise Refused("reused_number", "同じ通知番号で内容の異なる長官通知が、すでに届いています。")
        return known
    row = CommissionerNotice(
        municipality_code=code, notice_no=message.notice_no, notice_date=message.notice_date, ground_code=message.ground_code,
        ground_text=message.ground_text, class_code=message.class_code, received_at=clock.now(),
        payload_ref=vault.seal_payload(base.encode(message)), person=_person(message.former_card_no),
    )  # fmt: skip
    if is_automatic(message) and city.setting("commissioner_notice_automatic", clock.today()):
        _take(row, AUTOMATIC)
    row.save(force_insert=True)
    people = [row.person.public_id] if row.person else []
    audit.record(actor, IntakePermission.IMMIGRATION_RECEIVE, people, detail={"commissioner": str(row.public_id), "state": str(row.state)})
    return row


@transaction.atomic
def import_notices(actor: Actor, file: Path) -> int:
    """A file of 長官通知 from the terminal: one message `commissioner_notice` a line. All of it, or nothing; returns how many. ValueError."""
    messages = [base.decode("commissioner_notice", 1, line.encode()) for line in file.read_text("utf-8").splitlines() if line.strip()]
    for message in messages:
        assert isinstance(message, CommissionerNoticeV1)
        try:
            receive_commissioner_notice(actor, message)
        except Refused as refused:
            raise ValueError(f"{message.notice_no}: {refused.reason_ja}") from refused
    return len(messages)


def _person(card_no: str | None) -> Person | None:
    """Whose card it is, or was last: the one who lives here before one who lived here."""
    ref = vault.find(vault.NumberKind.RESIDENCE_CARD_NO, card_no) if card_no and ResidenceCardNo.is_valid(card_no) else None
    if ref is None:
        return None
    found = SheetCurrent.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, residence_card_no=ref)
    row = found.select_related("person").order_by("-recorded_at").first()
    return row.person if row else None


def _take(row: CommissionerNotice, by: str) -> None:
    row.state, row.taken_by, row.taken_at = CommissionerState.WAITING, by, clock.now()


@transaction.atomic
def take_in(actor: Actor, notice: UUID) -> CommissionerNotice:
    """手動の取込み of one that was not taken in by itself (N-4.5.6-09). CannotDo when it was."""
    audit.require(actor, Permission.FILING_ENTER)
    row = _locked(notice, CommissionerState.UNTAKEN)
    _take(row, actor.name)
    row.save(update_fields=["state", "taken_by", "taken_at"])
    _recorded(actor, row, "take_in")
    return row


@transaction.atomic
def confirm(actor: Actor, visit: Visit, notice: UUID, person: UUID) -> Filing:
    """処理結果確認票を確認した: from now on it may be entered, and the filing is begun with what the notice says (N-4.5.6-06).

    CannotDo when it was not taken in, was dealt with, or its filing is under way.
    """
    audit.require(actor, Permission.FILING_ENTER)
    row = _locked(notice, *_TAKEN_IN)
    if row.filing is not None and row.filing.state not in _OVER:
        raise CannotDo(f"この長官通知による更新は、届出番号{row.filing.filing_no}で入力されています。")
    row.person = Person.objects.filter(municipality_code=row.municipality_code, public_id=person).first()
    message = open_commissioner_notice(row)
    own, of_person = texts_of(message)
    row.confirmed_by, row.confirmed_at = actor.name, clock.now()
    row.filing = filings.start(actor, visit, event_code_of(message), TypedForm(own, (TypedPerson(str(person), of_person),)))
    row.save(update_fields=["person", "confirmed_by", "confirmed_at", "filing"])
    _recorded(actor, row, "confirm")
    return row.filing


def done_by(filing: Filing, event_id: int, by: str) -> None:
    """本登録 of what was begun from a notice: it is done. None is found for what came on paper."""
    for row in _ours().filter(filing=filing, state__in=_TAKEN_IN).select_for_update(of=("self",)):
        row.state, row.event_id, row.handled_by, row.handled_at = CommissionerState.DONE, event_id, by, clock.now()
        row.save(update_fields=["state", "event", "handled_by", "handled_at"])


@transaction.atomic
def put_commissioner_notice_aside(actor: Actor, notice: UUID, state: CommissionerState, reason: str) -> None:
    """保留, 対象なし, or back to 確認待ち, with the reason. CannotDo without one, while it is being entered, or once it was dealt with."""
    audit.require(actor, Permission.FILING_ENTER)
    if state not in (CommissionerState.HELD, CommissionerState.SET_ASIDE, CommissionerState.WAITING):
        raise CannotDo("この処理はできません。")
    if not reason.strip():
        raise CannotDo("理由を入力してください。")
    row = _locked(notice, CommissionerState.UNTAKEN, *_TAKEN_IN, CommissionerState.SET_ASIDE)
    if row.filing is not None and row.filing.state not in _OVER:
        raise CannotDo(f"この長官通知による更新は、届出番号{row.filing.filing_no}で入力されています。先に取り下げてください。")
    if row.state == CommissionerState.UNTAKEN and state != CommissionerState.SET_ASIDE:
        raise CannotDo("先に取り込んでください。")
    row.state, row.note, row.handled_by, row.handled_at = state, reason.strip(), actor.name, clock.now()
    row.save(update_fields=["state", "note", "handled_by", "handled_at"])
    _recorded(actor, row, str(state))


def _locked(notice: UUID, *states: CommissionerState) -> CommissionerNotice:
    row = _ours().filter(public_id=notice).select_for_update(of=("self",)).first()
    if row is None or row.state not in states:
        raise CannotDo("この長官通知は、いまの状態ではその処理ができません。一覧を開き直してください。")
    return row


def _ours():  # type: ignore[no-untyped-def]  # Django's queryset
    return CommissionerNotice.objects.filter(municipality_code=settings.INSTALLATION.municipality_code).select_related("person", "filing")


def _recorded(actor: Actor, row: CommissionerNotice, step: str) -> None:
    people: Iterable[UUID] = [row.person.public_id] if row.person else []
    audit.record(actor, Permission.FILING_ENTER, people, detail={"commissioner": str(row.public_id), "step": step})
