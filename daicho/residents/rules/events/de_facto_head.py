"""事実上の世帯主 — who leads the household and is no resident: a foreigner outside the law (在外米軍, 外交官), the head of a 児童養護施設. std 4.1.4.3; item 80.

Their name is held beside the resident and never becomes 世帯主氏名 (法7条4号). In 備考（Ｃ類型） it stands where the officer says so, and so on
certificates that bear 備考.
"""

from __future__ import annotations

from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open, check_overtaken
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, Scope
from daicho.residents.rules.entries import SheetEntries
from daicho.residents.rules.filing import Filing
from daicho.residents.rules.filing_fields import EFFECTIVE_ON
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import Situation
from daicho.residents.rules.vocabulary import DE_FACTO_HEADS

FIELDS = (
    EFFECTIVE_ON,
    Field("who", "事実上の世帯主", FieldKind.CHOICE, required=True, choices=DE_FACTO_HEADS, group="事実上の世帯主"),
    Field("name", "氏名", FieldKind.NAME, hint="事実上の世帯主でなくなったときは空欄", group="事実上の世帯主"),
    Field("in_remarks", "備考（Ｃ類型）に氏名を記載する", FieldKind.FLAG, group="事実上の世帯主"),
)
_BETWEEN = "　／　"


def _remark(name: str) -> str:
    return f"事実上の世帯主　{name}"


def _remarks(entries: SheetEntries, filing: Filing) -> str | None:
    """備考 with this name in the place of the one before; what else stands there stays."""
    before = _remark(entries.de_facto_householder_name or "")
    kept = [part for part in (entries.remarks or "").split(_BETWEEN) if part and part != before]
    name = filing.text("name")
    said = [_remark(name)] if name and filing.values.get("in_remarks") else []
    return _BETWEEN.join([*kept, *said]) or None


def _asserts(entries: SheetEntries, filing: Filing) -> dict[str, object]:
    return {"de_facto_householder_name": filing.text("name"), "remarks": _remarks(entries, filing)}


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(DE_FACTO_HEAD, situation, filing), *check_open(situation, filing)]
    if not filing.members:
        found.append(problem("K001", "members"))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, (_, person) in enumerate(going(situation, filing)):
        found += check_overtaken(situation, person, filing.effective_on, _asserts(person.entries, filing), index)
        if filing.text("name") is None and person.entries.de_facto_householder_name is None:
            found.append(problem("K101", "name", index))
    return tuple(found)


def _apply(situation: Situation, filing: Filing) -> Changes:
    people = enumerate(going(situation, filing))
    return Changes(revisions=tuple(Revision(index, person.atena_no, _asserts(person.entries, filing)) for index, (_, person) in people))


DE_FACTO_HEAD = EventDefinition(
    code="de_facto_head",
    standard_code="職権修正",
    ja="事実上の世帯主の記載",
    article="住民基本台帳法第8条、令第12条、標準仕様4.1.4.3",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=FIELDS,
    member_fields=(),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=IN_HOUSE,
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
)
