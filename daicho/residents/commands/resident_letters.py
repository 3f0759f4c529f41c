"""住民への通知書 — 催告書, 在留期間満了, 経過滞在, 成年被後見人の転出, 住所等の変更. 住民基本台帳法第14条, 第34条; 標準9.4, 9.7 (N-9.4-02, N-9.7-04); decision 0050."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.http import Http404

from daicho import audit, city, clock
from daicho.audit.actor import Actor
from daicho.certificates.letters.renaming import RENAMING_AHEAD, RENAMING_DONE
from daicho.certificates.letters.residence import RESIDENCE_ENDING, TRANSITIONAL_STAY
from daicho.certificates.letters.survey import SURVEY_DEMAND
from daicho.certificates.letters.ward import ADULT_WARD_NOTICE
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.commands.letters import MOST, Draft, Pile, put_out, shown
from daicho.residents.commands.safe_letters import cases_of_drafts, safe
from daicho.residents.errors import CannotDo
from daicho.residents.models import Renaming, RenamingLine, Survey
from daicho.residents.models.renaming import RenamingState
from daicho.residents.permissions import Permission
from daicho.residents.queries.blocks import hidden_from
from daicho.residents.queries.current import BY_HOUSEHOLD, BY_PERSON, BY_PERSON_ID, CurrentRow, current_rows, newest_rows
from daicho.residents.queries.letters_put_out import renaming_case, survey_case, term_case
from daicho.residents.queries.renamings import TOLD_OF, find_renaming
from daicho.residents.queries.residence_terms import standing_terms
from daicho.residents.queries.support import protected
from daicho.residents.queries.support_letters import cases_of
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.fold import is_open
from daicho.residents.rules.household_law import HEAD
from daicho.residents.rules.letters_of_cases.addressees import at_home
from daicho.residents.rules.letters_of_cases.moving import adult_ward_letter, is_leaving_ward
from daicho.residents.rules.letters_of_cases.residents_told import demand_letter, renaming_letter, residence_ending_letter, transitional_letter
from daicho.residents.rules.letters_of_events.guard import Cases
from daicho.residents.rules.survey import DEMAND
from daicho.residents.rules.vocabulary import ARTICLE_30_45, word


def demand(actor: Actor, survey_id: UUID, click: Click) -> Pile:
    """催告書 of the newest 催告 of a 実態調査: one for each household of those it is about. CannotDo before a 催告 was recorded."""
    audit.require(actor, Permission.SURVEY_MANAGE)
    with issued_once(click.once):
        survey = Survey.objects.filter(municipality_code=settings.INSTALLATION.municipality_code, public_id=survey_id).first()
        if survey is None:
            raise Http404
        step = survey.steps.filter(kind=DEMAND).order_by("pk").last()
        if step is None or step.due_on is None:
            raise CannotDo("催告がまだ記録されていません。「催告（届出の催告書の送付）」を記録すると期限が決まり、催告書を出力できます。")
        people = newest_rows(BY_PERSON_ID, list(survey.subjects.order_by("pk").values_list("person_id", flat=True)))
        households: dict[str, list[CurrentRow]] = {}
        for row in people.values():
            households.setdefault(row.entries.household_no or str(row.person_id), []).append(row)
        cases = cases_of(people)
        drafts = [
            (Draft(SURVEY_DEMAND.code, demand_letter([row.entries for row in of], step.due_on), shown(*of), survey_case(survey_id)), of[0].person_id)
            for of in (_in_order(each, cases) for each in households.values())
        ]
        return put_out(actor, Permission.SURVEY_MANAGE, safe(cases, drafts), click)


def _in_order(rows: list[CurrentRow], cases: Cases) -> list[CurrentRow]:
    """Who is written to first: somebody protected where there is one, else the 世帯主; the others as they stand in the household."""
    return sorted(
        rows, key=lambda row: (row.person_id not in cases.protecting, row.entries.relationship != HEAD, row.entries.order_in_household or 0, row.person_id)
    )


def tell_of_residence_ends(actor: Actor, chosen: Collection[UUID], click: Click) -> Pile:
    """在留期間満了のお知らせ to those of the list who were chosen, in its order."""
    audit.require(actor, Permission.FILING_ENTER, list(chosen))
    with issued_once(click.once):
        terms = [(pk, person) for pk, person in standing_terms(hidden_from(actor))]
        people = newest_rows(BY_PERSON_ID, [person for _, person in terms])
        wanted = [(pk, people[person]) for pk, person in terms if people[person].public_id in chosen]
        drafts = [
            (Draft(RESIDENCE_ENDING.code, residence_ending_letter(row.entries, _status(row.entries)), shown(row), term_case(pk)), row.person_id)
            for pk, row in wanted
        ]
        return put_out(actor, Permission.FILING_ENTER, safe(cases_of_drafts(drafts), drafts), click)


def _status(entries: SheetEntries) -> str:
    code = entries.residence_status_code
    named = city.queries.code_names("residence_status", [code]).get(code) if code else None
    return named or code or (word(ARTICLE_30_45, entries.article_30_45_class_code) if entries.article_30_45_class_code else "")


def tell_of_transitional_stay(actor: Actor, person: UUID, click: Click) -> Pile:
    """経過滞在者への在留手続のお知らせ, of one person: there is no list of them (標準9.8). CannotDo for who is none."""
    audit.require(actor, Permission.FILING_ENTER, (person,))
    with issued_once(click.once):
        row = _person(person)
        head, cases = _head_of(row), cases_of([row.person_id])
        to = row if head is None or cases.protects else head
        letter = transitional_letter(row.entries, to.entries) if is_open(row.entries, clock.today()) else None
        if letter is None:
            raise CannotDo("この人は経過滞在者ではないか、経過滞在の始まりの日が分かりません。住民票を確認してください（法第30条の45）。")
        drafts = [(Draft(TRANSITIONAL_STAY.code, letter, shown(row), "transitional"), to.person_id)]
        return put_out(actor, Permission.FILING_ENTER, safe(cases, drafts), click)


def tell_of_ward(actor: Actor, person: UUID, click: Click) -> Pile:
    """成年被後見人の転出に関する通知書 to the municipality they go to (N-9.4-02), of one person. CannotDo for who is none or does not leave."""
    audit.require(actor, Permission.FILING_ENTER, (person,))
    with issued_once(click.once):
        row = _person(person)
        if not is_leaving_ward(row.entries):
            raise CannotDo("成年被後見人で、市外への転出が記録されている人ではありません。住民票を確認してください（標準仕様9.4）。")
        letter = adult_ward_letter(row.entries, protected=bool(protected([row.person_id])))
        return put_out(actor, Permission.FILING_ENTER, [Draft(ADULT_WARD_NOTICE.code, letter, shown(row), "adult_ward")], click)


def _person(public_id: UUID) -> CurrentRow:
    row = next(iter(newest_rows(BY_PERSON, [public_id]).values()), None)
    if row is None:
        raise Http404
    return row


def _head_of(row: CurrentRow) -> CurrentRow | None:
    members = current_rows(BY_HOUSEHOLD, [row.entries.household_no]) if row.entries.household_no else []
    return next((one for one in members if one.entries.relationship == HEAD and is_open(one.entries, clock.today())), None)


def tell_of_renaming(actor: Actor, renaming_id: UUID, part: int, click: Click) -> Pile:
    """住所等の変更のお知らせ, before 本処理 or after it: one to each household. `part`: which pile of MOST households, from 1 (N-9.7-04).

    Before: everybody who will be renamed; after: everybody who was. CannotDo for a case that was dropped or cancelled.
    """
    audit.require(actor, Permission.RENAMING_MANAGE)
    with issued_once(click.once):
        case = find_renaming(renaming_id)
        states = TOLD_OF.get(case.state)
        if states is None:
            raise CannotDo("取りやめ又は取消しになった一括変更です。お知らせは出力できません。")
        lines = list(case.lines.filter(state__in=states).order_by("household_no", "pk"))
        households: dict[str, list[RenamingLine]] = {}
        for line in lines:
            households.setdefault(line.household_no, []).append(line)
        piled = list(households.values())[(part - 1) * MOST : part * MOST]
        people = newest_rows(BY_PERSON_ID, [line.person_id for of in piled for line in of])
        code = RENAMING_DONE.code if case.state == RenamingState.DONE else RENAMING_AHEAD.code
        cases = cases_of(people)
        return put_out(actor, Permission.RENAMING_MANAGE, safe(cases, [_renamed(case, code, of, people, cases) for of in piled]), click)


def _renamed(case: Renaming, code: str, of: list[RenamingLine], people: dict[int, CurrentRow], cases: Cases) -> tuple[Draft, int]:
    """With whom it is written to."""
    rows = _in_order([people[line.person_id] for line in of], cases)
    first = next(line for line in of if line.person_id == rows[0].person_id)
    before, after = _whole(rows[0].entries, first.before), _whole(rows[0].entries, first.after)
    letter = renaming_letter(at_home(rows[0].entries), (case.title, case.ground, case.effective_on), before, after, [row.entries for row in rows])
    return Draft(code, letter, shown(*rows), renaming_case(case.public_id)), rows[0].person_id


def _whole(entries: SheetEntries, said: dict[str, str | None]) -> dict[str, str | None]:
    """What changes, with what of the address stays as it is."""
    if "registered_domicile" in said:
        return said
    return {"address": entries.address, "address_building": entries.address_building, **said}
