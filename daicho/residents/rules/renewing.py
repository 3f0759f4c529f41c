"""改製・再製 — the same person goes on on a new sheet that says the same; the one before becomes 改製原 or 除票. 住民基本台帳法施行令第16条; std 1.1.4."""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Renewal
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.closing import check_closing, closing, closing_day
from daicho.residents.rules.definitions import Basis, Effect, EventDefinition, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import Situation


def _said(situation: Situation) -> dict[str, object]:
    """改製日 is all that the new sheet says of its own."""
    return {"juminhyo_created_date": situation.today}


def renewal_event(*, code: str, ja: str, article: str) -> EventDefinition:
    """The definition of such an event: 事由 of the sheet and of the event are the same word."""

    def check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
        found = [*check_days(definition, situation, filing), *check_open(situation, filing)]
        if not filing.members:
            found.append(problem("X001", "members", event=ja, article=article))
        if filing.effective_on is None or any(p.blocks for p in found):
            return tuple(found)
        for index, (_, person) in enumerate(going(situation, filing)):
            found += check_overtaken(situation, person, filing.effective_on, _said(situation), index)
            found += check_closing(person, closing_day(filing.effective_on, situation.today), index)
        return tuple(found)

    def apply(situation: Situation, filing: Filing) -> Changes:
        assert filing.effective_on is not None
        closed = closing(code, filing.effective_on, closing_day(filing.effective_on, situation.today))
        people = enumerate(going(situation, filing))
        return Changes(renewals=tuple(Renewal(index, person.atena_no, _said(situation), closed) for index, (_, person) in people))

    definition = EventDefinition(
        code=code,
        standard_code=ja,
        ja=ja,
        article=article,
        basis=Basis.EX_OFFICIO,
        filed_by=frozenset(),
        days_to_file=None,
        fields=(EFFECTIVE_ON, WHY),
        member_fields=(),
        scope=Scope.CHOSEN,
        effect=Effect.ENTRY,
        notices=(),
        permission="residents:filing:enter",
        check=check,
        apply=apply,
        certificates=("juminhyo_personal",),
    )
    return definition
