"""本人通知の通知書 — 交付通知書 to the person or to the applicant, and the word that a registration ends. 標準8.1.1, 8.1.3 (N-8.1.1-02, N-8.1.3-*); decision 0050."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.catalogue import certificate
from daicho.certificates.letters.principal_notice import PRINCIPAL_NOTICE, PRINCIPAL_NOTICE_ENDING, PRINCIPAL_NOTICE_TO_APPLICANT
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.commands.safe_letters import cases_of_drafts, safe
from daicho.residents.errors import CannotDo
from daicho.residents.models import PrincipalNoticeEntry
from daicho.residents.permissions import Permission
from daicho.residents.queries.issue_corrections import asking_of, corrections_of
from daicho.residents.queries.principal_notices import Ending, Told, find_copies, find_endings, policy_on
from daicho.residents.rules.letters_of_cases.principal import CopyIssued, SentTo, ending, to_the_applicant, to_the_person
from daicho.residents.rules.principal_notice import CLASS_JA, Condition, Policy, class_of

_RIGHT = Permission.PRINCIPAL_NOTICE_MANAGE


@dataclass(frozen=True)
class Asked:
    """交付の日から、日まで, by which condition; `keys`: the lines that were chosen (queries/principal_notices.Told.key)."""

    first: date
    last: date
    condition: Condition
    keys: frozenset[str]


def tell_the_people(actor: Actor, asked: Asked, click: Click) -> Pile:
    """交付通知書（本人あて）: one for each person on each copy, in the order of issuing."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        lines, policy = _chosen(asked), policy_on(clock.today())
        drafts = [
            (Draft(PRINCIPAL_NOTICE.code, to_the_person(line.person.entries, sent_to(line.sent_to), _copy(line, policy)), shown(line.person), line.case), line.person.person_id)
            for line in lines
        ]  # fmt: skip
        return put_out(actor, _RIGHT, safe(cases_of_drafts(drafts), drafts), click)


def tell_the_applicants(actor: Actor, asked: Asked, addresses: Mapping[str, str], click: Click) -> Pile:
    """交付通知書（申請者あて）: one for each copy. `addresses`: by the key of its first line, as the 請求書 has it; the register does not know applicants."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        lines, policy = _chosen(asked), policy_on(clock.today())
        copies: dict[int, list[Told]] = {}
        for line in lines:
            copies.setdefault(line.issue.pk, []).append(line)
        corrected = corrections_of(list(copies))
        drafts = []
        for pk, of in copies.items():
            name, address = asking_of(of[0].issue, corrected.get(pk, ())).requester, addresses.get(of[0].key, "").strip()
            if not address:
                raise CannotDo("申請者の住所が入力されていない交付があります。請求書の住所を入力してください（標準仕様8.1.3）。")
            letter = to_the_applicant(name, address, "", _copy(of[0], policy))
            drafts.append(Draft(PRINCIPAL_NOTICE_TO_APPLICANT.code, letter, shown(*(line.person for line in of)), of[0].case))
        return put_out(actor, _RIGHT, drafts, click)


def tell_of_endings(actor: Actor, first: date, last: date, chosen: Collection[str], click: Click) -> Pile:
    """本人通知期間満了のお知らせ. `chosen`: the public ids of the entries."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        drafts = [(_ending(one), one.person.person_id) for one in find_endings(first, last) if str(one.entry.public_id) in chosen]
        return put_out(actor, _RIGHT, safe(cases_of_drafts(drafts), drafts), click)


def _chosen(asked: Asked) -> Sequence[Told]:
    return [line for line in find_copies(asked.first, asked.last, asked.condition) if line.key in asked.keys]


def _copy(line: Told, policy: Policy) -> CopyIssued:
    day = clock.jst(line.issue.issued_at).date()
    return CopyIssued(day, certificate(line.issue.kind, day).ja, line.sheets, CLASS_JA[class_of(line.standing, policy.same_household)])


def sent_to(entry: PrincipalNoticeEntry | None) -> SentTo:
    return SentTo() if entry is None else SentTo(entry.sent_to_name, entry.sent_to_postal_code, entry.sent_to_address)


def _ending(one: Ending) -> Draft:
    entry = one.entry
    assert entry.ends_on is not None
    return Draft(PRINCIPAL_NOTICE_ENDING.code, ending(one.person.entries, sent_to(entry), entry.starts_on, entry.ends_on), shown(one.person), one.case)
