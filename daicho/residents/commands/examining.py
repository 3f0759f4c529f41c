"""審査の材料 — what 本登録 of a filing would do, for the officer who compares it with the paper. design §3; F-1-02, N-4.0.8-08.

Only while it waits: what was registered is read from the register, what was withdrawn no more. Each reading is on record first.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from daicho import audit
from daicho.audit.actor import Actor
from daicho.residents.commands.applying import changes_of
from daicho.residents.commands.filings import judge, law_of
from daicho.residents.commands.typed import TypedForm, numbers_of, unseal
from daicho.residents.models import Filing as FilingRow
from daicho.residents.models.counter import FilingState
from daicho.residents.permissions import Permission
from daicho.residents.rules.outcome import Outcome, outcomes
from daicho.residents.rules.problems import Problem

WAITING = (FilingState.DRAFT, FilingState.ENTERED, FilingState.EXAMINED, FilingState.RETURNED)


@dataclass(frozen=True)
class Preview:
    """The form as typed, every sheet before and after, and what stands in the way today. Nothing is written."""

    form: TypedForm
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def preview(actor: Actor, row: FilingRow) -> Preview | None:
    """Judge a filing against the register as it is now and apply it to nothing but memory. None when it waits no more.

    With errors there is no outcome to show: `outcomes` is empty and `problems` says why.
    """
    permission = Permission.FILING_EXAMINE if actor.may(Permission.FILING_EXAMINE) else Permission.FILING_ENTER
    with audit.reading(actor, permission) as seen:
        seen.note(filing_no=row.filing_no)
        if row.state not in WAITING:
            return None
        found = _found(row)
        seen.add(*(UUID(one.public_id) for one in found.outcomes if one.public_id), *_people(found.form))
    return found


def _found(row: FilingRow) -> Preview:
    definition, form = law_of(row), unseal(row.typed)
    judged = judge(definition, form, row.visit, cancels=row.cancels_id_no)
    standing = judged.standing({key: override["reason"] for key, override in row.overrides.items()})
    if any(problem.blocks for problem in standing):
        return Preview(form, (), standing)
    return Preview(form, outcomes(judged.situation, changes_of(definition, judged)), standing)


def reveal_numbers(actor: Actor, row: FilingRow) -> TypedForm:
    """The form with its numbers in the clear, to be compared with the paper (design §6). Http404 when it waits no more:

    then these are numbers of residents, and the register tells whose were opened.
    """
    with audit.reading(actor, Permission.NUMBER_REVEAL) as seen:
        seen.note(filing_no=row.filing_no)
        if row.state not in WAITING:
            raise Http404
        form = unseal(row.typed)
        seen.add(*_people(form))
        for name in sorted(name for name in numbers_of(law_of(row)) if any(m.texts.get(name) for m in form.members)):
            audit.note_numbers(name, "届出の照合")
    return form


def _people(form: TypedForm) -> list[UUID]:
    return [UUID(m.person) for m in form.members if m.person]
