"""審査の材料 — what 本登録 of a filing would do, for the officer who compares it with the paper. design §3; F-1-02, N-4.0.8-08."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from daicho.residents.commands.filings import definition_of, judge
from daicho.residents.commands.typed import TypedForm, unseal
from daicho.residents.models import Filing as FilingRow
from daicho.residents.rules.outcome import Outcome, outcomes
from daicho.residents.rules.problems import Problem


@dataclass(frozen=True)
class Preview:
    """The form as typed, every sheet before and after, and what stands in the way today. Nothing is written."""

    form: TypedForm
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


@transaction.atomic(savepoint=False)
def preview(row: FilingRow) -> Preview:
    """Judge a filing against the register as it is now and apply it to nothing but memory. The caller records the reading.

    With errors there is no outcome to show: `outcomes` is empty and `problems` says why.
    """
    definition, form = definition_of(row.code), unseal(row.typed)
    judged = judge(definition, form, row.visit)
    standing = judged.standing({key: override["reason"] for key, override in row.overrides.items()})
    if any(problem.blocks for problem in standing):
        return Preview(form, (), standing)
    changes = definition.apply(judged.situation, judged.filing)
    return Preview(form, outcomes(judged.situation, changes), standing)
