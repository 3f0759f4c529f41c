"""帳票を出す — 住民異動届, its receipt, 職権記録書, 処理結果確認票 and lists on paper, through the same door as every paper. 標準仕様 4.0.5, 4.1.3.1.2, 4.2.0.1, 4.5.6; A-05."""

from __future__ import annotations

from typing import Any  # the stored form of a filing is JSON
from uuid import UUID

from django.conf import settings

from daicho import audit, city, clock, numbering
from daicho.audit.actor import Actor
from daicho.certificates import TEMPLATES
from daicho.certificates.letters.form import FormDefinition, Section
from daicho.certificates.letters.forms import (
    COMMISSIONER_SLIP,
    EX_OFFICIO_RECORD,
    FILING_FORM,
    FILING_RECEIPT,
    HEAD_REQUEST_LIST,
    MOVE_IN_ERRORS,
)
from daicho.city.letter_terms import form_head
from daicho.contracts.layouts import by_code
from daicho.paper.errors import PaperError
from daicho.paper.press import open_press
from daicho.residents.commands.filings import law_of
from daicho.residents.commands.handing_over import Click, Copy, NotToBeIssued, Shown, issued_once, put_on_record, require_going_on
from daicho.residents.commands.letters import Pile, shown
from daicho.residents.errors import CannotDo
from daicho.residents.models import Filing, Visit
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.cancelled import event_at, find_event, recorded_events
from daicho.residents.queries.commissioner import read_notice
from daicho.residents.queries.current import BY_PERSON, CurrentRow, newest_rows
from daicho.residents.queries.event_letters import EventLetters, may_put_out, read_event
from daicho.residents.queries.headless import asked_households, writes_letters
from daicho.residents.queries.issue_numbers import issue_number
from daicho.residents.queries.received import move_in_errors
from daicho.residents.queries.waiting import filing_row
from daicho.residents.rules.commissioner_notice import event_code_of
from daicho.residents.rules.events import event_ja, event_recorded_as
from daicho.residents.rules.follow_ups import Occasion, Touched, follow_ups
from daicho.residents.rules.forms_of_filings import Decided, PersonTyped, Received, ex_officio_record, filing_form, receipt
from daicho.residents.rules.forms_of_lists import AskedHousehold, Failed, NoticeFacts, commissioner_slip, error_list, head_requests
from daicho.residents.rules.letters_of_events.occasion import BY_OFFICE
from daicho.residents.rules.visits import IDENTITY_WORDS
from daicho.residents.rules.vocabulary import ARTICLE_30_45, word
from daicho.ui.dates import moment
from daicho.values.municipalities import municipality_name

_SEALED = "sealed"


def put_out_form(
    actor: Actor, permission: str, definition: FormDefinition, sections: tuple[Section, ...], people: tuple[Shown, ...], click: Click,
    visit: Visit | None = None, case: str = "",
) -> Pile:  # fmt: skip
    """Put it out, a row of 交付履歴. In the caller's `issued_once(click.once)`, and last in it. NotToBeIssued with every reason."""
    require_going_on()
    today = clock.today()
    number = issue_number(actor, numbering.take("certificate_no")[0], today)
    document = definition.compose(sections, form_head(definition, today, actor.office_code), number, today)
    try:
        printed = open_press(settings.FONTS_DIR, TEMPLATES).print(document)
    except PaperError as refused:
        raise NotToBeIssued((("paper", str(refused)),)) from None
    copy = Copy(
        click, definition.code, number.page_mark, document, printed, people, permission=permission, visit=visit, case=case,
        detail={"case": case} if case else {},
    )  # fmt: skip
    issued = put_on_record(actor, copy)
    return Pile((issued,), people[0].public_id if people else None, issued.pdf)


def put_out_filing_form(actor: Actor, filing: UUID, click: Click) -> Pile:
    """住民異動届 as it was typed so far, for the filer to check and sign (書かない窓口). CannotDo once it was withdrawn."""
    permission = may_put_out(actor)
    with issued_once(click.once):
        row = filing_row(actor, filing)
        if row.state == FilingState.WITHDRAWN:
            raise CannotDo("取り下げた届出です。住民異動届は出力できません。")
        members = row.typed.get("members", [])
        known = _known(members)
        people = [PersonTyped(known[one["person"]].entries if one["person"] in known else None, _texts(one["fields"])) for one in members]
        received = Received(row.filing_no, row.visit.visit_no, row.visit.visitor_name, word(IDENTITY_WORDS, row.visit.identity_check), row.entered_by)
        sections = filing_form(law_of(row), row.typed.get("filing", {}), people, received)
        about = shown(*(known[one["person"]] for one in members if one["person"] in known))
        return put_out_form(actor, permission, FILING_FORM, sections, about, click, row.visit, f"filing:{row.public_id}")


def _known(members: list[dict[str, Any]]) -> dict[str | None, CurrentRow]:
    """By public id. One statement, none for newcomers alone."""
    wanted = [UUID(one["person"]) for one in members if one["person"]]
    return {str(row.public_id): row for row in newest_rows(BY_PERSON, wanted).values()} if wanted else {}


def _texts(fields: dict[str, Any]) -> dict[str, str]:
    """What was typed; a number stays sealed, and only says that it is there."""
    return {name: _SEALED if isinstance(value, dict) else value for name, value in fields.items()}


def put_out_receipt(actor: Actor, filing: UUID, click: Click) -> Pile:
    """届出の控えと手続の案内 of a registered filing, for the filer to take along. CannotDo before 本登録."""
    permission = may_put_out(actor)
    with issued_once(click.once):
        row, read = _registered(actor, filing)
        today = clock.today()
        touched = [Touched(one.atena_no, one.entries, one.asserted, one.opened) for one in read.happened.wrote]
        procedures = follow_ups(read.event.code, touched, city.settings_on(Occasion, today), today)
        sections = receipt(read.happened, row.filing_no, procedures)
        return put_out_form(actor, permission, FILING_RECEIPT, sections, _about(read), click, row.visit, f"filing:{row.public_id}")


def _registered(actor: Actor, filing: UUID) -> tuple[Filing, EventLetters]:
    row = filing_row(actor, filing)
    event = find_event(row.event_id_no)
    if event is None:
        raise CannotDo("まだ本登録されていません。本登録してから出力してください。")
    return row, read_event(event, row)


def _about(read: EventLetters) -> tuple[Shown, ...]:
    """Those of whom the event said something, each once, by the version that it wrote."""
    newest = {one.public_id: one for one in read.happened.wrote if not one.follows} or {one.public_id: one for one in read.happened.wrote}
    return tuple(Shown(one.person_id, UUID(one.public_id), one.history_no) for one in newest.values())


def put_out_record(actor: Actor, person: UUID, history_no: int, click: Click) -> Pile:
    """職権記録書 of the event of one row of a person's history (N-4.2.0.1-02). CannotDo for a 届出."""
    permission = may_put_out(actor)
    audit.require(actor, permission, (person,))
    with issued_once(click.once):
        read = read_event(event_at(person, history_no))
        if read.event.basis not in BY_OFFICE:
            raise CannotDo("届出や請求による異動です。職権記録書は、職権による記載等について作ります（標準仕様4.2.0.1）。")
        definition = event_recorded_as(read.event.definition)
        typed = read.filing.typed.get("filing", {}) if read.filing is not None else {}
        decided = Decided(
            definition.article if definition else "", typed.get("reason", ""), read.event.entered_by, read.event.examined_by, read.happened.recorded_on
        )  # fmt: skip
        sections = ex_officio_record(read.happened, decided)
        return put_out_form(actor, permission, EX_OFFICIO_RECORD, sections, _about(read), click, case=f"event:{read.event.request_key}")


def put_out_slip(actor: Actor, notice: UUID, click: Click) -> Pile:
    """処理結果確認票 of one 長官通知 (N-4.5.6-05): before and after; the number of a card is only said to be there."""
    audit.require(actor, Permission.FILING_ENTER)
    with issued_once(click.once):
        found = read_notice(notice)
        row, message = found.row, found.message
        facts = NoticeFacts(
            by_code("commissioner_ground")[row.ground_code].ja, word(ARTICLE_30_45, row.class_code), event_ja(event_code_of(message)), message.effective_on,
            message.notice_date, moment(row.received_at), str(row.get_state_display()),
        )  # fmt: skip
        sections = commissioner_slip(facts, found.sheets[0].entries if found.sheets else None, found.lines)
        return put_out_form(actor, Permission.FILING_ENTER, COMMISSIONER_SLIP, sections, shown(*found.sheets[:1]), click, case=f"commissioner:{notice}")


def put_out_move_in_errors(actor: Actor, click: Click) -> Pile:
    """転入通知情報取込エラー一覧表: those that could not be taken in, and no others (N-4.1.3.1.2-05). Nobody is named."""
    audit.require(actor, Permission.FILING_ENTER)
    with issued_once(click.once):
        failed = [
            Failed(moment(row.received_at), municipality_name(row.sender_code), row.control_no, row.why.replace("\n", "　"), str(row.get_state_display()))
            for row in move_in_errors()
        ]
        return put_out_form(actor, Permission.FILING_ENTER, MOVE_IN_ERRORS, error_list(failed), (), click)


def put_out_head_requests(actor: Actor, click: Click) -> Pile:
    """世帯主変更依頼通知書の対象者リスト: the households that were left without a 世帯主, and no others (N-4.0.5-04)."""
    audit.require(actor, Permission.FILING_ENTER)
    if not writes_letters():
        raise CannotDo("世帯主変更依頼通知書の機能は、市の設定により使っていません。")
    with issued_once(click.once):
        asked = asked_households()
        events = recorded_events({one.gone_by for one in asked})
        lines = []
        for one in asked:
            assert one.letter is not None, "asked"
            gone = events[one.gone_by]
            day = clock.jst(one.letter.decided_at).date()
            lines.append(
                AskedHousehold(one.household_no, one.addressee.entries, len(one.members), f"{event_ja(gone.code)}（{gone.effective_on.wareki()}）", day)
            )
        about = shown(*(one.addressee for one in asked))
        return put_out_form(actor, Permission.FILING_ENTER, HEAD_REQUEST_LIST, head_requests(lines), about, click)
