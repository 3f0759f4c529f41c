"""異動の通知書を出す — 住民票コード・個人番号の通知票, 受理通知, 職権記載等通知書, 世帯主の通知書. 標準仕様 4.0.5, 4.1.0.3, 4.2.0.1, 4.3.3; decision 0049.

At the end of an event's flow, or later and again from the history: what it says is always what that event wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import Http404

from daicho import audit, clock, vault
from daicho.audit.actor import Actor
from daicho.certificates.letters import letter as definition_of
from daicho.certificates.letters.ex_officio import EX_OFFICIO_NOTICE
from daicho.certificates.letters.filing_accepted import FILING_ACCEPTED
from daicho.certificates.letters.head import HEAD_CHANGED, HEAD_REQUESTED
from daicho.certificates.letters.letter import Letter
from daicho.residents.commands.handing_over import Click, NotToBeIssued, Shown, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.errors import CannotDo
from daicho.residents.models import HeadLetter
from daicho.residents.queries.cancelled import event_at, recorded_events
from daicho.residents.queries.current import BY_PERSON_ID, newest_rows
from daicho.residents.queries.event_letters import EventLetters, may_put_out, read_event
from daicho.residents.queries.headless import household_without_head, writes_letters
from daicho.residents.queries.support_letters import cases_of, home_of
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.letters_of_events.guard import CONFIRM, Cases, refusal
from daicho.residents.rules.letters_of_events.occasion import CODE_LETTERS, NUMBER_LETTERS, Wrote
from daicho.residents.rules.letters_of_events.written import (
    accepted_letter,
    ex_officio_letter,
    head_changed_letter,
    head_requested_letter,
    number_letter,
    place_of,
)
from daicho.residents.rules.names_shown import shown_name

CONFIRMED = "confirmed"
"""The entry by which a screen asks what was made sure of for somebody protected."""


def put_out_of_event(actor: Actor, person: UUID, history_no: int, code: str, click: Click, confirmed: str = "") -> Pile:
    """A letter of the event of one row of a person's history, about them. NotToBeIssued with every reason; Http404 for no such row or letter.

    `confirmed`: what the officer made sure of where somebody of the letter is protected; it is kept in the trail.
    """
    permission = may_put_out(actor)
    audit.require(actor, permission, (person,))
    with issued_once(click.once):
        read = read_event(event_at(person, history_no))
        offer = next((one for one in read.offers if one.code == code and str(person) in one.people), None)
        if offer is None:
            raise Http404("この異動には、その通知書はありません。")
        people = [read.wrote(one) for one in offer.people]
        if code == HEAD_CHANGED.code:
            draft = _head_changed(read, person, confirmed)
        else:
            draft = _draft(read, code, _protected_first(read.cases, people), confirmed)
        return put_out(actor, permission, [draft], click)


def _protected_first(cases: Cases, people: Sequence[Wrote]) -> list[Wrote]:
    """Of several the protected first: whoever is written to must be one of them."""
    return sorted(people, key=lambda one: one.person_id not in cases.protecting)


def _draft(read: EventLetters, code: str, people: Sequence[Wrote], confirmed: str) -> Draft:
    happened, first = read.happened, people[0]
    written_to: int | None = first.person_id
    about = tuple(Shown(one.person_id, UUID(one.public_id), one.history_no) for one in people)
    if code in NUMBER_LETTERS:
        letter, about = _number_letter(code, first, happened.recorded_on)
    elif code == FILING_ACCEPTED.code:
        protects = read.cases.protects
        letter = accepted_letter(happened, people, protected=protects)
        written_to = first.person_id if place_of(happened, first, protected=protects).moved else None
    else:
        assert code == EX_OFFICIO_NOTICE.code, code
        letter = ex_officio_letter(happened, people)
    _guard(read.cases, written_to, letter, confirmed)
    return Draft(code, letter, about, case_of(read), confirmed.strip() if read.cases.protects else "")


def case_of(read: EventLetters) -> str:
    """What the letter comes of, in 交付履歴."""
    return f"event:{read.event.request_key}"


def letter_case(letter: HeadLetter) -> str:
    """The same of a decision about a household's 世帯主."""
    return f"head_letter:{letter.pk}"


def _number_letter(code: str, one: Wrote, on: date) -> tuple[Letter, tuple[Shown, ...]]:
    """The number that the event wrote, to where its person lives now. NotToBeIssued when it is no longer theirs."""
    entry = "juminhyo_code" if code in CODE_LETTERS else "individual_number"
    ref, now = getattr(one.entries, entry), newest_rows(BY_PERSON_ID, [one.person_id])[one.person_id]
    if getattr(now.entries, entry) != ref:
        raise NotToBeIssued((("number", "この番号は、その後の異動で変わっています。新しい番号の通知票を出力してください。"),))
    number = vault.reveal(ref, because=definition_of(code, clock.today()).ja)
    return number_letter(now.entries, entry, number, on), shown(now)


def _guard(cases: Cases, written_to: int | None, letter: Letter, confirmed: str) -> None:
    """Raises NotToBeIssued where the letter would tell the other party (domain §7), or where it is not said what was made sure of."""
    if why := refusal(cases, written_to, home_of(letter.addressee.address)):
        raise NotToBeIssued((("protected", why),))
    if cases.protects and not confirmed.strip():
        raise NotToBeIssued(((CONFIRMED, CONFIRM),))


def _head_changed(read: EventLetters, person: UUID, confirmed: str) -> Draft:
    """世帯主変更通知書 to whom it was decided, about the household as that event left it."""
    wrote = read.wrote(str(person))
    members = [one for one in read.happened.wrote if one.entries.household_no == wrote.entries.household_no and one.entries.closed_on is None]
    newest = list({one.public_id: one for one in members}.values())
    ordered = sorted(newest, key=lambda one: (one.entries.order_in_household or 0, one.person_id))
    head = next((shown_name(one.entries) for one in ordered if one.entries.relationship == HEAD), None) or ""
    letter = head_changed_letter(wrote.entries, [one.entries for one in ordered], head, read.event.effective_on.wareki())
    _guard(read.cases, wrote.person_id, letter, confirmed)
    about = tuple(Shown(one.person_id, UUID(one.public_id), one.history_no) for one in ordered)
    return Draft(HEAD_CHANGED.code, letter, about, case_of(read), confirmed.strip() if read.cases.protects else "")


def request_head(actor: Actor, person: UUID, click: Click, confirmed: str = "") -> Pile:
    """世帯主変更依頼通知書 of the household of this person, which was decided to stay without a 世帯主 (N-4.0.5-03).

    CannotDo when it has one by now, or before it was decided; where the city does not use the function too.
    """
    permission = may_put_out(actor)
    audit.require(actor, permission, (person,))
    if not writes_letters():
        raise CannotDo("世帯主変更依頼通知書の機能は、市の設定により使っていません。")
    with issued_once(click.once):
        found = household_without_head(person)
        if found is None:
            raise CannotDo("この世帯には、いま世帯主がいます。一覧を開き直してください。")
        if found.letter is None:
            raise CannotDo("この世帯は、まだ職権で定めるか定めないかを選んでいません。先に選んでください（標準仕様4.0.5）。")
        gone_on = recorded_events([found.gone_by])[found.gone_by].effective_on.wareki()
        letter = head_requested_letter(found.addressee.entries, [row.entries for row in found.members], gone_on)
        cases = cases_of(row.person_id for row in found.members)
        _guard(cases, found.addressee.person_id, letter, confirmed)
        about = tuple(Shown(row.person_id, row.public_id, row.history_no) for row in found.members)
        draft = Draft(HEAD_REQUESTED.code, letter, about, letter_case(found.letter), confirmed.strip() if cases.protects else "")
        return put_out(actor, permission, [draft], click)
