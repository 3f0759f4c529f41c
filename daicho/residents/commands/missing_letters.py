"""転入通知未着照会書と転入通知未着者一覧 — each municipality to which people said they go is asked once, about all of whom it has told nothing. 標準4.1.3.1.4 (N-4.1.3.1.4-01…-03)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from daicho import audit, clock
from daicho.audit.actor import Actor
from daicho.certificates.letters.forms import MOVE_IN_MISSING_LIST
from daicho.certificates.letters.move_in import MOVE_IN_MISSING
from daicho.residents.commands.form_papers import put_out_form
from daicho.residents.commands.handing_over import Click, issued_once
from daicho.residents.commands.letters import Draft, Pile, put_out, shown
from daicho.residents.errors import CannotDo
from daicho.residents.permissions import Permission
from daicho.residents.queries.current import CurrentRow
from daicho.residents.queries.missing import find_missing
from daicho.residents.queries.support import protected
from daicho.residents.rules.forms_of_lists import missing_list
from daicho.residents.rules.letters_of_cases.moving import by_destination, missing_letter
from daicho.values.dates import wareki

_RIGHT = Permission.FILING_ENTER


def ask_for_missing(actor: Actor, first: date, last: date, click: Click, *, ex_officio: bool) -> Pile:
    """One letter to each municipality, in the order of its code. CannotDo when nobody said where they go, or there are more than a page of people."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        found, more = find_missing(first, last, ex_officio=ex_officio)
        if more:
            raise CannotDo("対象者が多いため、一度に照会書を作れません。消除日の範囲を狭めてください。")
        places = by_destination([row.entries for row in found])
        if not places:
            raise CannotDo("転出予定地の市区町村が分かる未着者がいないため、照会書は作れません（標準仕様4.1.3.1.4）。")
        guarded, drafts = protected([row.person_id for row in found]), []
        for code, of in places.items():
            people = [found[place] for place in of]
            drafts.append(
                Draft(MOVE_IN_MISSING.code, missing_letter(code, [row.entries for row in people], _places(people, guarded)), shown(*people), "missing")
            )
        return put_out(actor, _RIGHT, drafts, click)


def list_missing(actor: Actor, first: date, last: date, click: Click, *, ex_officio: bool) -> Pile:
    """転入通知未着者一覧, on paper (N-4.1.3.1.4-02, -03). CannotDo when there are more than a page of people, or nobody."""
    audit.require(actor, _RIGHT)
    with issued_once(click.once):
        found, more = find_missing(first, last, ex_officio=ex_officio)
        if more:
            raise CannotDo("対象者が多いため、一覧を作れません。消除日の範囲を狭めてください。")
        if not found:
            raise CannotDo("この期間の未着者はいません。消除日の範囲を確認してください。")
        period = f"{wareki(first)}から{wareki(last)}まで"
        places = _places(found, protected([row.person_id for row in found]))
        sections = missing_list(period, [row.entries for row in found], clock.today(), places)
        return put_out_form(actor, _RIGHT, MOVE_IN_MISSING_LIST, sections, shown(*found), click, case="missing")


def _places(people: Sequence[CurrentRow], guarded: Collection[int]) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(people) if row.person_id in guarded)
