"""住居地の届出 — under the immigration law alone: who lives here already and became 中長期在留者 or 特別永住者. 入管法第19条の8; 特例法第10条; std 4.5.7.

The 住民票 says only when it was filed (item 113); 入管庁 is told by a 市町村伝達. A 転入 or 転居 is the 住居地届出 itself, and needs none of this.
"""

from __future__ import annotations

from dataclasses import replace

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_filer, check_living_here, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Filer, Scope
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, FILED_ON, FILER, FILER_NAME
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.residence import check_foreign
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import FOREIGNERS, WITH_CARD

_CLASSES = WITH_CARD


def _said(filing: Filing) -> dict[str, object]:
    return {"residence_notified_date": filing.filed_on, "residence_notified": True}


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(RESIDENCE_NOTIFICATION, situation, filing), *check_filer(filing)]
    found += [*check_open(situation, filing), *check_living_here(situation, filing), *check_foreign(situation, filing)]
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    person = situation.person(str(filing.members[0].atena_no))
    if person.entries.article_30_45_class_code not in _CLASSES:
        found.append(problem("I004", "person", 0))
    return (*found, *check_overtaken(situation, person, filing.effective_on, _said(filing), 0))


def _apply(situation: Situation, filing: Filing) -> Changes:
    return Changes(revisions=(Revision(0, str(filing.members[0].atena_no), _said(filing)),))


RESIDENCE_NOTIFICATION = EventDefinition(
    code="residence_notification",
    standard_code="職権修正",
    ja="住居地の届出（入管法）",
    article="入管法第19条の8、特例法第10条",
    basis=Basis.FILING,
    filed_by=frozenset({Filer.SELF, Filer.AGENT}),
    days_to_file=14,
    fields=(replace(EFFECTIVE_ON, hint="中長期在留者又は特別永住者になった日。例　令和8年4月1日"), FILED_ON, FILER, FILER_NAME),
    member_fields=(),
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    group=FOREIGNERS,
    offered_to=lambda entries: entries.article_30_45_class_code in _CLASSES,
)
