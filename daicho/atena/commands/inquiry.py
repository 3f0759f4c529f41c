"""照会の記録 — who asked for what purpose and what became of it, refusals too: one row of the trail for each question. S4-07, F-1-43."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from daicho import audit, clock
from daicho.atena.models import IntegratedPerson
from daicho.atena.permissions import AtenaPermission
from daicho.atena.rules.problems import Problem
from daicho.atena.rules.vocabulary import Result, state_of
from daicho.contracts.atena_question_v1 import AtenaAnswerV1
from daicho.outbox.errors import Refused

ASK = AtenaPermission.PERSON_ASK
LATE = Problem("deadline", "回答の期限を過ぎているため回答しません。必要であれば新しい番号で照会し直してください。")


@dataclass(frozen=True)
class Inquiry:
    """One question under way. `facts` go into the trail: codes and ids, never what was asked for."""

    actor: audit.Actor
    question_id: str
    purpose: str
    facts: Mapping[str, str]

    def refuse_if(self, problems: Sequence[Problem]) -> None:
        if problems:
            self.refuse(Refused(problems[0].code, "\n".join(problem.ja for problem in problems)))

    def refuse_if_late(self, deadline: datetime) -> None:
        """An answer that comes too late helps nobody, and would tell of a person for nothing."""
        self.refuse_if([LATE] if clock.now() > deadline else [])

    def refuse(self, refusal: Refused) -> NoReturn:
        """Keep the refusal in the trail although the question's own transaction is undone, and say no."""
        try:
            audit.refused(self.actor, ASK, purpose=self.purpose, reason=refusal.code, detail=self._detail())
        except audit.Refused:
            raise refusal from None

    def answer(self, person: IntegratedPerson | None, result: Result) -> AtenaAnswerV1:
        """The answer, recorded with the person it names, in the question's own transaction."""
        audit.record(self.actor, ASK, [person.public_id] if person else [], purpose=self.purpose, detail={**self._detail(), "result": result.value})
        if person is None:
            return AtenaAnswerV1(self.question_id, result.value, None, None, None, None)
        state = state_of(person.as_of is not None, person.removed_on, clock.today())
        return AtenaAnswerV1(self.question_id, result.value, person.integrated_atena_no, person.to_value().told(), state.value, person.removed_on)

    def _detail(self) -> dict[str, str]:
        return {"question_id": self.question_id, **self.facts}
