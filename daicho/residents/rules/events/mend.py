"""誤記修正 — an entry was wrong from the day it was made: put right in the place of the version that made it. 令第12条第3項; std 4.2.3.3; fold.md 6.

The wrong version stays, and so does what was known before (N-4.2.3.3-03, -04). An 異動日 is not mended: the event is cancelled and entered again.
"""

from __future__ import annotations

from daicho.residents.rules.blanks import check_blanks
from daicho.residents.rules.changes import Changes, Revision
from daicho.residents.rules.check import check_days, check_open
from daicho.residents.rules.correcting import MISTAKEN, check_entries, check_homes, said_of
from daicho.residents.rules.definitions import IN_HOUSE, Basis, Effect, EventDefinition, Field, FieldKind, NoticeKind, Notify, Scope
from daicho.residents.rules.entries import ENTRIES, SheetEntries
from daicho.residents.rules.filing import Filing, Member
from daicho.residents.rules.filing_fields import EFFECTIVE_ON, WHY
from daicho.residents.rules.fold import Version, live
from daicho.residents.rules.outcome import outcomes
from daicho.residents.rules.problems import Problem, problem
from daicho.residents.rules.regrouping import going
from daicho.residents.rules.situation import PersonState, Situation

_WRONG = Field("wrong_history_no", "誤記のある履歴番号", FieldKind.TEXT, required=True, hint="異動履歴の画面の履歴番号。例　1", group="誤記")


def _wrong(member: Member, person: PersonState) -> Version | None:
    """The version that is named, if it counts and lies in the present stay."""
    named = member.text("wrong_history_no")
    rows = [v for v in live(person.versions) if v.spell_no == person.spell_no and v.asserts != {}]
    return next((v for v in rows if str(v.history_no) == named), None)


def _said(situation: Situation, filing: Filing) -> list[tuple[PersonState, Version | None, dict[str, object]]]:
    return [(person, _wrong(member, person), said_of(member, person)) for member, person in going(situation, filing)]


def _check(situation: Situation, filing: Filing) -> tuple[Problem, ...]:
    found = [*check_days(MEND, situation, filing), *check_open(situation, filing)]
    if not filing.members:
        found.append(problem("X001", "members", event=MEND.ja, article=MEND.article))
    if filing.effective_on is None or any(p.blocks for p in found):
        return tuple(found)
    for index, (person, wrong, said) in enumerate(_said(situation, filing)):
        found += _check_person(person, wrong, said, index)
    if any(p.blocks for p in found):
        return tuple(found)
    return (*found, *_check_after(situation, filing))


def _check_person(person: PersonState, wrong: Version | None, said: dict[str, object], index: int) -> list[Problem]:
    if wrong is None:
        return [problem("X501", "wrong_history_no", index)]
    if not said:
        return [problem("X002", "members", index)]
    then = [p for p in check_blanks(wrong.entries.but(**said), index) if p.field in said and p.blocks]
    return then + [
        problem("X502", name, index, label=ENTRIES[name].ja, history_no=wrong.history_no, fault=_where(person, name))
        for name in said
        if name not in wrong.asserted()
    ]


def _where(person: PersonState, name: str) -> str:
    wrote = [v.history_no for v in live(person.versions) if v.spell_no == person.spell_no and name in v.asserted()]
    return f"この項目を記載した履歴番号（{'、'.join(map(str, sorted(wrote)))}）を入力してください。" if wrote else ""


def _check_after(situation: Situation, filing: Filing) -> list[Problem]:
    """What the sheets say then: where a later event says otherwise, that stands."""
    said = [values for _, _, values in _said(situation, filing)]
    after = {one.atena_no: one.after for one in outcomes(situation, _apply(situation, filing))}
    sheets: list[SheetEntries] = [after[person.atena_no] for person, _, _ in _said(situation, filing)]
    found: list[Problem] = []
    for index, (values, entries) in enumerate(zip(said, sheets, strict=True)):
        found += check_entries(entries, values, index)
        if entries.opened_on and entries.closed_on and entries.closed_on < entries.opened_on:
            found.append(problem("P003", "effective_on", index))
    return found + check_homes(situation, filing, said, sheets)


def _apply(situation: Situation, filing: Filing) -> Changes:
    people = enumerate(_said(situation, filing))
    return Changes(revisions=tuple(Revision(i, p.atena_no, said, mends=wrong.history_no) for i, (p, wrong, said) in people if wrong))


MEND = EventDefinition(
    code="mend",
    standard_code="誤記修正",
    ja="誤記修正",
    article="住民基本台帳法第8条、令第12条第3項",
    basis=Basis.EX_OFFICIO,
    filed_by=frozenset(),
    days_to_file=None,
    fields=(EFFECTIVE_ON, WHY),
    member_fields=(_WRONG, *MISTAKEN),
    scope=Scope.CHOSEN,
    effect=Effect.CORRECTION,
    notices=(Notify(NoticeKind.IDENTITY_INFO), *IN_HOUSE),
    permission="residents:filing:enter",
    check=_check,
    apply=_apply,
    identity_reason=("correction_ex_officio", None),
    certificates=("juminhyo_personal",),
)
