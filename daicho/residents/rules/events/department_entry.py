"""個別記載事項の記載 — what a department tells of an insurance or allowance is written into the sheet. 住民基本台帳法第7条第9号–第11号の2; 令第12条; G-26, D-R6.

The notice itself is the basis: the department decides who is insured, and the register says what it says (職権修正). Its 異動日 is the day of
recording, because the entries bear their own days; so the order of the notices is the order of effect, and nothing filed is overtaken by it.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_open
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Scope
from daicho.residents.rules.department_items import ENTRY_FIELDS, check_qualifications
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.situation import Situation

WRITTEN_BY_DEPARTMENT = "department_entry"


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    [member] = filing.members
    assert member.atena_no is not None
    if member.atena_no not in situation.persons:
        return (problem("G004", "atena_no", 0),)
    if found := check_open(situation, filing):
        return tuple(found)
    if not member.values:
        return (problem("G005", "items", 0),)
    return tuple(check_qualifications(situation.person(member.atena_no).entries.but(**member.values), situation.today))


def _apply(situation: Situation, filing: Filing) -> Changes:
    [member] = filing.members
    assert member.atena_no is not None
    return Changes(revisions=(Revision(0, member.atena_no, dict(member.values)),))


DEPARTMENT_ENTRY = EventDefinition(
    code=WRITTEN_BY_DEPARTMENT,
    standard_code="職権修正",
    ja="個別記載事項の記載",
    article="住民基本台帳法第7条第9号から第11号の2まで、令第12条",
    basis=Basis.NOTICE,
    days_to_file=None,
    filed_by=frozenset(),
    fields=(),
    member_fields=ENTRY_FIELDS,
    scope=Scope.ONE,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:department:write",
    check=_check,
    apply=_apply,
    by_system=True,
    of_departments=True,
)
